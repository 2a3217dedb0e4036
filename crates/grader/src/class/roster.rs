//! The list of a class: a platform's export, or a CSV that a teacher wrote.
//!
//! What kind of list it is, its header tells (`shape` has the sources). Cells lie between commas, semicolons or tabs; a
//! byte order mark and either line end are taken. Every column is kept, because grades go back by it.

mod lines;
mod shape;

pub use lines::EMPTY;
pub(super) use lines::sheet;
pub use shape::Kind;
pub(super) use shape::participant;

use super::names;
use crate::fault::{Fault, Faults};
use fs_err as fs;
use model::class::Student;
use shape::Shape;
use std::collections::BTreeMap;
use std::path::Path;

/// Who is in a class.
#[derive(Clone, Debug)]
pub struct Roster {
    kind: Kind,
    students: Vec<Student>,
    ids: Index,
    logins: Index,
    emails: Index,
    numbers: Index,
    names: Index,
}

/// By what something is called: the places of the students who are called so.
type Index = BTreeMap<String, Vec<usize>>;

/// For comparing: platforms write logins and addresses in small letters or not.
fn plain(text: &str) -> String {
    text.trim().to_lowercase()
}

/// The only student who is called so.
fn only(index: &Index, text: &str) -> Option<usize> {
    match index.get(text)?.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

impl Roster {
    /// Reads the list of a class.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its line: an id that is missing or stands twice, a missing column, a
    /// line with more cells than the header, no students, and what is not UTF-8 or not CSV.
    pub fn read(path: &Path) -> Result<Self, Faults> {
        let fault = |text: String| Faults(vec![Fault::at(path, text)]);
        let bytes = fs::read(path).map_err(|error| fault(format!("it cannot be read ({})", error.kind())))?;
        let (shape, lines) = lines::read(path, &bytes)?;
        let students: Vec<Student> = lines.iter().map(|line| shape.student(&line.columns)).collect();
        let faults = lines::faults(path, &shape, &lines, &students);
        if faults.is_empty() { Ok(Self::of(shape.kind, students)) } else { Err(Faults(faults)) }
    }

    fn of(kind: Kind, students: Vec<Student>) -> Self {
        let index = |keys: &dyn Fn(&Student) -> Vec<String>| {
            let mut index = Index::new();
            for (place, student) in students.iter().enumerate() {
                for key in keys(student).into_iter().filter(|key| !key.is_empty()) {
                    index.entry(key).or_default().push(place);
                }
            }
            index
        };
        let ids = index(&|student| vec![plain(&student.id)]);
        let logins = index(&|student| student.login.iter().map(|login| plain(login)).collect());
        let emails = index(&|student| student.email.iter().map(|email| plain(email)).collect());
        let numbers = index(&|student| shape::number(kind, student).into_iter().collect());
        let names = index(&|student| names::orders(&student.name).into_iter().collect());
        Self { kind, students, ids, logins, emails, numbers, names }
    }

    /// Everybody, in the order of the list.
    pub fn students(&self) -> &[Student] {
        &self.students
    }

    /// Where the list comes from.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The place of the student with this id.
    pub fn by_id(&self, id: &str) -> Option<usize> {
        only(&self.ids, &plain(id))
    }

    /// The place of the only student with this login.
    pub fn by_login(&self, login: &str) -> Option<usize> {
        only(&self.logins, &plain(login))
    }

    /// The place of the only student with this mail address.
    pub fn by_email(&self, email: &str) -> Option<usize> {
        only(&self.emails, &plain(email))
    }

    /// The place of the student with a platform's own number: `ID` of Canvas, the number of Moodle's participant, `SID`
    /// of Gradescope. None where the list is of another platform: its numbers mean somebody else.
    pub fn by_number(&self, kind: Kind, number: &str) -> Option<usize> {
        if self.kind == kind { only(&self.numbers, &plain(number)) } else { None }
    }

    /// The place of the only student of this name. Only letters and digits count, and which part comes first does not.
    pub fn by_name(&self, name: &str) -> Option<usize> {
        only(&self.names, &names::letters(name))
    }

    /// How many students have this name.
    pub fn namesakes(&self, name: &str) -> usize {
        self.names.get(&names::letters(name)).map_or(0, Vec::len)
    }

    /// Whether a name is this student's.
    pub(super) fn is_named(&self, student: usize, name: &str) -> bool {
        names::orders(&self.students[student].name).contains(&names::letters(name))
    }

    /// The place of the student with this id, or else login, or else mail address.
    pub fn find(&self, text: &str) -> Option<usize> {
        self.by_id(text).or_else(|| self.by_login(text)).or_else(|| self.by_email(text))
    }

    /// A question, to stand behind a text that is nobody's, that names who may be meant; empty where nobody is near.
    pub(super) fn perhaps(&self, text: &str) -> String {
        let called = |student: &Student| -> Vec<(String, String)> {
            let own = [Some(&student.id), Some(&student.name), student.login.as_ref(), student.email.as_ref()];
            let own = own.into_iter().flatten().map(|name| (name.clone(), name.clone()));
            own.chain(names::orders(&student.name).into_iter().map(|name| (name, student.name.clone()))).collect()
        };
        let near = names::nearest(text, self.students.iter().flat_map(called));
        near.map(|near| format!(" (is it `{near}`?)")).unwrap_or_default()
    }

    /// A student for a message.
    pub(super) fn known(&self, student: usize) -> String {
        let Student { id, name, .. } = &self.students[student];
        if id == name { id.clone() } else { format!("{name} ({id})") }
    }
}

/// Columns by their header.
type Columns = BTreeMap<String, String>;

impl Shape {
    fn student(&self, columns: &Columns) -> Student {
        let of = |names: &[&str]| names.iter().find_map(|name| value(columns, name));
        let id = columns.get(&self.id).cloned().unwrap_or_default();
        Student {
            name: shape::name(self.kind, columns).unwrap_or_else(|| id.clone()),
            login: of(shape::login(self.kind)),
            email: of(shape::email(self.kind)),
            section: of(shape::section(self.kind)),
            columns: columns.clone(),
            id,
        }
    }
}

/// What a column says, if it says something.
fn value(columns: &Columns, name: &str) -> Option<String> {
    columns.get(name).filter(|text| !text.is_empty()).cloned()
}
