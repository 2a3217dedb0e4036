//! The heap, as the calls of the allocator tell it.

use std::collections::BTreeMap;

use model::recording::{Address, Event, Leak};

use crate::dwarf::{Call, TypeId};
use crate::memory::Memory;

/// What a block holds, when a pointer told.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Content {
    pub(crate) of: TypeId,
    pub(crate) count: u64,
}

/// A block that is in use.
#[derive(Clone, Debug)]
pub(crate) struct Live {
    pub(crate) number: u32,
    pub(crate) size: u64,
    pub(crate) align: u64,
    pub(crate) line: u32,
    pub(crate) purpose: Option<&'static str>,
    pub(crate) content: Option<Content>,
}

/// A call of the allocator.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Request {
    pub(crate) call: Call,
    /// Its arguments, in order.
    pub(crate) arguments: [u64; 4],
    /// The line of the program that led to it; 0 where none did.
    pub(crate) line: u32,
    /// What it is for, when the library asks for itself.
    pub(crate) purpose: Option<&'static str>,
}

/// All blocks that lines of the program asked for.
#[derive(Debug, Default)]
pub(crate) struct Heap {
    live: BTreeMap<u64, Live>,
    /// Blocks that were given back: size and number, by address.
    freed: BTreeMap<u64, (u64, u32)>,
    newest: u32,
    /// What pointers told about blocks, by their numbers.
    known: BTreeMap<u32, Content>,
    /// Calls so far.
    pub(crate) calls: u64,
}

impl Heap {
    /// What a call did, when it has returned `result`. Blocks that the runtime asked for are left out.
    pub(crate) fn returned(&mut self, request: &Request, result: u64) -> Option<Event> {
        self.calls += 1;
        let [first, second, third, fourth] = request.arguments;
        match request.call {
            Call::Alloc => self.begin(request, result, first, second),
            Call::Dealloc => self.end(request, first),
            Call::Realloc if result == 0 => None,
            Call::Realloc => match self.live.remove(&first) {
                Some(before) => Some(self.change(request, before, [first, result, fourth])),
                None => self.begin(request, result, fourth, third),
            },
        }
    }

    fn begin(&mut self, request: &Request, address: u64, size: u64, align: u64) -> Option<Event> {
        if request.line == 0 || address == 0 {
            return None;
        }
        self.newest += 1;
        let (block, line) = (self.newest, request.line);
        let purpose = request.purpose;
        self.forget_freed(address, size);
        self.live.insert(address, Live { number: block, size, align, line, purpose, content: None });
        Some(Event::Alloc { block, address: Address(address), size, line })
    }

    fn change(&mut self, request: &Request, before: Live, [from, to, size]: [u64; 3]) -> Event {
        let line = if request.line == 0 { before.line } else { request.line };
        let (block, old_size) = (before.number, before.size);
        if from != to {
            self.freed.insert(from, (old_size, block));
        }
        self.forget_freed(to, size);
        self.live.insert(to, Live { size, line, ..before });
        Event::Realloc { block, from: Address(from), to: Address(to), old_size, size, line }
    }

    fn end(&mut self, request: &Request, address: u64) -> Option<Event> {
        let line = request.line;
        if let Some(block) = self.live.remove(&address) {
            self.freed.insert(address, (block.size, block.number));
            return Some(Event::Free { block: block.number, address: Address(address), size: block.size, line });
        }
        let (_, block) = *self.freed.get(&address)?;
        Some(Event::DoubleFree { block, address: Address(address), line })
    }

    /// Old blocks whose place is taken again are no longer what a pointer there points to.
    fn forget_freed(&mut self, address: u64, size: u64) {
        self.freed.retain(|start, (length, _)| *start + *length <= address || address + size.max(1) <= *start);
    }

    /// The number of the block that holds an address, and whether it was given back.
    pub(crate) fn holder(&self, address: u64) -> Option<(u32, bool)> {
        if let Some((_, block)) = self.at(address) {
            return Some((block.number, false));
        }
        let (start, (size, block)) = self.freed.range(..=address).next_back()?;
        (address < start + size).then_some((*block, true))
    }

    /// The block that holds an address. An address at the end of a block is still that of its list.
    pub(crate) fn at(&self, address: u64) -> Option<(u64, &Live)> {
        let (start, block) = self.live.range(..=address).next_back()?;
        (address < start + block.size.max(1)).then_some((*start, block))
    }

    pub(crate) fn blocks(&self) -> impl Iterator<Item = (u64, &Live)> {
        self.live.iter().map(|(address, block)| (*address, block))
    }

    /// Keeps what a pointer told about a block, for later, when no pointer leads to it any more.
    pub(crate) fn learn(&mut self, address: u64, content: Content) {
        if let Some(block) = self.live.get_mut(&address) {
            block.content = Some(content);
            self.known.insert(block.number, content);
        }
    }

    /// What a block held when a pointer told, at any time of the run.
    pub(crate) fn content(&self, block: u32) -> Option<Content> {
        self.known.get(&block).copied()
    }

    /// What was never given back. Blocks of the library, such as the buffer of stdout, live as long as it does.
    pub(crate) fn leaks(&self) -> Vec<Leak> {
        let ours = self.live.values().filter(|block| block.purpose.is_none());
        let mut leaks: Vec<Leak> =
            ours.map(|block| Leak { block: block.number, size: block.size, line: block.line }).collect();
        leaks.sort_by_key(|leak| leak.block);
        leaks
    }
}

/// Bytes that glibc took for a block, from the word before it; 0 where the allocator is another.
///
/// The word holds the size with three flags (`malloc/malloc.c`, "struct malloc_chunk").
pub(crate) fn chunk(memory: &dyn Memory, address: u64, size: u64) -> u64 {
    const FLAGS: u64 = 7;
    const PAGE: u64 = 4096;
    let word = address.checked_sub(8).and_then(|before| memory.word(before)).unwrap_or(0) & !FLAGS;
    let is_likely = word > size && word <= size + 2 * PAGE;
    if is_likely { word } else { 0 }
}
