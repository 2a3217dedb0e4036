//! What the compiler knows about moves and drops, and debug information does not: its own intermediate
//! language, MIR, as `rustc --emit=mir -Zmir-include-spans=on` writes it.
//!
//! ```text
//!     debug s => _2;           // in scope 2 at moves.rs:9:9: 9:10
//!     _3 = move _2;            // scope 2 at moves.rs:10:13: 10:14
//!     drop(_3) -> [...];       // scope 2 at moves.rs:16:1: 16:2
//! ```
//!
//! The text is for people and may change with the compiler, which is pinned. A line that is not understood
//! tells nothing, and a variable without news keeps its value.

use std::collections::{BTreeMap, BTreeSet};

use model::recording::State;

/// A variable: its name, and the line on which it is declared.
pub(crate) type Declared = (String, u32);

/// What lines do to variables.
#[derive(Debug, Default)]
pub(crate) struct Effects {
    /// What each line does, in the order of the text.
    lines: BTreeMap<u32, Vec<(Declared, State)>>,
    /// Lines on which the scope of a variable ends.
    ends: BTreeSet<(u32, Declared)>,
}

impl Effects {
    /// Reads the MIR of the source file `file` (its name without folders).
    pub(crate) fn read(mir: &str, file: &str) -> Self {
        let mut effects = Self::default();
        let mut body = Body::default();
        for line in mir.lines() {
            if line.starts_with("fn ") || line.starts_with("const ") || line.starts_with("static ") {
                body = Body::default();
            }
            let (code, comment) = line.split_once("// ").unwrap_or((line, ""));
            let code = code.trim();
            if let Some((name, place)) = code.strip_prefix("debug ").and_then(|rest| rest.split_once(" => ")) {
                body.declare(name, place.trim_end_matches(';'), line_of(comment, file));
            } else if code.starts_with("bb") && code.ends_with('{') {
                body.is_cleanup = code.contains("(cleanup)");
            } else if let (Some(line), false) = (line_of(comment, file), body.is_cleanup) {
                body.statement(code, line, &mut effects);
            }
        }
        effects
    }

    /// What a line does to variables, in order.
    pub(crate) fn of_line(&self, line: u32) -> &[(Declared, State)] {
        self.lines.get(&line).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether the scope of a variable ends on a line.
    pub(crate) fn ends_on(&self, line: u32, variable: &Declared) -> bool {
        self.ends.contains(&(line, variable.clone()))
    }

    fn add(&mut self, line: u32, variables: &[Declared], state: State) {
        self.lines.entry(line).or_default().extend(variables.iter().map(|variable| (variable.clone(), state)));
    }
}

/// The function that is read.
#[derive(Debug, Default)]
struct Body {
    /// Variables by the compiler's numbers.
    variables: BTreeMap<u32, Vec<Declared>>,
    /// Whether the block is only for unwinding.
    is_cleanup: bool,
}

impl Body {
    fn declare(&mut self, name: &str, place: &str, line: Option<u32>) {
        if let (Some(number), Some(line)) = (local(place), line) {
            self.variables.entry(number).or_default().push((name.to_owned(), line));
        }
    }

    fn named(&self, number: u32) -> &[Declared] {
        self.variables.get(&number).map(Vec::as_slice).unwrap_or_default()
    }

    fn statement(&self, code: &str, line: u32, effects: &mut Effects) {
        if let Some(number) = code.strip_prefix("StorageDead(").and_then(local_of_call) {
            effects.ends.extend(self.named(number).iter().map(|variable| (line, variable.clone())));
            return;
        }
        if let Some(number) = code.strip_prefix("drop(").and_then(local_of_call) {
            effects.add(line, self.named(number), State::Dropped);
            effects.ends.extend(self.named(number).iter().map(|variable| (line, variable.clone())));
            return;
        }
        for moved in code.split("move ").skip(1) {
            let end = moved.find(|c: char| !c.is_ascii_digit() && c != '_').unwrap_or(moved.len());
            // A field may be moved out of a variable, which then is not moved as a whole.
            if let (Some(number), false) = (local(&moved[..end]), moved[end..].starts_with('.')) {
                effects.add(line, self.named(number), State::Moved);
            }
        }
        if let Some(number) = code.split_once(" = ").and_then(|(place, _)| local(place)) {
            effects.add(line, self.named(number), State::Live);
        }
    }
}

/// The number of `_7`.
fn local(text: &str) -> Option<u32> {
    text.trim().strip_prefix('_')?.parse().ok()
}

/// The number of the rest of a call, `_7) -> [...]`.
fn local_of_call(rest: &str) -> Option<u32> {
    local(rest.split(')').next()?)
}

/// The line in a comment like `scope 2 at src/bin/moves.rs:16:1: 16:2`, when it is of this file.
fn line_of(comment: &str, file: &str) -> Option<u32> {
    let (_, place) = comment.split_once(" at ")?;
    let mut parts = place.split(':');
    let path = parts.next()?;
    let is_ours = path.rsplit('/').next() == Some(file) && !path.starts_with("/rustc/");
    parts.next().filter(|_| is_ours)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIR: &str = "\
fn main() -> () {
    let _1: std::string::String;         // in scope 0 at src/a.rs:2:9: 2:10
    debug s => _1;                       // in scope 1 at src/a.rs:2:9: 2:10
    debug t => _2;                       // in scope 2 at src/a.rs:3:9: 3:10

    bb0: {
        _2 = move _1;                    // scope 1 at src/a.rs:3:13: 3:14
        drop(_2) -> [return: bb1, unwind continue]; // scope 1 at src/a.rs:5:1: 5:2
    }

    bb1: {
        StorageDead(_2);                 // scope 1 at src/a.rs:5:1: 5:2
    }

    bb2 (cleanup): {
        drop(_1) -> [return: bb3, unwind continue]; // scope 1 at src/a.rs:4:1: 4:2
    }
}
";

    #[test]
    fn moves_and_drops_are_found_with_their_lines() {
        let effects = Effects::read(MIR, "a.rs");
        let (s, t) = (("s".to_owned(), 2), ("t".to_owned(), 3));
        assert_eq!(effects.of_line(3), [(s, State::Moved), (t.clone(), State::Live)]);
        assert_eq!(effects.of_line(5), [(t.clone(), State::Dropped)]);
        assert!(effects.ends_on(5, &t));
    }

    #[test]
    fn what_happens_only_in_a_panic_is_left_out() {
        assert_eq!(Effects::read(MIR, "a.rs").of_line(4), []);
    }

    #[test]
    fn lines_of_other_files_are_left_out() {
        assert_eq!(Effects::read(MIR, "b.rs").of_line(3), []);
    }
}
