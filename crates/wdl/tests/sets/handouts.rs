//! `wdl set release`: what is in a handout, that it works, and that it is the same every time.

use crate::desk::{Answer, Desk, root, run};
use runner::{Command, Limits};
use snapbox::{Data, assert_data_eq, str};
use std::path::Path;
use std::time::Duration;
use wdl::sets::place;

const EXERCISE: &str = "heap/one-allocation";

/// A cargo that knows no registry and has downloaded nothing.
fn cargo(desk: &Desk, line: &str) -> Answer {
    let home = desk.path("cargo-home");
    std::fs::create_dir_all(&home).expect("it can be made");
    let rustup = std::env::var_os("RUSTUP_HOME")
        .map_or_else(|| Path::new(&std::env::var_os("HOME").expect("there is a home")).join(".rustup"), Into::into);
    let limits = Limits { wall: Duration::from_secs(300), ..Limits::tool() };
    let cargo = Command::new("cargo").args(line.split_whitespace()).cwd(desk.path("handout"));
    run(&cargo.env("CARGO_HOME", home).env("RUSTUP_HOME", rustup).limits(limits))
}

fn unpack(desk: &Desk, archive: &str) {
    let file = std::fs::File::open(desk.path(archive)).expect("it was written");
    let mut archive = zip::ZipArchive::new(file).expect("it is an archive");
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).expect("it is whole");
        let name = file.name().expect("it is UTF-8").into_owned();
        let name = name.strip_prefix("week/").expect("all lies in one folder");
        desk.write(&format!("handout/{name}"), &std::io::read_to_string(&mut file).expect("it is text"));
    }
}

#[test]
fn a_student_can_work_with_a_handout_and_nothing_else() {
    let desk = Desk::with_set(EXERCISE);
    assert_eq!(desk.set("release week -o week.zip").code, 0);
    unpack(&desk, "week.zip");
    let wdl = |line: &str| desk.wdl(line, &desk.path("handout"), Path::new("handout"));
    wdl("list").is(
        0,
        str![[r#"
heap
  new      one-allocation   Joined in one allocation (check, 20 min)
0 of 1 passed

"#]],
        "",
    );
    assert_eq!(wdl("check one-allocation").code, 1, "the starter does not pass");
    desk.write(&format!("handout/{EXERCISE}/src/lib.rs"), &desk.loaded().tasks[0].solution);
    let answer = wdl("check one-allocation");
    assert!(answer.code == 0 && answer.stdout.starts_with("passed"), "{answer:#?}");
    let answer = cargo(&desk, "test --quiet --locked --offline --workspace");
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert_eq!(wdl("reset one-allocation").code, 0);
    assert!(desk.read(&format!("handout/{EXERCISE}/src/lib.rs")).contains("todo!"), "the manifest has the starter");
}

#[test]
fn a_vendored_handout_builds_where_there_is_no_registry() {
    let desk = Desk::with_set(EXERCISE);
    assert_eq!(desk.set("release week -o handout --vendored").code, 0);
    assert!(desk.read("handout/.cargo/config.toml").contains("directory = \"vendor\""));
    let answer = cargo(&desk, "test --quiet --locked --offline --no-run");
    assert_eq!(answer.code, 0, "{}", answer.stderr);
}

#[test]
fn the_points_of_the_set_stand_in_its_exercises_and_on_its_page() {
    let desk = Desk::with_set(&format!("{EXERCISE} --due 2026-11-27T23:59:00+01:00"));
    desk.change(
        "week/set.toml",
        "# weight = 1.5\n# points = { text = 2, one-request = 3",
        "weight = 1.5\npoints = { text = 4, one-request = 3",
    );
    desk.change(
        "week/set.toml",
        "# [[exercise.manual]]\n# id = \"names\"\n# title = \"Names",
        "[[exercise.manual]]\nid = \"names\"\npoints = 2.5\ntitle = \"Names",
    );
    desk.change(
        "week/set.toml",
        "# [late]\n# grace_minutes = 15    # so late it costs nothing\n# percent_per_day = 10  #",
        "[late]\ngrace_minutes = 15\npercent_per_day = 10  #",
    );
    desk.change("week/set.toml", "# cap_percent = 50      #", "cap_percent = 50  #");
    let answer = desk.set("release week -o handout --book https://example.org/book/");
    answer.is(
        0,
        str![[r#"
handout holds 33 files for 1 exercise, and nothing of [..] hidden files

"#]],
        "",
    );
    let (before, after) =
        (root().join("exercises").join(EXERCISE), desk.read("handout/heap/one-allocation/exercise.toml"));
    let before = std::fs::read_to_string(before.join("exercise.toml")).expect("it is there");
    assert_eq!(after, before.replacen("points = 2", "points = 4", 1));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sets/ASSIGNMENT.md");
    assert_data_eq!(desk.read("handout/ASSIGNMENT.md"), Data::read_from(&path, None).raw());
}

#[test]
fn the_same_set_gives_the_same_bytes_in_every_form() {
    let desk = Desk::with_set("big-buffer my-box");
    for form in ["folder", "zip", "git"] {
        for time in ["first", "second"] {
            let answer = desk.set(&format!("release week -o {time}-{form} --form {form}"));
            assert_eq!(answer.code, 0, "{answer:#?}");
        }
    }
    let folder = |name: &str| place::read(&desk.path(name)).expect("it is there");
    assert_eq!(folder("first-folder"), folder("second-folder"));
    let bytes = |name: &str| std::fs::read(desk.path(name)).expect("it is there");
    assert_eq!(bytes("first-zip"), bytes("second-zip"));
    let git = |name: &str, line: &str| {
        let answer = run(&Command::new("git").args(line.split_whitespace()).cwd(desk.path(name)));
        assert_eq!(answer.code, 0, "{answer:#?}");
        answer.stdout
    };
    assert_eq!(git("first-git", "rev-parse main"), git("second-git", "rev-parse main"));
    assert_eq!(git("first-git", "log --format=%an,%at,%s"), "Where Data Lives,0,week\n");
    assert_eq!(git("first-git", "status --porcelain"), "");
    let listed = git("first-git", "ls-tree -r --name-only main");
    assert_eq!(listed.lines().count(), folder("first-folder").len());
}

#[test]
fn a_handout_needs_a_place_of_its_own() {
    let desk = Desk::with_set(EXERCISE);
    desk.write("notes/a.txt", "mine");
    let answer = |out: &str| desk.set(&format!("release week -o {out}"));
    answer("week/handout").is(
        2,
        "",
        str![[r#"
error: week/handout lies in the set's own folder; a handout has a place of its own

"#]],
    );
    answer("notes").is(
        2,
        "",
        str![[r#"
error: notes is not empty; name a folder that does not exist yet

"#]],
    );
    let course = root().join("exercises/handout");
    let told = answer(&course.to_string_lossy());
    assert!(told.code == 2 && told.stderr.contains("lies in the exercises of the course"), "{told:#?}");
    assert!(!course.exists() && desk.names("notes") == ["a.txt"]);
    let told = desk.wdl("set release set.toml -o .", &root().join("exercises"), Path::new("week"));
    assert!(told.code == 2 && told.stderr.contains("you are in this folder"), "{told:#?}");
    let told = desk.wdl("set release set.toml -o ../handout", &root().join("exercises"), Path::new("week"));
    assert_eq!(told.code, 0, "{told:#?}");
    let told = desk.set("release week -o other --book javascript:alert(1)");
    assert!(told.code == 2 && told.stderr.contains("no address of the book"), "{told:#?}");
}

#[test]
fn a_set_with_faults_is_not_released() {
    let desk = Desk::with_set(EXERCISE);
    desk.change("week/set.toml", "heap/one-allocation", "heap/none");
    let answer = desk.set("release week -o handout");
    assert!(answer.code == 1 && answer.stderr.starts_with("week/set.toml:"), "{answer:#?}");
    assert!(!desk.path("handout").exists());
}
