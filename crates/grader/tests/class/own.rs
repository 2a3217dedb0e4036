//! A teacher's own folder.

use super::*;
use grader::intake;
use model::exercise::Exercise;
use snapbox::{IntoData, assert_data_eq, str};

const LIST: &str = "id,name,login,email\n1001,Jörg Müller,jmueller,j.mueller@uni.example\n1002,Łucja O'Neil,loneil,\n1003,Ada Lovelace,vec,\n1004,Grace Hopper,,grace@uni.example\n";

#[test]
fn a_student_is_an_id_a_login_or_an_address() {
    let desk = Desk::new();
    let roster = desk.roster(LIST);
    desk.sources(&["1001/src/lib.rs", "LONeil.tar.gz", "vec.rs", "grace@uni.example/lib.rs"]);
    let found = desk.read(&roster, &one());
    assert_data_eq!(
        desk.told(&roster, &one(), &found),
        str![[r#"
Plain
1001 drop-list Unknown download/1001
1002 drop-list Unknown download/LONeil.tar.gz
1003 drop-list Unknown download/vec.rs
1004 drop-list Unknown download/grace@uni.example/lib.rs

"#]]
        .raw()
    );
}

#[test]
fn attempts_have_their_times_for_names_and_are_in_order() {
    let desk = Desk::new();
    let roster = desk.roster(LIST);
    desk.sources(&[
        "jmueller/20261121T213000Z/drop-list/src/lib.rs",
        "jmueller/20261121T213000+0100/drop-list/src/lib.rs",
        "loneil/20261122T080000Z.rs",
    ]);
    desk.put("download/vec/20261122T080000Z.zip", submission("vec"));
    desk.put("download/vec/20261123T080000Z/a.zip", submission("my-vec"));
    let found = desk.read(&roster, &three());
    assert_data_eq!(desk.told(&roster, &three(), &found), str![[r#"
Plain
1001 drop-list 2026-11-21T21:30:00+01:00 download/jmueller/20261121T213000+0100/drop-list
1001 drop-list 2026-11-21T21:30:00Z download/jmueller/20261121T213000Z/drop-list
1003 my-vec 2026-11-23T08:00:00Z download/vec/20261123T080000Z/a.zip
1003 vec 2026-11-22T08:00:00Z download/vec/20261122T080000Z.zip
fault: download/loneil/20261122T080000Z.rs: nothing says which exercise of the set this answers, neither its name nor what it holds; it is not graded

"#]].raw());
}

#[test]
fn an_attempt_with_a_time_and_one_without_are_none() {
    let desk = Desk::new();
    let roster = desk.roster(LIST);
    desk.sources(&[
        "1001/20261121T213000Z/lib.rs",
        "1001/drop-list.rs",
        "1002/20261121T213000Z.rs",
        "1002/20261121T223000+0100.rs",
        "1003/lib.rs",
    ]);
    let found = desk.read(&roster, &one());
    assert_data_eq!(desk.told(&roster, &one(), &found), str![[r#"
Plain
1003 drop-list Unknown download/1003/lib.rs
fault: download/1001/20261121T213000Z/lib.rs: Jörg Müller (1001) handed this in for `stack-limits/drop-list`, and also `download/1001/drop-list.rs`; nobody can say which counts: take away all but one
fault: download/1002/20261121T213000Z.rs: Łucja O'Neil (1002) handed this in for `stack-limits/drop-list`, and also `download/1002/20261121T223000+0100.rs`; nobody can say which counts: take away all but one

"#]].raw());
}

#[test]
fn names_count_before_contents_and_contents_before_nothing() {
    let desk = Desk::new();
    let roster = desk.roster(LIST);
    desk.put("download/1001/submission-my-vec.zip", submission("my-vec"));
    desk.put("download/1001/all.zip", zip(&["all/my-vec/src/lib.rs", "all/drop-list/src/lib.rs"]));
    desk.put("download/1001/vec.pdf", "%PDF");
    desk.put("download/1001/letter.txt", "Dear teacher");
    desk.put("download/1002/vec.7z", b"7z\xbc\xaf\x27\x1c\0");
    desk.put("download/1002/empty.zip", b"");
    desk.put("download/1003/drop-list.md", "# The task");
    desk.put("download/1003/src/lib.rs", SOURCE);
    let found = desk.read(&roster, &three());
    assert_data_eq!(
        desk.told(&roster, &three(), &found),
        str![[r#"
Plain
1001 drop-list Unknown download/1001/all.zip
1001 my-vec Unknown download/1001/submission-my-vec.zip
1001 vec Unknown download/1001/vec.pdf
1002 vec Unknown download/1002/vec.7z
fault: download/1002/empty.zip: nothing says which exercise of the set this answers, neither its name nor what it holds; it is not graded
fault: download/1003/drop-list.md: nothing says which exercise of the set this answers, neither its name nor what it holds; it is not graded
fault: download/1003/src: nothing says which exercise of the set this answers, neither its name nor what it holds; it is not graded
note: download/1001/letter.txt: nothing says which exercise of the set this answers, neither its name nor what it holds; it is not graded

"#]]
        .raw()
    );
}

#[test]
fn a_set_of_one_exercise_takes_what_there_is_and_the_intake_finds_it() {
    let desk = Desk::new();
    let roster = desk.roster(LIST);
    desk.put("download/1001/drop-list.md", "# The task");
    desk.put("download/1001/src/lib.rs", SOURCE);
    desk.put("download/1002/answer.zip", submission("drop-list"));
    desk.put("download/1003/answer.rs", SOURCE);
    desk.put("download/1003/notes.txt", "Dear teacher");
    desk.put("download/1004/empty.zip", zip(&[]));
    let found = desk.read(&roster, &one());
    assert_data_eq!(
        desk.told(&roster, &one(), &found),
        str![[r#"
Plain
1001 drop-list Unknown download/1001
1002 drop-list Unknown download/1002/answer.zip
1003 drop-list Unknown download/1003/answer.rs
1004 drop-list Unknown download/1004/empty.zip
note: download/1003/notes.txt: nothing says which exercise of the set this answers, neither its name nor what it holds; it is not graded

"#]]
        .raw()
    );
    let text = "id = \"drop-list\"\nchapter = \"c\"\ntitle = \"t\"\nstep = \"check\"\nminutes = 1\nfiles = [\"src/lib.rs\"]\nunsafe = \"forbidden\"\nread = \"c\"\ncriterion = []\n";
    let exercise: Exercise = toml::from_str(text).expect("the exercise is whole");
    let read = |at: usize| intake::read(&found.deposits[at].path, &exercise).expect("the disk can be read");
    (0..3).for_each(|at| assert_eq!(read(at).expect("it is taken").submission.files["src/lib.rs"], SOURCE));
    assert!(read(3).is_err(), "an empty archive is refused where its author reads why");
}

#[test]
fn several_archives_in_a_folder_of_which_none_is_named_are_none() {
    let desk = Desk::new();
    let roster = desk.roster(LIST);
    desk.put("download/1001/a.zip", zip(&["src/lib.rs"]));
    desk.put("download/1001/b.zip", zip(&["src/lib.rs"]));
    desk.put("download/1002/a.zip", zip(&["src/lib.rs"]));
    desk.put("download/1002/b.zip", submission("list-drop"));
    let found = desk.read(&roster, &one());
    assert_data_eq!(desk.told(&roster, &one(), &found), str![[r#"
Plain
1002 drop-list Unknown download/1002/b.zip
fault: download/1001/a.zip: Jörg Müller (1001) handed this in for `stack-limits/drop-list`, and also `download/1001/b.zip`; nobody can say which counts: take away all but one
note: download/1002/a.zip: nothing says which exercise of the set this answers, neither its name nor what it holds; it is not graded

"#]].raw());
}

#[test]
fn a_single_folder_at_the_top_is_gone_into_unless_it_is_a_students() {
    let desk = Desk::new();
    let roster = desk.roster(LIST);
    desk.sources(&["week 5/jmueller/lib.rs", "week 5/loneil.rs", "week 5/1003.zip"]);
    let found = desk.read(&roster, &one());
    assert_eq!((found.deposits.len(), found.faults.len()), (3, 0), "{:?}", found.faults);
    let found = desk.read_from("download/week 5", &roster, &one());
    assert_eq!(found.deposits.len(), 3);
    let desk = Desk::new();
    let roster = desk.roster(LIST);
    desk.sources(&["1001/1002/lib.rs"]);
    let found = desk.read(&roster, &one());
    assert_eq!(roster.students()[found.deposits[0].student].id, "1001");
}
