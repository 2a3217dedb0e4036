//! What the compiler wrote about a program: which address belongs to which line, which function has which
//! variables, where they are, and of which type.
//!
//! Only what belongs to one source file is read, which takes a few milliseconds. Addresses are those of the
//! file; a loaded program has them at some distance.

mod functions;
mod names;
mod types;
mod unwind;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use gimli::constants as dw;
use gimli::{AttributeValue, DebuggingInformationEntry, DwAt, EndianSlice, LittleEndian};
use object::read::elf::ElfFile64;
use object::{Object, ObjectSection, ObjectSymbol};

use crate::TraceError;
pub(crate) use functions::{Function, Variable};
pub(crate) use types::{Choice, Kind, TypeId, Types, Variant};
pub(crate) use unwind::{Registers, Unwinder};

type Reader<'d> = EndianSlice<'d, LittleEndian>;
type Dwarf<'d> = gimli::Dwarf<Reader<'d>>;
type Unit<'d> = gimli::Unit<Reader<'d>>;

/// What is known about a program.
#[derive(Debug)]
pub(crate) struct Program {
    /// The compiler, as it calls itself.
    pub(crate) compiler: String,
    /// Line of each address at which a statement of the file begins.
    pub(crate) rows: BTreeMap<u64, u32>,
    /// Functions of the file, in order of address.
    pub(crate) functions: Vec<Function>,
    pub(crate) types: Types,
    /// Functions of the allocator.
    pub(crate) allocator: Vec<(u64, Call)>,
    /// Code of the standard library that allocates for itself, and what for.
    purposes: Vec<(Range<u64>, &'static str)>,
    pub(crate) unwinder: Unwinder,
}

/// A function of the allocator, as the compiler calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    /// `(size, align) -> block`, with or without zeros.
    Alloc,
    /// `(block, size, align)`.
    Dealloc,
    /// `(block, old size, align, new size) -> block`.
    Realloc,
}

impl Program {
    /// Reads an executable that was compiled from the source file `file`.
    pub(crate) fn read(bytes: &[u8], file: &Path) -> Result<Self, TraceError> {
        let broken = |error: &dyn std::fmt::Display| TraceError::Unreadable(error.to_string());
        let elf = ElfFile64::<LittleEndianElf>::parse(bytes).map_err(|error| broken(&error))?;
        let section = |id: gimli::SectionId| -> Result<Reader<'_>, gimli::Error> {
            let data = elf.section_by_name(id.name()).and_then(|section| section.data().ok());
            Ok(EndianSlice::new(data.unwrap_or_default(), LittleEndian))
        };
        let dwarf = Dwarf::load(section).map_err(|error| broken(&error))?;
        let mut program = Self {
            compiler: String::new(),
            rows: BTreeMap::new(),
            functions: Vec::new(),
            types: Types::default(),
            allocator: elf
                .symbols()
                .filter_map(|symbol| Some((symbol.address(), call(symbol.name().ok()?)?)))
                .collect(),
            purposes: elf
                .symbols()
                .filter_map(|symbol| purpose(symbol.name().ok()?, symbol.address(), symbol.size()))
                .collect(),
            unwinder: Unwinder::new(&elf),
        };
        program.read_units(&dwarf, file).map_err(|error| broken(&error))?;
        program.functions.sort_by_key(|function| function.code.start);
        if program.functions.is_empty() || program.rows.is_empty() {
            let file = file.display().to_string();
            return Err(TraceError::NoDebugInformation { file });
        }
        Ok(program)
    }

    fn read_units(&mut self, dwarf: &Dwarf<'_>, file: &Path) -> gimli::Result<()> {
        let mut headers = dwarf.units();
        while let Some(header) = headers.next()? {
            let unit = dwarf.unit(header)?;
            let Some(path) = source_of(&unit) else { continue };
            if path.starts_with("/rustc/") || Path::new(&path).file_name() != file.file_name() {
                continue;
            }
            let root = unit.entry(unit.header.root_offset())?;
            self.compiler = text(dwarf, &unit, &root, dw::DW_AT_producer).map_or(String::new(), |text| compiler(&text));
            let files = files_of(dwarf, &unit, &path)?;
            let prologues = self.read_rows(&unit, &files)?;
            functions::read(dwarf, &unit, &files, &prologues, self)?;
        }
        Ok(())
    }

    /// Reads the lines of a unit; gives the addresses at which functions have set up their frames.
    fn read_rows(&mut self, unit: &Unit<'_>, files: &[u64]) -> gimli::Result<Vec<u64>> {
        let mut prologues = Vec::new();
        let Some(lines) = unit.line_program.clone() else { return Ok(prologues) };
        let mut rows = lines.rows();
        while let Some((_, row)) = rows.next_row()? {
            if row.prologue_end() {
                prologues.push(row.address());
            }
            let is_ours = row.is_stmt() && !row.end_sequence() && files.contains(&row.file_index());
            if let (true, Some(line)) = (is_ours, row.line()) {
                self.rows.insert(row.address(), u32::try_from(line.get()).unwrap_or(u32::MAX));
            }
        }
        prologues.sort_unstable();
        Ok(prologues)
    }

    /// The function that holds an address.
    pub(crate) fn function_at(&self, address: u64) -> Option<&Function> {
        let after = self.functions.partition_point(|function| function.code.start <= address);
        self.functions[..after].last().filter(|function| function.code.contains(&address))
    }

    /// The line of an address inside of a function: that of the last row at or before it.
    pub(crate) fn line_at(&self, address: u64) -> u32 {
        let start = self.function_at(address).map_or(address, |function| function.code.start);
        self.rows.range(start..=address).next_back().map_or(0, |(_, line)| *line)
    }

    /// What code of the standard library allocates for, when it does so for itself.
    pub(crate) fn purpose_at(&self, address: u64) -> Option<&'static str> {
        self.purposes.iter().find(|(code, _)| code.contains(&address)).map(|(_, purpose)| *purpose)
    }

    /// The addresses at which a step begins: each statement, except where a function still makes its frame.
    pub(crate) fn stops(&self) -> impl Iterator<Item = u64> {
        let is_stop = |address: &u64| self.function_at(*address).is_some_and(|function| *address >= function.body);
        self.rows.keys().copied().filter(is_stop)
    }
}

type LittleEndianElf = object::LittleEndian;

/// The path of the source file of a unit: rustc writes `path/@/name of the code unit`.
fn source_of(unit: &Unit<'_>) -> Option<String> {
    let name = unit.name?.to_string_lossy();
    name.split_once("/@/").map(|(path, _)| path.to_owned())
}

/// Numbers that a unit's line table gives to its own source file.
fn files_of(dwarf: &Dwarf<'_>, unit: &Unit<'_>, path: &str) -> gimli::Result<Vec<u64>> {
    let Some(lines) = &unit.line_program else { return Ok(Vec::new()) };
    let header = lines.header();
    let string = |value| dwarf.attr_string(unit, value).map(|text| text.to_string_lossy().into_owned());
    let base = unit.comp_dir.map_or(String::new(), |folder| folder.to_string_lossy().into_owned());
    let mut found = Vec::new();
    for index in 0..=header.file_names().len() as u64 {
        let Some(file) = header.file(index) else { continue };
        let folder = file.directory(header).map(string).transpose()?.unwrap_or_default();
        // Names may be relative to their folder, and that to the folder in which the compiler was called.
        let full = Path::new(&base).join(folder).join(string(file.path_name())?);
        if full == Path::new(&base).join(path) {
            found.push(index);
        }
    }
    Ok(found)
}

/// `clang LLVM (rustc version 1.95.0 (59807616e 2026-04-14))` becomes `rustc 1.95.0`.
fn compiler(producer: &str) -> String {
    let version = producer.split_once("rustc version ").and_then(|(_, rest)| rest.split([' ', ')']).next());
    version.map_or_else(|| producer.to_owned(), |version| format!("rustc {version}"))
}

fn call(symbol: &str) -> Option<Call> {
    let name = symbol.contains("___rustc").then(|| symbol.rsplit_once("___rust_").map(|(_, name)| name))??;
    match name {
        "alloc" | "alloc_zeroed" => Some(Call::Alloc),
        "dealloc" => Some(Call::Dealloc),
        "realloc" => Some(Call::Realloc),
        _ => None,
    }
}

/// Functions that allocate for themselves, known by the path in their symbols, which both ways of mangling
/// write alike.
fn purpose(symbol: &str, start: u64, size: u64) -> Option<(Range<u64>, &'static str)> {
    const KNOWN: [(&str, &str); 4] = [
        ("2io5stdio", "buffer of stdout"),
        ("3std6thread", "thread"),
        ("3std3sys6thread", "thread"),
        ("3std9panicking", "panic"),
    ];
    let (_, purpose) = KNOWN.iter().find(|(path, _)| symbol.contains(path)).filter(|_| size > 0)?;
    Some((start..start + size, purpose))
}

fn text(
    dwarf: &Dwarf<'_>,
    unit: &Unit<'_>,
    entry: &DebuggingInformationEntry<Reader<'_>>,
    name: DwAt,
) -> Option<String> {
    let value = entry.attr_value(name)?;
    Some(dwarf.attr_string(unit, value).ok()?.to_string_lossy().into_owned())
}

fn number(entry: &DebuggingInformationEntry<Reader<'_>>, name: DwAt) -> Option<u64> {
    let value = entry.attr_value(name)?;
    match value {
        AttributeValue::Sdata(number) => Some(number.cast_unsigned()),
        _ => value.udata_value().or_else(|| value.sdata_value().map(i64::cast_unsigned)),
    }
}
