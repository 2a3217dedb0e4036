//! Functions of the source file, and their variables.

use std::collections::BTreeSet;
use std::ops::Range;

use gimli::constants as dw;
use gimli::{
    AttributeValue, DebuggingInformationEntry, Encoding, EndianSlice, EvaluationResult, LittleEndian, UnitOffset,
};

use super::types::TypeReader;
use super::{Dwarf, Program, Reader, Registers, TypeId, Unit, names, number, text};
use crate::memory::Memory;

/// A function of the source file.
#[derive(Debug)]
pub(crate) struct Function {
    /// Its name, without the crate.
    pub(crate) name: String,
    /// Addresses of its code.
    pub(crate) code: Range<u64>,
    /// The first address at which its frame is complete and its arguments are stored.
    pub(crate) body: u64,
    /// Its variables, in the order in which they are declared.
    pub(crate) variables: Vec<Variable>,
    /// What its variables are counted from.
    base: Formula,
}

/// A variable of a function.
#[derive(Debug)]
pub(crate) struct Variable {
    pub(crate) name: String,
    /// The line on which it is declared.
    pub(crate) line: u32,
    pub(crate) is_argument: bool,
    pub(crate) of: TypeId,
    /// Addresses of the code that can name it.
    pub(crate) scope: Vec<Range<u64>>,
    /// Where it is; by address of the code where that differs.
    places: Vec<(Option<Range<u64>>, Formula)>,
}

/// A computation of an address, as DWARF writes it.
#[derive(Clone, Debug)]
struct Formula {
    code: Vec<u8>,
    encoding: Encoding,
}

impl Variable {
    pub(crate) fn is_in_scope(&self, address: u64) -> bool {
        self.scope.iter().any(|range| range.contains(&address))
    }

    /// Where the variable is in the frame of `function` with these registers; none when it is in no memory.
    pub(crate) fn address(&self, function: &Function, frame: &Registers, memory: &dyn Memory) -> Option<u64> {
        let is_here = |range: &Option<Range<u64>>| range.as_ref().is_none_or(|range| range.contains(&frame.pc_in_file));
        let (_, formula) = self.places.iter().find(|(range, _)| is_here(range))?;
        formula.evaluate(frame, Some(&function.base), memory)
    }
}

impl Formula {
    fn evaluate(&self, frame: &Registers, base: Option<&Self>, memory: &dyn Memory) -> Option<u64> {
        let mut evaluation = gimli::Evaluation::new(EndianSlice::new(&self.code, LittleEndian), self.encoding);
        let mut result = evaluation.evaluate().ok()?;
        loop {
            result = match result {
                EvaluationResult::Complete => break,
                EvaluationResult::RequiresFrameBase => {
                    let base = base?.evaluate(frame, None, memory)?;
                    evaluation.resume_with_frame_base(base).ok()?
                }
                EvaluationResult::RequiresRegister { register, .. } => {
                    evaluation.resume_with_register(gimli::Value::Generic(frame.get(register)?)).ok()?
                }
                EvaluationResult::RequiresMemory { address, .. } => {
                    evaluation.resume_with_memory(gimli::Value::Generic(memory.word(address)?)).ok()?
                }
                EvaluationResult::RequiresCallFrameCfa => evaluation.resume_with_call_frame_cfa(frame.cfa).ok()?,
                _ => return None,
            };
        }
        match evaluation.as_result() {
            [piece] => match piece.location {
                gimli::Location::Address { address } => Some(address),
                // The base of a frame may be a register, and then means what is in it.
                gimli::Location::Register { register } if base.is_none() => frame.get(register),
                _ => None,
            },
            _ => None,
        }
    }
}

/// Reads the functions of the files with these numbers.
pub(super) fn read<'d>(
    dwarf: &Dwarf<'d>,
    unit: &Unit<'d>,
    files: &[u64],
    prologues: &[u64],
    program: &mut Program,
) -> gimli::Result<()> {
    let of_std = std_types(dwarf, unit)?;
    let is_std = |offset: UnitOffset| of_std.contains(&offset.0);
    let mut types = TypeReader::new(dwarf, unit, &mut program.types, &is_std);
    let mut place = Place::default();
    let mut entries = unit.entries();
    while let Some(entry) = entries.next_dfs()? {
        let depth = entry.depth();
        program.functions.extend(place.leave(depth));
        match entry.tag() {
            dw::DW_TAG_subprogram => {
                if let Some(begun) = begin(dwarf, unit, entry, files, prologues)? {
                    place.scopes.push((depth, vec![begun.code.clone()]));
                    place.function = Some((depth, begun));
                }
            }
            dw::DW_TAG_lexical_block => place.scopes.push((depth, ranges(dwarf, unit, entry)?)),
            dw::DW_TAG_inlined_subroutine if place.inlined.is_none() => {
                place.inlined = Some(depth);
                if place.function.is_some() {
                    program.rows.extend(inlined_rows(dwarf, unit, entry, files)?);
                }
            }
            dw::DW_TAG_variable | dw::DW_TAG_formal_parameter if place.inlined.is_none() => {
                let scope = place.scopes.last().map(|(_, ranges)| ranges.as_slice()).unwrap_or_default();
                if let Some((_, function)) = &mut place.function {
                    function.variables.extend(variable(dwarf, unit, entry, scope, files, &mut types)?);
                }
            }
            _ => {}
        }
    }
    program.functions.extend(place.leave(0));
    Ok(())
}

/// Where we are among the entries of a unit, each with its depth.
#[derive(Default)]
struct Place {
    function: Option<(isize, Function)>,
    scopes: Vec<(isize, Vec<Range<u64>>)>,
    inlined: Option<isize>,
}

impl Place {
    /// An entry of this depth begins: what was not above it has ended. Gives the function that has.
    fn leave(&mut self, depth: isize) -> Option<Function> {
        self.scopes.retain(|(of, _)| *of < depth);
        self.inlined = self.inlined.filter(|of| *of < depth);
        self.function.take_if(|(of, _)| *of >= depth).map(|(_, function)| function)
    }
}

/// Code of a library that was built into a function belongs to the line that calls it. The line table names
/// the library's lines instead.
fn inlined_rows<'d>(
    dwarf: &Dwarf<'d>,
    unit: &Unit<'d>,
    entry: &DebuggingInformationEntry<Reader<'d>>,
    files: &[u64],
) -> gimli::Result<Vec<(u64, u32)>> {
    let is_ours =
        matches!(entry.attr_value(dw::DW_AT_call_file), Some(AttributeValue::FileIndex(file)) if files.contains(&file));
    let line = number(entry, dw::DW_AT_call_line).and_then(|line| u32::try_from(line).ok());
    let (Some(line), true) = (line, is_ours) else { return Ok(Vec::new()) };
    Ok(ranges(dwarf, unit, entry)?.into_iter().map(|range| (range.start, line)).collect())
}

/// Types that are declared in the namespaces of the standard library.
fn std_types(dwarf: &Dwarf<'_>, unit: &Unit<'_>) -> gimli::Result<BTreeSet<usize>> {
    let mut found = BTreeSet::new();
    let mut is_inside = false;
    let mut entries = unit.entries();
    while let Some(entry) = entries.next_dfs()? {
        if entry.depth() == 1 {
            let name = text(dwarf, unit, entry, dw::DW_AT_name).unwrap_or_default();
            let is_std = matches!(name.as_str(), "core" | "alloc" | "std");
            // Boxes have full names, and stand outside of all namespaces.
            let is_box = name.starts_with("alloc::boxed::Box<");
            is_inside = is_box || (entry.tag() == dw::DW_TAG_namespace && is_std);
        }
        if is_inside && matches!(entry.tag(), dw::DW_TAG_structure_type | dw::DW_TAG_pointer_type) {
            found.insert(entry.offset().0);
        }
    }
    Ok(found)
}

fn begin<'d>(
    dwarf: &Dwarf<'d>,
    unit: &Unit<'d>,
    entry: &DebuggingInformationEntry<Reader<'d>>,
    files: &[u64],
    prologues: &[u64],
) -> gimli::Result<Option<Function>> {
    let ranges = ranges(dwarf, unit, entry)?;
    let (Some(code), Some(base)) = (ranges.first().cloned(), entry.attr_value(dw::DW_AT_frame_base)) else {
        return Ok(None);
    };
    let declared = match entry.attr_value(dw::DW_AT_specification) {
        Some(AttributeValue::UnitRef(offset)) => unit.entry(offset)?,
        _ => entry.clone(),
    };
    let attribute = |name| entry.attr_value(name).or_else(|| declared.attr_value(name));
    let is_ours =
        matches!(attribute(dw::DW_AT_decl_file), Some(AttributeValue::FileIndex(file)) if files.contains(&file));
    let linkage = text(dwarf, unit, entry, dw::DW_AT_linkage_name)
        .or_else(|| text(dwarf, unit, &declared, dw::DW_AT_linkage_name))
        .or_else(|| text(dwarf, unit, &declared, dw::DW_AT_name));
    let (Some(linkage), true, Some(base)) = (linkage, is_ours, base.exprloc_value()) else { return Ok(None) };
    let body = prologues.iter().copied().find(|address| code.contains(address)).unwrap_or(code.start);
    let base = formula(unit, &base);
    Ok(Some(Function { name: names::function(&linkage), code, body, variables: Vec::new(), base }))
}

fn variable<'d>(
    dwarf: &Dwarf<'d>,
    unit: &Unit<'d>,
    entry: &DebuggingInformationEntry<Reader<'d>>,
    scope: &[Range<u64>],
    files: &[u64],
    types: &mut TypeReader<'_, 'd>,
) -> gimli::Result<Option<Variable>> {
    let is_ours =
        matches!(entry.attr_value(dw::DW_AT_decl_file), Some(AttributeValue::FileIndex(file)) if files.contains(&file));
    let (true, Some(name)) = (is_ours, text(dwarf, unit, entry, dw::DW_AT_name)) else { return Ok(None) };
    let places = places(dwarf, unit, entry)?;
    if places.is_empty() {
        return Ok(None);
    }
    let Some(of) = types.of(entry) else { return Ok(None) };
    let line = number(entry, dw::DW_AT_decl_line).and_then(|line| u32::try_from(line).ok()).unwrap_or(0);
    let is_argument = entry.tag() == dw::DW_TAG_formal_parameter;
    Ok(Some(Variable { name, line, is_argument, of, scope: scope.to_vec(), places }))
}

/// One formula, or a list of them for parts of the code.
fn places<'d>(
    dwarf: &Dwarf<'d>,
    unit: &Unit<'d>,
    entry: &DebuggingInformationEntry<Reader<'d>>,
) -> gimli::Result<Vec<(Option<Range<u64>>, Formula)>> {
    let Some(location) = entry.attr_value(dw::DW_AT_location) else { return Ok(Vec::new()) };
    if let Some(expression) = location.exprloc_value() {
        return Ok(vec![(None, formula(unit, &expression))]);
    }
    let mut places = Vec::new();
    if let Some(mut list) = dwarf.attr_locations(unit, location)? {
        while let Some(place) = list.next()? {
            places.push((Some(place.range.begin..place.range.end), formula(unit, &place.data)));
        }
    }
    Ok(places)
}

fn formula(unit: &Unit<'_>, expression: &gimli::Expression<Reader<'_>>) -> Formula {
    Formula { code: expression.0.slice().to_vec(), encoding: unit.encoding() }
}

fn ranges<'d>(
    dwarf: &Dwarf<'d>,
    unit: &Unit<'d>,
    entry: &DebuggingInformationEntry<Reader<'d>>,
) -> gimli::Result<Vec<Range<u64>>> {
    let mut found = Vec::new();
    let mut ranges = dwarf.die_ranges(unit, entry)?;
    while let Some(range) = ranges.next()? {
        found.push(range.begin..range.end);
    }
    Ok(found)
}
