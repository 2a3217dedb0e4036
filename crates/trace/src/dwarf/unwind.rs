//! From the frame of a function to that of its caller, by the tables that panics use too (`.eh_frame`).

use gimli::{
    BaseAddresses, CfaRule, EhFrame, EhFrameHdr, LittleEndian, Register, RegisterRule, UnwindContext, UnwindSection,
    X86_64,
};
use object::read::elf::ElfFile64;
use object::{Object, ObjectSection};

use crate::memory::Memory;

/// Registers that a frame has, by the numbers that DWARF gives them.
const COUNT: usize = 17;

/// The registers of one frame.
#[derive(Clone, Debug)]
pub(crate) struct Registers {
    values: [Option<u64>; COUNT],
    /// The address that is executed next, or that the call above returns to; as the file counts.
    pub(crate) pc_in_file: u64,
    /// The value of the stack pointer before the call of this function: the end of its frame.
    pub(crate) cfa: u64,
}

impl Registers {
    /// The registers of the innermost frame. Its end is found by [`Unwinder::caller`].
    pub(crate) fn new(values: impl IntoIterator<Item = (Register, u64)>, pc_in_file: u64) -> Self {
        let mut registers = Self { values: [None; COUNT], pc_in_file, cfa: 0 };
        values.into_iter().for_each(|(register, value)| registers.set(register, Some(value)));
        registers
    }

    pub(crate) fn get(&self, register: Register) -> Option<u64> {
        self.values.get(usize::from(register.0)).copied().flatten()
    }

    fn set(&mut self, register: Register, value: Option<u64>) {
        if let Some(place) = self.values.get_mut(usize::from(register.0)) {
            *place = value;
        }
    }

    pub(crate) fn stack_pointer(&self) -> u64 {
        self.get(X86_64::RSP).unwrap_or(0)
    }
}

/// The tables.
#[derive(Debug)]
pub(crate) struct Unwinder {
    frames: Vec<u8>,
    index: Vec<u8>,
    frames_at: u64,
    index_at: u64,
    text_at: u64,
}

impl Unwinder {
    pub(super) fn new(elf: &ElfFile64<'_, object::LittleEndian>) -> Self {
        let section = |name: &str| {
            let section = elf.section_by_name(name);
            let data = section.as_ref().and_then(|section| section.data().ok()).unwrap_or_default().to_vec();
            (data, section.map_or(0, |section| section.address()))
        };
        let ((frames, frames_at), (index, index_at)) = (section(".eh_frame"), section(".eh_frame_hdr"));
        Self { frames, index, frames_at, index_at, text_at: section(".text").1 }
    }

    /// Finds the end of a frame, and the registers of the caller. None where no table covers the code: at
    /// the end of the stack, or in a library.
    ///
    /// `is_call` tells that the frame waits for a call, which may be the last instruction of its code.
    pub(crate) fn caller(
        &self,
        frame: &mut Registers,
        distance: u64,
        is_call: bool,
        memory: &dyn Memory,
    ) -> Option<Registers> {
        let bases = BaseAddresses::default()
            .set_eh_frame(self.frames_at)
            .set_eh_frame_hdr(self.index_at)
            .set_text(self.text_at);
        let index = EhFrameHdr::new(&self.index, LittleEndian).parse(&bases, 8).ok()?;
        let frames = EhFrame::new(&self.frames, LittleEndian);
        let address = frame.pc_in_file - u64::from(is_call);
        let mut context = UnwindContext::new();
        let row = index
            .table()?
            .unwind_info_for_address(&frames, &bases, &mut context, address, |frames, bases, offset| {
                frames.cie_from_offset(bases, offset)
            })
            .ok()?;
        let CfaRule::RegisterAndOffset { register, offset } = row.cfa() else { return None };
        frame.cfa = frame.get(*register)?.wrapping_add_signed(*offset);
        let mut caller = frame.clone();
        for (register, rule) in row.registers() {
            caller.set(*register, saved(rule, frame, memory));
        }
        let returns_to = caller.get(X86_64::RA).filter(|_| row.register(X86_64::RA).is_some())?;
        caller.set(X86_64::RSP, Some(frame.cfa));
        caller.pc_in_file = returns_to.wrapping_sub(distance);
        Some(caller)
    }
}

fn saved(rule: &RegisterRule<usize>, frame: &Registers, memory: &dyn Memory) -> Option<u64> {
    match rule {
        RegisterRule::Offset(offset) => memory.word(frame.cfa.wrapping_add_signed(*offset)),
        RegisterRule::ValOffset(offset) => Some(frame.cfa.wrapping_add_signed(*offset)),
        RegisterRule::Register(other) => frame.get(*other),
        _ => None,
    }
}
