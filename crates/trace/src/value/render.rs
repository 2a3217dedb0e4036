//! Writing a value as Rust would.

use super::{Buffer, LONGEST, Values, part, words};
use crate::dwarf::{Kind, TypeId};
use crate::memory::number;

/// How many pointers are followed.
const DEPTH: usize = 4;
/// Elements of a list that are written.
const SHOWN: u64 = 16;
/// What stands for something that cannot be read, or is too deep.
const UNKNOWN: &str = "?";
const MORE: &str = "…";
/// What stands for a value in a block that was given back: its bytes are the allocator's.
const FREED: &str = "freed";
/// Characters of a text.
const LONGEST_TEXT: usize = 160;

impl Values<'_> {
    /// A value as text.
    pub(crate) fn render(&self, of: TypeId, bytes: &[u8]) -> String {
        let mut text = self.write(of, bytes, 0).unwrap_or_else(|| UNKNOWN.to_owned());
        if let Some((end, _)) = text.char_indices().nth(LONGEST_TEXT) {
            text.truncate(end);
            text.push_str(MORE);
        }
        text
    }

    /// Bytes may be garbage: before a variable is set, and after its value is gone.
    fn write(&self, of: TypeId, bytes: &[u8], depth: usize) -> Option<String> {
        if depth > DEPTH {
            return Some(MORE.to_owned());
        }
        if let Some(buffer) = self.buffer(of, bytes) {
            return self.list_behind(&buffer, depth);
        }
        let written = &self.types[of];
        if written.name == "()" {
            return Some("()".to_owned());
        }
        if let Some(pointer) = self.object(of, bytes) {
            let what = written.name.trim_start_matches("&mut ").trim_start_matches('&');
            return Some(format!("{what} at {pointer:#x}"));
        }
        match &written.kind {
            Kind::Pointer(Some(target)) if written.name.starts_with('&') => {
                Some(format!("&{}", self.behind(*target, number(bytes), depth)?))
            }
            Kind::Pointer(Some(target)) if written.std_name() == "Box" => {
                Some(format!("Box({})", self.behind(*target, number(bytes), depth)?))
            }
            Kind::Array(element, count) => self.list(*element, bytes, *count, depth),
            Kind::Enum(choice) => {
                let variant = words::variant(choice, bytes)?;
                Some(format!("{}{}", variant.name, self.fields(variant.of, bytes, depth)?))
            }
            Kind::Struct(_) => self.structure(of, bytes, depth),
            _ => self.scalar(of, bytes),
        }
    }

    fn structure(&self, of: TypeId, bytes: &[u8], depth: usize) -> Option<String> {
        let written = &self.types[of];
        match written.std_name() {
            "Weak" => Some("(Weak)".to_owned()),
            name @ ("Rc" | "Arc") => {
                let pointer = self.words(of, bytes).into_iter().find_map(|word| word.to)?.address.0;
                let value = self.counted(of, pointer, depth).unwrap_or_else(|| format!("{pointer:#x}"));
                Some(format!("{name}({value})"))
            }
            "UnsafeCell" | "ManuallyDrop" | "MaybeDangling" | "NonNull" | "Unique" | "AtomicUsize" => {
                let field = written.fields().iter().find(|field| self.types[field.of].size > 0)?;
                self.write(field.of, part(bytes, field.at, self.types[field.of].size), depth)
            }
            _ if written.name.starts_with('(') => self.fields(of, bytes, depth),
            _ => {
                let name = written.name.split('<').next().unwrap_or_default();
                Some(format!("{name}{}", self.fields(of, bytes, depth)?))
            }
        }
    }

    /// The value in the block of an `Rc`, behind its counts.
    fn counted(&self, of: TypeId, pointer: u64, depth: usize) -> Option<String> {
        let mut pointees = Vec::new();
        self.pointees_of_pointer(of, pointer, &mut pointees);
        let inner = *pointees.first()?;
        let field = self.types[inner].fields().iter().find(|field| matches!(field.name.as_str(), "value" | "data"))?;
        self.behind(field.of, pointer + field.at, depth)
    }

    /// Types that a pointer inside of a type leads to.
    fn pointees_of_pointer(&self, of: TypeId, pointer: u64, found: &mut Vec<TypeId>) {
        let bytes = [pointer.to_le_bytes(), [0; 8]].concat();
        let mut pointees = Vec::new();
        self.pointees(of, &bytes, &mut pointees);
        found.extend(pointees.iter().filter(|pointee| pointee.address == pointer).map(|pointee| pointee.of));
    }

    fn behind(&self, of: TypeId, address: u64, depth: usize) -> Option<String> {
        let size = self.types[of].size;
        if size == 0 {
            return self.write(of, &[], depth + 1);
        }
        if self.is_freed(address) {
            return Some(FREED.to_owned());
        }
        self.write(of, &self.memory.bytes(address, size.min(LONGEST))?, depth + 1)
    }

    fn list_behind(&self, buffer: &Buffer, depth: usize) -> Option<String> {
        let size = buffer.length.checked_mul(self.types[buffer.of].size).filter(|size| *size <= LONGEST)?;
        if size > 0 && self.is_freed(buffer.address) {
            return Some(FREED.to_owned());
        }
        let bytes = if size == 0 { Vec::new() } else { self.memory.bytes(buffer.address, size)? };
        if buffer.is_text {
            return Some(format!("{:?}", String::from_utf8_lossy(&bytes)));
        }
        self.list(buffer.of, &bytes, buffer.length, depth)
    }

    fn is_freed(&self, address: u64) -> bool {
        self.heap.holder(address).is_some_and(|(_, freed)| freed)
    }

    fn list(&self, element: TypeId, bytes: &[u8], count: u64, depth: usize) -> Option<String> {
        let size = self.types[element].size;
        let mut items = (0..count.min(SHOWN))
            .map(|index| self.write(element, part(bytes, index * size, size), depth + 1))
            .collect::<Option<Vec<_>>>()?;
        if count > SHOWN {
            items.push(MORE.to_owned());
        }
        Some(format!("[{}]", items.join(", ")))
    }

    fn fields(&self, of: TypeId, bytes: &[u8], depth: usize) -> Option<String> {
        let mut named = Vec::new();
        let mut in_order: Vec<_> = self.types[of].fields().iter().collect();
        // Tuples keep the order of their names, whatever their layout is.
        in_order.sort_by_key(|field| field.name.strip_prefix("__").and_then(|number| number.parse::<u32>().ok()));
        for field in in_order {
            let of = &self.types[field.of];
            // Markers say something to the compiler only.
            if of.size == 0 && (of.name.starts_with("PhantomData") || field.name == "alloc") {
                continue;
            }
            named.push((field, self.write(field.of, part(bytes, field.at, of.size), depth)?));
        }
        if named.is_empty() {
            return Some(String::new());
        }
        let is_tuple = named.iter().all(|(field, _)| field.name.starts_with("__"));
        let texts = named.iter().map(|(field, value)| match is_tuple {
            true => value.clone(),
            false => format!("{}: {value}", field.name),
        });
        let inner = texts.collect::<Vec<_>>().join(", ");
        Some(if is_tuple { format!("({inner})") } else { format!(" {{ {inner} }}") })
    }

    /// A value that is one word.
    pub(super) fn scalar(&self, of: TypeId, bytes: &[u8]) -> Option<String> {
        let of = &self.types[of];
        if of.size == 0 || bytes.len() as u64 != of.size {
            return None;
        }
        let low = number(bytes);
        let wide = bytes.iter().rev().fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
        Some(match &of.kind {
            Kind::Bool => ["false", "true"].get(usize::try_from(low).ok()?).map_or(UNKNOWN.into(), ToString::to_string),
            Kind::Char => format!("{:?}", u32::try_from(low).ok().and_then(char::from_u32)?),
            Kind::Unsigned => wide.to_string(),
            Kind::Signed => {
                let unused = 128 - 8 * u32::try_from(of.size).ok()?;
                (wide.cast_signed() << unused >> unused).to_string()
            }
            Kind::Float if of.size == 4 => format!("{:?}", f32::from_bits(u32::try_from(low).ok()?)),
            Kind::Float if of.size == 8 => format!("{:?}", f64::from_bits(low)),
            Kind::Pointer(_) => format!("{low:#x}"),
            Kind::Names(names) => {
                let mask = if of.size < 8 { (1 << (8 * of.size)) - 1 } else { u64::MAX };
                names.iter().find(|(value, _)| value & mask == low)?.1.clone()
            }
            _ => return None,
        })
    }
}
