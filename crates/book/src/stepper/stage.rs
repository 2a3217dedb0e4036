//! From a recording to scenes: which boxes there are, what is in them, and what is new about them.

use super::arrows;
use super::calls::{self, Calls};
use super::scene::{Cell, Frame, Part, Scene, Stack};
use model::recording::{self as recorded, Address, Block, Event, Local, Recording, State, Step, Word};
use std::collections::{BTreeMap, BTreeSet};

/// Words beyond this number are not shown one by one.
const MOST_CELLS: usize = 24;

/// Where more blocks than this are freed at once, those that no pointer leads to are not shown any more.
const MOST_FREED: usize = 8;

/// What is the same at all steps.
pub(super) struct Stage<'a> {
    pub(super) recording: &'a Recording,
    /// Lines of the file, as they are numbered for the reader.
    pub(super) lines: BTreeMap<u32, u32>,
    /// Blocks of the heap that are the program's own, as they are numbered for the reader.
    pub(super) blocks: BTreeMap<u32, u32>,
    /// From which step on nothing leads to a block that leaks.
    lost: BTreeMap<u32, usize>,
    pub(super) calls: Vec<Calls>,
}

/// What is there at one step, or at the end.
pub(super) struct Moment<'a> {
    pub(super) step: Option<&'a Step>,
    pub(super) stacks: &'a [recorded::Stack],
    pub(super) heap: Vec<&'a Block>,
    pub(super) events: &'a [Event],
}

impl<'a> Stage<'a> {
    pub(super) fn new(recording: &'a Recording, lines: BTreeMap<u32, u32>) -> Self {
        let blocks = recording.steps.iter().flat_map(|step| &step.heap).filter(|block| block.purpose.is_none());
        let blocks: BTreeSet<u32> = blocks.map(|block| block.block).collect();
        let blocks = blocks.into_iter().zip(1..).collect();
        let lost = recording.end.leaked.iter().map(|leak| (leak.block, lost_at(recording, leak.block))).collect();
        Self { recording, lines, blocks, lost, calls: calls::of(recording) }
    }

    pub(super) fn moment(&self, index: usize) -> Moment<'a> {
        let Some(step) = self.recording.steps.get(index) else { return self.end() };
        let heap = step.heap.iter().filter(|block| block.purpose.is_none()).collect();
        Moment { step: Some(step), stacks: &step.stacks, heap, events: &step.events }
    }

    /// A program that was killed still stands where it was; one that came to its end has no stack any more.
    fn end(&self) -> Moment<'a> {
        let end = &self.recording.end;
        let last = self.recording.steps.last();
        let is_killed = end.how.contains("killed");
        let stacks = last.filter(|_| is_killed).map_or(&[][..], |step| &step.stacks);
        let is_there = |block: &&Block| block.purpose.is_none() && !freed(&end.events).any(|n| n == block.block);
        let heap = last.into_iter().flat_map(|step| &step.heap).filter(is_there).collect();
        Moment { step: None, stacks, heap, events: &end.events }
    }

    /// The scene of a step, without what is new about it.
    pub(super) fn scene(&self, index: usize) -> Scene {
        let moment = self.moment(index);
        let is_alone = self.recording.steps.iter().all(|step| step.stacks.len() < 2);
        let mut scene = Scene { stacks: self.stacks(index, &moment, is_alone), ..Scene::default() };
        scene.heap = self.heap(index, &moment);
        scene.arrows = arrows::of(self, &moment, &scene);
        if let Some(step) = moment.step {
            scene.line = Some(self.line(step.line));
            let frames = step.stacks.iter().filter(|stack| stack.thread == step.thread).flat_map(|stack| &stack.frames);
            scene.waiting = frames.skip(1).map(|frame| self.line(frame.line)).collect();
            scene.waiting.dedup();
            scene.printed.clone_from(&step.printed);
            scene.hidden = step.hidden_blocks;
        } else {
            scene.printed = self.printed_at_the_end();
        }
        scene
    }

    /// A line that the reader does not see keeps its number.
    pub(super) fn line(&self, line: u32) -> u32 {
        self.lines.get(&line).copied().unwrap_or(line)
    }

    fn printed_at_the_end(&self) -> String {
        let before: usize = self.recording.steps.iter().map(|step| step.printed.len()).sum();
        self.recording.end.output.get(before..).unwrap_or_default().to_owned()
    }

    fn stacks(&self, index: usize, moment: &Moment, is_alone: bool) -> Vec<Stack> {
        let calls = self.calls.get(index).or(self.calls.last());
        let running = moment.step.map(|step| step.thread);
        let with_frames = moment.stacks.iter().filter(|stack| !stack.frames.is_empty());
        with_frames
            .map(|stack| {
                let title = match stack.thread {
                    _ if is_alone => "stack".to_owned(),
                    1 => "stack of the main thread".to_owned(),
                    thread => format!("stack of thread {thread}"),
                };
                let frames = stack.frames.iter().enumerate().rev();
                let frames = frames.map(|(place, _)| {
                    let is_running = place == 0 && running == Some(stack.thread);
                    let call = calls.and_then(|calls| calls.get(&stack.thread)?.get(place)).copied();
                    let key = format!("t{}/{}", stack.thread, call.unwrap_or_default());
                    frame(moment, (stack, place), key, is_running)
                });
                Stack { title, frames: frames.collect() }
            })
            .collect()
    }

    fn heap(&self, index: usize, moment: &Moment) -> Vec<Part> {
        let mut blocks: Vec<(Address, Part)> =
            moment.heap.iter().map(|block| (block.address, self.block(index, moment, block))).collect();
        for ghost in self.ghosts(index, moment) {
            let is_taken = moment.heap.iter().any(|block| overlaps(block, ghost));
            if !is_taken {
                blocks.push((ghost.address, self.ghost(moment, ghost)));
            }
        }
        blocks.sort_by_key(|(address, _)| *address);
        blocks.into_iter().map(|(_, part)| part).collect()
    }

    fn block(&self, index: usize, moment: &Moment, block: &Block) -> Part {
        let cells = block_cells(block);
        let type_name = match (&block.type_name, block.count) {
            (Some(name), 0 | 1) => name.clone(),
            (Some(name), count) => format!("{name} \u{d7} {count}"),
            (None, _) => String::new(),
        };
        let used = block.words.iter().map(|word| word.at + word.size).max().unwrap_or(block.bytes.len() as u64 / 2);
        let is_text = block.words.is_empty() && block.type_name.as_deref() == Some("u8");
        let value = match () {
            () if block.type_name.is_none() => "nothing written yet".to_owned(),
            () if is_text => text(&block.bytes),
            () => cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(", "),
        };
        let mut states = Vec::new();
        let is_lost = self.lost.get(&block.block).is_some_and(|lost| *lost <= index);
        if moment.step.is_none() && self.recording.end.leaked.iter().any(|leak| leak.block == block.block) {
            states.push("leaked: never freed".to_owned());
        } else if is_lost {
            states.push("leaked: nothing outside leads to it".to_owned());
        }
        if block.type_name.is_some() && used < block.size && block.count > 0 {
            states.push(format!("{} unused", bytes(block.size - used)));
        }
        Part {
            key: format!("b{}", block.block),
            name: self.block_name(block.block),
            type_name,
            address: block.address.to_string(),
            note: bytes(block.size),
            value,
            cells: if block.type_name.is_none() { Vec::new() } else { cells },
            bytes: block.bytes.clone(),
            states,
            ..Part::default()
        }
    }

    /// A block that was freed: its place, and nothing that is in it, because that is not known.
    fn ghost(&self, moment: &Moment, block: &Block) -> Part {
        let is_twice = |event: &Event| matches!(event, Event::DoubleFree { block: n, .. } if *n == block.block);
        let state = if moment.events.iter().any(is_twice) { "freed twice" } else { "freed" };
        Part {
            key: format!("b{}", block.block),
            name: self.block_name(block.block),
            address: block.address.to_string(),
            note: bytes(block.size),
            states: vec![state.to_owned()],
            is_stale: true,
            ..Part::default()
        }
    }

    /// Blocks that are not there any more, and are still to be seen: just freed, or led to by a pointer that is
    /// in use.
    fn ghosts(&self, index: usize, moment: &Moment) -> Vec<&'a Block> {
        let twice = moment.events.iter().filter_map(|event| match event {
            Event::DoubleFree { block, .. } => Some(*block),
            _ => None,
        });
        let just_freed: Vec<u32> = freed(moment.events).filter(|block| self.blocks.contains_key(block)).collect();
        let just_freed = if just_freed.len() > MOST_FREED { Vec::new() } else { just_freed };
        let mut wanted: BTreeSet<u32> = just_freed.into_iter().chain(twice).collect();
        let locals = moment.stacks.iter().flat_map(|stack| &stack.frames).flat_map(|frame| &frame.locals);
        let live = locals.filter(|local| local.state == State::Live);
        let words = live.flat_map(|local| &local.words).chain(moment.heap.iter().flat_map(|block| &block.words));
        wanted.extend(words.filter_map(|word| word.to.as_ref().filter(|to| to.freed)?.block));
        wanted.retain(|block| !moment.heap.iter().any(|there| there.block == *block));
        let steps = &self.recording.steps[..index.min(self.recording.steps.len())];
        let last_seen = |number: u32| {
            let blocks = steps.iter().rev().flat_map(|step| &step.heap);
            blocks.filter(|block| block.purpose.is_none()).find(|block| block.block == number)
        };
        wanted.into_iter().filter_map(last_seen).collect()
    }

    pub(super) fn block_name(&self, block: u32) -> String {
        self.blocks.get(&block).map_or_else(|| "a block".to_owned(), |number| format!("block {number}"))
    }
}

/// The first step from which on nothing leads to a block.
fn lost_at(recording: &Recording, number: u32) -> usize {
    let reached = |step: &Step| step.heap.iter().any(|block| block.block == number && !block.unreached);
    recording.steps.iter().rposition(reached).map_or(recording.steps.len(), |last| last + 1)
}

fn freed(events: &[Event]) -> impl Iterator<Item = u32> {
    events.iter().filter_map(|event| if let Event::Free { block, .. } = event { Some(*block) } else { None })
}

fn overlaps(one: &Block, other: &Block) -> bool {
    one.address.0 < other.address.0 + other.size && other.address.0 < one.address.0 + one.size
}

fn frame(moment: &Moment, (stack, place): (&recorded::Stack, usize), key: String, is_running: bool) -> Frame {
    let frame = &stack.frames[place];
    let half = stack.frames.len() / 2;
    let hidden = if place == half.saturating_sub(1) { stack.hidden_frames } else { 0 };
    let mut rows: Vec<(&Local, Part)> = Vec::new();
    for (index, local) in frame.locals.iter().enumerate() {
        let nth = frame.locals[..index].iter().filter(|other| other.name == local.name).count();
        let key = format!("{key}/{}{}", local.name, if nth == 0 { String::new() } else { format!("#{nth}") });
        rows.push((local, row(moment, frame, local, key)));
    }
    rows.sort_by_key(|(local, _)| (local.offset.is_none(), std::cmp::Reverse(local.address)));
    Frame {
        key,
        title: frame.function.clone(),
        note: format!("{} from {}", bytes(frame.size), frame.pointer),
        is_running,
        hidden,
        rows: rows.into_iter().map(|(_, part)| part).collect(),
    }
}

fn row(moment: &Moment, frame: &recorded::Frame, local: &Local, key: String) -> Part {
    let mut states = Vec::new();
    match local.state {
        State::Live => {}
        State::Moved => states.push("moved".to_owned()),
        State::Dropped => states.push("dropped".to_owned()),
        State::Ending => states.push("scope ends".to_owned()),
    }
    if local.shadowed {
        states.push("shadowed".to_owned());
    }
    if let Some(other) = elsewhere(moment, frame, local) {
        states.push(format!("in the frame of {other}"));
    }
    let cells = if local.words.len() > MOST_CELLS { Vec::new() } else { local.words.iter().map(cell).collect() };
    Part {
        key,
        name: local.name.clone(),
        type_name: local.type_name.clone(),
        address: local.address.to_string(),
        note: bytes(local.size),
        value: local.value.clone(),
        cells,
        bytes: local.bytes.clone(),
        is_stale: matches!(local.state, State::Moved | State::Dropped),
        states,
        ..Part::default()
    }
}

/// The function in whose frame a variable lies that is not in its own.
fn elsewhere(moment: &Moment, frame: &recorded::Frame, local: &Local) -> Option<String> {
    let holds = |frame: &recorded::Frame| (frame.pointer.0..frame.pointer.0 + frame.size).contains(&local.address.0);
    if local.size == 0 || holds(frame) {
        return None;
    }
    let frames = moment.stacks.iter().flat_map(|stack| &stack.frames);
    frames.into_iter().find(|frame| holds(frame)).map(|frame| frame.function.clone())
}

fn block_cells(block: &Block) -> Vec<Cell> {
    if !block.words.is_empty() {
        let is_short = block.words.len() <= MOST_CELLS;
        return if is_short { block.words.iter().map(cell).collect() } else { Vec::new() };
    }
    if block.type_name.as_deref() != Some("u8") || block.bytes.len() > 2 * MOST_CELLS {
        return Vec::new();
    }
    let plain = |text: String| Cell { label: String::new(), text, is_pointer: false, is_changed: false };
    octets(&block.bytes).map(|byte| plain(letter(byte))).collect()
}

fn cell(word: &Word) -> Cell {
    let is_pointer = word.to.is_some();
    let text = if is_pointer { short_address(&word.value) } else { word.value.clone() };
    Cell { label: label(&word.path), text, is_pointer, is_changed: false }
}

/// The name of a word without the wrappers of the library: `value.next.value.Some.ptr` is `next`.
fn label(path: &str) -> String {
    let is_wrapper = |part: &&str| matches!(*part, "value" | "Some" | "ptr" | "tag");
    let named: Vec<&str> = path.split('.').filter(|part| !is_wrapper(part)).collect();
    match (named.as_slice(), path) {
        ([], "tag" | "value") => String::new(),
        ([], path) => path.rsplit('.').next().unwrap_or_default().to_owned(),
        (named, _) => named[named.len().saturating_sub(2)..].join("."),
    }
}

/// `0x5555555acd60` as `\u{2026}cd60`: only its end differs from those of its neighbors.
pub(super) fn short_address(address: &str) -> String {
    match address.strip_prefix("0x") {
        Some("ffffffffffffffff") => "none".to_owned(),
        Some(digits) if digits.len() > 6 => format!("\u{2026}{}", &digits[digits.len() - 4..]),
        _ => address.to_owned(),
    }
}

fn octets(hex: &str) -> impl Iterator<Item = u8> + '_ {
    (0..hex.len() / 2).filter_map(|at| u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok())
}

fn letter(byte: u8) -> String {
    if byte.is_ascii_graphic() { char::from(byte).to_string() } else { byte.to_string() }
}

fn text(hex: &str) -> String {
    format!("{:?}", String::from_utf8_lossy(&octets(hex).collect::<Vec<_>>()))
}

/// `1 byte`, `24 bytes`.
pub(super) fn bytes(count: u64) -> String {
    if count == 1 { "1 byte".to_owned() } else { format!("{} bytes", model::quantity::group(count as f64, 0)) }
}
