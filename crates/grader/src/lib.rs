//! From an exercise and a submission to a report.
//!
//! The grader compiles the student's library, links the hidden driver with it, runs every case in a
//! process of its own, and does the same with the reference solution. What both saw is compared here, in
//! a process in which no student code runs; a child can only compute the right answers.
//!
//! - [`intake`] reads what was handed in, and refuses what breaks a rule;
//! - [`task`] finds an exercise and its suite on disk;
//! - [`kit`] and [`compile`] call `rustc`; cargo is asked only where the crates lie that exercises may use;
//! - [`room`] is where both run: in the jail, or in the open;
//! - [`run`] runs one case and reads what it saw;
//! - [`judge`] compares two such transcripts;
//! - [`grade`] puts it together;
//! - [`unit`] does it once, and keeps the verdict;
//! - [`set`] reads what a class was given, and [`class`] grades it;
//! - [`variant`] makes other exercises of the same name;
//! - [`fault`] is what is wrong in files of teachers;
//! - [`output`] tells what was found, in every format;
//! - [`lint`] checks the rules of drivers.
//!
//! Nothing here prints, and nothing exits.

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
compile_error!("the grader and its jail are for x86-64 Linux; learners need neither");

mod budget;
pub mod class;
pub mod compile;
mod crates;
mod drivers;
mod explain;
pub mod fault;
pub mod grade;
pub mod intake;
pub mod judge;
pub mod kit;
pub mod lint;
pub mod output;
pub mod room;
pub mod run;
pub mod set;
pub mod task;
mod toolchain;
pub mod unit;
pub mod variant;
mod workplace;
