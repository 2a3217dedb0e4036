//! The book as software: strict directives over mdBook, the listing engine, and the commands of
//! `cargo book`.
//!
//! A page asks for a listing, an output, a number; the [`library`] knows what there is; [`render`] joins
//! them or says what is missing; [`site`] lets mdBook make pages of the result and [`finish`]es them. The
//! [`engine`] proves that what the library calls an output is what the programs print.

pub mod calc;
pub mod cli;
pub mod console;
pub mod costs;
pub mod directive;
pub mod engine;
pub mod faults;
pub mod finish;
pub mod library;
pub mod look;
pub mod manuscript;
pub mod measuring;
pub mod preprocess;
pub mod prose;
pub mod render;
pub mod scaffold;
pub mod serve;
pub mod site;
pub mod stepper;
pub mod stock;
pub mod svg;
pub mod tracing;
