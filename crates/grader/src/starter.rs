//! The starter of an exercise: its solution, with the marked parts taken out.
//!
//! ```text
//! pub fn push(&mut self, value: u64) {
//!     // SOLUTION
//!     self.values.insert(0, value);
//!     // STARTER
//!     // todo!("put {value} in front")
//!     // END
//! }
//! ```
//!
//! A learner gets the lines between `STARTER` and `END` without their `// `; the reference is everything
//! but those lines and the marks.

use anyhow::{Result, bail};

const SOLUTION: &str = "// SOLUTION";
const STARTER: &str = "// STARTER";
const END: &str = "// END";

/// Where a line of a marked source stands.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Both,
    Solution,
    Starter,
}

/// The reference: what the grader compiles.
///
/// # Errors
/// When the marks do not follow each other as they should.
pub fn solution(marked: &str) -> Result<String> {
    select(marked, Part::Solution)
}

/// The starter: what a learner begins with.
///
/// # Errors
/// When the marks do not follow each other as they should.
pub fn starter(marked: &str) -> Result<String> {
    select(marked, Part::Starter)
}

fn select(marked: &str, wanted: Part) -> Result<String> {
    let (mut out, mut part) = (String::new(), Part::Both);
    for (index, line) in marked.lines().enumerate() {
        let next = match (part, line.trim()) {
            (Part::Both, SOLUTION) => Some(Part::Solution),
            (Part::Solution, STARTER) => Some(Part::Starter),
            (Part::Starter | Part::Solution, END) => Some(Part::Both),
            (_, SOLUTION | STARTER | END) => bail!("line {}: `{}` does not belong here", index + 1, line.trim()),
            _ => None,
        };
        if let Some(next) = next {
            part = next;
        } else if part == Part::Both || part == wanted {
            out.push_str(&shown(line, part, index)?);
            out.push('\n');
        }
    }
    if part != Part::Both {
        bail!("the last part is never closed by `{END}`");
    }
    Ok(out)
}

/// A line as it is, or, in the starter's part, without the `// ` behind its indentation.
fn shown(line: &str, part: Part, index: usize) -> Result<String> {
    if part != Part::Starter {
        return Ok(line.to_owned());
    }
    let code = line.trim_start();
    let indentation = &line[..line.len() - code.len()];
    match code.strip_prefix("//") {
        Some(code) => Ok(format!("{indentation}{}", code.strip_prefix(' ').unwrap_or(code)).trim_end().to_owned()),
        None => bail!("line {}: a line of the starter begins with `// `", index + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKED: &str =
        "fn f() -> u8 {\n    // SOLUTION\n    7\n    // STARTER\n    // todo!(\"seven\")\n    // END\n}\n";

    #[test]
    fn a_learner_gets_the_starter_and_the_grader_the_solution() {
        assert_eq!(solution(MARKED).unwrap(), "fn f() -> u8 {\n    7\n}\n");
        assert_eq!(starter(MARKED).unwrap(), "fn f() -> u8 {\n    todo!(\"seven\")\n}\n");
    }

    #[test]
    fn a_part_without_a_starter_is_left_out() {
        let marked = "use a;\n// SOLUTION\nuse b;\n// END\n";
        assert_eq!(starter(marked).unwrap(), "use a;\n");
        assert_eq!(solution(marked).unwrap(), "use a;\nuse b;\n");
    }

    #[test]
    fn marks_in_the_wrong_order_are_told_with_their_line() {
        for (marked, line) in [
            ("// STARTER\n", "line 1"),
            ("// SOLUTION\n// SOLUTION\n", "line 2"),
            ("// SOLUTION\n// STARTER\nx\n// END\n", "line 3"),
            ("// SOLUTION\n", "never closed"),
        ] {
            let error = starter(marked).unwrap_err().to_string();
            assert!(error.contains(line), "{error}");
        }
    }
}
