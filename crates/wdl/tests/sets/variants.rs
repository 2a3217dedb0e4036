//! `wdl set new --variant`: other exercises under the same names.

use crate::desk::{Desk, root};
use snapbox::str;
use std::path::Path;
use wdl::sets::place;

const EXERCISES: &str = "stack-limits/flood-fill heap/one-allocation";

#[test]
fn a_variant_is_drawn_the_same_every_time_and_another_seed_draws_another() {
    let drawn = |seed: u64| {
        let desk = Desk::with_set(&format!("{EXERCISES} --variant {seed}"));
        let files =
            ["exercises", "suites"].map(|part| place::read(&desk.path("week").join(part)).expect("it is there"));
        (files, desk.read("week/set.toml"))
    };
    let first = drawn(7);
    assert_eq!(first, drawn(7));
    assert!((8..20).any(|seed| drawn(seed).0 != first.0));
    assert!(first.1.contains("\nvariant = 7\n") && first.1.contains("\nexercises = \"exercises\"\n"), "{}", first.1);
}

#[test]
fn a_set_of_variants_is_checked_and_released_like_any_other() {
    let desk = Desk::with_set("one-allocation --variant 3");
    desk.check().is(
        0,
        str![[r#"
week/set.toml: Week
exercise             points  weight  worth  seconds
heap/one-allocation      10       1     10[..]right
all                                     10

"#]],
        "",
    );
    assert_eq!(desk.set("release week -o handout").code, 0);
    let (ours, public) =
        (desk.read("handout/heap/one-allocation/README.md"), "exercises/heap/one-allocation/README.md");
    assert_ne!(ours, std::fs::read_to_string(root().join(public)).expect("it is there"));
    let listed = desk.wdl("list", &desk.path("handout"), Path::new("handout"));
    assert!(listed.stdout.contains("one-allocation"), "{listed:#?}");
}

#[test]
fn a_variant_that_the_public_solution_passes_is_told() {
    let desk = Desk::with_set("one-allocation --variant 3");
    for (ours, public) in [("suites", "tests/suites"), ("exercises", "exercises")] {
        for (name, bytes) in place::read(&root().join(public).join("heap/one-allocation")).expect("it is there") {
            let is_old = name == "variants.toml" || name.contains('/') && ours == "suites";
            if !is_old {
                let text = String::from_utf8(bytes).expect("it is text");
                desk.write(&format!("week/{ours}/heap/one-allocation/{name}"), &text);
            }
        }
    }
    desk.check().is(
        1,
        str![[r#"
week/set.toml: Week
exercise             points  weight  worth  seconds
heap/one-allocation      10       1     10[..]wrong
all                                     10
The suites are the course's own, and anybody can read their solutions: a grade says that the work is right, and not whose it is.
`wdl set new --variant SEED` asks something else, and `--private` copies the suites to be changed.

"#]],
        str![[r#"
week/suites/heap/one-allocation/solution.rs: the course's own solution, which anybody can read, passes this variant

"#]],
    );
}

#[test]
fn an_exercise_without_choices_has_no_variant() {
    let desk = Desk::new();
    copy(&root().join("exercises"), &desk.path("course/exercises"));
    copy(&root().join("tests/suites"), &desk.path("course/tests/suites"));
    let variants = "course/tests/suites/heap/my-box/variants.toml";
    let text = desk.read(variants);
    std::fs::remove_file(desk.path(variants)).expect("it is there");
    let new = |seed: u64| {
        let line = format!("set new week -e heap/my-box --variant {seed}");
        desk.wdl(&line, &desk.path("course/exercises"), Path::new(""))
    };
    new(1).is(
        1,
        "",
        str![[r#"
course/tests/suites/heap/my-box/variants.toml: there is no such file, so `heap/my-box` has no variants

"#]],
    );
    let text = text.replace("times = 3", "times = 2").replace("\"- `new` takes a block", "\"- `old` takes a block");
    desk.write(variants, &text);
    // One of the two options does not fit any more, and some seed draws it.
    let mut answers = (0..20).map(|seed| {
        let _ = std::fs::remove_dir_all(desk.path("week"));
        new(seed)
    });
    let told = answers.find(|answer| answer.code != 0).expect("some seed draws it");
    assert!(told.code == 1 && !desk.path("week").exists(), "{told:#?}");
    let place = "course/tests/suites/heap/my-box/variants.toml: choice `block`, option `sixteens`: in ";
    assert!(told.stderr.lines().all(|line| line.starts_with(place)), "{told:#?}");
    for fault in
        ["README.md this stands 0 times and not 1: ", "solution.rs this stands 3 times and not 2: \"Layout::new"]
    {
        assert!(told.stderr.contains(fault), "{told:#?}");
    }
}

fn copy(from: &Path, to: &Path) {
    for (name, bytes) in place::read(from).expect("it is there") {
        let path = to.join(&name);
        if !name.starts_with("target/") {
            std::fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("folders can be made");
            std::fs::write(path, bytes).expect("files can be written");
        }
    }
}
