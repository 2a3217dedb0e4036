//! The line on which a key of a TOML file stands.

use model::set::Key;
use toml::de::{DeTable, DeValue};

/// The line of a key, from 1; where it is not there, that of the last one on the way to it.
pub(super) fn line(text: &str, keys: &[Key]) -> usize {
    let Ok(table) = DeTable::parse(text) else { return 1 };
    let mut value = DeValue::Table(table.into_inner());
    let mut start = 0;
    for key in keys {
        let next = match (value, key) {
            (DeValue::Table(mut table), Key::Name(name)) => {
                let known = table.keys().find(|known| known.get_ref() == name).cloned();
                known.and_then(|known| Some((known.span().start, table.remove(&known)?)))
            }
            (DeValue::Array(array), Key::At(at)) => array.into_iter().nth(*at).map(|value| (value.span().start, value)),
            _ => None,
        };
        let Some((found, inner)) = next else { break };
        start = found;
        value = inner.into_inner();
    }
    line_of(text, start)
}

/// The line of a byte, from 1.
pub(super) fn line_of(text: &str, byte: usize) -> usize {
    1 + text.bytes().take(byte).filter(|byte| *byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "id = 'a'\n\n[[exercise]]\nid = 'x'\n\n[[exercise]]\nid = 'y'\npoints = { a = 1,\n b = 2 }\n[late]\n";

    #[test]
    fn a_key_has_its_line_and_what_is_missing_that_of_its_table() {
        let at = |keys: &[Key]| line(TEXT, keys);
        assert_eq!(at(&["id".into()]), 1);
        assert_eq!(at(&["exercise".into(), 1.into(), "id".into()]), 7);
        assert_eq!(at(&["exercise".into(), 1.into(), "points".into(), "b".into()]), 9);
        assert_eq!(at(&["exercise".into(), 1.into(), "weight".into()]), 6);
        assert_eq!(at(&["late".into(), "cap_percent".into()]), 10);
        assert_eq!(at(&["due".into()]), 1);
    }
}
