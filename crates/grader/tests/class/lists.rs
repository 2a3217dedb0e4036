//! Lists of classes.

use super::*;
use grader::class::roster::Kind;
use model::class::Student;
use proptest::prelude::*;
use snapbox::{IntoData, assert_data_eq, str};

const CANVAS: &str = "\u{feff}Student,ID,SIS User ID,SIS Login ID,Section,Week 5 (5502),Current Score\r\n    Points Possible,,,,,20,(read only)\r\n,,,,,Manual Posting,\r\n\"Müller, Jörg\",71,1001,jmueller,A,,92\r\n\"O'Neil, Łucja \"\"Lu\"\"\",72,1002,LONeil,B,3,80\r\n\"Student, Test\",99,,1c24,A,,\r\n";

fn summary(student: &Student) -> [&str; 5] {
    let Student { id, name, login, email, section, .. } = student;
    [id, name, login.as_deref().unwrap_or("-"), email.as_deref().unwrap_or("-"), section.as_deref().unwrap_or("-")]
}

#[test]
fn canvas_gives_its_gradebook_and_only_students_are_students() {
    let roster = Desk::new().roster(CANVAS);
    assert_eq!(roster.kind(), Kind::Canvas);
    let all: Vec<[&str; 5]> = roster.students().iter().map(summary).collect();
    assert_eq!(
        all,
        [["1001", "Jörg Müller", "jmueller", "-", "A"], ["1002", "Łucja \"Lu\" O'Neil", "LONeil", "-", "B"]]
    );
    let columns = &roster.students()[0].columns;
    assert_eq!((columns["Student"].as_str(), columns["ID"].as_str(), columns.len()), ("Müller, Jörg", "71", 7));
}

#[test]
fn a_student_is_found_by_all_that_the_list_says_of_them_and_by_nothing_that_is_twofold() {
    let roster = Desk::new().roster(CANVAS);
    assert_eq!([roster.by_id("1001"), roster.by_id("71"), roster.by_id("")], [Some(0), None, None]);
    assert_eq!([roster.by_login("loneil "), roster.find("JMUELLER")], [Some(1), Some(0)]);
    assert_eq!([roster.by_number(Kind::Canvas, "72"), roster.by_number(Kind::Gradescope, "72")], [Some(1), None]);
    assert_eq!([roster.by_name("müller, JÖRG"), roster.by_name("Łucja Lu ONeil")], [Some(0), Some(1)]);
    let twins =
        Desk::new().roster("id,name,email\n1,Ada Lovelace,ada@uni.example\n2,\"Lovelace, Ada\",ADA@uni.example\n");
    assert_eq!([twins.by_name("Ada Lovelace"), twins.by_email("ada@uni.example")], [None, None]);
    assert_eq!((twins.namesakes("Ada Lovelace"), twins.by_id("2")), (2, Some(1)));
}

#[test]
fn canvas_may_split_names_and_leave_out_what_the_school_knows() {
    let roster = Desk::new().roster(
        "LastName;FirstName;ID;SIS Login ID;Section\nPoints Possible;;;;\nMüller;Jörg;71;jm;A\nStudent;Test;99;x;A\n",
    );
    assert_eq!(roster.students().len(), 1);
    assert_eq!(summary(&roster.students()[0]), ["71", "Jörg Müller", "jm", "-", "A"]);
}

#[test]
fn moodle_gives_grades_participants_and_a_worksheet() {
    let desk = Desk::new();
    let grades = desk.roster("First name,Last name,ID number,Email address,Course total (Real)\nJörg,Müller,1001,jm@uni.example,12\nSara,Cohen,,sc@uni.example,-\n");
    assert_eq!(grades.kind(), Kind::Moodle);
    assert_eq!(summary(&grades.students()[1]), ["sc@uni.example", "Sara Cohen", "-", "sc@uni.example", "-"]);
    let people = desk.roster("First name\tSurname\tUsername\tGroups\nJörg\tMüller\tjm\tA\n");
    assert_eq!(summary(&people.students()[0]), ["jm", "Jörg Müller", "jm", "-", "A"]);
    let sheet = desk.roster(
        "Identifier,\"Full name\",\"ID number\",Status,Grade,\"Last modified (submission)\"\n\"Participant 123\",\"Jörg Müller\",1001,Submitted,,\"Saturday, 21 November 2026, 9:30 PM\"\n",
    );
    assert_eq!((sheet.kind(), sheet.by_number(Kind::MoodleWorksheet, "123")), (Kind::MoodleWorksheet, Some(0)));
    let hidden = desk.roster("Identifier,Status,Grade\nParticipant 9,Submitted,\n");
    assert_eq!(hidden.students()[0].name, "Participant 9");
}

#[test]
fn gradescope_and_classroom_leave_out_who_teaches() {
    let desk = Desk::new();
    let scope = desk.roster("First Name,Last Name,SID,Email,Role,Section\nAda,Lovelace,0105,ada@uni.example,Student,A\nT,A,,ta@uni.example,TA,\n");
    assert_eq!(scope.kind(), Kind::Gradescope);
    assert_eq!(
        scope.students().iter().map(summary).collect::<Vec<_>>(),
        [["0105", "Ada Lovelace", "-", "ada@uni.example", "A"]]
    );
    let rooms = desk.roster("username,first_name,last_name,email,section,github_id,role\nAda-L,Ada,Lovelace,,A,17,student\nboss,T,A,,,3,teacher\nnew,,,,,,\n");
    assert_eq!(rooms.kind(), Kind::Classroom50);
    let all: Vec<[&str; 5]> = rooms.students().iter().map(summary).collect();
    assert_eq!(all, [["Ada-L", "Ada Lovelace", "Ada-L", "-", "A"], ["new", "new", "new", "-", "-"]]);
}

#[test]
fn a_list_of_ones_own_needs_ids_and_no_more() {
    let roster = Desk::new().roster("Section;ID;Name;Seat No\r\n\r\nA;7;;3\r\n;8;\"Grace; Hopper\"\r\n;;\r\n");
    let all: Vec<[&str; 5]> = roster.students().iter().map(summary).collect();
    assert_eq!(all, [["7", "7", "-", "-", "A"], ["8", "Grace; Hopper", "-", "-", "-"]]);
    assert_eq!(roster.students()[0].columns["Seat No"], "3");
}

#[test]
fn everything_that_is_wrong_with_a_list_is_told_at_once_with_its_line() {
    let wrong = Desk::new().wrong("id,name\n1,Ada\n,Grace\n2,Lovelace, Ada\n\"1 \",Mary\n3,\"Ann\nLee\"\n2,Joan\n");
    assert_data_eq!(
        wrong,
        str![[r#"
list.csv:3: `id` is empty, and nothing else says who this is
list.csv:4: this line has more cells than the 2 of the header; put quotes around a cell that has a separator
list.csv:5: `id` is `1`, as on line 2; each student needs one of their own
list.csv:8: `id` is `2`, as on line 4; each student needs one of their own

"#]]
        .raw()
    );
}

#[test]
fn what_is_no_list_is_told_with_what_would_do() {
    let wrong = |bytes: &[u8]| Desk::new().wrong(bytes);
    let all = [
        wrong(b"Vorname;Nachname;E-Mail-Adresse\nJ\xC3\xB6rg;M\xC3\xBCller;jm@uni.example\n"),
        wrong(b"id,name\n1,Zo\xEB\n"),
        wrong(b"\xFF\xFEi\0d\0"),
        wrong(b"PK\x03\x04 a spreadsheet"),
        wrong(b"id,name\n1,\"Ada\n2,Grace\n"),
        wrong(b"id,name\n"),
        wrong(b"Student,ID,Section\n    Points Possible,,\n\"Student, Test\",9,A\n"),
        wrong(b""),
    ];
    assert_data_eq!(all.concat(), str![[r#"
list.csv:1: no column says who a student is: give a list of your own with a column `id` (and, if you like, `name`, `login`, `email`, `section`), or an export in English: of Canvas with `Student`, `ID` and `Section`; of Moodle with `First name`, `Last name` and one of `ID number`, `Username` and `Email address`, or a worksheet with `Identifier`; of Gradescope with `SID` and `Email`; of Classroom 50 with `username`, `first_name` and `last_name`
list.csv:2: this is not UTF-8; export the file again, or save it as CSV with UTF-8
list.csv: this is UTF-16; save it as CSV with UTF-8
list.csv: this is not CSV; if it is a spreadsheet, save it as CSV with UTF-8
list.csv:2: this is not CSV: a quote is opened here and never closed
list.csv: there are no students in this list
list.csv: there are no students in this list
list.csv: there is nothing in this file, not even a header

"#]].raw());
    let missing = Roster::read(Path::new("/nowhere/list.csv")).unwrap_err().to_string();
    assert_eq!(missing, "/nowhere/list.csv: it cannot be read (entity not found)");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_list_is_read_or_refused_and_ids_tell_students_apart(
        header in "(id|ID|Student|Section|SID|Email|Identifier|Full name|username|[,;\t\"]){0,8}",
        rest in "([a-c0-3,;\t\"\r\n]|ä|\u{feff}){0,40}",
    ) {
        let desk = Desk::new();
        match Roster::read(&desk.put("list.csv", format!("{header}\n{rest}"))) {
            Ok(roster) => for (place, student) in roster.students().iter().enumerate() {
                prop_assert_eq!(roster.by_id(&student.id), Some(place));
                prop_assert!(!student.name.is_empty());
            },
            Err(faults) => prop_assert!(!faults.0.is_empty()),
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in any::<Vec<u8>>()) {
        let desk = Desk::new();
        let _ = Roster::read(&desk.put("list.csv", bytes));
    }
}
