//! The command line of learners: what to do next, whether it is right, and why not. And of teachers: what was handed
//! in is graded in the jail.
//!
//! What learners use stands on plain `cargo test`, which always works by itself. This crate only chooses the
//! exercise, reads what the tests said and tells it in the words of the book. Processes are started by
//! `runner`, lines are printed by [`console`], and only `main` ends the program.

pub mod backups;
pub mod check;
pub mod cli;
pub mod commands;
pub mod console;
pub mod course;
pub mod entry;
pub mod manifest;
pub mod place;
pub mod progress;
#[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
pub mod sets;
pub mod view;

/// The command was used in a way that cannot be right: the user can mend it, and nothing was done.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Usage(pub String);
