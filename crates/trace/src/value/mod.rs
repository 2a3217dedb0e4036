//! Values: what bytes mean when their type is known.

mod render;
mod words;

use model::recording::Relation;

use crate::dwarf::{Kind, TypeId, Types};
use crate::heap::Heap;
use crate::memory::{Memory, number};

/// Elements of an array that are taken apart.
const ELEMENTS: u64 = 64;
/// Bytes of a text or list that are read: garbage may claim to be of any length.
const LONGEST: u64 = 64 * 1024;

/// Everything that is needed to read values.
#[derive(Clone, Copy)]
pub(crate) struct Values<'a> {
    pub(crate) types: &'a Types,
    pub(crate) memory: &'a dyn Memory,
    /// Tells which addresses are in blocks that were given back.
    pub(crate) heap: &'a Heap,
}

/// A pointer inside of a value, and what it points to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pointee {
    pub(crate) address: u64,
    pub(crate) of: TypeId,
    /// Values of that type that stand there, one after the other; 0 where nothing is known about them.
    pub(crate) count: u64,
}

/// A pointer with a length: `Vec`, `String`, slices.
struct Buffer {
    address: u64,
    length: u64,
    of: TypeId,
    is_text: bool,
}

impl Values<'_> {
    /// Pointers inside of a value with their targets.
    pub(crate) fn pointees(&self, of: TypeId, bytes: &[u8], found: &mut Vec<Pointee>) {
        if let Some(buffer) = self.buffer(of, bytes) {
            let Buffer { address, length: count, of, .. } = buffer;
            found.push(Pointee { address, of, count });
            return;
        }
        match &self.types[of].kind {
            Kind::Pointer(Some(target)) => {
                // What is behind `dyn Trait` has no size here.
                let count = u64::from(self.types[*target].size > 0);
                found.push(Pointee { address: number(bytes), of: *target, count });
            }
            Kind::Array(element, count) => {
                let size = self.types[*element].size;
                for index in 0..(*count).min(ELEMENTS) {
                    self.pointees(*element, part(bytes, index * size, size), found);
                }
            }
            Kind::Struct(fields) => {
                for field in fields {
                    let bytes = part(bytes, field.at, self.types[field.of].size);
                    self.pointees(field.of, bytes, found);
                }
            }
            Kind::Enum(choice) => {
                if let Some(variant) = words::variant(choice, bytes) {
                    self.pointees(variant.of, bytes, found);
                }
            }
            _ => {}
        }
    }

    /// The right of the pointers inside of a type, where its name tells; otherwise that of what it is in.
    fn relation(&self, of: TypeId, inherited: Relation) -> Relation {
        let of = &self.types[of];
        match of.std_name() {
            "Box" | "Vec" | "String" | "Rc" | "Arc" | "VecDeque" => Relation::Owns,
            "Weak" => Relation::Weak,
            _ if of.name.starts_with('&') => Relation::Borrows,
            _ if of.name.starts_with("fn(") || of.name.starts_with("unsafe fn(") => Relation::Raw,
            _ => inherited,
        }
    }

    /// Whether a value is a pointer with a length, and which.
    fn buffer(&self, of: TypeId, bytes: &[u8]) -> Option<Buffer> {
        let kind = &self.types[of];
        if let Some((data, length)) = self.slice(of) {
            let Kind::Pointer(Some(element)) = self.types[data.0].kind else { return None };
            let (address, length) = (number(part(bytes, data.1, 8)), number(part(bytes, length, 8)));
            let is_text = kind.name.ends_with(" str") || kind.name == "&str" || kind.name.contains("<str");
            return Some(Buffer { address, length, of: element, is_text });
        }
        match kind.std_name() {
            "String" => {
                let vec = kind.fields().first()?.of;
                self.buffer(vec, bytes).map(|buffer| Buffer { is_text: true, ..buffer })
            }
            "Vec" => {
                let words = self.words(of, bytes);
                let length = words.iter().find(|word| word.path == "len")?;
                let length = number(part(bytes, length.at, 8));
                let address = words.iter().find_map(|word| word.to.as_ref())?.address.0;
                Some(Buffer { address, length, of: kind.parameter("T")?, is_text: false })
            }
            _ => None,
        }
    }

    /// The pointer of a `dyn Trait`; its other half leads to the functions.
    fn object(&self, of: TypeId, bytes: &[u8]) -> Option<u64> {
        let fields = self.types[of].fields();
        let pointer = fields.iter().find(|field| field.name == "pointer")?;
        fields.iter().any(|field| field.name == "vtable").then(|| number(part(bytes, pointer.at, 8)))
    }

    /// Pointer (type and place) and place of the length of a slice.
    fn slice(&self, of: TypeId) -> Option<((TypeId, u64), u64)> {
        let fields = self.types[of].fields();
        let field = |name: &str| fields.iter().find(|field| field.name == name);
        let (data, length) = (field("data_ptr")?, field("length")?);
        Some(((data.of, data.at), length.at))
    }
}

/// A part of a value; empty where bytes are missing.
fn part(bytes: &[u8], at: u64, size: u64) -> &[u8] {
    let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
    bytes.get(place(at)..place(at.saturating_add(size))).unwrap_or_default()
}
