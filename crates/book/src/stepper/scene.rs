//! What is to be seen at one step: boxes, arrows and sentences, before anything is drawn.

use model::recording::Relation;

/// A recorded run, ready to be shown: by a picture, by a table, by a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The lines of code that a reader sees, numbered from 1.
    pub code: Vec<String>,
    /// One scene for each step, and one for the end.
    pub scenes: Vec<Scene>,
    /// Where the reader is asked, in the order of the steps.
    pub stops: Vec<Stop>,
}

/// One moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scene {
    /// The line that is executed next, as it is numbered for the reader; none at the end.
    pub line: Option<u32>,
    /// Lines that wait for a call to return.
    pub waiting: Vec<u32>,
    /// The stacks of all threads.
    pub stacks: Vec<Stack>,
    /// Blocks, the lowest address first.
    pub heap: Vec<Part>,
    /// Blocks that there are besides.
    pub hidden: usize,
    /// Who leads to what.
    pub arrows: Vec<Arrow>,
    /// What happened since the step before, in sentences.
    pub happened: String,
    /// The same, and what comes next.
    pub say: String,
    /// What the author says.
    pub remark: Option<String>,
    /// What was printed since the step before.
    pub printed: String,
}

/// The frames of one thread, the outermost first, at the highest address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stack {
    /// Whose it is.
    pub title: String,
    /// Its frames.
    pub frames: Vec<Frame>,
}

/// One call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// By which it is known from step to step.
    pub key: String,
    /// Its function.
    pub title: String,
    /// Its size, and where it begins.
    pub note: String,
    /// Whether its function is the one that runs.
    pub is_running: bool,
    /// Frames above it that are left out.
    pub hidden: usize,
    /// Its variables, the highest address first.
    pub rows: Vec<Part>,
}

/// A variable or a block of the heap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// By which it is known from step to step.
    pub key: String,
    /// Name of the variable, or `block 1`.
    pub name: String,
    /// Its type.
    pub type_name: String,
    /// Where it is.
    pub address: String,
    /// Its size in words.
    pub note: String,
    /// Its value as Rust writes it.
    pub value: String,
    /// The words that it consists of.
    pub cells: Vec<Cell>,
    /// Its bytes in hexadecimal.
    pub bytes: String,
    /// What is special about it as long as it lasts: `moved`, `freed`.
    pub states: Vec<String>,
    /// What is special about it at this step only: `new`, `changed`.
    pub news: Vec<&'static str>,
    /// Whether its bytes are nobody's value any more.
    pub is_stale: bool,
}

/// One word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The field that it is; empty where there is only one.
    pub label: String,
    /// Its value, short.
    pub text: String,
    /// Whether it is a pointer.
    pub is_pointer: bool,
    /// Whether it was another at the step before.
    pub is_changed: bool,
}

/// What an arrow means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Its end is freed with its beginning.
    Owns,
    /// Its end is only lent.
    Borrows,
    /// It does not keep its end alive.
    Weak,
    /// The compiler knows nothing of it.
    Raw,
    /// Its end was freed.
    Dangling,
    /// Its beginning was moved or dropped, and nobody follows it.
    Stale,
}

impl Kind {
    /// All, in the order of a legend.
    pub const ALL: [Self; 6] = [Self::Owns, Self::Borrows, Self::Weak, Self::Raw, Self::Dangling, Self::Stale];

    /// Its name in a style sheet.
    pub fn name(self) -> &'static str {
        match self {
            Self::Owns => "owns",
            Self::Borrows => "borrows",
            Self::Weak => "weak",
            Self::Raw => "raw",
            Self::Dangling => "dangling",
            Self::Stale => "stale",
        }
    }
}

impl From<Relation> for Kind {
    fn from(relation: Relation) -> Self {
        match relation {
            Relation::Owns => Self::Owns,
            Relation::Borrows => Self::Borrows,
            Relation::Weak => Self::Weak,
            Relation::Raw => Self::Raw,
        }
    }
}

/// One arrow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// Key of the part where it begins.
    pub from: String,
    /// The cell of that part.
    pub cell: usize,
    /// Key of the part where it ends.
    pub to: String,
    /// What it means.
    pub kind: Kind,
    /// The same as a sentence.
    pub say: String,
}

/// A question, before the line is executed that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Index of the scene at which it is asked.
    pub scene: usize,
    /// Index of the scene at which the recording answers it.
    pub answered: usize,
    /// What is asked.
    pub question: String,
    /// The answers to choose from, in an order that tells nothing.
    pub choices: Vec<String>,
    /// Index of the right one.
    pub right: usize,
}

impl Scene {
    /// Variables and blocks.
    pub fn parts(&self) -> impl Iterator<Item = &Part> {
        let rows = self.stacks.iter().flat_map(|stack| &stack.frames).flat_map(|frame| &frame.rows);
        rows.chain(&self.heap)
    }

    /// The part of a key.
    pub fn part(&self, key: &str) -> Option<&Part> {
        self.parts().find(|part| part.key == key)
    }
}
