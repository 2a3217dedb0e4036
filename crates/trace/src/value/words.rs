//! Taking a value apart into machine words.

use model::recording::{Address, Relation, Target, Word};

use super::{ELEMENTS, Values, part};
use crate::dwarf::{Choice, Kind, TypeId, Variant};
use crate::memory::{hexadecimal, number};

/// Fields of standard types that only wrap the next one: `buf.inner.ptr.pointer.pointer` is `ptr`.
const WRAPPERS: [&str; 6] = ["buf", "inner", "pointer", "vec", "__0", "as_inner"];
/// Standard types around one value.
const CELLS: [&str; 5] = ["UnsafeCell", "Cell", "ManuallyDrop", "MaybeDangling", "AtomicUsize"];

/// Where a word is, while a value is taken apart.
#[derive(Clone, Copy)]
struct Place<'p> {
    at: u64,
    path: &'p str,
    relation: Relation,
}

impl Values<'_> {
    /// The words of a value, in order of their places.
    pub(crate) fn words(&self, of: TypeId, bytes: &[u8]) -> Vec<Word> {
        let mut words = Vec::new();
        self.take_apart(of, bytes, Place { at: 0, path: "", relation: Relation::Raw }, &mut words);
        words.sort_by_key(|word| word.at);
        words
    }

    fn take_apart(&self, of: TypeId, bytes: &[u8], place: Place<'_>, words: &mut Vec<Word>) {
        let relation = self.relation(of, place.relation);
        let place = Place { relation, ..place };
        let (kind, size) = (&self.types[of].kind, self.types[of].size);
        match kind {
            _ if size == 0 || bytes.is_empty() => {}
            Kind::Array(element, count) => {
                let size = self.types[*element].size;
                for index in 0..(*count).min(ELEMENTS) {
                    let path = format!("{}[{index}]", place.path);
                    let place = Place { at: place.at + index * size, path: &path, relation };
                    self.take_apart(*element, part(bytes, index * size, size), place, words);
                }
            }
            Kind::Struct(fields) => {
                for field in fields {
                    let path = join(place.path, self.segment(of, &field.name));
                    let place = Place { at: place.at + field.at, path: &path, relation };
                    self.take_apart(field.of, part(bytes, field.at, self.types[field.of].size), place, words);
                }
            }
            Kind::Enum(choice) => self.take_choice(choice, bytes, place, words),
            _ => words.push(self.word(of, bytes, place)),
        }
    }

    /// A discriminant that stands in a field of its own is a word of its own; a niche is not.
    fn take_choice(&self, choice: &Choice, bytes: &[u8], place: Place<'_>, words: &mut Vec<Word>) {
        let Some(variant) = variant(choice, bytes) else { return };
        let before = words.len();
        let path = join(place.path, &variant.name);
        self.take_apart(variant.of, bytes, Place { path: &path, ..place }, words);
        let Some((tag, size)) = choice.tag else { return };
        let at = place.at + tag;
        if !words[before..].iter().any(|word| (word.at..word.at + word.size).contains(&at)) {
            let (path, type_name) = (join(place.path, "tag"), format!("u{}", size * 8));
            words.push(Word { at, size, path, type_name, value: variant.name.clone(), to: None });
        }
    }

    fn word(&self, of: TypeId, bytes: &[u8], place: Place<'_>) -> Word {
        let word = &self.types[of];
        let target = || {
            let address = Address(number(bytes));
            Target { address, relation: place.relation, block: None, freed: false }
        };
        let to = matches!(word.kind, Kind::Pointer(_)).then(target);
        let value = self.scalar(of, bytes).unwrap_or_else(|| hexadecimal(bytes, 16));
        Word { at: place.at, size: word.size, path: place.path.to_owned(), type_name: word.name.clone(), value, to }
    }

    /// What a field adds to the path: nothing where a standard type only wraps it.
    fn segment<'n>(&self, of: TypeId, field: &'n str) -> &'n str {
        let container = &self.types[of];
        let is_cell = CELLS.contains(&container.std_name()) && matches!(field, "value" | "v");
        if container.is_std && (WRAPPERS.contains(&field) || is_cell) {
            return "";
        }
        field.strip_prefix("__").unwrap_or(field)
    }
}

/// The variant that the bytes of an enum are.
pub(super) fn variant<'c>(choice: &'c Choice, bytes: &[u8]) -> Option<&'c Variant> {
    let fallback = choice.variants.iter().find(|variant| variant.value.is_none());
    let Some((at, size)) = choice.tag else { return fallback.or(choice.variants.first()) };
    let tag = number(part(bytes, at, size));
    let mask = if size < 8 { (1 << (size * 8)) - 1 } else { u64::MAX };
    let is_tag = |variant: &&Variant| variant.value.is_some_and(|value| value & mask == tag);
    choice.variants.iter().find(is_tag).or(fallback)
}

fn join(path: &str, segment: &str) -> String {
    match (path, segment) {
        ("", _) => segment.to_owned(),
        (_, "") => path.to_owned(),
        _ => format!("{path}.{segment}"),
    }
}
