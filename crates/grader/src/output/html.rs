//! Pages of their own: no script, no request, readable in print and in the dark, and by a screen reader.
//!
//! The templates lie in `crates/grader/templates`. They escape whatever is put into them; what others wrote has gone
//! through [`safe`](super::safe) before. Should both fail, a page forbids its reader's browser to run or load anything.

mod class;
mod student;

pub use class::class;
pub use student::student;

/// What the pages look like.
const STYLE: &str = include_str!("../../templates/style.css");

/// A link to a page of the book, or only its name.
struct Read {
    name: String,
    address: Option<String>,
}

impl Read {
    fn of(name: &str, book: &super::Book) -> Self {
        Self { name: super::safe::line(name), address: book.page(name) }
    }
}

/// How an outcome looks besides its color: a sign that is read as nothing, since the word stands beside it.
fn sign(outcome: model::report::Outcome) -> &'static str {
    use model::report::Outcome;
    match outcome {
        Outcome::Passed => "✓",
        Outcome::NotRun => "·",
        Outcome::GraderError => "?",
        _ => "✗",
    }
}

/// The name of an outcome's color.
fn shade(outcome: model::report::Outcome) -> &'static str {
    use model::report::Outcome;
    match outcome {
        Outcome::Passed => "met",
        Outcome::NotRun | Outcome::GraderError => "open",
        _ => "missed",
    }
}
