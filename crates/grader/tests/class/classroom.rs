//! Classroom 50's download.

use super::*;
use snapbox::{IntoData, assert_data_eq, str};

const LIST: &str = "username,first_name,last_name,email,section,github_id,role\nJMueller,Jörg,Müller,,A,1,student\nada-jmueller,Ada,Müller,,A,2,student\nzoe,Zoë,O'Neil,,A,3,student\n";
const SCORES: &str = "username,first_name,last_name,email,section,score,max_score,datetime,submission_tag,submitted_by,review_url,late,override\n";
const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// A clone, at a commit, with what the command wrote of a submission.
fn clone(desk: &Desk, name: &str, result: Option<(&str, &str)>) {
    desk.put(&format!("download/{name}/.git/HEAD"), "ref: refs/heads/main\n");
    desk.put(&format!("download/{name}/.git/refs/heads/main"), format!("{COMMIT}\n"));
    desk.sources(&[
        &format!("{name}/src/lib.rs"),
        &format!("{name}/README.md"),
        &format!("{name}/.github/workflows/a.yml"),
    ]);
    if let Some((time, commit)) = result {
        let url = format!("https://github.com/org/{name}/commit/{commit}");
        let result = format!("{{\"schema\":\"classroom50/result/v1\",\"datetime\":\"{time}\",\"commit\":\"{url}\"}}");
        desk.put(&format!("download/{name}/result.json"), result);
    }
}

#[test]
fn a_clone_is_its_owners_and_has_the_time_of_the_submission_that_it_holds() {
    let desk = Desk::new();
    let roster = desk.roster(LIST);
    clone(&desk, "cs-week-jmueller", Some(("2026-11-21T20:00:00Z", COMMIT)));
    clone(&desk, "cs-week-ada-jmueller", Some(("2026-11-21T21:00:00Z", "ffff456789abcdef0123456789abcdef01234567")));
    clone(&desk, "cs-week-zoe", None);
    let rows = "jmueller,,,,,1,1,2026-11-20T20:00:00Z,submit/1,,,,\njmueller,,,,,1,1,2026-11-21T20:00:00Z,submit/2,,,,\nada-jmueller,,,,,1,1,2026-11-21T21:00:00Z,submit/1,,,,\nzoe,,,,,,,,,,,,\n";
    desk.put("download/scores.csv", format!("{SCORES}{rows}"));
    let found = desk.read(&roster, &one());
    assert_data_eq!(desk.told(&roster, &one(), &found), str![[r#"
Classroom50
JMueller drop-list 2026-11-21T20:00:00Z download/cs-week-jmueller
ada-jmueller drop-list Unknown download/cs-week-ada-jmueller
zoe drop-list Unknown download/cs-week-zoe
note: download/cs-week-ada-jmueller: the last submission that was collected came 2026-11-21 21:00 UTC, and nothing says that it is what lies here; give a table of times

"#]].raw());
}

#[test]
fn the_assignment_in_the_name_may_be_the_exercise_and_strangers_are_told() {
    let desk = Desk::new();
    let roster = desk.roster(LIST);
    for name in ["cs-my-vec-jmueller", "cs-my-vec-zoe", "cs-my-vec-zoey", "something"] {
        clone(&desk, name, None);
    }
    desk.sources(&["notes.txt"]);
    let found = desk.read(&roster, &three());
    assert_data_eq!(desk.told(&roster, &three(), &found), str![[r#"
Classroom50
JMueller my-vec Unknown download/cs-my-vec-jmueller
zoe my-vec Unknown download/cs-my-vec-zoe
fault: download/cs-my-vec-zoey: `zoey` (is it `zoe`?) is nobody in the class list
fault: download/notes.txt: this is not named as Classroom 50 names what it gives, like `cs-drop-list-jmueller`; is it from somewhere else?
fault: download/something: this is not named as Classroom 50 names what it gives, like `cs-drop-list-jmueller`; is it from somewhere else?

"#]].raw());
}

#[test]
fn packed_references_and_a_head_without_a_branch_are_read() {
    let desk = Desk::new();
    let roster = desk.roster(LIST);
    clone(&desk, "cs-week-zoe", Some(("2026-11-21T21:00:00Z", COMMIT)));
    clone(&desk, "cs-week-jmueller", Some(("2026-11-21T21:00:00Z", COMMIT)));
    fs::remove_file(desk.path("download/cs-week-zoe/.git/refs/heads/main")).expect("it is there");
    desk.put("download/cs-week-zoe/.git/packed-refs", format!("# pack-refs\n{COMMIT} refs/heads/main\n"));
    desk.put("download/cs-week-jmueller/.git/HEAD", format!("{COMMIT}\n"));
    let rows = "zoe,,,,,1,1,2026-11-21T21:00:00Z,submit/1,,,,\njmueller,,,,,1,1,2026-11-21T21:00:00Z,submit/1,,,,\n";
    desk.put("download/scores.csv", format!("{SCORES}{rows}"));
    let found = desk.read(&roster, &one());
    assert!(found.notes.is_empty() && found.faults.is_empty(), "{:?} {:?}", found.notes, found.faults);
    assert!(found.deposits.iter().all(|deposit| when(&deposit.submitted) == "2026-11-21T21:00:00Z"));
}
