//! Names of people in names of files: platforms leave out characters, and turn first and last names around.

use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// What is left of a name when only its letters and digits count, in small letters and with composed umlauts.
pub(super) fn letters(name: &str) -> String {
    name.nfc().flat_map(char::to_lowercase).filter(|character| character.is_alphanumeric()).collect()
}

/// The letters of a name in each order in which its words may follow one another: `Müller, Jörg` and `Jörg Müller` have
/// the same.
pub(super) fn orders(name: &str) -> BTreeSet<String> {
    let words: Vec<String> =
        name.split(|c: char| c.is_whitespace() || c == ',').map(letters).filter(|word| !word.is_empty()).collect();
    let turned = |by: usize| words[by..].iter().chain(&words[..by]).map(String::as_str).collect();
    (0..words.len().max(1)).map(turned).collect()
}

/// Of some names, each with what it is the name of, that which is meant, perhaps, by one that is not among them.
pub(super) fn nearest<T>(wrong: &str, known: impl IntoIterator<Item = (String, T)>) -> Option<T> {
    let wrong = wrong.to_lowercase();
    let likeness = |name: &str| strsim::normalized_damerau_levenshtein(&wrong, &name.to_lowercase());
    let all = known.into_iter().map(|(name, of)| (likeness(&name), of)).filter(|(like, _)| *like >= 0.6);
    all.max_by(|(left, _), (right, _)| left.total_cmp(right)).map(|(_, of)| of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_is_the_same_whichever_of_its_parts_comes_first() {
        assert_eq!(orders("Müller, Jörg"), orders("Jörg Müller"));
        assert!(orders("Anna-Lena Müller-Lüdenscheidt").contains("müllerlüdenscheidtannalena"));
        assert!(orders("O'Neil, Łucja \"Lu\"").contains("łucjaluoneil"));
        assert!(!orders("Ada Lovelace").contains("oneil"));
    }

    #[test]
    fn an_umlaut_of_two_characters_is_one() {
        assert_eq!(letters("Mu\u{308}ller"), letters("Müller"));
    }

    #[test]
    fn the_nearest_name_is_near_or_there_is_none() {
        let known = || [("loneil".to_owned(), 1), ("JMueller".to_owned(), 2)];
        assert_eq!(nearest("jmeuller", known()), Some(2));
        assert_eq!(nearest("zz", known()), None);
    }

    proptest! {
        #[test]
        fn any_text_has_orders_and_its_own_letters_are_one_of_them(name in any::<String>()) {
            let words: Vec<&str> = name.split(|c: char| c.is_whitespace() || c == ',').collect();
            let parts: String = words.into_iter().map(letters).collect();
            prop_assert!(orders(&name).contains(&parts));
        }
    }
}
