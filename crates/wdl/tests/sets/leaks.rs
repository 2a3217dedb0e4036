//! Nothing hidden is ever handed out: whatever file it is planted in, it is found.

use crate::desk::Desk;
use wdl::sets::handout;
use wdl::sets::workspace::Files;

const EXERCISE: &str = "stack-limits/big-buffer";

/// A private set whose exercises are its own as well, so that a test may change both.
fn own() -> Desk {
    let desk = Desk::with_set("big-buffer --private");
    assert_eq!(desk.set("release week -o apart").code, 0);
    std::fs::rename(desk.path("apart"), desk.path("week/exercises")).expect("both lie on the desk");
    desk.change("week/set.toml", "# exercises = \"exercises\"", "exercises = \"exercises\"");
    desk
}

fn files(desk: &Desk) -> Files {
    handout::files(&desk.loaded(), &Default::default(), true).expect("it can be made")
}

fn leaks(desk: &Desk, files: &Files) -> Vec<String> {
    let proof = handout::prove(&desk.loaded(), files);
    proof.err().map(|error| error.to_string().lines().map(str::to_owned).collect()).unwrap_or_default()
}

#[test]
fn a_planted_leak_is_found_in_every_file_of_a_handout() {
    let desk = own();
    let clean = files(&desk);
    assert!(clean.len() > 25 && clean.contains_key("vendor/README.md"), "{:?}", clean.keys());
    assert_eq!(leaks(&desk, &clean), [""; 0]);
    let hidden = desk.read("week/suites/stack-limits/big-buffer/hidden.rs");
    let planted: String = hidden.lines().skip(40).take(6).map(|line| format!("# {line}\n")).collect();
    for name in clean.keys() {
        let mut files = clean.clone();
        files.entry(name.clone()).and_modify(|bytes| bytes.extend(format!("\n{planted}").into_bytes()));
        let told = leaks(&desk, &files);
        assert_eq!(told.len(), 1, "{name}: {told:?}");
        assert!(told[0].starts_with(&format!("{name}:")) && told[0].contains("hidden.rs:"), "{told:?}");
    }
}

#[test]
fn no_part_of_a_suite_can_be_given_out() {
    let desk = own();
    let clean = files(&desk);
    let suite = wdl::sets::place::read(&desk.path("week/suites").join(EXERCISE)).expect("it is there");
    assert!(suite.len() > 15);
    for (name, bytes) in suite {
        let mut files = clean.clone();
        files.insert(format!("{EXERCISE}/notes.md"), bytes);
        let told = leaks(&desk, &files);
        assert_eq!(told.len(), 1, "{name}: {told:?}");
    }
}

#[test]
fn what_a_variant_changes_in_a_suite_is_hidden_and_what_it_changes_in_a_task_is_not() {
    let desk = Desk::with_set("big-buffer");
    let clean = files(&desk);
    let task = &desk.loaded().tasks[0];
    let variants = grader::variant::read(task).expect("they are right").expect("there are some");
    let change = |file: &str| {
        let mut changes = variants.choice.iter().flat_map(|choice| &choice.option).flat_map(|option| &option.replace);
        let change = changes.find(|change| change.file == file && change.to.lines().count() > 6);
        change.unwrap_or_else(|| panic!("some option changes much in {file}")).to.clone()
    };
    for (file, number) in [("hidden.rs", 1), ("solution.rs", 1), ("tests/visible.rs", 0)] {
        let mut files = clean.clone();
        files.insert("notes.md".to_owned(), change(file).into_bytes());
        let told = leaks(&desk, &files);
        assert_eq!(told.len(), number, "{file}: {told:?}");
    }
}

#[test]
fn a_leak_keeps_a_handout_from_being_written() {
    let desk = own();
    let (hints, visible) =
        (format!("week/exercises/{EXERCISE}/hints.md"), format!("week/exercises/{EXERCISE}/tests/visible.rs"));
    let hidden = desk.read(&format!("week/suites/{EXERCISE}/hidden.rs"));
    let case: Vec<&str> = hidden.lines().skip_while(|line| !line.starts_with("fn panic_stops")).take(8).collect();
    let before = (desk.read(&hints), desk.read(&visible));
    desk.write(&hints, &format!("{}\n```rust\n{}\n```\n", before.0, case.join("\n")));
    desk.write(&visible, &format!("{}\n{}\n", before.1, case.join("\n")));
    let answer = desk.set("release week -o handout");
    assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{answer:#?}");
    let told: Vec<&str> = answer.stderr.lines().collect();
    assert!(told.iter().any(|line| line.starts_with(&format!("{EXERCISE}/hints.md:"))), "{told:?}");
    assert!(told.iter().any(|line| line.starts_with(&format!("{EXERCISE}/tests/visible.rs:"))), "{told:?}");
    assert!(!desk.path("handout").exists());
    desk.write(&hints, &before.0);
    desk.write(&visible, &before.1);
    assert_eq!(desk.set("release week -o handout").code, 0);
}

#[test]
fn an_answer_in_place_of_the_starter_and_junk_stay_behind() {
    let desk = own();
    let folder = format!("week/exercises/{EXERCISE}");
    let starter = desk.read(&format!("{folder}/src/lib.rs"));
    desk.write(&format!("{folder}/src/lib.rs"), &desk.loaded().tasks[0].solution);
    for junk in
        ["src/lib.rs~", "src/.lib.rs.swp", "tests/mine.rs", "target/debug/answer", ".idea/workspace.xml", "notes.txt"]
    {
        desk.write(&format!("{folder}/{junk}"), "mine");
    }
    desk.write("week/exercises/target/debug/answer", "mine");
    desk.write("week/exercises/probe/src/.lib.rs.swp", "mine");
    let files = files(&desk);
    assert_eq!(files[&format!("{EXERCISE}/src/lib.rs")], starter.into_bytes());
    let junk: Vec<&String> = files.iter().filter(|(_, bytes)| **bytes == b"mine").map(|(name, _)| name).collect();
    assert_eq!(junk, [""; 0]);
}

#[test]
fn neither_the_secret_nor_a_student_nor_a_reason_can_be_given_out() {
    let desk = own();
    desk.write("week/students.csv", "id,name\ns1,Ada Example\n");
    desk.change("week/set.toml", "# due = ", "due = ");
    desk.change(
        "week/set.toml",
        "# [extension.s1234567]\n# days = 2\n# reason = \"ill\"",
        "[extension.s1]\ndays = 2\nreason = \"broken arm\"",
    );
    let clean = files(&desk);
    assert_eq!(leaks(&desk, &clean), [""; 0]);
    let secret = desk.read("week/secret");
    for (word, called) in [
        (secret.trim(), "the secret of the set"),
        ("s1,Ada Example", "a line of the class list"),
        ("broken arm", "the reason of an extension"),
    ] {
        let mut files = clean.clone();
        files.insert("README.md".to_owned(), format!("# A\n\nsee {word}.\n").into_bytes());
        assert_eq!(leaks(&desk, &files), [format!("README.md:3: it shows {called}")]);
    }
}
