//! Kinds of lists, and what their columns mean.
//!
//! - Canvas: `lib/gradebook_exporter.rb` of <https://github.com/instructure/canvas-lms>, commit 0140a2e: `Student` (or
//!   `LastName` and `FirstName`), `ID`, perhaps `SIS User ID`, `SIS Login ID`, ..., `Section`. Names are sortable ones.
//!   Lines of no students are `    Points Possible`, one without names about manual posting, and the test student.
//! - Moodle: the grade export, `public/grade/export/lib.php` of <https://github.com/moodle/moodle>, commit 2b9b2f4, and
//!   <https://docs.moodle.org/en/Grade_export>; the list of participants, `user/action_redir.php`, commit 0919a04:
//!   `First name`, `Last name` (`Surname` before), then the identity fields that the school shows. The worksheet of an
//!   assignment, `mod/assign/gradingtable.php`: `Identifier` (`Participant 123`), and unless names are hidden
//!   `Full name`. All in English: other languages translate the headers.
//! - Gradescope: its roster's download, `First Name,Last Name,SID,Email,Role`, with `Section` or `Sections` where there
//!   are any; <https://guides.gradescope.com/hc/en-us/articles/21926598776333-Adding-Students-and-Staff>.
//! - Classroom 50: `username,first_name,last_name,email,section,github_id,role`, `wiki/gh-teacher.md` of
//!   <https://github.com/foundation50/classroom50>, commit 0343327.

use super::{Columns, value};
use model::class::Student;

/// Where a list comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The gradebook export of Canvas.
    Canvas,
    /// Moodle's grade export or list of participants.
    Moodle,
    /// Moodle's worksheet of an assignment, which knows the numbers of participants.
    MoodleWorksheet,
    /// The roster of Gradescope.
    Gradescope,
    /// The roster of Classroom 50.
    Classroom50,
    /// A teacher's own.
    Plain,
}

/// A kind of list, and which of its columns tells students apart.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub(super) kind: Kind,
    pub(super) id: String,
}

/// What kind of list has these columns.
pub(super) fn kind(header: &[String]) -> Option<Kind> {
    let has = |name: &str| header.iter().any(|cell| cell == name);
    let all = |names: &[&str]| names.iter().all(|name| has(name));
    if (has("Student") || all(&["LastName", "FirstName"])) && all(&["ID", "Section"]) {
        Some(Kind::Canvas)
    } else if has("Identifier") && (has("Full name") || has("Status") || has("Grade")) {
        Some(Kind::MoodleWorksheet)
    } else if all(&["SID", "Email"]) {
        Some(Kind::Gradescope)
    } else if all(&["username", "first_name", "last_name"]) {
        Some(Kind::Classroom50)
    } else if is_moodle(&has) {
        Some(Kind::Moodle)
    } else {
        has("id").then_some(Kind::Plain)
    }
}

fn is_moodle(has: &dyn Fn(&str) -> bool) -> bool {
    let named = has("Full name") || (has("First name") && (has("Last name") || has("Surname")));
    named && ["ID number", "Username", "Email address"].into_iter().any(has)
}

/// What a file needs that is none of these.
pub(super) const WANTED: &str = "give a list of your own with a column `id` (and, if you like, `name`, `login`, \
     `email`, `section`), or an export in English: of Canvas with `Student`, `ID` and `Section`; of Moodle with \
     `First name`, `Last name` and one of `ID number`, `Username` and `Email address`, or a worksheet with \
     `Identifier`; of Gradescope with `SID` and `Email`; of Classroom 50 with `username`, `first_name` and `last_name`";

/// Columns that may tell students apart, best first.
pub(super) fn ids(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Canvas => &["SIS User ID", "ID"],
        Kind::Moodle | Kind::MoodleWorksheet => &["ID number", "Username", "Email address", "Identifier"],
        Kind::Gradescope => &["SID", "Email"],
        Kind::Classroom50 => &["username"],
        Kind::Plain => &["id"],
    }
}

pub(super) fn login(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Canvas => &["SIS Login ID"],
        Kind::Moodle | Kind::MoodleWorksheet => &["Username"],
        Kind::Gradescope => &[],
        Kind::Classroom50 => &["username"],
        Kind::Plain => &["login"],
    }
}

pub(super) fn email(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Canvas => &[],
        Kind::Moodle | Kind::MoodleWorksheet => &["Email address"],
        Kind::Gradescope => &["Email"],
        Kind::Classroom50 | Kind::Plain => &["email"],
    }
}

pub(super) fn section(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Canvas => &["Section"],
        Kind::Moodle | Kind::MoodleWorksheet => &["Group", "Groups"],
        Kind::Gradescope => &["Section", "Sections", "section_name"],
        Kind::Classroom50 | Kind::Plain => &["section"],
    }
}

/// How a student is to be called, first name first where the list tells which that is.
pub(super) fn name(kind: Kind, columns: &Columns) -> Option<String> {
    let of = |name: &str| value(columns, name);
    let both = |first: Option<String>, last: Option<String>| {
        let words: Vec<String> = [first, last].into_iter().flatten().collect();
        (!words.is_empty()).then(|| words.join(" "))
    };
    match kind {
        Kind::Canvas => of("Student").map(|name| unsorted(&name)).or_else(|| both(of("FirstName"), of("LastName"))),
        Kind::Moodle | Kind::MoodleWorksheet => {
            of("Full name").or_else(|| both(of("First name"), of("Last name").or_else(|| of("Surname"))))
        }
        Kind::Gradescope => of("Full Name").or_else(|| of("Name")).or_else(|| both(of("First Name"), of("Last Name"))),
        Kind::Classroom50 => both(of("first_name"), of("last_name")),
        Kind::Plain => of("name"),
    }
}

/// `Müller, Jörg` as he is called. A name with more commas stays as it is.
fn unsorted(name: &str) -> String {
    match name.split(',').map(str::trim).collect::<Vec<&str>>().as_slice() {
        [last, first] if !first.is_empty() => format!("{first} {last}"),
        _ => name.to_owned(),
    }
}

/// The number by which a platform's download names a student.
pub(super) fn number(kind: Kind, student: &Student) -> Option<String> {
    match kind {
        Kind::Canvas => value(&student.columns, "ID"),
        Kind::MoodleWorksheet => participant(&student.columns).map(|(_, number)| number),
        Kind::Gradescope => value(&student.columns, "SID").map(|number| number.to_lowercase()),
        Kind::Moodle | Kind::Classroom50 | Kind::Plain => None,
    }
}

/// `Participant 123` in two parts; the word depends on the language.
pub(crate) fn participant(columns: &Columns) -> Option<(String, String)> {
    let text = value(columns, "Identifier")?;
    let word = text.trim_end_matches(|character: char| character.is_ascii_digit());
    (word.len() < text.len()).then(|| (word.trim().to_owned(), text[word.len()..].to_owned()))
}

/// Whether a line is about somebody who hands in.
pub(super) fn is_student(kind: Kind, columns: &Columns) -> bool {
    let says = |name: &str, text: &str| value(columns, name).is_some_and(|value| value.eq_ignore_ascii_case(text));
    match kind {
        Kind::Canvas => {
            let of = |name: &str| value(columns, name).unwrap_or_default();
            let about = [of("Student"), of("LastName")].iter().any(|name| name.starts_with("Points Possible"));
            let is_test =
                says("Student", "Student, Test") || (says("LastName", "Student") && says("FirstName", "Test"));
            let nobody = [of("Student"), of("LastName"), of("ID")].iter().all(String::is_empty);
            !about && !is_test && !nobody
        }
        Kind::Gradescope => value(columns, "Role").is_none() || says("Role", "student"),
        Kind::Classroom50 => value(columns, "role").is_none() || says("role", "student"),
        Kind::Moodle | Kind::MoodleWorksheet | Kind::Plain => true,
    }
}
