//! A recorded run: what stood in the memory of a real program at each of its steps.
//!
//! Addresses are text (`"0x7fffffffe0a8"`), because JSON's numbers end at 2^53 in many readers. Nothing in
//! a recording depends on the clock, on process ids, or on where the program was, so that two recordings of
//! one program have the same bytes.

mod address;
mod event;

pub use address::Address;
pub use event::Event;

use serde::{Deserialize, Serialize};

/// The shape of [`Recording`] that this code writes and reads.
pub const VERSION: u32 = 1;

/// A whole run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recording {
    /// [`VERSION`] of the shape.
    pub version: u32,
    /// Name of the source file, without folders.
    pub file: String,
    /// Version of the compiler, as it calls itself in the debug information.
    pub compiler: String,
    /// The address just above the frame of `main`: [`Local::offset`] and [`Frame::offset`] are counted from here,
    /// downwards.
    pub stack_base: Address,
    /// The steps, in the order in which they were taken.
    pub steps: Vec<Step>,
    /// What was counted and not recorded, because the run was long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skipped: Option<Skipped>,
    /// How it ended.
    pub end: End,
}

/// The moment before a line is executed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Line of the source file, from 1, that comes next.
    pub line: u32,
    /// Number of the thread that will execute it; `main` has 1.
    pub thread: u32,
    /// What happened since the step before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Event>,
    /// What was printed since the step before.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub printed: String,
    /// The stacks of all threads, in order of their numbers.
    pub stacks: Vec<Stack>,
    /// Blocks of the heap that the program has asked for, in order of address.
    pub heap: Vec<Block>,
    /// Blocks beyond the number that a step shows.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub hidden_blocks: usize,
}

/// The frames of one thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stack {
    /// Number of the thread.
    pub thread: u32,
    /// Frames of functions of the source file, the innermost first. Frames of libraries in between are left out.
    pub frames: Vec<Frame>,
    /// Frames between the first half and the last that are not shown, because there are too many.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub hidden_frames: usize,
}

/// One call that has not returned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// Name of the function, without the crate.
    pub function: String,
    /// The line that it executes next, or that holds the call it waits for.
    pub line: u32,
    /// Stack pointer: the lowest address of the frame.
    pub pointer: Address,
    /// Bytes below the stack's base at which the frame begins (its lowest address). In the stacks of other
    /// threads it is counted from the top of their outermost frame.
    pub offset: u64,
    /// Bytes from the stack pointer up to and with the return address.
    pub size: u64,
    /// Where the function returns to.
    pub return_address: Address,
    /// Variables, arguments first, in the order in which they are declared.
    pub locals: Vec<Local>,
}

/// Whether a variable still has what was put into it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It has.
    #[default]
    Live,
    /// Its value was moved elsewhere; the old bytes still stand there.
    Moved,
    /// Its value was dropped; the old bytes still stand there.
    Dropped,
    /// Its scope is at its end: it cannot be named any more, and it is dropped next if it has anything to drop.
    Ending,
}

/// A variable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Local {
    /// Its name.
    pub name: String,
    /// Whether it is an argument.
    #[serde(default, skip_serializing_if = "is_false")]
    pub argument: bool,
    /// Its type, as Rust writes it, without module paths.
    #[serde(rename = "type")]
    pub type_name: String,
    /// Its value, close to how Rust writes it.
    pub value: String,
    /// Where it is.
    pub address: Address,
    /// Bytes below the base of the stack; none for what is in the frame of another, and only captured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// Bytes that it takes.
    pub size: u64,
    /// These bytes in hexadecimal, at most 256.
    pub bytes: String,
    /// What the bytes are.
    pub words: Vec<Word>,
    /// Whether it still has its value.
    #[serde(default, skip_serializing_if = "is_live")]
    pub state: State,
    /// Whether a later variable has the same name.
    #[serde(default, skip_serializing_if = "is_false")]
    pub shadowed: bool,
}

/// What a pointer may do with what it points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// It frees it: `Box`, `Vec`, `String`, `Rc`, `Arc`.
    Owns,
    /// It borrows it: `&T`, `&mut T`.
    Borrows,
    /// It does not keep it alive: `Weak`.
    Weak,
    /// Nobody knows: `*const T`, `NonNull`, a function pointer.
    Raw,
}

/// A part of a value that is no struct any more: an integer, a pointer, a tag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// Bytes from the beginning of the value.
    pub at: u64,
    /// Bytes that it takes.
    pub size: u64,
    /// The fields that lead to it, as in `vec.len`; empty for a value that is one word.
    pub path: String,
    /// Its type.
    #[serde(rename = "type")]
    pub type_name: String,
    /// Its value.
    pub value: String,
    /// For a pointer: where to, and with which right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Target>,
}

/// Where a pointer points to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The address.
    pub address: Address,
    /// With which right.
    pub relation: Relation,
    /// Number of the heap block that holds the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<u32>,
    /// Whether that block was freed: the pointer dangles.
    #[serde(default, skip_serializing_if = "is_false")]
    pub freed: bool,
}

/// A block of the heap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Its number, from 1 in the order of allocation. A block that was reallocated keeps it.
    pub block: u32,
    /// Where it begins.
    pub address: Address,
    /// Bytes that the program asked for.
    pub size: u64,
    /// Alignment that it asked for.
    pub align: u64,
    /// Bytes that the allocator took for it, its own eight included.
    pub chunk: u64,
    /// Line that asked for it, or for its present size.
    pub line: u32,
    /// What it is for, when that is not the program's own business: the buffer of stdout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// Type of what is in it, known from the pointers that lead to it.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub type_name: Option<String>,
    /// How many values of that type are in it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub count: usize,
    /// Whether nothing that is shown leads to it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub unreached: bool,
    /// Its bytes in hexadecimal, at most 256: those of its values, without the room for more; none for the library's
    /// own blocks, and for large ones of which nothing is known.
    pub bytes: String,
    /// What the bytes are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<Word>,
}

/// What was counted and not recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// Steps.
    pub steps: u64,
    /// How often each line was reached in them, `[line, times]`.
    pub lines: Vec<(u32, u64)>,
    /// Calls of the allocator in them.
    pub allocations: u64,
    /// Whether the program was still running when counting was given up.
    pub endless: bool,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// In words: `exited with code 0`.
    pub how: String,
    /// What happened after the last step.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Event>,
    /// All that was printed to stdout.
    pub output: String,
    /// All that was printed to stderr. Ids of threads, which differ from run to run, are `_`.
    pub stderr: String,
    /// Blocks that were never given back, in the order of allocation.
    pub leaked: Vec<Leak>,
}

/// A block that was never given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leak {
    /// Its number.
    pub block: u32,
    /// Bytes.
    pub size: u64,
    /// Line that asked for it.
    pub line: u32,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_false(value: &bool) -> bool {
    !*value
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_zero(value: &usize) -> bool {
    *value == 0
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_live(value: &State) -> bool {
    *value == State::Live
}

impl Recording {
    /// Reads a recording, and says why when it is none of this version.
    ///
    /// # Errors
    /// When the text is no recording, or one of another [`VERSION`].
    pub fn parse(text: &str) -> Result<Self, String> {
        let recording: Self = serde_json::from_str(text).map_err(|error| format!("this is no recording: {error}"))?;
        if recording.version == VERSION {
            Ok(recording)
        } else {
            Err(format!("this recording has version {}, and {VERSION} is wanted: record it again", recording.version))
        }
    }

    /// The text that is kept: one line for each step, so that a change can be read as a difference.
    pub fn to_json(&self) -> String {
        let steps: Vec<String> = self.steps.iter().map(text).collect();
        let mut head = self.clone();
        head.steps.clear();
        text(&head).replacen("\"steps\":[]", &format!("\"steps\":[\n{}\n]", steps.join(",\n")), 1) + "\n"
    }
}

fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("names are text and numbers are finite")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recording() -> Recording {
        let end = End {
            how: "exited with code 0".into(),
            events: vec![],
            output: String::new(),
            stderr: String::new(),
            leaked: vec![],
        };
        let step = Step {
            line: 3,
            thread: 1,
            events: vec![],
            printed: String::new(),
            stacks: vec![],
            heap: vec![],
            hidden_blocks: 0,
        };
        let (file, compiler) = ("a.rs".to_owned(), "rustc".to_owned());
        let stack_base = Address(u64::MAX);
        Recording { version: VERSION, file, compiler, stack_base, steps: vec![step.clone(), step], skipped: None, end }
    }

    #[test]
    fn what_is_written_is_read_again_and_has_a_line_for_each_step() {
        let text = recording().to_json();
        assert_eq!(Recording::parse(&text), Ok(recording()));
        assert_eq!(text.lines().count(), 4);
    }

    #[test]
    fn an_address_is_text_and_loses_nothing() {
        assert!(recording().to_json().contains(r#""stack_base":"0xffffffffffffffff""#));
    }

    #[test]
    fn a_recording_of_another_version_is_refused() {
        let text = recording().to_json().replacen("\"version\":1", "\"version\":0", 1);
        assert!(Recording::parse(&text).unwrap_err().contains("version 0"));
    }
}
