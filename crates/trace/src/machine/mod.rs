//! The recorded program while it runs: its threads, registers, memory and breakpoints.
//!
//! One thread runs at a time, so that the order of steps does not depend on the scheduler: a new thread runs
//! first, until it ends, sleeps in a system call, or was stopped a hundred times; then the next older goes on.
//! Only what a program does by the clock, as `sleep`, can still differ from run to run.

mod threads;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::time::Duration;

use gimli::{Register, X86_64};
use nix::sys::{ptrace, signal};
use nix::unistd::Pid;
use runner::traced::{Event, Traced};
use runner::{Exit, Outcome, RunnerError, Signal};

use crate::TraceError;
use crate::dwarf::Registers;
use crate::memory::Memory;
use threads::{Activity, Threads};

/// `int3`, the instruction of breakpoints.
const TRAP: u8 = 0xcc;
/// Time between two looks at a thread that may be asleep.
const LOOK: Duration = Duration::from_micros(100);
/// Looks in a row that find a thread asleep, until it is believed.
const LOOKS: u32 = 5;

/// Something that stopped the program, or happened to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Occurrence {
    /// A thread reached a breakpoint; the address is that of the file.
    Breakpoint { thread: u32, address: u64 },
    /// A signal arrived that is not ours.
    Signal { thread: u32, signal: Signal },
    /// A thread began.
    Began { thread: u32 },
    /// A thread ended.
    Ended { thread: u32 },
    /// The program started another process, or became another program.
    Forked { thread: u32 },
    /// The program ended.
    Over,
}

/// The program.
pub(crate) struct Machine {
    child: Traced,
    memory: File,
    /// What must be added to addresses of the file.
    pub(crate) distance: u64,
    /// The byte under each breakpoint, by address in memory.
    breakpoints: BTreeMap<u64, u8>,
    threads: Threads,
}

impl Memory for Machine {
    fn bytes(&self, address: u64, size: u64) -> Option<Vec<u8>> {
        let mut bytes = vec![0; usize::try_from(size).ok()?];
        self.memory.read_exact_at(&mut bytes, address).ok()?;
        Some(bytes)
    }
}

impl Machine {
    /// Takes over a program that was started and is stopped. `first` is the lowest address of its file.
    pub(crate) fn new(child: Traced, first: u64) -> Result<Self, TraceError> {
        let lost = |error: std::io::Error| TraceError::Lost(error.to_string());
        let pid = child.pid();
        let maps = fs::read_to_string(format!("/proc/{pid}/maps")).map_err(lost)?;
        let start = maps.split('-').next().and_then(|start| u64::from_str_radix(start, 16).ok());
        let start = start.ok_or_else(|| TraceError::Lost("it has no memory".into()))?;
        let memory = File::options().read(true).write(true).open(format!("/proc/{pid}/mem")).map_err(lost)?;
        let (distance, breakpoints) = (start.wrapping_sub(first), BTreeMap::new());
        Ok(Self { child, memory, distance, breakpoints, threads: Threads::of(pid) })
    }

    /// Stops every thread that reaches an address of the file.
    pub(crate) fn set(&mut self, address: u64) -> Result<(), TraceError> {
        let address = address.wrapping_add(self.distance);
        if let std::collections::btree_map::Entry::Vacant(place) = self.breakpoints.entry(address) {
            let mut byte = [0];
            self.memory.read_exact_at(&mut byte, address).map_err(|error| TraceError::Lost(error.to_string()))?;
            place.insert(byte[0]);
            self.write(address, TRAP)?;
        }
        Ok(())
    }

    /// Takes a breakpoint away.
    pub(crate) fn clear(&mut self, address: u64) -> Result<(), TraceError> {
        let address = address.wrapping_add(self.distance);
        match self.breakpoints.remove(&address) {
            Some(byte) => self.write(address, byte),
            None => Ok(()),
        }
    }

    /// Memory that cannot be written, as code, can be written this way by whoever watches.
    fn write(&self, address: u64, byte: u8) -> Result<(), TraceError> {
        self.memory.write_all_at(&[byte], address).map_err(|error| TraceError::Lost(error.to_string()))
    }

    /// The registers of a thread that is stopped.
    pub(crate) fn registers(&self, thread: u32) -> Result<Registers, TraceError> {
        let all = ptrace::getregs(self.pid_of(thread)).map_err(lost)?;
        let values: [(Register, u64); 16] = [
            (X86_64::RAX, all.rax),
            (X86_64::RDX, all.rdx),
            (X86_64::RCX, all.rcx),
            (X86_64::RBX, all.rbx),
            (X86_64::RSI, all.rsi),
            (X86_64::RDI, all.rdi),
            (X86_64::RBP, all.rbp),
            (X86_64::RSP, all.rsp),
            (X86_64::R8, all.r8),
            (X86_64::R9, all.r9),
            (X86_64::R10, all.r10),
            (X86_64::R11, all.r11),
            (X86_64::R12, all.r12),
            (X86_64::R13, all.r13),
            (X86_64::R14, all.r14),
            (X86_64::R15, all.r15),
        ];
        Ok(Registers::new(values, all.rip.wrapping_sub(self.distance)))
    }

    fn pid_of(&self, thread: u32) -> Pid {
        Pid::from_raw(self.threads.id(thread))
    }

    /// Ids of all threads there ever were: they differ from run to run.
    pub(crate) fn ids(&self) -> impl Iterator<Item = i32> {
        self.threads.ids()
    }

    /// What the program has printed.
    pub(crate) fn output(&self) -> Vec<u8> {
        self.child.output_so_far()
    }

    /// Why a limit ended the program, if one did.
    pub(crate) fn stopped(&self) -> Option<Exit> {
        self.child.stopped()
    }

    /// Ends the program.
    pub(crate) fn finish(self) -> Result<Outcome, TraceError> {
        self.child.finish().map_err(from_runner)
    }

    /// Lets the program run until something happens.
    pub(crate) fn next(&mut self) -> Result<Occurrence, TraceError> {
        loop {
            if let Some(occurrence) = self.threads.take_pending() {
                return Ok(occurrence);
            }
            let resumed = self.threads.runnable().map(|thread| self.resume(thread)).transpose()?;
            if let Some(occurrence) = resumed.flatten() {
                return Ok(occurrence);
            }
            let event = self.wait()?;
            if let Some(occurrence) = event.map(|event| self.handle(event)).transpose()?.flatten() {
                return Ok(occurrence);
            }
        }
    }

    /// Lets one thread go on, past the breakpoint at which it may be.
    fn resume(&mut self, thread: u32) -> Result<Option<Occurrence>, TraceError> {
        let pid = self.pid_of(thread);
        let signal = self.threads.take_signal(thread).and_then(|signal| signal::Signal::try_from(signal).ok());
        let at = ptrace::getregs(pid).map_err(lost)?.rip;
        if let (Some(byte), None) = (self.breakpoints.get(&at).copied(), signal) {
            self.write(at, byte)?;
            ptrace::step(pid, None).map_err(lost)?;
            let event = self.wait_for(thread)?;
            self.write(at, TRAP)?;
            match event {
                Event::Stopped { signal, .. } if signal.0 == signal::Signal::SIGTRAP as i32 => {}
                other => return self.handle(other),
            }
        }
        self.threads.set(thread, Activity::Running);
        // Among several threads, one that wakes from a system call must not run before it is its turn.
        let result = if self.threads.is_one() { ptrace::cont(pid, signal) } else { ptrace::syscall(pid, signal) };
        result.map_err(lost)?;
        Ok(None)
    }

    /// The next report of one thread; those of others are kept.
    fn wait_for(&mut self, thread: u32) -> Result<Event, TraceError> {
        let id = self.threads.id(thread);
        loop {
            let event = self.child.wait().map_err(from_runner)?;
            match event {
                Event::Ended => return Ok(event),
                Event::Stopped { thread, .. } | Event::Cloned { thread, .. } if thread == id => return Ok(event),
                Event::Forked { thread } | Event::Replaced { thread } if thread == id => return Ok(event),
                other => {
                    if let Some(occurrence) = self.handle(other)? {
                        self.threads.put_off(occurrence);
                    }
                }
            }
        }
    }

    /// The next report of anybody. `None` when the running thread fell asleep, and others can go on.
    fn wait(&mut self) -> Result<Option<Event>, TraceError> {
        let mut asleep = 0;
        while self.threads.others_wait() {
            if let Some(event) = self.child.poll().map_err(from_runner)? {
                return Ok(Some(event));
            }
            asleep = if self.threads.running_sleeps() { asleep + 1 } else { 0 };
            if asleep == LOOKS {
                self.threads.running_is_blocked();
                return Ok(None);
            }
            std::thread::sleep(LOOK);
        }
        self.child.wait().map(Some).map_err(from_runner)
    }

    fn handle(&mut self, event: Event) -> Result<Option<Occurrence>, TraceError> {
        Ok(match event {
            Event::Ended => Some(Occurrence::Over),
            Event::Cloned { thread, new } => {
                let thread = self.threads.number(thread);
                self.threads.set(thread, Activity::Held);
                let began = self.threads.number(new);
                Some(Occurrence::Began { thread: began })
            }
            Event::ThreadEnded { thread } => {
                let thread = self.threads.number(thread);
                self.threads.set(thread, Activity::Gone);
                Some(Occurrence::Ended { thread })
            }
            Event::Forked { thread } | Event::Replaced { thread } => {
                Some(Occurrence::Forked { thread: self.threads.number(thread) })
            }
            Event::Stopped { thread, signal } => self.stopped_by(thread, signal)?,
            Event::Syscall { thread } => self.at_syscall(thread)?,
        })
    }

    /// A system call begins or ends. Whoever slept in it waits for its turn; whoever runs goes on.
    fn at_syscall(&mut self, id: i32) -> Result<Option<Occurrence>, TraceError> {
        let thread = self.threads.number(id);
        if self.threads.is_blocked(thread) {
            self.threads.set(thread, Activity::Held);
        } else {
            ptrace::syscall(Pid::from_raw(id), None).map_err(lost)?;
        }
        Ok(None)
    }

    fn stopped_by(&mut self, id: i32, signal: Signal) -> Result<Option<Occurrence>, TraceError> {
        let thread = self.threads.number(id);
        self.threads.set(thread, Activity::Held);
        // A new thread begins with this one.
        if signal.0 == signal::Signal::SIGSTOP as i32 {
            return Ok(None);
        }
        let pid = Pid::from_raw(id);
        let mut registers = ptrace::getregs(pid).map_err(lost)?;
        let address = registers.rip.wrapping_sub(1);
        if signal.0 == signal::Signal::SIGTRAP as i32 && self.breakpoints.contains_key(&address) {
            registers.rip = address;
            ptrace::setregs(pid, registers).map_err(lost)?;
            let address = address.wrapping_sub(self.distance);
            return Ok(Some(Occurrence::Breakpoint { thread, address }));
        }
        if signal.0 == signal::Signal::SIGTRAP as i32 {
            return Ok(None);
        }
        self.threads.pass_on(thread, signal.0);
        Ok(Some(Occurrence::Signal { thread, signal }))
    }
}

/// A thread that vanished was killed by a limit; the wait tells.
fn lost(error: nix::errno::Errno) -> TraceError {
    TraceError::Lost(error.to_string())
}

/// A refusal of ptrace is told apart: it is a gap.
pub(crate) fn from_runner(error: RunnerError) -> TraceError {
    match error {
        RunnerError::Untraceable { .. } => TraceError::Refused(error.to_string()),
        other => TraceError::Lost(other.to_string()),
    }
}
