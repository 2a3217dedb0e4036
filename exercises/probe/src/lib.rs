//! Instruments that count what a program does with memory.
//!
//! | question | instrument |
//! |---|---|
//! | How much does this take from the allocator, and does it give it back? | [`thread`], [`process`] |
//! | Is this much stack enough? | [`with_stack`] |
//! | Which values are dropped, when, and is any dropped twice or never? | [`Tally`] |
//! | What happens when there is no memory? | [`failing_after`] |
//! | How many comparisons, clones, hashes? | [`Ops`] |
//! | How large is it, and where? | [`words`], [`address_of`] |
//!
//! All of them count; none of them measures time, so a reading is the same on a fast machine
//! and on a slow one. Each says what it does not see. There is no reading of how deep a stack
//! went: that is not measured here, because Rust has no sound way to look at the unused part of
//! a stack. Ask whether a given stack is enough instead.
//!
//! The crate brings an allocator of its own, which is the system's with a book beside it. A
//! program that uses this crate cannot have another `#[global_allocator]`.

#![deny(missing_docs)]

mod allocator;
mod failing;
mod layout;
mod ops;
mod process;
mod spin;
mod stack;
mod tally;
mod thread;
mod usage;

pub use allocator::{reallocated_bytes, refused_requests};
pub use failing::failing_after;
pub use layout::{address_of, words};
pub use ops::{Compared, Ops};
pub use process::process;
pub use stack::with_stack;
pub use tally::{Counted, Tally};
pub use thread::thread;
pub use usage::Usage;
