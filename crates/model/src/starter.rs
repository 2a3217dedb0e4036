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

const SOLUTION: &str = "// SOLUTION";
const STARTER: &str = "// STARTER";
const END: &str = "// END";

/// What is wrong with the marks of a source, and on which line.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum BadMarks {
    /// A mark that does not follow the one before it.
    #[error("line {line}: `{mark}` does not belong here")]
    Misplaced {
        /// Counted from 1.
        line: usize,
        /// The mark.
        mark: String,
    },
    /// Code in the part of the starter, which would be compiled with the solution.
    #[error("line {0}: a line of the starter begins with `// `")]
    Code(usize),
    /// A part that goes on to the end of the file.
    #[error("the last part is never closed by `// END`")]
    Open,
}

/// Where a line of a marked source stands.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Both,
    Solution,
    Starter,
}

/// The solution: what the grader compiles as its reference, and what a learner may see in the end.
///
/// # Errors
/// When the marks do not follow each other as they should.
pub fn solution(marked: &str) -> Result<String, BadMarks> {
    select(marked, Part::Solution)
}

/// The starter: what a learner begins with.
///
/// # Errors
/// When the marks do not follow each other as they should.
pub fn starter(marked: &str) -> Result<String, BadMarks> {
    select(marked, Part::Starter)
}

fn select(marked: &str, wanted: Part) -> Result<String, BadMarks> {
    let (mut out, mut part) = (String::new(), Part::Both);
    for (index, line) in marked.lines().enumerate() {
        let next = match (part, line.trim()) {
            (Part::Both, SOLUTION) => Some(Part::Solution),
            (Part::Solution, STARTER) => Some(Part::Starter),
            (Part::Starter | Part::Solution, END) => Some(Part::Both),
            (_, mark @ (SOLUTION | STARTER | END)) => {
                return Err(BadMarks::Misplaced { line: index + 1, mark: mark.to_owned() });
            }
            _ => None,
        };
        if let Some(next) = next {
            part = next;
        } else if part == Part::Both || part == wanted {
            out.push_str(&shown(line, part).ok_or(BadMarks::Code(index + 1))?);
            out.push('\n');
        }
    }
    if part == Part::Both { Ok(out) } else { Err(BadMarks::Open) }
}

/// A line as it is, or, in the starter's part, without the `// ` behind its indentation. `None` for a line
/// of that part which has none.
fn shown(line: &str, part: Part) -> Option<String> {
    if part != Part::Starter {
        return Some(line.to_owned());
    }
    let code = line.trim_start();
    let indentation = &line[..line.len() - code.len()];
    let code = code.strip_prefix("//")?;
    Some(format!("{indentation}{}", code.strip_prefix(' ').unwrap_or(code)).trim_end().to_owned())
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
