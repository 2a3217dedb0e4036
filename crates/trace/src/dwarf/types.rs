//! Types of the recorded program: how many bytes, and what stands in them.

use std::collections::BTreeMap;

use gimli::constants as dw;
use gimli::{AttributeValue, DebuggingInformationEntry, UnitOffset};

use super::{Dwarf, Reader, Unit, names, number, text};

/// Place of a type in [`Types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TypeId(usize);

/// A type.
#[derive(Clone, Debug)]
pub(crate) struct Type {
    /// As Rust writes it.
    pub(crate) name: String,
    /// In bytes.
    pub(crate) size: u64,
    /// What it is made of.
    pub(crate) kind: Kind,
    /// Whether it is of the standard library, so that its name means what everybody thinks.
    pub(crate) is_std: bool,
    /// Its type parameters, by name.
    pub(crate) parameters: Vec<(String, TypeId)>,
}

/// What a type is made of.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Bool,
    Char,
    Signed,
    Unsigned,
    Float,
    /// One machine word that points to a value, or to nothing that is known.
    Pointer(Option<TypeId>),
    Array(TypeId, u64),
    Struct(Vec<Field>),
    /// An enum without fields: discriminants and names.
    Names(Vec<(u64, String)>),
    Enum(Choice),
    /// A union, a function, or something that no Rust of today has.
    Opaque,
}

/// A field of a struct, tuple or variant.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    /// In bytes, from the beginning of the value.
    pub(crate) at: u64,
    pub(crate) of: TypeId,
}

/// An enum with fields.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choice {
    /// Where the discriminant is, and its size; none where there is only one variant.
    pub(crate) tag: Option<(u64, u64)>,
    pub(crate) variants: Vec<Variant>,
}

/// One variant of an enum.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    pub(crate) name: String,
    /// The discriminant; none for the variant that all other values mean.
    pub(crate) value: Option<u64>,
    /// Its fields, as a struct.
    pub(crate) of: TypeId,
}

/// All types that the variables of the program lead to.
#[derive(Debug, Default)]
pub(crate) struct Types(Vec<Type>);

impl std::ops::Index<TypeId> for Types {
    type Output = Type;

    fn index(&self, id: TypeId) -> &Type {
        &self.0[id.0]
    }
}

impl Type {
    /// The name of a standard type before its parameters; empty for all others.
    pub(crate) fn std_name(&self) -> &str {
        if self.is_std { self.name.split('<').next().unwrap_or_default() } else { "" }
    }

    /// The fields of a struct; none for anything else.
    pub(crate) fn fields(&self) -> &[Field] {
        if let Kind::Struct(fields) = &self.kind { fields } else { &[] }
    }

    /// The type parameter of this name.
    pub(crate) fn parameter(&self, name: &str) -> Option<TypeId> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, id)| *id)
    }
}

/// Reads types of one unit; what they lead to is read too.
pub(crate) struct TypeReader<'a, 'd> {
    dwarf: &'a Dwarf<'d>,
    unit: &'a Unit<'d>,
    types: &'a mut Types,
    known: BTreeMap<usize, TypeId>,
    /// Read next. A list and no recursion, because types may be deep, and refer to themselves.
    waiting: Vec<(UnitOffset, TypeId)>,
    /// Types inside of the namespaces `core`, `alloc` and `std`.
    of_std: &'a dyn Fn(UnitOffset) -> bool,
}

impl<'a, 'd> TypeReader<'a, 'd> {
    pub(crate) fn new(
        dwarf: &'a Dwarf<'d>,
        unit: &'a Unit<'d>,
        types: &'a mut Types,
        of_std: &'a dyn Fn(UnitOffset) -> bool,
    ) -> Self {
        Self { dwarf, unit, types, known: BTreeMap::new(), waiting: Vec::new(), of_std }
    }

    /// The type that an entry names by `DW_AT_type`, complete.
    pub(crate) fn of(&mut self, entry: &DebuggingInformationEntry<Reader<'d>>) -> Option<TypeId> {
        let id = self.promise(entry)?;
        while let Some((offset, id)) = self.waiting.pop() {
            // A type that cannot be read is shown as bytes.
            if let Ok(read) = self.read(offset) {
                self.types.0[id.0] = read;
            }
        }
        Some(id)
    }

    fn promise(&mut self, entry: &DebuggingInformationEntry<Reader<'d>>) -> Option<TypeId> {
        let AttributeValue::UnitRef(offset) = entry.attr_value(dw::DW_AT_type)? else { return None };
        Some(*self.known.entry(offset.0).or_insert_with(|| {
            let id = TypeId(self.types.0.len());
            let (name, kind) = ("?".to_owned(), Kind::Opaque);
            self.types.0.push(Type { name, size: 0, kind, is_std: false, parameters: Vec::new() });
            self.waiting.push((offset, id));
            id
        }))
    }

    fn read(&mut self, offset: UnitOffset) -> gimli::Result<Type> {
        let entry = self.unit.entry(offset)?;
        let written = text(self.dwarf, self.unit, &entry, dw::DW_AT_name);
        let mut size = number(&entry, dw::DW_AT_byte_size).unwrap_or(0);
        let mut parameters = Vec::new();
        let kind = match entry.tag() {
            dw::DW_TAG_base_type => base(&entry),
            dw::DW_TAG_pointer_type => {
                size = 8;
                Kind::Pointer(self.promise(&entry))
            }
            dw::DW_TAG_enumeration_type => self.names(offset)?,
            dw::DW_TAG_array_type => self.array(offset, &entry)?,
            dw::DW_TAG_structure_type => self.structure(offset, &mut parameters)?,
            _ => Kind::Opaque,
        };
        let name = written.map_or_else(|| self.unnamed(&kind), |name| names::short(&name));
        if let Kind::Array(of, count) = kind {
            size = self.size_of(of)? * count;
        }
        Ok(Type { name, size, kind, is_std: (self.of_std)(offset), parameters })
    }

    /// Only arrays have no names.
    fn unnamed(&mut self, kind: &Kind) -> String {
        match kind {
            Kind::Array(of, count) => format!("[{}; {count}]", self.name_of(*of)),
            _ => "?".to_owned(),
        }
    }

    fn offset_of(&self, id: TypeId) -> Option<UnitOffset> {
        self.known.iter().find(|(_, known)| **known == id).map(|(offset, _)| UnitOffset(*offset))
    }

    /// The name of a type that may not have been read yet.
    fn name_of(&mut self, id: TypeId) -> String {
        let Some(offset) = self.offset_of(id) else { return "?".into() };
        let Ok(entry) = self.unit.entry(offset) else { return "?".into() };
        match text(self.dwarf, self.unit, &entry, dw::DW_AT_name) {
            Some(name) => names::short(&name),
            None => self.array(offset, &entry).map_or_else(|_| "?".into(), |kind| self.unnamed(&kind)),
        }
    }

    fn size_of(&mut self, id: TypeId) -> gimli::Result<u64> {
        let Some(offset) = self.offset_of(id) else { return Ok(0) };
        let entry = self.unit.entry(offset)?;
        match entry.tag() {
            dw::DW_TAG_array_type => {
                let Kind::Array(of, count) = self.array(offset, &entry)? else { return Ok(0) };
                Ok(self.size_of(of)? * count)
            }
            dw::DW_TAG_pointer_type => Ok(8),
            _ => Ok(number(&entry, dw::DW_AT_byte_size).unwrap_or(0)),
        }
    }

    /// The entries directly below one.
    fn children(&self, offset: UnitOffset) -> gimli::Result<Vec<DebuggingInformationEntry<Reader<'d>>>> {
        let mut tree = self.unit.entries_tree(Some(offset))?;
        let mut children = tree.root()?.children();
        let mut found = Vec::new();
        while let Some(child) = children.next()? {
            found.push(child.entry().clone());
        }
        Ok(found)
    }

    fn array(&mut self, offset: UnitOffset, entry: &DebuggingInformationEntry<Reader<'d>>) -> gimli::Result<Kind> {
        let range = self.children(offset)?.into_iter().find(|child| child.tag() == dw::DW_TAG_subrange_type);
        let count = range.as_ref().and_then(|range| number(range, dw::DW_AT_count));
        Ok(self.promise(entry).map_or(Kind::Opaque, |of| Kind::Array(of, count.unwrap_or(0))))
    }

    fn names(&self, offset: UnitOffset) -> gimli::Result<Kind> {
        let named = |child: &DebuggingInformationEntry<Reader<'d>>| {
            Some((number(child, dw::DW_AT_const_value)?, text(self.dwarf, self.unit, child, dw::DW_AT_name)?))
        };
        Ok(Kind::Names(self.children(offset)?.iter().filter_map(named).collect()))
    }

    fn structure(&mut self, offset: UnitOffset, parameters: &mut Vec<(String, TypeId)>) -> gimli::Result<Kind> {
        let mut fields = Vec::new();
        let mut choice = None;
        for child in self.children(offset)? {
            let name = text(self.dwarf, self.unit, &child, dw::DW_AT_name).unwrap_or_default();
            match child.tag() {
                dw::DW_TAG_member => fields.extend(self.field(&child, name)),
                dw::DW_TAG_template_type_parameter => parameters.extend(self.promise(&child).map(|of| (name, of))),
                dw::DW_TAG_variant_part => choice = Some(self.choice(&child)?),
                _ => {}
            }
        }
        Ok(choice.map_or(Kind::Struct(fields), Kind::Enum))
    }

    fn field(&mut self, entry: &DebuggingInformationEntry<Reader<'d>>, name: String) -> Option<Field> {
        let at = number(entry, dw::DW_AT_data_member_location).unwrap_or(0);
        Some(Field { name, at, of: self.promise(entry)? })
    }

    fn choice(&mut self, part: &DebuggingInformationEntry<Reader<'d>>) -> gimli::Result<Choice> {
        let mut choice = Choice::default();
        if let Some(AttributeValue::UnitRef(discriminant)) = part.attr_value(dw::DW_AT_discr) {
            let entry = self.unit.entry(discriminant)?;
            if let Some(field) = self.field(&entry, String::new()) {
                choice.tag = Some((field.at, self.size_of(field.of)?));
            }
        }
        for child in self.children(part.offset())? {
            if child.tag() != dw::DW_TAG_variant {
                continue;
            }
            let value = number(&child, dw::DW_AT_discr_value);
            for member in self.children(child.offset())? {
                let name = text(self.dwarf, self.unit, &member, dw::DW_AT_name).unwrap_or_default();
                choice.variants.extend(self.promise(&member).map(|of| Variant { name, value, of }));
            }
        }
        Ok(choice)
    }
}

fn base(entry: &DebuggingInformationEntry<Reader<'_>>) -> Kind {
    match entry.attr_value(dw::DW_AT_encoding) {
        Some(AttributeValue::Encoding(dw::DW_ATE_boolean)) => Kind::Bool,
        Some(AttributeValue::Encoding(dw::DW_ATE_UTF)) => Kind::Char,
        Some(AttributeValue::Encoding(dw::DW_ATE_float)) => Kind::Float,
        Some(AttributeValue::Encoding(dw::DW_ATE_signed | dw::DW_ATE_signed_char)) => Kind::Signed,
        Some(AttributeValue::Encoding(dw::DW_ATE_unsigned | dw::DW_ATE_unsigned_char)) => Kind::Unsigned,
        _ => Kind::Opaque,
    }
}
