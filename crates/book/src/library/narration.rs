//! What an author says in a recorded listing: remarks that are shown when a line is reached, and questions
//! that are asked before it is executed.
//!
//! ```text
//! // SAY: The three words are copied. The text stays where it is.
//! // ASK: How large is the capacity after this line? | list.cap | 3 | 5
//! let second = first;
//! ```
//!
//! A mark stands above the line that it belongs to, or at its end. A question names what to read from the
//! recording, and wrong answers beside the one that is found there; nobody types the right one.

use crate::faults::{Fault, Source};

/// A remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The line that it belongs to, from 1.
    pub line: usize,
    /// The line on which it stands.
    pub mark: usize,
    /// What is said; a phrase of Markdown with code spans.
    pub text: String,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The line that it belongs to, from 1.
    pub line: usize,
    /// The line on which it stands.
    pub mark: usize,
    /// What is asked.
    pub question: String,
    /// What of the recording answers it.
    pub answer: String,
    /// Wrong answers.
    pub wrong: Vec<String>,
}

/// All marks of a listing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narration {
    /// Remarks, in the order of the file.
    pub remarks: Vec<Remark>,
    /// Questions, in the order of the file.
    pub asks: Vec<Ask>,
}

/// The words behind a comment that only our tools read.
pub const MARKS: [&str; 2] = ["SAY: ", "ASK: "];

impl Narration {
    /// Reads the marks of a source; `comment` is what begins a comment.
    pub fn read(source: &Source, comment: &str, is_recorded: bool, faults: &mut Vec<Fault>) -> Self {
        let lines: Vec<&str> = source.text.lines().collect();
        let mut narration = Self::default();
        for (index, text) in lines.iter().enumerate() {
            let found =
                MARKS.iter().find_map(|word| text.split_once(&format!("{comment} {word}")).map(|at| (word, at)));
            let Some((word, (before, said))) = found else { continue };
            let mark = index + 1;
            if !is_recorded {
                let fault = Fault::at_line(source, mark, "only a recorded listing speaks to its readers");
                faults.push(fault.help("add `//@ trace` to its header, or remove this mark"));
            }
            let carrier = if before.trim().is_empty() { carrier(&lines, index, comment) } else { Some(mark) };
            let Some(line) = carrier else {
                let fault = Fault::at_line(source, mark, "this mark belongs to no line");
                faults.push(fault.help("put it above a line that is executed, or at its end"));
                continue;
            };
            match *word {
                "SAY: " => narration.say(Remark { line, mark, text: said.trim().to_owned() }),
                _ => match ask(said, line, mark) {
                    Ok(ask) => narration.asks.push(ask),
                    Err(message) => faults.push(
                        Fault::at_line(source, mark, message)
                            .help("write `ASK: question | what to read from the recording | wrong answer`"),
                    ),
                },
            }
        }
        narration
    }

    /// Remarks of one line are one text.
    fn say(&mut self, remark: Remark) {
        match self.remarks.last_mut() {
            Some(last) if last.line == remark.line => last.text = format!("{} {}", last.text, remark.text),
            _ => self.remarks.push(remark),
        }
    }
}

/// The first line below a mark that is more than a comment.
fn carrier(lines: &[&str], mark: usize, comment: &str) -> Option<usize> {
    let is_code = |text: &&str| !text.trim().is_empty() && !text.trim_start().starts_with(comment);
    lines.iter().skip(mark + 1).position(is_code).map(|skipped| mark + 2 + skipped)
}

fn ask(said: &str, line: usize, mark: usize) -> Result<Ask, String> {
    let mut parts = said.split(" | ").map(|part| part.trim().to_owned());
    let question = parts.next().filter(|question| question.ends_with('?')).ok_or("a question ends with `?`")?;
    let answer = parts.next().ok_or("this question does not say what of the recording answers it")?;
    let wrong: Vec<String> = parts.collect();
    if wrong.is_empty() || wrong.iter().any(String::is_empty) {
        return Err("a question needs at least one wrong answer".to_owned());
    }
    Ok(Ask { line, mark, question, answer, wrong })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Narration, Vec<String>) {
        let mut faults = Vec::new();
        let narration = Narration::read(&Source::new("a.rs", text), "//", true, &mut faults);
        (narration, faults.into_iter().map(|fault| fault.message).collect())
    }

    #[test]
    fn a_mark_belongs_to_its_line_or_to_the_one_below() {
        let (narration, faults) = read(
            "fn main() {\n    // SAY: One.\n    // SAY: Two.\n    let a = 1;\n    let b = 2; // SAY: Three.\n    // ASK: How much? | b | 3 | 4\n    // a comment\n    drop(b);\n}\n",
        );
        assert_eq!(faults, [""; 0]);
        let said: Vec<(usize, &str)> = narration.remarks.iter().map(|r| (r.line, r.text.as_str())).collect();
        assert_eq!(said, [(4, "One. Two."), (5, "Three.")]);
        let ask = &narration.asks[0];
        assert_eq!((ask.line, ask.mark, ask.answer.as_str(), ask.wrong.len()), (8, 6, "b", 2));
    }

    #[test]
    fn a_mark_that_belongs_to_nothing_is_a_fault_and_so_is_half_a_question() {
        let (narration, faults) =
            read("// ASK: No question | a | 1\n// ASK: Why?\n// ASK: Why? | a\nfn main() {}\n// SAY: The end.\n");
        assert_eq!(narration, Narration::default());
        assert_eq!(faults.len(), 4);
    }
}
