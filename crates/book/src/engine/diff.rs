//! The difference between what was recorded and what was printed, for a person to read.

use similar::{ChangeTag, TextDiff};

/// Lines that differ, with three lines around them; `-` was recorded, `+` is new.
pub fn unified(recorded: &str, printed: &str) -> String {
    let diff = TextDiff::from_lines(recorded, printed);
    let mut out = String::new();
    for group in diff.grouped_ops(3) {
        for change in group.iter().flat_map(|operation| diff.iter_changes(operation)) {
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            out.push_str(&format!("    {sign} {}\n", change.value().trim_end_matches('\n')));
        }
        out.push_str("      ...\n");
    }
    out.trim_end().trim_end_matches("...").trim_end().to_owned()
}
