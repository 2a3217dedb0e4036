//! One step: everything that stands in memory, taken apart and named.

use std::collections::{BTreeMap, BTreeSet};

use model::recording::{Address, Block, Frame, Local, Stack, Step, Word};

use super::Recorder;
use crate::dwarf::{Function, Variable};
use crate::frames::Call;
use crate::heap::{self, Content, Live};
use crate::memory::{Memory, hexadecimal};
use crate::value::{Pointee, Values};

/// Bytes of a value or block that are shown.
const BYTES: usize = 256;
/// Bytes of a block that are read: enough for the elements that are taken apart.
const READ: u64 = 64 * 1024;
/// A block of at most so many bytes is shown whole when nobody knows what is in it.
const SMALL: u64 = 64;
/// Blocks that a step shows.
const BLOCKS: usize = 64;
/// Frames of a stack that are shown, the innermost and the outermost half.
const FRAMES: usize = 64;
/// Elements of a block that are taken apart.
const ELEMENTS: u64 = 64;

impl Recorder {
    /// The stacks of all threads, and the pointers that were seen in them.
    pub(super) fn stacks(&mut self) -> (Vec<Stack>, Vec<Pointee>) {
        let mut pointees = Vec::new();
        let threads: Vec<u32> = self.calls.keys().copied().collect();
        let stacks = threads.into_iter().map(|thread| self.stack(thread, &mut pointees)).collect();
        (stacks, pointees)
    }

    fn stack(&mut self, thread: u32, pointees: &mut Vec<Pointee>) -> Stack {
        let calls = self.calls.get(&thread).map(Vec::as_slice).unwrap_or_default();
        let outermost = calls.last().map_or(0, |call| call.registers.cfa);
        let base = *self.bases.entry(thread).or_insert(outermost);
        let is_shown = |place: &usize| *place < FRAMES / 2 || *place + FRAMES / 2 >= calls.len();
        let shown = (0..calls.len()).filter(is_shown);
        let frames: Vec<Frame> = shown.map(|place| self.frame(thread, &calls[place], base, pointees)).collect();
        let hidden_frames = calls.len() - frames.len();
        Stack { thread, frames, hidden_frames }
    }

    fn frame(&self, thread: u32, call: &Call, base: u64, pointees: &mut Vec<Pointee>) -> Frame {
        let function = &self.program.functions[call.function];
        let (pointer, cfa) = (call.registers.stack_pointer(), call.registers.cfa);
        let mut locals = Vec::new();
        for (place, variable) in function.variables.iter().enumerate() {
            let state = self
                .activations
                .get(&thread)
                .and_then(|activations| activations.state(&self.program, &self.effects, call, place));
            let local = state.and_then(|state| {
                let local = self.local(function, variable, call, base, pointees)?;
                Some(Local { state, ..local })
            });
            locals.extend(local);
        }
        shade(&mut locals);
        Frame {
            function: function.name.clone(),
            line: self.program.line_at(call.place()),
            pointer: Address(pointer),
            offset: base.wrapping_sub(pointer),
            size: cfa.wrapping_sub(pointer),
            return_address: Address(self.machine.word(cfa.wrapping_sub(8)).unwrap_or(0)),
            locals,
        }
    }

    fn local(
        &self,
        function: &Function,
        variable: &Variable,
        call: &Call,
        base: u64,
        pointees: &mut Vec<Pointee>,
    ) -> Option<Local> {
        let address = variable.address(function, &call.registers, &self.machine)?;
        let values = self.values();
        let of = &self.program.types[variable.of];
        let bytes = self.machine.bytes(address, of.size)?;
        values.pointees(variable.of, &bytes, pointees);
        // What a closure captured by reference is in the frame of another.
        let is_here = (call.registers.stack_pointer()..call.registers.cfa).contains(&address);
        Some(Local {
            name: variable.name.clone(),
            argument: variable.is_argument,
            type_name: of.name.clone(),
            value: values.render(variable.of, &bytes),
            address: Address(address),
            offset: is_here.then(|| base.wrapping_sub(address)),
            size: of.size,
            bytes: hexadecimal(&bytes, BYTES),
            words: self.resolved(values.words(variable.of, &bytes)),
            state: Default::default(),
            shadowed: false,
        })
    }

    fn values(&self) -> Values<'_> {
        Values { types: &self.program.types, memory: &self.machine, heap: &self.heap }
    }

    /// Tells of each pointer which block it leads to.
    fn resolved(&self, mut words: Vec<Word>) -> Vec<Word> {
        for target in words.iter_mut().filter_map(|word| word.to.as_mut()) {
            if let Some((block, freed)) = self.heap.holder(target.address.0) {
                (target.block, target.freed) = (Some(block), freed);
            }
        }
        words
    }

    /// The blocks of the heap, and how many are not shown. `pointees` are the pointers on the stacks.
    pub(super) fn blocks(&mut self, pointees: Vec<Pointee>) -> (Vec<Block>, usize) {
        let reached = self.follow(pointees);
        let blocks: Vec<(u64, Live)> = self.heap.blocks().map(|(address, live)| (address, live.clone())).collect();
        let hidden = blocks.len().saturating_sub(BLOCKS);
        let shown = blocks.iter().take(BLOCKS);
        (shown.map(|(address, live)| self.block(*address, live, reached.contains(address))).collect(), hidden)
    }

    /// Goes from pointer to pointer, and learns what each block holds. Gives the addresses of the blocks.
    fn follow(&mut self, mut waiting: Vec<Pointee>) -> BTreeSet<u64> {
        let mut reached: BTreeMap<u64, Content> = BTreeMap::new();
        waiting.reverse();
        while let Some(Pointee { address, of, count, .. }) = waiting.pop() {
            let Some((start, live)) = self.heap.at(address) else { continue };
            let size = self.program.types[of].size;
            let is_whole = start == address && count > 0 && size.saturating_mul(count) <= live.size;
            if !is_whole {
                // A pointer into the middle reaches the block too, but does not know its type.
                reached.entry(start).or_insert(Content { of, count: 0 });
                continue;
            }
            if reached.get(&start).is_some_and(|known| known.count > 0) {
                continue;
            }
            reached.insert(start, Content { of, count });
            let bytes = self.machine.bytes(start, live.size.min(READ)).unwrap_or_default();
            for index in 0..count.min(ELEMENTS) {
                let mut found = Vec::new();
                self.values().pointees(of, element(&bytes, index, size), &mut found);
                waiting.extend(found.into_iter().rev());
            }
        }
        for (address, content) in reached.iter().filter(|(_, content)| content.count > 0) {
            self.heap.learn(*address, *content);
        }
        reached.into_keys().collect()
    }

    fn block(&self, address: u64, live: &Live, is_reached: bool) -> Block {
        let bytes = self.machine.bytes(address, live.size.min(READ)).unwrap_or_default();
        let content = live.content.filter(|_| live.purpose.is_none());
        let type_name = content.map(|content| self.program.types[content.of].name.clone());
        let count = content.map_or(0, |content| content.count);
        Block {
            block: live.number,
            address: Address(address),
            size: live.size,
            align: live.align,
            chunk: heap::chunk(&self.machine, address, live.size),
            line: live.line,
            purpose: live.purpose.map(str::to_owned),
            type_name,
            count: usize::try_from(count).unwrap_or(usize::MAX),
            unreached: !is_reached && live.purpose.is_none(),
            bytes: hexadecimal(&bytes, self.written(live)),
            words: content.map(|content| self.resolved(self.elements(content, &bytes))).unwrap_or_default(),
        }
    }

    /// Bytes of a block that the program has written, as far as is known. In the rest stands what the C library left
    /// there when it started, names and numbers of files of this machine among it.
    fn written(&self, live: &Live) -> usize {
        let of_values = |content: Content| self.program.types[content.of].size.saturating_mul(content.count);
        let written = match (live.purpose, live.content) {
            (Some(_), _) => 0,
            (None, Some(content)) => of_values(content),
            (None, None) if live.size <= SMALL => live.size,
            (None, None) => 0,
        };
        usize::try_from(written).unwrap_or(usize::MAX).min(BYTES)
    }

    /// Names what blocks held before a pointer led to them: while a function made the value that it returned, its
    /// block was there already. Single values only, because nobody knows how many of a list were there.
    pub(super) fn name_early_blocks(&self, steps: &mut [Step]) {
        for block in steps.iter_mut().flat_map(|step| &mut step.heap) {
            let is_unknown = block.type_name.is_none() && block.purpose.is_none();
            let content = self.heap.content(block.block).filter(|content| is_unknown && content.count == 1);
            let Some(content) = content else { continue };
            let of = &self.program.types[content.of];
            let bytes = bytes_of(&block.bytes);
            if of.size == block.size && of.size == bytes.len() as u64 {
                (block.type_name, block.count) = (Some(of.name.clone()), 1);
                block.words = self.elements(content, &bytes);
            }
        }
    }

    /// The words of a block: those of its values, one after the other.
    fn elements(&self, content: Content, bytes: &[u8]) -> Vec<Word> {
        let size = self.program.types[content.of].size;
        let mut words = Vec::new();
        // Text is read as text, and not byte by byte.
        if size == 1 && content.count > 1 {
            return words;
        }
        for index in 0..content.count.min(ELEMENTS) {
            for mut word in self.values().words(content.of, element(bytes, index, size)) {
                word.at += index * size;
                if content.count > 1 {
                    let dot = if word.path.is_empty() { "" } else { "." };
                    word.path = format!("[{index}]{dot}{}", word.path);
                }
                words.push(word);
            }
        }
        words
    }
}

/// The bytes that were written in hexadecimal.
fn bytes_of(text: &str) -> Vec<u8> {
    let byte = |place: usize| u8::from_str_radix(text.get(place..place + 2)?, 16).ok();
    (0..text.len()).step_by(2).filter_map(byte).collect()
}

/// One of several values that stand one after the other; empty where bytes are missing.
fn element(bytes: &[u8], index: u64, size: u64) -> &[u8] {
    let place = |index: u64| usize::try_from(index.saturating_mul(size)).unwrap_or(usize::MAX);
    bytes.get(place(index)..place(index + 1)).unwrap_or_default()
}

/// Marks variables that a later one of the same name hides.
fn shade(locals: &mut [Local]) {
    for place in 0..locals.len() {
        let name = locals[place].name.clone();
        locals[place].shadowed = locals[place + 1..].iter().any(|later| later.name == name);
    }
}
