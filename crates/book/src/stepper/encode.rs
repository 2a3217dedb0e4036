//! A view as the script in the page reads it: every box once, and of each step only what differs.
//!
//! Boxes, frames and arrows are written once each and named by their places in a list. A step names those that it
//! shows; what is left out of a step is as it was at the step before.

use super::scene::{Arrow, Part, Scene, Stack, View};
use serde::Serialize;
use std::collections::BTreeMap;

/// The shape that the script reads; it refuses any other.
pub const VERSION: u32 = 1;

#[derive(Serialize)]
struct Data<'a> {
    version: u32,
    code: &'a [String],
    parts: Vec<Box>,
    frames: Vec<Call>,
    arrows: Vec<Line>,
    steps: Vec<Step>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    stops: Vec<Ask<'a>>,
}

/// A variable or a block.
#[derive(Clone, PartialEq, Eq, Serialize)]
struct Box {
    name: String,
    #[serde(rename = "type", skip_serializing_if = "String::is_empty")]
    type_name: String,
    address: String,
    note: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    value: String,
    /// Label, text, and whether it is a pointer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cells: Vec<(String, String, u8)>,
    #[serde(skip_serializing_if = "String::is_empty")]
    bytes: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    states: Vec<String>,
    #[serde(skip_serializing_if = "is_false")]
    stale: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_false(value: &bool) -> bool {
    !*value
}

#[derive(Clone, PartialEq, Eq, Serialize)]
struct Line {
    from: usize,
    cell: usize,
    to: usize,
    kind: &'static str,
    say: String,
}

#[derive(Clone, Default, PartialEq, Eq, Serialize)]
struct Shown {
    title: String,
    frames: Vec<usize>,
}

#[derive(Clone, Default, PartialEq, Eq, Serialize)]
struct Call {
    title: String,
    note: String,
    #[serde(skip_serializing_if = "is_false")]
    runs: bool,
    #[serde(skip_serializing_if = "is_zero")]
    hidden: usize,
    rows: Vec<usize>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_zero(value: &usize) -> bool {
    *value == 0
}

#[derive(Default, Serialize)]
struct Step {
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    waiting: Vec<u32>,
    say: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    remark: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    printed: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    stacks: Option<Vec<Shown>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    heap: Option<Vec<usize>>,
    #[serde(skip_serializing_if = "is_zero")]
    hidden: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    arrows: Option<Vec<usize>>,
    /// What is new, by box: words, and the cells that differ.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    news: BTreeMap<usize, (Vec<&'static str>, Vec<usize>)>,
}

#[derive(Serialize)]
struct Ask<'a> {
    step: usize,
    answered: usize,
    question: &'a str,
    choices: &'a [String],
    right: usize,
}

/// Writes a view as JSON that can stand in a `<script>`: no tag begins in it.
pub fn json(view: &View) -> String {
    let mut writer = Writer::default();
    let steps = writer.steps(&view.scenes);
    let stops = view.stops.iter().map(|stop| Ask {
        step: stop.scene,
        answered: stop.answered,
        question: &stop.question,
        choices: &stop.choices,
        right: stop.right,
    });
    let Writer { parts, frames, arrows } = writer;
    let data = Data { version: VERSION, code: &view.code, parts, frames, arrows, steps, stops: stops.collect() };
    let text = serde_json::to_string(&data).expect("names are text and numbers are finite");
    text.replace('<', "\\u003c").replace("{{", "{\\u007b")
}

#[derive(Default)]
struct Writer {
    parts: Vec<Box>,
    frames: Vec<Call>,
    arrows: Vec<Line>,
}

impl Writer {
    fn steps(&mut self, scenes: &[Scene]) -> Vec<Step> {
        let mut before: (Vec<Shown>, Vec<usize>, Vec<usize>) = Default::default();
        let mut steps = Vec::new();
        for scene in scenes {
            let mut places = BTreeMap::new();
            for part in scene.parts() {
                places.insert(part.key.as_str(), self.part(part));
            }
            let stacks: Vec<Shown> = scene.stacks.iter().map(|stack| self.stack(stack, &places)).collect();
            let heap: Vec<usize> = scene.heap.iter().map(|part| places[part.key.as_str()]).collect();
            let arrows: Vec<usize> = scene.arrows.iter().map(|arrow| self.arrow(arrow, &places)).collect();
            let news = scene.parts().filter_map(|part| Some((places[part.key.as_str()], news(part)?))).collect();
            steps.push(Step {
                line: scene.line,
                waiting: scene.waiting.clone(),
                say: scene.say.clone(),
                remark: scene.remark.clone(),
                printed: scene.printed.clone(),
                stacks: (stacks != before.0).then(|| stacks.clone()),
                hidden: scene.hidden,
                heap: (heap != before.1).then(|| heap.clone()),
                arrows: (arrows != before.2).then(|| arrows.clone()),
                news,
            });
            before = (stacks, heap, arrows);
        }
        steps
    }

    fn part(&mut self, part: &Part) -> usize {
        let written = Box {
            name: part.name.clone(),
            type_name: part.type_name.clone(),
            address: part.address.clone(),
            note: part.note.clone(),
            value: part.value.clone(),
            cells: part.cells.iter().map(|c| (c.label.clone(), c.text.clone(), u8::from(c.is_pointer))).collect(),
            bytes: part.bytes.clone(),
            states: part.states.clone(),
            stale: part.is_stale,
        };
        place_of(&mut self.parts, written)
    }

    fn stack(&mut self, stack: &Stack, places: &BTreeMap<&str, usize>) -> Shown {
        let frames = stack.frames.iter().map(|frame| {
            let call = Call {
                title: frame.title.clone(),
                note: frame.note.clone(),
                runs: frame.is_running,
                hidden: frame.hidden,
                rows: frame.rows.iter().map(|row| places[row.key.as_str()]).collect(),
            };
            place_of(&mut self.frames, call)
        });
        Shown { title: stack.title.clone(), frames: frames.collect() }
    }

    fn arrow(&mut self, arrow: &Arrow, places: &BTreeMap<&str, usize>) -> usize {
        let (from, to) = (places[arrow.from.as_str()], places[arrow.to.as_str()]);
        place_of(&mut self.arrows, Line { from, cell: arrow.cell, to, kind: arrow.kind.name(), say: arrow.say.clone() })
    }
}

fn place_of<T: PartialEq>(all: &mut Vec<T>, one: T) -> usize {
    all.iter().position(|other| *other == one).unwrap_or_else(|| {
        all.push(one);
        all.len() - 1
    })
}

fn news(part: &Part) -> Option<(Vec<&'static str>, Vec<usize>)> {
    let cells: Vec<usize> =
        part.cells.iter().enumerate().filter(|(_, cell)| cell.is_changed).map(|(at, _)| at).collect();
    (!part.news.is_empty() || !cells.is_empty()).then(|| (part.news.clone(), cells))
}
