//! A listing as a program that can be run from its page: what stands around the part that is shown.

use super::listing::{Kind, Language, Listing};
use model::header::Profile;
use regex::Regex;

/// The whole program around a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The lines before the part, each with its end.
    pub before: String,
    /// Blanks that every line of the part has lost in front, because it is shown by itself.
    pub indent: usize,
    /// What stands behind the part, from the end of its last line on.
    pub after: String,
}

impl Listing {
    /// What stands around what [`shown`](Self::shown) gives.
    pub fn excerpt(&self, anchor: Option<&str>) -> Excerpt {
        let lines = self.shown_lines();
        let range =
            self.anchors.iter().find(|found| Some(found.name.as_str()) == anchor).map(|anchor| anchor.lines.clone());
        let is_shown = |(number, text): &(usize, String)| {
            !text.is_empty() && range.as_ref().is_none_or(|range| range.contains(number))
        };
        let first = lines.iter().position(is_shown).unwrap_or(0);
        let last = lines.iter().rposition(is_shown).unwrap_or(0);
        let part = lines[first..=last].iter().filter(|(_, text)| !text.trim().is_empty());
        let indent = part.map(|(_, text)| text.len() - text.trim_start().len()).min().unwrap_or(0);
        Excerpt {
            before: lines[..first].iter().map(|(_, text)| format!("{text}\n")).collect(),
            indent,
            after: lines[last + 1..].iter().map(|(_, text)| format!("\n{text}")).collect::<String>() + "\n",
        }
    }

    /// Whether its page can offer to run it: a Rust program that needs the standard library alone, and nothing of its
    /// surroundings: no arguments, no limits of its own, no other process, no other file. `crates` are what its package
    /// may use.
    pub fn runs_alone(&self, crates: &[String]) -> bool {
        let header = &self.header;
        let is_plain =
            header.args.is_empty() && header.env.is_empty() && header.stack.is_none() && header.memory.is_none();
        let is_run = header.run || self.kind == Kind::MustFail;
        let needs = Regex::new(r"\bprocess::Command\b|\bCommand::new\b|\binclude(_str|_bytes)?!|\benv!|\bmod \w+;");
        let needs = needs.expect("the pattern is fixed");
        let uses = |name: &String| {
            let path = Regex::new(&format!(r"\b{0}::|\buse {0}\b|\bextern crate {0}\b", regex::escape(name)));
            path.expect("a name of a crate is plain").is_match(&self.source.text)
        };
        self.language == Language::Rust
            && is_plain
            && is_run
            && !needs.is_match(&self.source.text)
            && !crates.iter().any(uses)
    }

    /// Whether it is built with optimizations where only one build is shown.
    pub fn is_optimized(&self) -> bool {
        self.profiles() == [Profile::Release]
    }
}

/// The names by which code of a package refers to other crates.
pub(super) fn crates_of(manifest: &str) -> Vec<String> {
    let table: toml::Table = manifest.parse().unwrap_or_default();
    let of = |table: &toml::Table| -> Vec<String> {
        let names = ["dependencies", "dev-dependencies"].iter().filter_map(|key| table.get(*key)?.as_table());
        names.flat_map(|names| names.keys().map(|name| name.replace('-', "_"))).collect()
    };
    let mut names = of(&table);
    let targets =
        table.get("target").and_then(|targets| targets.as_table()).into_iter().flat_map(|table| table.values());
    names.extend(targets.filter_map(|target| target.as_table()).flat_map(of));
    let own = table.get("package").and_then(|package| package.get("name")).and_then(|name| name.as_str());
    names.extend(own.map(|name| name.replace('-', "_")));
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::Source;
    use model::id::ListingId;

    fn listing(text: &str) -> Listing {
        let source = Source::new("grow.rs", text);
        Listing::parse(ListingId::new("heap", "grow"), source, Language::Rust, Kind::Program).0
    }

    #[test]
    fn a_part_and_what_is_around_it_make_the_whole_program() {
        let listing = listing(
            "//@ profiles: debug\n\nfn main() {\n    // ANCHOR: body\n\n    if true {\n        print!(\"x\"); // PROVES 1.01\n    }\n    // ANCHOR_END: body\n}\n",
        );
        let Excerpt { before, indent, after } = listing.excerpt(Some("body"));
        assert_eq!((before.as_str(), indent, after.as_str()), ("fn main() {\n\n", 4, "\n}\n"));
        let part = listing.shown(Some("body")).unwrap();
        let part: Vec<String> = part.lines().map(|line| format!("    {line}")).collect();
        assert_eq!(before + &part.join("\n") + &after, listing.shown(None).unwrap() + "\n");
        assert_eq!(listing.excerpt(None), Excerpt { before: String::new(), indent: 0, after: "\n".into() });
    }

    #[test]
    fn what_needs_another_crate_or_its_surroundings_is_not_offered() {
        let crates = crates_of(
            "[package]\nname = \"my-heap\"\n[dependencies]\nprobe = \"1\"\n[target.'cfg(unix)'.dependencies]\nlibc = \"1\"\n",
        );
        assert_eq!(crates, ["probe", "libc", "my_heap"]);
        let runs = |text: &str| listing(text).runs_alone(&crates);
        assert!(runs("fn main() { let probed = std::mem::size_of::<u8>(); print!(\"{probed}\"); }\n"));
        for text in [
            "use probe::Reading;\nfn main() {}\n",
            "fn main() { libc::abort() }\n",
            "use my_heap as heap;\nfn main() {}\n",
            "use std::process::Command;\nfn main() {}\n",
            "fn main() { print!(\"{}\", include_str!(\"x\")); }\n",
            "//@ args: one\n\nfn main() {}\n",
            "//@ run: no\n//@ asm: main\n\nfn main() {}\n",
        ] {
            assert!(!runs(text), "{text}");
        }
    }
}
