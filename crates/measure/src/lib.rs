//! The measuring harness of the book's programs.
//!
//! Three kinds of figure are kept apart (see [`Kind`]): what is *counted* is exact and may be
//! asserted with `==`; what is *simulated* comes from a model; what is *timed* is only ever
//! reported as a ratio, taken by [`Slices`].
//!
//! [`Program`] is what the measuring programs of the chapters have in common: with the argument `records` they
//! write lines for the book, without it they set a reader's figures beside the book's.
//!
//! The readings of the machine ([`faults`], [`stack_limit`], [`mappings`] and their like)
//! return an `Option`: `None` means that this system has no such reading, never zero.

mod beside;
mod caches;
mod program;
mod record;
mod seeded;
mod slices;
mod survivor;
mod svg;
mod system;

pub use caches::{CacheLevel, caches};
pub use program::{Figures, Program};
pub use record::{Kind, Record, emit};
pub use seeded::Seeded;
pub use slices::{Slices, Timing};
pub use survivor::Survivor;
pub use system::{Mapping, default_thread_stack, faults, mapping_of, mappings, parse_mappings, pin, stack_limit};
