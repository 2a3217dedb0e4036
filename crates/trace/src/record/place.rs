//! Putting the stack where it always is.
//!
//! With randomization off, the stack of `main` still moves by some bytes from kernel to kernel and from one
//! C library to the next: both put things of different sizes above it. So the program is started once to see
//! where its stack would be, and then again with as many bytes more in its environment as bring it to a
//! fixed address. Addresses stay real, and are the same on every machine with the same heap.

use std::path::Path;

use model::recording::Address;
use runner::Command;

use crate::TraceError;
use crate::dwarf::Program;
use crate::frames;
use crate::machine::{self, Machine, Occurrence};

/// The end of the frame of `main`: two pages below the end of the stack, so that nothing above it is larger.
const BASE: Address = Address(0x7fff_ffff_d000);
/// The variable that holds the bytes.
const PADDING: &str = "WDL_PADDING";
/// More than this is never asked for: then the stack is where nobody expects it, and stays there.
const MOST: u64 = 64 * 1024;

/// Starts the program with its stack in place. `first` is the lowest address of its file.
pub(super) fn start(command: &Command, program: &Program, first: u64) -> Result<Machine, TraceError> {
    let start = |bytes: u64| {
        let padding = ".".repeat(usize::try_from(bytes).unwrap_or(0));
        let child = command.clone().env(PADDING, Path::new(&padding)).trace().map_err(machine::from_runner)?;
        Machine::new(child, first)
    };
    let found = base(start(0)?, program)?;
    let missing = found.and_then(|base| base.checked_sub(BASE.0)).filter(|missing| *missing <= MOST);
    start(missing.unwrap_or(0))
}

/// Where the frame of `main` ends. None where the file has no `main`, or does not come to it.
fn base(mut machine: Machine, program: &Program) -> Result<Option<u64>, TraceError> {
    let Some(main) = program.functions.iter().find(|function| function.name == "main") else { return Ok(None) };
    machine.set(main.body)?;
    let Occurrence::Breakpoint { thread, .. } = machine.next()? else { return Ok(None) };
    let registers = machine.registers(thread)?;
    Ok(frames::of_thread(program, &machine, registers).last().map(|call| call.registers.cfa))
}
