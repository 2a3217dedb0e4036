//! A class: who is in it, what everybody handed in, and what came of it.
//!
//! - [`roster`] reads the list of a class, as a learning platform exports it or as a teacher writes it;
//! - [`handed_in`] reads a platform's download of everybody's submissions, and says whose is which;
//! - [`crew`] grades many submissions at once;
//! - [`ledger`] is the folder in which all of it is kept;
//! - [`manual`] is the table of what people grade;
//! - [`assemble`](mod@assemble) counts verdicts and settles rows;
//! - [`similar`] puts submissions side by side, for programs that look for copies.
//!
//! Nothing is guessed that could give one student's work to another: what cannot be told is a
//! [`Fault`](crate::fault::Fault) with its place, all faults come at once, and a fault about one student keeps no other
//! from being graded.

pub mod assemble;
pub mod crew;
pub mod handed_in;
pub mod ledger;
pub mod manual;
mod names;
pub mod roster;
pub mod similar;
