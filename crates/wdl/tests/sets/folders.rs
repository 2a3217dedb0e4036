//! `wdl set new` and `wdl set schema`.

use crate::desk::{Desk, root};
use model::set::{SCHEMA, SetFile};
use snapbox::{Data, assert_data_eq, str};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

const EXERCISE: &str = "stack-limits/big-buffer";

#[test]
fn a_new_set_explains_every_key_and_is_right_as_it_is_written() {
    let desk = Desk::new();
    let answer = desk.set("new week-5 --exercise heap/one-allocation drop-list --due 2026-11-27T23:59:00+01:00");
    answer.is(
        0,
        str![[r#"
week-5/set.toml begins the set `week-5`: 2 exercises, 23 points
next      wdl set check week-5

"#]],
        "",
    );
    assert_eq!(desk.names("week-5"), [".gitignore", "secret", "set.schema.json", "set.toml", "students.csv"]);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sets/new.toml");
    assert_data_eq!(desk.read("week-5/set.toml"), Data::read_from(&path, None).raw());
    assert_eq!(desk.read("week-5/set.schema.json"), SCHEMA);
    assert!(desk.read("week-5/students.csv").starts_with("id,name,"));
}

#[test]
fn with_its_comments_taken_away_every_key_of_a_new_set_is_right() {
    let desk = Desk::with_set(EXERCISE);
    let is_key = |line: &&str| line.starts_with('[') || line.split_whitespace().nth(1) == Some("=");
    let text = desk.read("week/set.toml");
    let lines: Vec<&str> = text.lines().map(|line| line.strip_prefix("# ").filter(is_key).unwrap_or(line)).collect();
    let file: SetFile = toml::from_str(&lines.join("\n")).expect("it is read");
    assert_eq!(file.faults(), []);
    assert_eq!(file.extension.len(), 2);
    let schema: serde_json::Value = serde_json::from_str(SCHEMA).expect("it is JSON");
    for key in schema["properties"].as_object().expect("a set has keys").keys() {
        assert!(text.contains(&format!("{key} = ")) || text.contains(&format!("[{key}")), "`{key}` is not explained");
    }
}

#[test]
fn a_secret_is_long_different_every_time_and_for_nobody_else_to_read() {
    let secret = |desk: &Desk| desk.read("week/secret");
    let (one, other) = (Desk::with_set(EXERCISE), Desk::with_set(EXERCISE));
    assert_eq!(secret(&one).trim().len(), 64);
    assert!(secret(&one).trim().bytes().all(|byte| byte.is_ascii_hexdigit()) && secret(&one) != secret(&other));
    let mode = one.path("week/secret").metadata().expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(one.read("week/.gitignore").lines().any(|line| line == "secret"));
}

#[test]
fn a_class_list_is_copied_and_a_title_may_hold_anything() {
    let desk = Desk::new();
    desk.write("list.csv", "Name,ID\n\"Ü, Ada\",7\n");
    let answer = desk.set("new week -e big-buffer --students list.csv --title \"a\"");
    assert_eq!(answer.code, 0, "{answer:#?}");
    assert_eq!(desk.read("week/students.csv"), desk.read("list.csv"));
    assert_eq!(desk.loaded().set.title, "\"a\"");
}

#[test]
fn private_suites_are_a_copy_to_be_changed() {
    let desk = Desk::with_set("big-buffer --private");
    let set = desk.loaded();
    assert_eq!(set.file.suites.as_deref(), Some("suites"));
    let (ours, public) = (&set.tasks[0].secret, root().join("tests/suites").join(EXERCISE));
    assert!(ours.starts_with(desk.path("week")));
    for name in ["hidden.rs", "solution.rs", "criteria.toml", "wrong/small-arrays-fit.rs"] {
        assert_eq!(std::fs::read(ours.join(name)).expect(name), std::fs::read(public.join(name)).expect(name));
    }
    assert!(!ours.join("variants.toml").exists());
}

#[test]
fn a_folder_that_is_in_use_stays_as_it_is() {
    let desk = Desk::new();
    desk.write("week/notes.txt", "mine");
    desk.write("file", "mine");
    desk.set(&format!("new week --exercise {EXERCISE}")).is(
        2,
        "",
        str![[r#"
error: week is not empty; name a folder that does not exist yet

"#]],
    );
    desk.set(&format!("new file --exercise {EXERCISE}")).is(
        2,
        "",
        str![[r#"
error: file is there already; name one that does not exist yet

"#]],
    );
    assert_eq!((desk.names("."), desk.names("week")), (vec!["file".into(), "week".into()], vec!["notes.txt".into()]));
    std::fs::create_dir(desk.path("empty")).expect("it can be made");
    assert_eq!(desk.set(&format!("new empty --exercise {EXERCISE}")).code, 0);
}

#[test]
fn an_exercise_that_is_unknown_or_named_twice_leaves_nothing_behind() {
    let desk = Desk::new();
    desk.set("new week --exercise heap/my-vex").is(
        2,
        "",
        str![[r#"
error: there is no exercise `heap/my-vex`; is it `my-vec`?

"#]],
    );
    desk.set("new week --exercise heap/my-vec my-vec").is(
        2,
        "",
        str![[r#"
error: `heap/my-vec` is there twice

"#]],
    );
    let answer = desk.set("new week --exercise heap/my-vec --students none.csv");
    assert!(answer.code == 2 && answer.stderr.contains("the class list cannot be read: "), "{answer:#?}");
    let answer = desk.set("new week --exercise heap/my-vec --due 2026-11-27T23:59");
    assert!(answer.code == 2 && answer.stderr.contains("with the offset from UTC"), "{answer:#?}");
    assert_eq!(desk.names("."), [""; 0]);
}

#[test]
fn the_schema_is_printed_for_editors() {
    Desk::new().set("schema").is(0, Data::text(SCHEMA).raw(), "");
}
