//! Gradescope's export.

use super::*;
use snapbox::{IntoData, assert_data_eq, str};

const LIST: &str = "First Name,Last Name,SID,Email,Role\nAda,Lovelace,0105,ada@uni.example,Student\nZoë,O'Neil,0106,zoe@uni.example,Student\nGrace,Hopper,,grace@uni.example,Student\n";

/// The entry of one submission, with everything else that Gradescope writes there.
fn entry(number: u32, submitters: &[[&str; 3]], created: &str) -> String {
    let who: String = submitters
        .iter()
        .map(|[name, sid, email]| format!("  - :name: {name}\n    :sid: {sid}\n    :email: {email}\n"))
        .collect();
    let who = if who.is_empty() { "  :submitters: []\n".to_owned() } else { format!("  :submitters:\n{who}") };
    format!(
        "submission_{number}:\n{who}  :created_at: {created}\n  :score: 0.0\n  :status: processed\n  :results:\n    score: 0.0\n    tests: []\n    output: \"\\e[31m:created_at: 1999\\n\"\n  :history:\n  - :submitters: []\n    :created_at: 2026-11-01 00:00:00.000000000 Z\n    :id: 7\n"
    )
}

const ADA: [&str; 3] = ["Ada Lovelace", "'0105'", "ada@uni.example"];
const ZOE: [&str; 3] = ["Zoë O'Neil", "'0106'", "zoe@uni.example"];
const GRACE: [&str; 3] = ["Grace Hopper", "", "Grace@uni.example"];

#[test]
fn everybody_in_a_group_has_the_deposit_with_its_time() {
    let desk = Desk::new();
    let roster = desk.roster(LIST);
    let list = [
        "---\n".to_owned(),
        entry(11, &[ADA, ZOE], "2026-11-21 20:52:07.938335000 Z"),
        entry(12, &[GRACE], "2026-11-21 12:00:00.000000000 -08:00"),
    ];
    desk.put("download/assignment_5_export/submission_metadata.yml", list.concat());
    desk.sources(&[
        "assignment_5_export/submission_11/drop-list/src/lib.rs",
        "assignment_5_export/submission_12/lib.rs",
        "__MACOSX/assignment_5_export/._submission_11",
    ]);
    let found = desk.read(&roster, &one());
    assert_data_eq!(
        desk.told(&roster, &one(), &found),
        str![[r#"
Gradescope
ada@uni.example drop-list 2026-11-21T20:52:07.938335000Z download/assignment_5_export/submission_11/drop-list
zoe@uni.example drop-list 2026-11-21T20:52:07.938335000Z download/assignment_5_export/submission_11/drop-list
grace@uni.example drop-list 2026-11-21T12:00:00.000000000-08:00 download/assignment_5_export/submission_12/lib.rs

"#]]
        .raw()
    );
    assert!(has(&found, 0, "submission_11/drop-list") && has(&found, 2, "submission_12/lib.rs"));
}

#[test]
fn what_the_list_does_not_say_is_told_with_its_line() {
    let desk = Desk::new();
    let roster = desk.roster(LIST);
    let list = [
        entry(11, &[ADA, ["Ada Lovelance", "'0999'", "ada@uni.exmaple"]], "2026-11-21 20:52:07 Z"),
        entry(12, &[], "2026-11-21 20:52:07 Z"),
        entry(13, &[GRACE], "yesterday"),
        entry(14, &[ZOE], "2026-11-21 20:52:07 Z"),
        entry(11, &[ZOE], "2026-11-21 20:52:07 Z"),
        "submission_15: [}\n".to_owned(),
    ];
    desk.put("download/submission_metadata.yml", list.concat());
    desk.sources(&[
        "submission_11/lib.rs",
        "submission_12/lib.rs",
        "submission_13/lib.rs",
        "submission_15/lib.rs",
        "notes.txt",
    ]);
    let found = desk.read(&roster, &one());
    assert_data_eq!(desk.told(&roster, &one(), &found), str![[r#"
Gradescope
ada@uni.example drop-list 2026-11-21T20:52:07Z download/submission_11/lib.rs
grace@uni.example drop-list Unknown download/submission_13/lib.rs
fault: download/notes.txt: this is not named as Gradescope names what it gives, like `submission_216975964`; is it from somewhere else?
fault: download/submission_11: `Ada Lovelance, 0999, ada@uni.exmaple` (is it `ada@uni.example`?) handed this in, and is not in the class list
fault: download/submission_metadata.yml:20: `submission_12`: nobody is named who handed this in
fault: download/submission_metadata.yml:33: `submission_13`: `yesterday` is no time that can be read here; give a table of times
fault: download/submission_metadata.yml:49: `submission_14`: there is no such folder; export the submissions again
fault: download/submission_metadata.yml:65: `submission_11`: this stands here twice
fault: download/submission_metadata.yml:81: `submission_15`: nobody is named who handed this in
fault: download/submission_metadata.yml:81: from here on, this is not YAML (while parsing a node, did not find expected node content); export the submissions again

"#]].raw());
}

#[test]
fn folders_without_the_list_are_nobodys() {
    let desk = Desk::new();
    let roster = desk.roster(LIST);
    desk.sources(&["submission_11/lib.rs", "submission_12/lib.rs"]);
    let found = desk.read(&roster, &one());
    assert_data_eq!(
        desk.told(&roster, &one(), &found),
        str![[r#"
Gradescope
fault: download: `submission_metadata.yml` is missing, which says whose submissions these are; export them again

"#]]
        .raw()
    );
}
