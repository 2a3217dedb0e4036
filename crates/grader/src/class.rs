//! A class: who is in it, what everybody handed in, and what came of it.
//!
//! - [`crew`] grades many submissions at once;
//! - [`ledger`] is the folder in which all of it is kept;
//! - [`manual`] is the table of what people grade;
//! - [`assemble`](mod@assemble) counts verdicts and settles rows.

pub mod assemble;
pub mod crew;
pub mod ledger;
pub mod manual;
