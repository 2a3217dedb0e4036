//! The walk: from line to line, with a look at everything in between.

mod place;
mod snapshot;
mod variables;

use std::collections::BTreeMap;
use std::path::Path;

use gimli::X86_64;
use model::recording::{Address, End, Event, Recording, Skipped, Step, VERSION};
use object::Object;
use object::read::elf::ElfFile64;
use runner::{Command, Limits};

use crate::dwarf::{Call as Kind, Program, Registers};
use crate::frames::{self, Call};
use crate::heap::{Heap, Request};
use crate::machine::{Machine, Occurrence};
use crate::memory::Memory;
use crate::mir::Effects;
use crate::{Run, TraceError};
use variables::Activations;

/// Records a run.
pub(crate) fn record(run: &Run<'_>) -> Result<Recording, TraceError> {
    let bytes = std::fs::read(run.program).map_err(|error| TraceError::Unreadable(error.to_string()))?;
    let program = Program::read(&bytes, run.source)?;
    let file = run.source.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let effects = run.mir.map(|mir| Effects::read(mir, &file)).unwrap_or_default();
    let machine = start(run, &bytes, &program)?;
    let mut recorder = Recorder::new(program, effects, machine);
    let walked = recorder.walk(run);
    recorder.finish(file, walked)
}

/// Starts the program under the limits of a listing. Its time is longer, because it is stopped so often.
fn start(run: &Run<'_>, bytes: &[u8], program: &Program) -> Result<Machine, TraceError> {
    let elf = ElfFile64::<object::LittleEndian>::parse(bytes).map_err(|e| TraceError::Unreadable(e.to_string()))?;
    let first = object::ObjectSegment::address;
    let first = elf.segments().map(|segment| first(&segment)).min().unwrap_or(0) & !0xfff;
    let limits = Limits { aslr: false, ..run.limits.clone() };
    let envs = run.env.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let command = Command::new(run.program).args(run.args).limits(limits);
    let command = envs.fold(command, |command, (name, value)| command.env(name, value));
    let command = run.folder.map_or(command.clone(), |folder: &Path| command.cwd(folder));
    place::start(&command, program, first)
}

/// A call of the allocator that has not returned.
#[derive(Clone, Copy)]
struct Pending {
    thread: u32,
    /// Where it returns to, and the stack pointer after that.
    returns_to: u64,
    stack_pointer: u64,
    request: Request,
}

struct Recorder {
    program: Program,
    effects: Effects,
    machine: Machine,
    heap: Heap,
    pending: Vec<Pending>,
    /// The calls on the stack of each thread, at its last stop.
    calls: BTreeMap<u32, Vec<Call>>,
    activations: BTreeMap<u32, Activations>,
    /// The end of the outermost frame of each thread.
    bases: BTreeMap<u32, u64>,
    steps: Vec<Step>,
    events: Vec<Event>,
    printed: usize,
    counted: Counted,
}

/// What is counted when a run is too long to be recorded.
#[derive(Default)]
struct Counted {
    steps: u64,
    lines: BTreeMap<u32, u64>,
    /// Line and address that were reached last: a line may consist of many statements.
    last: (u32, u64),
    calls_before: u64,
    is_endless: bool,
}

impl Recorder {
    fn new(program: Program, effects: Effects, machine: Machine) -> Self {
        Self {
            program,
            effects,
            machine,
            heap: Heap::default(),
            pending: Vec::new(),
            calls: BTreeMap::new(),
            activations: BTreeMap::new(),
            bases: BTreeMap::new(),
            steps: Vec::new(),
            events: Vec::new(),
            printed: 0,
            counted: Counted::default(),
        }
    }

    fn walk(&mut self, run: &Run<'_>) -> Result<(), TraceError> {
        let stops: Vec<u64> = self.program.stops().collect();
        let calls: Vec<u64> = self.program.allocator.iter().map(|(address, _)| *address).collect();
        for address in stops.iter().chain(&calls) {
            self.machine.set(*address)?;
        }
        while self.counted.steps < run.bounds.counted {
            match self.machine.next()? {
                Occurrence::Breakpoint { thread, address } => self.stopped(thread, address, run)?,
                Occurrence::Signal { signal, .. } => self.events.push(Event::Signal { name: signal_name(signal) }),
                Occurrence::Began { thread } => self.events.push(Event::ThreadBegan { thread }),
                Occurrence::Ended { thread } => self.thread_ended(thread),
                Occurrence::Forked { thread } => return Err(TraceError::Forks { line: self.last_line(thread) }),
                Occurrence::Over => return Ok(()),
            }
        }
        self.counted.is_endless = true;
        Ok(())
    }

    fn last_line(&self, thread: u32) -> u32 {
        let innermost = self.calls.get(&thread).and_then(|calls| calls.first());
        innermost.map_or(0, |call| self.program.line_at(call.place()))
    }

    fn thread_ended(&mut self, thread: u32) {
        if let Some(mut activations) = self.activations.remove(&thread) {
            self.events.extend(activations.end(&self.program, &self.effects));
        }
        self.calls.remove(&thread);
        self.events.push(Event::ThreadEnded { thread });
    }

    /// One address may be several things: the place where a call of the allocator returns to, and a line.
    fn stopped(&mut self, thread: u32, address: u64, run: &Run<'_>) -> Result<(), TraceError> {
        let registers = self.machine.registers(thread)?;
        self.returned(thread, address, &registers)?;
        let call = self.program.allocator.iter().find(|(at, _)| *at == address).map(|(_, call)| *call);
        if let Some(call) = call {
            return self.called(thread, call, registers);
        }
        if self.program.rows.contains_key(&address) && self.is_stop(address) {
            self.line(thread, address, registers, run);
        }
        Ok(())
    }

    fn is_stop(&self, address: u64) -> bool {
        self.program.function_at(address).is_some_and(|function| address >= function.body)
    }

    /// The allocator is called: its arguments are in registers, as the System V calling convention says.
    fn called(&mut self, thread: u32, call: Kind, registers: Registers) -> Result<(), TraceError> {
        let argument = |register| registers.get(register).unwrap_or(0);
        let arguments = [X86_64::RDI, X86_64::RSI, X86_64::RDX, X86_64::RCX].map(argument);
        let stack_pointer = registers.stack_pointer();
        let Some(returns_to) = self.machine.word(stack_pointer) else { return Ok(()) };
        let (line, purpose) = frames::origin(&self.program, &self.machine, registers);
        let request = Request { call, arguments, line, purpose };
        if call == Kind::Dealloc {
            // It gives nothing back, and may never return.
            self.events.extend(self.heap.returned(&request, 0));
            return Ok(());
        }
        let returns_to = returns_to.wrapping_sub(self.machine.distance);
        self.pending.push(Pending { thread, returns_to, stack_pointer: stack_pointer + 8, request });
        self.machine.set(returns_to)
    }

    fn returned(&mut self, thread: u32, address: u64, registers: &Registers) -> Result<(), TraceError> {
        let is_this = |pending: &Pending| {
            (pending.thread, pending.returns_to, pending.stack_pointer) == (thread, address, registers.stack_pointer())
        };
        let Some(place) = self.pending.iter().rposition(is_this) else { return Ok(()) };
        let pending = self.pending.remove(place);
        let result = registers.get(X86_64::RAX).unwrap_or(0);
        self.events.extend(self.heap.returned(&pending.request, result));
        let is_wanted = self.is_stop(address) && self.program.rows.contains_key(&address);
        if is_wanted || self.pending.iter().any(|other| other.returns_to == address) {
            return Ok(());
        }
        self.machine.clear(address)
    }

    /// A line begins.
    fn line(&mut self, thread: u32, address: u64, registers: Registers, run: &Run<'_>) {
        let line = self.program.rows[&address];
        if self.steps.len() >= run.bounds.recorded {
            self.count(line, address);
            return;
        }
        let calls = frames::of_thread(&self.program, &self.machine, registers);
        let activations = self.activations.entry(thread).or_default();
        if !calls.first().is_some_and(|innermost| activations.is_step(innermost, line)) {
            return;
        }
        self.events.extend(activations.step(&self.program, &self.effects, &calls));
        self.calls.insert(thread, calls);
        let (stacks, pointees) = self.stacks();
        let (heap, hidden_blocks) = self.blocks(pointees);
        let (events, printed) = (std::mem::take(&mut self.events), self.newly_printed());
        self.steps.push(Step { line, thread, events, printed, stacks, heap, hidden_blocks });
    }

    fn count(&mut self, line: u32, address: u64) {
        let (last_line, last_address) = std::mem::replace(&mut self.counted.last, (line, address));
        if line == last_line && address > last_address {
            return;
        }
        if self.counted.steps == 0 {
            self.counted.calls_before = self.heap.calls;
        }
        self.counted.steps += 1;
        *self.counted.lines.entry(line).or_default() += 1;
        // Events of steps that are not shown would be a list without end.
        self.events.clear();
    }

    fn newly_printed(&mut self) -> String {
        let output = self.machine.output();
        let new = String::from_utf8_lossy(output.get(self.printed..).unwrap_or_default()).into_owned();
        self.printed = output.len();
        new
    }

    /// What the run was, when the program is gone. An error of the walk may only be the sign of a limit.
    fn finish(mut self, file: String, walked: Result<(), TraceError>) -> Result<Recording, TraceError> {
        if let Some(exit) = self.machine.stopped() {
            return Err(TraceError::Limit { exit: exit.to_string() });
        }
        walked?;
        for (_, mut activations) in std::mem::take(&mut self.activations) {
            self.events.extend(activations.end(&self.program, &self.effects));
        }
        let mut steps = std::mem::take(&mut self.steps);
        self.name_early_blocks(&mut steps);
        let ids: Vec<i32> = self.machine.ids().collect();
        let outcome = self.machine.finish()?;
        let how = match self.counted.is_endless {
            true => "was stopped: it has no end, or a late one".to_owned(),
            false => outcome.exit.to_string(),
        };
        let (output, stderr) = (runner::text::printable(&outcome.output), runner::text::printable(&outcome.stderr));
        let leaked = if self.counted.is_endless { Vec::new() } else { self.heap.leaks() };
        let end = End { how, events: self.events, output, stderr: without_ids(stderr, &ids), leaked };
        let skipped = (self.counted.steps > 0).then(|| Skipped {
            steps: self.counted.steps,
            lines: self.counted.lines.into_iter().collect(),
            allocations: self.heap.calls - self.counted.calls_before,
            endless: self.counted.is_endless,
        });
        let stack_base = Address(self.bases.get(&1).copied().unwrap_or(0));
        let compiler = self.program.compiler;
        Ok(Recording { version: VERSION, file, compiler, stack_base, steps, skipped, end })
    }
}

fn signal_name(signal: runner::Signal) -> String {
    signal.name().map_or_else(|| signal.to_string(), str::to_owned)
}

/// A panic tells the id of its thread: `thread 'main' (4711) panicked`.
fn without_ids(text: String, ids: &[i32]) -> String {
    ids.iter().fold(text, |text, id| text.replace(&format!("({id})"), "(_)"))
}
