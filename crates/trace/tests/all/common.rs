//! What the tests share: compiling a program and recording it, and asking a recording.

use std::path::{Path, PathBuf};

use model::recording::{Block, Event, Frame, Local, Recording, Step};
use trace::{Compiled, Run};

/// One of the programs beside the tests.
pub fn program(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs").join(format!("{name}.rs"))
}

/// A compiled program, in a folder that is removed in the end.
pub struct Built {
    pub folder: tempfile::TempDir,
    pub source: PathBuf,
    pub compiled: Compiled,
}

impl Built {
    pub fn new(source: PathBuf) -> Self {
        let folder = tempfile::tempdir().expect("there is room");
        let compiled = trace::compile(&source, folder.path()).unwrap_or_else(|error| panic!("{error}"));
        Self { folder, source, compiled }
    }

    /// A program that is written in the test.
    pub fn of_text(text: &str) -> Self {
        let folder = tempfile::tempdir().expect("there is room");
        let source = folder.path().join("program.rs");
        std::fs::write(&source, text).expect("there is room");
        let compiled = trace::compile(&source, folder.path()).unwrap_or_else(|error| panic!("{error}"));
        Self { folder, source, compiled }
    }

    pub fn run(&self) -> Run<'_> {
        Run { mir: Some(&self.compiled.mir), ..Run::new(&self.compiled.program, &self.source) }
    }
}

/// Records one of the programs.
pub fn recorded(name: &str) -> Recording {
    Built::new(program(name)).run().record().unwrap_or_else(|error| panic!("{error}"))
}

/// Why this machine lets nobody watch a program, if it does not.
pub fn gap() -> Option<String> {
    match Built::of_text("fn main() {}\n").run().record() {
        Err(error) if error.is_gap() => Some(error.to_string()),
        _ => None,
    }
}

/// The steps at a line.
pub fn at(recording: &Recording, line: u32) -> Vec<&Step> {
    let steps: Vec<&Step> = recording.steps.iter().filter(|step| step.line == line).collect();
    assert!(!steps.is_empty(), "no step at line {line}");
    steps
}

/// The innermost frame of a step.
pub fn frame(step: &Step) -> &Frame {
    &step.stacks.iter().find(|stack| stack.thread == step.thread).expect("it runs").frames[0]
}

/// A variable of the innermost frame.
pub fn local<'s>(step: &'s Step, name: &str) -> &'s Local {
    let found = frame(step).locals.iter().rfind(|local| local.name == name);
    found.unwrap_or_else(|| panic!("no variable `{name}` at line {}", step.line))
}

/// The block that the first pointer of a variable leads to.
pub fn block_of<'s>(step: &'s Step, name: &str) -> &'s Block {
    let target = local(step, name).words.iter().find_map(|word| word.to.as_ref()).expect("it is a pointer");
    step.heap.iter().find(|block| Some(block.block) == target.block).expect("it is in the heap")
}

/// All events, those of the end included.
pub fn events(recording: &Recording) -> Vec<&Event> {
    recording.steps.iter().flat_map(|step| &step.events).chain(&recording.end.events).collect()
}
