//! Canvas's download.

use super::*;
use snapbox::{IntoData, assert_data_eq, str};

const LIST: &str = "Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n\"Müller, Jörg\",71,1001,jmueller,A\n\"O'Neil, Łucja \"\"Lu\"\"\",72,1002,loneil,A\n\"Müller-Lüdenscheidt, Anna-Lena\",73,1003,alml,A\n\"Cohen, Sara\",74,1004,scohen,A\nAnon,75,1005,anon,A\n";

#[test]
fn every_file_finds_its_student_and_its_exercise() {
    let desk = Desk::new();
    let roster = desk.roster(LIST);
    desk.sources(&[
        "müllerjörg_71_9001_submission-drop-list.zip",
        "müllerjörg_71_9002_my_3_4_vec-1.rs",
        "oneilłucjalu_LATE_72_9003_submission-drop-list-2.zip",
        "müllerlüdenscheidtannalena_73_9004_submission-my-vec (1).zip",
        "müllerlüdenscheidtannalena_73_9005_notes.pdf",
        "cohensara_74_text.html",
    ]);
    let found = desk.read(&roster, &three());
    assert_data_eq!(desk.told(&roster, &three(), &found), str![[r#"
Canvas
1001 drop-list InTime download/müllerjörg_71_9001_submission-drop-list.zip
1001 vec InTime download/müllerjörg_71_9002_my_3_4_vec-1.rs
1002 drop-list Late download/oneilłucjalu_LATE_72_9003_submission-drop-list-2.zip
1003 my-vec InTime download/müllerlüdenscheidtannalena_73_9004_submission-my-vec (1).zip
fault: download/cohensara_74_text.html: Sara Cohen (1004) wrote this on the page of Canvas; it is not graded
note: download/müllerlüdenscheidtannalena_73_9005_notes.pdf: nothing says which exercise of the set this answers, neither its name nor what it holds; it is not graded

"#]].raw());
}

#[test]
fn the_archive_of_the_class_is_read_as_it_comes() {
    let desk = Desk::new();
    let roster = desk.roster(LIST);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["müllerjörg_71_9001_week5.zip", "oneilłucjalu_LATE_72_9003_lib.rs"] {
        archive.start_file(name, SimpleFileOptions::default()).expect("an entry can be begun");
        archive.write_all(&submission("drop-list")).expect("memory can be written");
    }
    desk.put("submissions.zip", archive.finish().expect("an archive can be ended").into_inner());
    let found = desk.read_from("submissions.zip", &roster, &one());
    assert_data_eq!(
        desk.told(&roster, &one(), &found),
        str![[r#"
Canvas
1001 drop-list InTime submissions.zip/müllerjörg_71_9001_week5.zip
1002 drop-list Late submissions.zip/oneilłucjalu_LATE_72_9003_lib.rs

"#]]
        .raw()
    );
    assert!(has(&found, 0, "müllerjörg_71_9001_week5.zip"));
    let again = desk.read_from("submissions.zip", &roster, &one());
    assert_eq!(again.deposits, found.deposits, "what was unpacked can be graded again where it lies");
    assert_eq!(fs::read_dir(desk.path("unpacked")).expect("it is a folder").count(), 1);
}

#[test]
fn groups_hidden_names_and_strangers_are_told_and_the_others_are_graded() {
    let desk = Desk::new();
    let roster = desk.roster(LIST);
    desk.sources(&[
        "müllerjörg_71_9001_a.zip",
        "group_1_72_9002_a.zip",
        "mullerhans_79_9003_a.zip",
        "cohensarah_740_9003_a.zip",
        "anon_75_9009_a.zip",
        "anon_Xy3kP_9004_a.zip",
        "LATE_anon_Xy3kQ_9005_a.zip",
        "grades.xlsx",
        "Jörg Müller_123_assignsubmission_file_a.zip",
    ]);
    let found = desk.read(&roster, &one());
    assert_data_eq!(desk.told(&roster, &one(), &found), str![[r#"
Canvas
1001 drop-list InTime download/müllerjörg_71_9001_a.zip
1005 drop-list InTime download/anon_75_9009_a.zip
fault: download/Jörg Müller_123_assignsubmission_file_a.zip: this is not named as Canvas names what it gives, like `mullerjorg_71_9001_submission.zip`; is it from somewhere else?
fault: download/LATE_anon_Xy3kQ_9005_a.zip: Canvas hides whose this is; switch anonymous grading off in Canvas, and download again
fault: download/anon_Xy3kP_9004_a.zip: Canvas hides whose this is; switch anonymous grading off in Canvas, and download again
fault: download/cohensarah_740_9003_a.zip: nobody in the class list has the number 740 of Canvas, which `cohensarah` (is it `Sara Cohen`?) has
fault: download/grades.xlsx: this is not named as Canvas names what it gives, like `mullerjorg_71_9001_submission.zip`; is it from somewhere else?
fault: download/group_1_72_9002_a.zip: the number 72 is that of Łucja "Lu" O'Neil (1002), and the name `group_1` is not: is it a group's? Canvas names only one member of a group; if the student has a new name, export the gradebook again
fault: download/mullerhans_79_9003_a.zip: nobody in the class list has the number 79 of Canvas, which `mullerhans` has

"#]].raw());
}

#[test]
fn two_archives_that_could_both_be_meant_are_neither() {
    let desk = Desk::new();
    let roster = desk.roster(LIST);
    desk.put("download/müllerjörg_71_9001_a.zip", submission("drop-list"));
    desk.put("download/müllerjörg_71_9002_b.zip", submission("drop-list"));
    desk.put("download/cohensara_74_9003_a.zip", submission("drop-list"));
    desk.put("download/cohensara_74_9004_other.zip", zip(&["other/src/lib.rs"]));
    desk.put("download/oneilłucjalu_72_9005_lib.rs", SOURCE);
    desk.put("download/oneilłucjalu_72_9006_notes.txt", SOURCE);
    let found = desk.read(&roster, &one());
    assert_data_eq!(desk.told(&roster, &one(), &found), str![[r#"
Canvas
1002 drop-list InTime download/oneilłucjalu_72_9005_lib.rs
1004 drop-list InTime download/cohensara_74_9003_a.zip
fault: download/müllerjörg_71_9001_a.zip: Jörg Müller (1001) handed this in for `stack-limits/drop-list`, and also `download/müllerjörg_71_9002_b.zip`; nobody can say which counts: take away all but one
note: download/oneilłucjalu_72_9006_notes.txt: nothing says which exercise of the set this answers, neither its name nor what it holds; it is not graded
note: download/cohensara_74_9004_other.zip: nothing says which exercise of the set this answers, neither its name nor what it holds; it is not graded

"#]].raw());
}

#[test]
fn without_numbers_of_canvas_a_name_has_to_be_enough() {
    let desk = Desk::new();
    let roster = desk.roster("id,name\n1,Jörg Müller\n2,Ada Lovelace\n3,Ada Lovelace\n");
    desk.sources(&["müllerjörg_71_9001_a.zip", "lovelaceada_72_9002_a.zip"]);
    let found = desk.read(&roster, &one());
    assert_data_eq!(desk.told(&roster, &one(), &found), str![[r#"
Canvas
1 drop-list InTime download/müllerjörg_71_9001_a.zip
fault: download/lovelaceada_72_9002_a.zip: 2 students are called `lovelaceada`, and the class list has no numbers of Canvas: give Canvas's export of the gradebook instead

"#]].raw());
}
