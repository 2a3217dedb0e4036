//! Moodle's download.

use super::*;
use snapbox::{IntoData, assert_data_eq, str};

const SHEET: &str = "Identifier,Full name,Email address,Status,Grade\r\nParticipant 123,Jörg Müller,jm@uni.example,Submitted,\r\nParticipant 124,\"Łucja \"\"Lu\"\" O'Neil\",lo@uni.example,Submitted,\r\nParticipant 125,Anna-Lena Müller-Lüdenscheidt,al@uni.example,Submitted,\r\nParticipant 126,Jörg Müller,jm2@uni.example,Submitted,\r\n";

#[test]
fn folders_of_new_and_old_versions_find_their_participants_and_keep_what_lies_in_them() {
    let desk = Desk::new();
    let roster = desk.roster(SHEET);
    desk.put(
        "download/Jörg Müller_123_assignsubmission_file/homework.zip",
        zip(&["x/drop-list/src/lib.rs", "x/vec/src/lib.rs"]),
    );
    desk.sources(&[
        "Łucja Lu ONeil_124_assignsubmission_file_/my-vec/src/lib.rs",
        "Łucja Lu ONeil_124_assignsubmission_file_/readme.txt",
        "Anna-Lena Müller-Lüdenscheidt_125_assignsubmission_onlinetext/onlinetext.html",
        "Jörg Müller_126_assignsubmission_file/week/deep/vec/src/lib.rs",
    ]);
    let found = desk.read(&roster, &three());
    assert_data_eq!(desk.told(&roster, &three(), &found), str![[r#"
Moodle
jm@uni.example drop-list Unknown download/Jörg Müller_123_assignsubmission_file/homework.zip
jm@uni.example vec Unknown download/Jörg Müller_123_assignsubmission_file/homework.zip
lo@uni.example my-vec Unknown download/Łucja Lu ONeil_124_assignsubmission_file_/my-vec
jm2@uni.example vec Unknown download/Jörg Müller_126_assignsubmission_file/week
fault: download/Anna-Lena Müller-Lüdenscheidt_125_assignsubmission_onlinetext: Anna-Lena Müller-Lüdenscheidt (al@uni.example) wrote this on the page of Moodle; it is not graded
note: download/Łucja Lu ONeil_124_assignsubmission_file_/readme.txt: nothing says which exercise of the set this answers, neither its name nor what it holds; it is not graded

"#]].raw());
}

#[test]
fn files_without_folders_and_an_archive_of_all_are_read_too() {
    let desk = Desk::new();
    let roster = desk.roster(SHEET);
    desk.put(
        "course-week-12.zip",
        zip(&[
            "Jörg Müller_123_assignsubmission_file_submission_drop-list.zip",
            "Łucja Lu ONeil_124_assignsubmission_file_lib.rs",
            "Anna-Lena Müller-Lüdenscheidt_125_assignsubmission_onlinetext_onlinetext.html",
            "Participant_126_assignsubmission_file_drop-list.zip",
        ]),
    );
    let found = desk.read_from("course-week-12.zip", &roster, &one());
    assert_data_eq!(desk.told(&roster, &one(), &found), str![[r#"
Moodle
jm@uni.example drop-list Unknown course-week-12.zip/Jörg Müller_123_assignsubmission_file_submission_drop-list.zip
lo@uni.example drop-list Unknown course-week-12.zip/Łucja Lu ONeil_124_assignsubmission_file_lib.rs
jm2@uni.example drop-list Unknown course-week-12.zip/Participant_126_assignsubmission_file_drop-list.zip
fault: course-week-12.zip/Anna-Lena Müller-Lüdenscheidt_125_assignsubmission_onlinetext_onlinetext.html: Anna-Lena Müller-Lüdenscheidt (al@uni.example) wrote this on the page of Moodle; it is not graded

"#]].raw());
}

#[test]
fn an_umlaut_that_a_disk_took_apart_is_still_one() {
    let desk = Desk::new();
    let roster = desk.roster(SHEET);
    desk.sources(&["Jo\u{308}rg Mu\u{308}ller_123_assignsubmission_file/lib.rs"]);
    let found = desk.read(&roster, &one());
    assert_eq!((found.deposits.len(), found.faults.len()), (1, 0), "{:?}", found.faults);
}

#[test]
fn groups_and_worksheets_of_something_else_are_told() {
    let desk = Desk::new();
    let roster = desk.roster(SHEET);
    desk.sources(&[
        "Group A_123_assignsubmission_file/lib.rs",
        "Default group_assignsubmission_file/lib.rs",
        "Jorg Muller_999_assignsubmission_file/lib.rs",
        "Łucja Lu ONeil_124_assignsubmission_file/lib.rs",
    ]);
    let found = desk.read(&roster, &one());
    assert_data_eq!(desk.told(&roster, &one(), &found), str![[r#"
Moodle
lo@uni.example drop-list Unknown download/Łucja Lu ONeil_124_assignsubmission_file/lib.rs
fault: download/Default group_assignsubmission_file: `Default group` has no number, as Moodle's default group; a group's work cannot be told apart
fault: download/Group A_123_assignsubmission_file: the number 123 is that of Jörg Müller (jm@uni.example), and the name `Group A` is not: is it a group's, or is the worksheet of another assignment?
fault: download/Jorg Muller_999_assignsubmission_file: no participant has the number 999 of `Jorg Muller` (is it `Jörg Müller`?)

"#]].raw());
}

#[test]
fn without_a_worksheet_only_a_name_that_nobody_else_has_is_enough() {
    let desk = Desk::new();
    let roster = desk.roster(
        "First name,Last name,Email address\nJörg,Müller,jm@uni.example\nJörg,Müller,jm2@uni.example\nŁucja,O'Neil,lo@uni.example\n",
    );
    desk.sources(&[
        "Jörg Müller_123_assignsubmission_file/lib.rs",
        "ONeil Łucja_124_assignsubmission_file/lib.rs",
        "Lucja ONeil_125_assignsubmission_file/lib.rs",
    ]);
    let found = desk.read(&roster, &one());
    assert_data_eq!(desk.told(&roster, &one(), &found), str![[r#"
Moodle
lo@uni.example drop-list Unknown download/ONeil Łucja_124_assignsubmission_file/lib.rs
fault: download/Jörg Müller_123_assignsubmission_file: 2 students are called `Jörg Müller`; give the assignment's grading worksheet as the class list
fault: download/Lucja ONeil_125_assignsubmission_file: `Lucja ONeil` (is it `Łucja O'Neil`?) is nobody's name in the class list; a group's work cannot be told apart

"#]].raw());
}
