//! The frames of a thread that belong to functions of the source file.

use crate::dwarf::{Program, Registers};
use crate::machine::Machine;

/// Frames that are followed.
const DEEPEST: usize = 20_000;

/// One call that has not returned.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    /// Place of the function in [`Program::functions`].
    pub(crate) function: usize,
    pub(crate) registers: Registers,
    /// Whether it waits for a call, or is the one that runs.
    pub(crate) is_waiting: bool,
}

impl Call {
    /// The address that tells where in the code the frame is. A call may be the last instruction of its line,
    /// so that the address to which it returns would be on the next.
    pub(crate) fn place(&self) -> u64 {
        self.registers.pc_in_file - u64::from(self.is_waiting)
    }
}

/// Calls of functions of the file, the innermost first; those of libraries in between are left out.
pub(crate) fn of_thread(program: &Program, machine: &Machine, registers: Registers) -> Vec<Call> {
    let mut calls = Vec::new();
    walk(program, machine, registers, |registers, is_waiting| {
        let place = registers.pc_in_file - u64::from(is_waiting);
        if let Some(function) = index_of(program, place) {
            calls.push(Call { function, registers: registers.clone(), is_waiting });
            return program.functions[function].name == "main";
        }
        false
    });
    calls
}

/// The line of the innermost frame of the file, 0 where there is none, and what the library that it called
/// allocates for.
pub(crate) fn origin(program: &Program, machine: &Machine, registers: Registers) -> (u32, Option<&'static str>) {
    let (mut line, mut purpose) = (0, None);
    walk(program, machine, registers, |registers, is_waiting| {
        let place = registers.pc_in_file - u64::from(is_waiting);
        if program.function_at(place).is_some() {
            line = program.line_at(place);
            return true;
        }
        purpose = purpose.or_else(|| program.purpose_at(place));
        false
    });
    (line, purpose)
}

/// Goes from frame to frame until `visit` has seen enough.
fn walk(
    program: &Program,
    machine: &Machine,
    mut registers: Registers,
    mut visit: impl FnMut(&Registers, bool) -> bool,
) {
    for depth in 0..DEEPEST {
        let is_waiting = depth > 0;
        let caller = program.unwinder.caller(&mut registers, machine.distance, is_waiting, machine);
        if visit(&registers, is_waiting) {
            return;
        }
        match caller {
            Some(caller) if caller.pc_in_file > 0 => registers = caller,
            _ => return,
        }
    }
}

fn index_of(program: &Program, address: u64) -> Option<usize> {
    let function = program.function_at(address)?;
    program.functions.iter().position(|other| std::ptr::eq(other, function))
}
