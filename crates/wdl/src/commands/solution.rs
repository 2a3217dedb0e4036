//! `wdl solution`: the solution, where the teacher's side of the course is there, after a pass.

use anyhow::Result;
use fs_err as fs;

use super::Session;
use crate::cli::Exit;
use crate::progress::State;

/// Shows the solution of an exercise.
///
/// # Errors
/// When the exercise is unknown, or the solution cannot be read.
pub fn run(session: &Session, id: &str, anyway: u8) -> Result<Exit> {
    let entry = session.course.entry(id)?;
    let (chapter, id) = (&entry.about.chapter, entry.id());
    let suites = session.course.folder.parent().map(|root| root.join("tests").join("suites"));
    let path = suites.map(|suites| suites.join(chapter).join(id).join("solution.rs"));
    let Some(path) = path.filter(|path| path.is_file()) else {
        session.console.tell("there are no solutions in this copy of the course; `wdl hint` helps");
        return Ok(Exit::NotYet);
    };
    if session.progress.record(id).state != State::Passed && anyway < 2 {
        session.console.tell(&match anyway {
            0 => format!("you have not passed `{id}` yet; `wdl hint {id} --next` helps without giving it away"),
            _ => "what you find yourself stays with you; if you still want to see it, give `--anyway` twice".to_owned(),
        });
        return Ok(Exit::NotYet);
    }
    session.console.say(&without_starter(&fs::read_to_string(path)?));
    Ok(Exit::Passed)
}

/// The solution alone: its file also holds what the starter has in its place.
fn without_starter(text: &str) -> String {
    let mut lines = Vec::new();
    let mut starter = false;
    for line in text.lines() {
        match line.trim() {
            "// SOLUTION" => {}
            "// STARTER" => starter = true,
            "// END" => starter = false,
            _ if starter => {}
            _ => lines.push(line),
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::without_starter;

    #[test]
    fn the_lines_of_the_starter_are_left_out() {
        let text = "fn f() {\n    // SOLUTION\n    1\n    // STARTER\n    // todo!()\n    // END\n}\n";
        assert_eq!(without_starter(text), "fn f() {\n    1\n}");
    }
}
