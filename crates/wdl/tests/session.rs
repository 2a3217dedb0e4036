//! One learner's way through two exercises. The transcript is the manual of `wdl`, so that the manual is true;
//! `SNAPSHOTS=overwrite cargo test -p wdl --test session` writes it anew.

#![cfg(unix)]

mod common;

use common::{Course, SOLUTION};
use snapbox::{Data, assert_data_eq};
use std::path::Path;

const HEAD: &str = "# A session with `wdl`

`wdl` does the exercises with you. It stands on plain `cargo test -p NAME`, which always works by itself, and adds the next
step: what was tried, what was expected, what came, why it matters, where to read. `NO_COLOR=1` turns color off, `--plain`
symbols too. Without a command, `wdl` works on the next exercise and `wdl NAME` on that one: it checks again each time you save a
file, and Ctrl-C ends it. Here it is called with `--once`.

A check ends with code 0 when it passed, 1 when not yet, 2 when the command cannot be right, 3 when time or memory ran out,
and 70 when the course or the machine is at fault.
";

struct Transcript {
    course: Course,
    text: String,
}

impl Transcript {
    /// A sentence, a command, and everything that it prints as a result.
    fn wdl(&mut self, prose: &str, line: &str) {
        let answer = self.course.wdl(line);
        let code = if answer.code == 0 { String::new() } else { format!("(code {})\n", answer.code) };
        let notes: String = answer.stderr.lines().map(|line| format!("{line}\n")).collect();
        let command = format!("$ wdl {line}").trim_end().to_owned();
        self.text += &format!("\n{prose}\n\n```console\n{command}\n{}{notes}{code}```\n", answer.stdout);
    }

    /// A sentence, and an answer that the learner writes.
    fn write(&mut self, prose: &str, name: &str, code: &str) {
        self.course.write(name, code);
        self.text += &format!("\n{prose}\n\n```rust\n{code}```\n");
    }
}

#[test]
fn the_manual_shows_what_really_happens() {
    let course = Course::new("session");
    assert_eq!(course.wdl("manifest").code, 0);
    let mut session = Transcript { course, text: HEAD.to_owned() };
    let count = "numbers/count/src/lib.rs";
    session.wdl("What there is to do:", "list");
    session.wdl("The next exercise, with the place to begin:", "--once");
    session.write(
        "A first answer follows the definition:",
        count,
        "pub fn count(n: u64) -> u64 {\n    if n == 0 { 0 } else { 1 + count(n - 1) }\n}\n",
    );
    session.wdl("Half of it is right. The process died, and every other test still has its verdict:", "check count");
    session.wdl("A hint says a little, and the next a little more:", "hint count");
    session.wdl("", "hint count --next");
    session.write(
        "A loop needs one frame, and this one stops too early:",
        count,
        "pub fn count(n: u64) -> u64 {\n    (1..n).map(|_| 1).sum()\n}\n",
    );
    session.wdl("The first thing that is not right yet comes first:", "check count");
    session.write("With the right range:", count, SOLUTION);
    session.wdl("", "check count");
    session.wdl("The next one, by itself:", "--once");
    session.wdl("What is to be handed in is checked once more:", "submit count");
    session.wdl("Starting over loses nothing:", "reset count");
    session.wdl("", "progress");
    session.wdl("It can be undone, and the pass comes back with the files that passed:", "reset count --undo");
    session.write(
        "A pass stays one, whatever is tried afterwards. This does not compile:",
        count,
        "pub fn count(n: u64) -> u64 {\n    \"n\"\n}\n",
    );
    session.wdl("It can be handed in all the same, and what was packed before is kept:", "submit count");
    session.wdl("", "list");
    session.wdl("After the last hint there are other ways:", "hint count --next");
    session.wdl("", "hint count --next");
    session.wdl("A name that does not exist:", "check cuont");
    session.wdl("A word that is neither a command nor an exercise:", "chekc");
    session.wdl("Everything that the machine needs is looked at by `wdl doctor`. Without symbols:", "list --plain");
    // What looks like a sentence of the manual may be empty between two commands that belong together.
    let text = session.text.replace("\n\n\n", "\n");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/session.md");
    assert_data_eq!(text, Data::read_from(&path, None).raw());
}
