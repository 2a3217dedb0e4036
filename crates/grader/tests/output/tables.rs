//! Plain CSV.

use crate::fixture::class;
use grader::output::table::{self, Reader};
use snapbox::{assert_data_eq, file};

#[test]
fn a_class_as_a_table() {
    let text = table::class(&class(), Reader::Program).unwrap();
    assert_data_eq!(&text, file!["golden/class.csv": Text].raw());
    assert_eq!(table::class(&class(), Reader::Spreadsheet).unwrap(), format!("\u{feff}{text}"));
}

#[test]
fn every_row_has_a_cell_for_every_column_and_none_is_a_formula() {
    let text = table::class(&class(), Reader::Program).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns = reader.headers().unwrap().len();
    let mut names = Vec::new();
    for record in reader.records() {
        let record = record.unwrap();
        assert_eq!(record.len(), columns);
        assert!(!record.iter().any(|cell| cell.starts_with(['=', '+', '-', '@'])), "{record:?}");
        names.push(record[1].to_owned());
    }
    assert_eq!(names[1], "Łucja \"Lu\" O'Neil, Jr.");
    assert_eq!(names[2], "'=HYPERLINK(\"http://evil.example\",\"click\")");
    assert_eq!(names[3], "שרה כהן");
}
