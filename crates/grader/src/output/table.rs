//! Plain CSV of a class, for a spreadsheet or a program: RFC 4180 with `\n`, every cell in quotes that is not a number.
//!
//! **Formulas.** A spreadsheet runs a cell that begins with `=`, `+`, `-`, `@`, a tab or a line break, also in their
//! full-width forms, and a name is what its owner says it is
//! (<https://owasp.org/www-community/attacks/CSV_Injection>). Such a cell gets an apostrophe in front, which marks it as
//! text; a program that reads the table takes it away again. Numbers are left alone, also with a sign: a spreadsheet takes them for what they are.

use super::safe;
use anyhow::Result;
use csv::{QuoteStyle, WriterBuilder};
use model::class::{Class, Entry, Row, SetExercise};
use model::late::Submitted;

/// Who is to read the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// A program: UTF-8 and no more.
    Program,
    /// A spreadsheet: with the mark by which Excel knows UTF-8.
    Spreadsheet,
}

/// The mark by which some programs know UTF-8.
pub(super) const MARK: &str = "\u{feff}";

/// All students of a class, a line each, in the order of the class.
///
/// # Errors
/// Never, unless memory ends.
pub fn class(class: &Class, reader: Reader) -> Result<String> {
    let mut writer = WriterBuilder::new().quote_style(QuoteStyle::NonNumeric).from_writer(Vec::new());
    let mut header: Vec<String> = ["id", "name", "login", "email", "section"].map(str::to_owned).into();
    header.extend(class.set.exercises.iter().flat_map(columns));
    header.extend(["points", "of", "final"].map(str::to_owned));
    writer.write_record(header)?;
    for row in &class.rows {
        writer.write_record(record(class, row))?;
    }
    let text = String::from_utf8(writer.into_inner()?)?;
    Ok(if reader == Reader::Spreadsheet { format!("{MARK}{text}") } else { text })
}

fn columns(exercise: &SetExercise) -> Vec<String> {
    let name = &exercise.exercise;
    ["submitted", "outcome", "days late", "penalty percent", "points", "of"]
        .map(|column| cell(&format!("{name} {column}")))
        .into()
}

fn record(class: &Class, row: &Row) -> Vec<String> {
    let student = &row.student;
    let mut record = vec![cell(&student.id), cell(&student.name)];
    record.extend([&student.login, &student.email, &student.section].map(|text| cell(text.as_deref().unwrap_or(""))));
    record.extend(row.entries.iter().take(class.set.exercises.len()).flat_map(cells));
    let open = if row.score.is_final { "yes" } else { "no" };
    record.extend([row.score.points.to_string(), row.score.of.to_string(), open.to_owned()]);
    record
}

fn cells(entry: &Entry) -> Vec<String> {
    let (submitted, outcome) = match entry.counted() {
        None => (String::new(), "missing".to_owned()),
        Some(attempt) => {
            let submitted = match &attempt.submitted {
                Submitted::At(time) => time.to_string(),
                other => super::when(other),
            };
            (submitted, attempt.graded.report.outcome.words().to_owned())
        }
    };
    let late = entry.late;
    vec![
        submitted,
        outcome,
        late.days.to_string(),
        late.penalty_percent.to_string(),
        entry.score.points.to_string(),
        entry.score.of.to_string(),
    ]
}

/// A text as a cell that no spreadsheet runs; see the rule above.
pub fn cell(text: &str) -> String {
    let text = safe::line(text);
    let begins = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n']);
    if begins && !is_number(&text) { format!("'{text}") } else { text }
}

/// What stood in a cell before [`cell`] made it harmless.
pub fn uncell(text: &str) -> String {
    text.strip_prefix('\'').filter(|rest| cell(rest) == text).unwrap_or(text).to_owned()
}

/// Digits with at most one sign and one point; never a formula.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, rest].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_formula_becomes_text_and_a_number_stays_one() {
        let formulas = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "  =1", "＝1+1", "-", "+1.2.3", "-1e5"];
        for formula in formulas {
            assert!(cell(formula).starts_with('\''), "{formula}");
        }
        for plain in ["-5", "+49123", "-0.25", "12", "Zoë", "a=b", "O'Neil", ""] {
            assert_eq!(cell(plain), plain);
        }
        assert_eq!(cell("\t=1+1"), "'=1+1");
        assert_eq!(cell("\r=1"), "'=1");
    }

    proptest! {
        #[test]
        fn what_a_cell_said_is_read_again(given in "[=+@-]?[a-zä0-9 ]{0,12}") {
            prop_assert_eq!(uncell(&cell(&given)), safe::line(&given));
        }

        #[test]
        fn no_cell_begins_like_a_formula_unless_it_is_a_number(given in "[ \t\r\n]{0,2}[=+@＝＠-]?.{0,12}") {
            let cell = cell(&given);
            prop_assert!(is_number(&cell) || !cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']), "{:?}", cell);
        }
    }
}
