//! A teacher's own export goes in, and comes out with one column filled and nothing else changed.

use crate::fixture::class;
use grader::output::gradebook::moodle::User;
use grader::output::gradebook::{Filled, Note, canvas, moodle};
use model::class::{Class, Missing};
use model::points::Points;
use snapbox::{IntoData, assert_data_eq, str};

const CANVAS: &[u8] = include_bytes!("exports/canvas.csv");
const MOODLE: &[u8] = include_bytes!("exports/moodle.csv");
const GERMAN: &[u8] = include_bytes!("exports/moodle-german.csv");
const COLUMN: &str = "Week 5: lists & vectors";

fn told(filled: &Filled) -> String {
    filled.notes.iter().map(|note| format!("{note}\n")).collect()
}

fn text(filled: Filled) -> String {
    String::from_utf8(filled.bytes).expect("UTF-8")
}

fn str(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

/// The cells of a file, as any reader of CSV sees them.
fn cells(bytes: &[u8], delimiter: u8) -> Vec<Vec<String>> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes);
    reader.records().map(|record| record.expect("it is CSV").iter().map(str::to_owned).collect()).collect()
}

/// Everybody graded: the one whose criterion is blank has points, too.
fn complete() -> Class {
    let mut class = class();
    for row in &mut class.rows {
        row.score.is_final = true;
    }
    class
}

#[test]
fn a_canvas_export_is_filled_and_every_other_byte_stays() {
    let filled = canvas::fill(CANVAS, COLUMN, &class()).expect("it can be filled");
    assert_eq!(filled.graded, 3);
    assert_data_eq!(
        told(&filled),
        str![[r#"
line 2: the platform counts this column out of 20, the set has 22
line 5: Łucja "Lu" O'Neil, Jr. (1002) had `3`, now 0.8
line 7: שרה כהן (1004) has criteria that a person has yet to grade; left as it was
line 8: `Nobody, "Never"  Seen, 99` is nobody of the class; left as it was
line 10: `Student, Test, 1` is nobody of the class; left as it was
👩‍💻 Ada <script>alert(1)</script> (1005) has no row, so 0 stands nowhere

"#]]
        .raw()
    );
    let expected =
        str(CANVAS).replace(",A,9,,", ",A,9,22,").replace(",A,,3,", ",A,,0.8,").replace(",B,\"7\",,", ",B,\"7\",0,");
    assert!(expected.starts_with('\u{feff}') && expected.contains("\r\n"), "the export has a mark and its line ends");
    assert_eq!(text(filled), expected);
}

#[test]
fn filling_a_filled_export_changes_nothing() {
    let once = canvas::fill(CANVAS, COLUMN, &class()).unwrap();
    let twice = canvas::fill(&once.bytes, "Week 5: lists & vectors (5502)", &class()).unwrap();
    assert_eq!(once.bytes, twice.bytes);
    assert!(!twice.notes.iter().any(|note| matches!(note, Note::Replaced { .. })), "{:?}", twice.notes);
}

/// What Canvas would understand of our file: `identify_delimiter`, `row_has_student_headers?`, the last identity column,
/// `title_and_id` and `no_score?` of its importer.
#[test]
fn canvas_reads_the_filled_export_as_grades() {
    let filled = canvas::fill(CANVAS, COLUMN, &complete()).unwrap();
    let lines = String::from_utf8(filled.bytes.clone()).unwrap();
    let fields = |separator: u8| cells(lines.lines().next().unwrap().as_bytes(), separator)[0].len();
    assert!(fields(b',') > fields(b';'));
    let rows = cells(&filled.bytes, b',');
    let header: Vec<&str> = rows[0].iter().map(|cell| cell.trim_start_matches('\u{feff}')).collect();
    assert!(header[0].contains("Student") && header[1].contains("ID") && header[4].contains("Section"));
    assert!(header[6].ends_with(" (5502)"));
    assert!(rows[1][0].contains("Points Possible"));
    for row in &rows[3..7] {
        let grade: f64 = row[6].parse().expect("a number with a decimal point");
        assert!(grade >= 0.0 && (grade * 100.0 - (grade * 100.0).round()).abs() < 1e-9, "two decimals: {grade}");
    }
}

#[test]
fn an_excuse_and_a_column_that_is_read_only_are_respected() {
    let excused = str(CANVAS).replace("loneil,A,,3", "loneil,A,,ex");
    let filled = canvas::fill(excused.as_bytes(), COLUMN, &class()).unwrap();
    assert!(told(&filled).contains("line 5: Łucja \"Lu\" O'Neil, Jr. (1002) is excused"));
    assert!(text(filled).contains("loneil,A,,ex,"));
    let closed = str(CANVAS).replace(",10,20,5,", ",10,(read only),5,");
    let error = canvas::fill(closed.as_bytes(), COLUMN, &class()).unwrap_err().to_string();
    assert_eq!(error, "line 2: Canvas marks this column `read only` and would not import it");
}

#[test]
fn a_missing_column_is_told_with_its_line_and_the_columns_that_there_are() {
    let error = |column: &str| canvas::fill(CANVAS, column, &class()).unwrap_err().to_string();
    let listed = "`Homework 1 (5501)`, `Week 5: lists & vectors (5502)`, `Essay (5503)`";
    assert_eq!(error("Week 6"), format!("line 1: no column is called `Week 6`; there are {listed}"));
    assert_eq!(error("Final Score"), format!("line 1: no column is called `Final Score`; there are {listed}"));
    let error = canvas::fill(b"Name,Grade\nA,1\n", COLUMN, &class()).unwrap_err().to_string();
    assert!(error.starts_with("line 1: an export of Canvas has the columns `Student`, `ID` and `Section`"), "{error}");
}

#[test]
fn two_columns_of_one_title_need_the_number() {
    let twice = str(CANVAS).replace("Essay (5503)", "Week 5: lists & vectors (5503)");
    let error = canvas::fill(twice.as_bytes(), COLUMN, &class()).unwrap_err().to_string();
    assert!(error.starts_with("line 1: several columns are called"), "{error}");
    assert!(canvas::fill(twice.as_bytes(), "Week 5: lists & vectors (5502)", &class()).is_ok());
}

#[test]
fn who_stands_twice_is_left_alone_and_told() {
    let twice = str(CANVAS).replace("nobody,B", "jmueller,B").replace("Seen\",99", "Seen\",");
    let filled = canvas::fill(twice.as_bytes(), COLUMN, &class()).unwrap();
    let told = told(&filled);
    assert!(told.contains("line 4: `Müller, Jörg, 71` cannot be told from somebody else"), "{told}");
    assert!(told.contains("line 8: ") && !told.contains("(1001) has no row"), "{told}");
}

#[test]
fn a_name_does_not_match_where_an_id_says_otherwise() {
    let other = str(CANVAS).replace("שרה כהן,,,scohen", "שרה כהן,4000,,other");
    let filled = canvas::fill(other.as_bytes(), COLUMN, &complete()).unwrap();
    assert!(told(&filled).contains("line 7: `שרה כהן, 4000` is nobody of the class"), "{}", told(&filled));
}

#[test]
fn a_row_that_is_too_short_is_told_with_its_line() {
    let short = "Student,ID,Section,Week\r\nJörg,71,A\r\n";
    let error = canvas::fill(short.as_bytes(), "Week", &class()).unwrap_err().to_string();
    assert_eq!(error, "line 2: the row has 3 cells, and column 4 is to be filled");
}

#[test]
fn a_moodle_export_is_filled_and_the_mapping_is_told() {
    let filled = moodle::fill(MOODLE, COLUMN, None, &class()).expect("it can be filled");
    assert_data_eq!(
        told(&filled),
        str![[r#"
line 3: Łucja "Lu" O'Neil, Jr. (1002) had `3.00`, now 0.8
line 5: שרה כהן (1004) has criteria that a person has yet to grade; left as it was
line 6: `Who, Knows` is nobody of the class; left as it was
=HYPERLINK("http://evil.example","click") (1003) has no row, so 0 stands nowhere
in Moodle's form, map `Email address` to `useremail`, and map `Assignment: Week 5: lists & vectors (Real)` to the grade item

"#]]
        .raw()
    );
    let expected = str(MOODLE).replace("JMueller@uni.example,-,", "JMueller@uni.example,22,");
    let expected =
        expected.replace("\"3.00\",\"Good", "\"0.8\",\"Good").replace("ada@uni.example,,,", "ada@uni.example,0,,");
    assert_eq!(text(filled), expected);
}

/// `update_grade_item` and `insert_grade_record` of Moodle's importer: blank or `-` is no grade, anything else must be a
/// number of at most 100, or the whole file is refused.
#[test]
fn moodle_reads_every_filled_cell_as_a_grade() {
    let filled = moodle::fill(MOODLE, COLUMN, None, &complete()).unwrap();
    for row in &cells(&filled.bytes, b',')[1..] {
        let grade = row[5].as_str();
        assert!(grade.is_empty() || grade == "-" || grade.parse::<f64>().unwrap() <= 100.0, "{grade}");
    }
}

#[test]
fn an_export_in_another_language_needs_the_name_of_its_user_column() {
    let error = moodle::fill(GERMAN, "Woche 5 (Punkte)", None, &class()).unwrap_err().to_string();
    assert!(
        error.starts_with("line 1: the export has no column `ID number`, `Username` or `Email address`"),
        "{error}"
    );
    let user = Some(("E-Mail-Adresse", User::Email));
    let filled = moodle::fill(GERMAN, "Woche 5 (Punkte)", user, &class()).unwrap();
    assert!(told(&filled).contains("line 2: Jörg Müller (1001) had `10,50`, now 22"), "{}", told(&filled));
    let expected = str(GERMAN).replace("\"10,50\"", "\"22\"").replace("example;\n", "example;0.8\n");
    assert_eq!(text(filled), expected);
}

#[test]
fn a_grade_that_moodle_refuses_is_told_before() {
    let mut class = class();
    class.rows[0].score.points = Points::hundredths(12_050);
    let filled = moodle::fill(MOODLE, COLUMN, None, &class).unwrap();
    assert!(told(&filled).contains("line 2: 120.5 is above 100"), "{}", told(&filled));
}

#[test]
fn who_handed_in_nothing_gets_no_points_or_is_left_blank_as_the_set_says() {
    let mut class = class();
    let ada = |class: &Class| cells(&moodle::fill(MOODLE, COLUMN, None, class).unwrap().bytes, b',')[3][5].clone();
    assert_eq!(ada(&class), "0");
    class.set.missing = Missing::Blank;
    assert_eq!(ada(&class), "");
}
