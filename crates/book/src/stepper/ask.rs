//! Questions whose answers nobody typed: they are read from the recording.

use super::scene::{Scene, Stop};
use super::stage::Stage;
use crate::library::narration::Ask;
use model::recording::{Local, State, Step};

/// What can be read from a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Reading {
    /// `printed`: what the line prints, line breaks as commas.
    Printed,
    /// `blocks`: how many blocks of the heap there are after it.
    Blocks,
    /// `leaked`: how many blocks are never freed.
    Leaked,
    /// `depth`: how many frames the stack has at most while the line is executed.
    Depth,
    /// `list`, `list.cap`: a value after the line.
    Value(String),
    /// `list.ptr changes`: whether the line changes it.
    Changes(String),
}

impl Reading {
    fn parse(text: &str) -> Option<Self> {
        let is_name = |name: &str| {
            name.split('.').all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_'))
        };
        Some(match text {
            "printed" => Self::Printed,
            "blocks" => Self::Blocks,
            "leaked" => Self::Leaked,
            "depth" => Self::Depth,
            _ => match text.strip_suffix(" changes") {
                Some(name) if is_name(name) => Self::Changes(name.to_owned()),
                None if is_name(text) => Self::Value(text.to_owned()),
                _ => return None,
            },
        })
    }
}

/// Answers a question from the recording.
///
/// # Errors
/// Why it cannot be asked: its line is never reached, there is no such variable, a wrong answer is right.
pub(super) fn stop(stage: &Stage, scenes: &[Scene], ask: &Ask) -> Result<Stop, String> {
    let steps = &stage.recording.steps;
    let reading = Reading::parse(&ask.answer).ok_or_else(|| {
        format!("`{}` reads nothing; write a variable, `variable.field`, either with ` changes`, or printed, blocks, leaked or depth", ask.answer)
    })?;
    let asked = steps.iter().position(|step| step.line as usize == ask.line);
    let asked = asked.ok_or("the recording never reaches the line of this question")?;
    let depth = depth_of(&steps[asked], steps[asked].thread);
    let is_done = |step: &Step| step.thread == steps[asked].thread && depth_of(step, step.thread) <= depth;
    let answered = (asked + 1..steps.len()).find(|&index| is_done(&steps[index])).unwrap_or(steps.len());
    let answer = read(stage, scenes, &reading, asked, answered)
        .ok_or_else(|| format!("after this line the recording has no value of `{}`", ask.answer))?;
    if ask.wrong.contains(&answer) {
        return Err(format!("`{answer}` is what was recorded, and stands among the wrong answers"));
    }
    let mut choices: Vec<String> = ask.wrong.iter().chain([&answer]).cloned().collect();
    choices.sort_by_key(|choice| (choice.parse::<i64>().unwrap_or(i64::MAX), choice.clone()));
    choices.dedup();
    let right = choices.iter().position(|choice| *choice == answer).unwrap_or_default();
    Ok(Stop { scene: asked, answered, question: ask.question.clone(), choices, right })
}

fn depth_of(step: &Step, thread: u32) -> usize {
    let stack = step.stacks.iter().find(|stack| stack.thread == thread);
    stack.map_or(0, |stack| stack.frames.len() + stack.hidden_frames)
}

fn read(stage: &Stage, scenes: &[Scene], reading: &Reading, asked: usize, answered: usize) -> Option<String> {
    let steps = &stage.recording.steps;
    let thread = steps[asked].thread;
    match reading {
        Reading::Printed => {
            let printed: String = scenes[asked + 1..=answered].iter().map(|scene| scene.printed.as_str()).collect();
            Some(printed.trim_end().replace('\n', ", ")).filter(|printed| !printed.is_empty())
        }
        Reading::Blocks => Some(stage.moment(answered).heap.len().to_string()),
        Reading::Leaked => {
            let leaked = &stage.recording.end.leaked;
            Some(leaked.iter().filter(|leak| stage.blocks.contains_key(&leak.block)).count().to_string())
        }
        Reading::Depth => {
            let run = &steps[asked..answered.min(steps.len())];
            run.iter().map(|step| depth_of(step, thread)).max().map(|depth| depth.to_string())
        }
        Reading::Value(name) => value(steps.get(answered)?, thread, name),
        Reading::Changes(name) => {
            let (before, after) = (value(&steps[asked], thread, name)?, value(steps.get(answered)?, thread, name)?);
            Some(if before == after { "no" } else { "yes" }.to_owned())
        }
    }
}

/// The value of `variable` or `variable.field` in the running function.
fn value(step: &Step, thread: u32, name: &str) -> Option<String> {
    let (name, field) = name.split_once('.').map_or((name, None), |(name, field)| (name, Some(field)));
    let frame = step.stacks.iter().find(|stack| stack.thread == thread)?.frames.first()?;
    let is_meant = |local: &&Local| local.name == name && local.state != State::Dropped;
    let local = frame.locals.iter().rfind(is_meant)?;
    match field {
        None => Some(local.value.clone()),
        Some(field) => {
            let is_field = |path: &str| path == field || path.ends_with(&format!(".{field}"));
            local.words.iter().find(|word| is_field(&word.path)).map(|word| word.value.clone())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_names_what_to_read() {
        assert_eq!(Reading::parse("list.cap"), Some(Reading::Value("list.cap".into())));
        assert_eq!(Reading::parse("list.ptr changes"), Some(Reading::Changes("list.ptr".into())));
        assert_eq!(Reading::parse("depth"), Some(Reading::Depth));
        assert_eq!(Reading::parse("how deep"), None);
        assert_eq!(Reading::parse("list."), None);
    }
}
