//! A second opinion: wherever gdb stops, we have a step, and it sees the same variables with the same values.
//!
//! The opposite does not hold: gdb puts its breakpoint for a line on one piece of its code, and misses the others.

use std::collections::BTreeMap;

use crate::common::{Built, program};
use model::recording::{Recording, State};
use runner::{Command, Limits};

/// Variables whose values gdb and we write alike: numbers, by name.
type Numbers = BTreeMap<String, String>;

/// What gdb sees in `main`'s file at the steps of a recording: it gets a breakpoint at the same lines, and is
/// asked at each stop.
fn asked(built: &Built, recording: &Recording) -> Vec<(u32, Numbers)> {
    let file = built.source.file_name().expect("it has a name").to_string_lossy().into_owned();
    let mut script =
        String::from("set pagination off\nset confirm off\nset language c\nset disable-randomization on\n");
    let lines: std::collections::BTreeSet<u32> = recording.steps.iter().map(|step| step.line).collect();
    lines.iter().for_each(|line| script += &format!("break {file}:{line}\n"));
    script += "run > /dev/null\n";
    // gdb stops at every piece of code of a line, and so more often than a recording has steps.
    for _ in 0..recording.steps.len() * 8 {
        script += "frame\ninfo args\ninfo locals\necho ---\\n\ncontinue\n";
    }
    let commands = built.folder.path().join("commands.gdb");
    std::fs::write(&commands, script).expect("there is room");
    let outcome = Command::new("gdb")
        .args(["-batch", "-nx", "-x"])
        .arg(&commands)
        .arg(&built.compiled.program)
        .limits(Limits::tool())
        .run()
        .expect("gdb runs");
    String::from_utf8_lossy(&outcome.output).split("---\n").filter_map(stop).collect()
}

/// Line and numbers of one stop.
fn stop(text: &str) -> Option<(u32, Numbers)> {
    let mut frames = text.lines().skip_while(|line| !line.starts_with("#0"));
    let place = frames.next()?.rsplit_once(".rs:")?.1;
    let line = place.split_whitespace().next()?.parse().ok()?;
    let numbers = frames.filter_map(|line| line.split_once(" = "));
    let is_number = |value: &str| value.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit());
    let numbers =
        numbers.filter(|(_, value)| is_number(value)).map(|(name, value)| (name.to_owned(), value.to_owned()));
    Some((line, numbers.collect()))
}

/// The numbers of each step of ours.
fn ours(recording: &Recording) -> Vec<(u32, Numbers)> {
    let types = ["i32", "u32", "u64", "usize"];
    let of_step = |step: &model::recording::Step| {
        let frame = &step.stacks[0].frames[0];
        let named = frame.locals.iter().filter(|local| local.state == State::Live && !local.shadowed);
        let numbers = named.filter(|local| types.contains(&local.type_name.as_str()));
        (step.line, numbers.map(|local| (local.name.clone(), local.value.clone())).collect())
    };
    recording.steps.iter().map(of_step).collect()
}

pub(crate) fn gdb_sees_the_same_lines_variables_and_values() {
    for name in ["calls", "recursion", "moves", "growth", "dangling"] {
        let built = Built::new(program(name));
        let recording = built.run().record().unwrap_or_else(|error| panic!("{error}"));
        let stops = asked(&built, &recording);
        let ours = ours(&recording);
        let mut rest = ours.iter();
        let (mut last, mut agreed) = (0, 0);
        for (line, numbers) in &stops {
            let is_same = |step: &&(u32, Numbers)| {
                step.0 == *line && step.1.iter().all(|(name, value)| numbers.get(name) == Some(value))
            };
            match rest.clone().position(|step| is_same(&step)) {
                Some(place) => {
                    rest.nth(place);
                    (last, agreed) = (*line, agreed + 1);
                }
                // A line may have several pieces of code; for us it is one step.
                None => assert_eq!(*line, last, "{name}: gdb sees {numbers:?} at line {line}; we saw {ours:#?}"),
            }
        }
        assert!(agreed * 3 > ours.len() * 2, "{name}: gdb stopped at {agreed} of {} steps", ours.len());
    }
}
