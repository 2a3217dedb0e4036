//! One or a few sentences for each step: what happened since the step before.

use super::arrows::capital;
use super::calls::frames as frames_of;
use super::scene::{Part, Scene};
use super::stage::{Stage, bytes, short_address};
use model::recording::{Event, Frame, Local, State, Step};

/// How much of a value is said.
const VALUE: usize = 40;
/// How many blocks are spoken of one by one.
const MOST_BLOCKS: usize = 4;
/// How many variables are spoken of.
const MOST_VARIABLES: usize = 4;

/// Says what happened before the step of `index`, and what comes next: `(happened, both)`.
pub(super) fn step(stage: &Stage, index: usize, before: Option<&Scene>, scene: &Scene) -> (String, String) {
    let steps = &stage.recording.steps;
    let Some(step) = steps.get(index) else {
        let happened = end(stage, scene);
        return (happened.clone(), happened);
    };
    let happened = match index.checked_sub(1).map(|last| &steps[last]) {
        None => "The program begins.".to_owned(),
        Some(last) => {
            let mut said = Vec::new();
            said.extend(events(stage, &step.events, step, Told::Threads));
            said.extend(calls(stage, index, last, step));
            said.extend(events(stage, &step.events, step, Told::Variables));
            said.extend(events(stage, &step.events, step, Told::Blocks));
            said.extend(variables(before, scene, step));
            said.extend(printed(&step.printed));
            said.join(" ")
        }
    };
    let next = next(stage, step);
    let say = if happened.is_empty() { next.clone() } else { format!("{happened} {next}") };
    let happened = if happened.is_empty() { "No variable has changed.".to_owned() } else { happened };
    (happened, say)
}

fn next(stage: &Stage, step: &Step) -> String {
    let function = innermost(step).map_or("", |frame| frame.function.as_str());
    let line = stage.line(step.line);
    let is_alone = step.stacks.iter().filter(|stack| !stack.frames.is_empty()).count() < 2;
    match (is_alone, step.thread) {
        (true, _) => format!("Next is line {line}, in `{function}`."),
        (false, 1) => format!("Next is line {line}, in the main thread."),
        (false, thread) => format!("Next is line {line}, in thread {thread}."),
    }
}

fn innermost(step: &Step) -> Option<&Frame> {
    frames_of(step, step.thread).first()
}

/// Functions that returned, and those that were called. What other threads did is told by their own steps.
fn calls(stage: &Stage, index: usize, last: &Step, step: &Step) -> Vec<String> {
    let of = |index: usize| stage.calls[index].get(&step.thread).map_or(&[][..], Vec::as_slice);
    let (old, new) = (of(index - 1), of(index));
    let mut said = Vec::new();
    for (frame, _) in frames_of(last, step.thread).iter().zip(old).filter(|(_, call)| !new.contains(call)) {
        said.push(format!("`{}` has returned.", frame.function));
    }
    let called = frames_of(step, step.thread).iter().zip(new).filter(|(_, call)| !old.contains(call));
    for (frame, _) in called.collect::<Vec<_>>().into_iter().rev() {
        let arguments: Vec<String> = frame.locals.iter().filter(|local| local.argument).map(with_value).collect();
        let with = if arguments.is_empty() { String::new() } else { format!(" with {}", arguments.join(" and ")) };
        said.push(format!("`{}` is called{with}.", frame.function));
    }
    said
}

fn with_value(local: &Local) -> String {
    if local.value.chars().count() > VALUE {
        return format!("`{}` of type `{}`", local.name, local.type_name);
    }
    format!("`{}` = {}", local.name, quoted(&local.value))
}

/// As code, whatever is in it.
fn quoted_whole(text: &str) -> String {
    format!("`{}`", text.replace('`', "'"))
}

/// As code, and not too much of it.
fn quoted(value: &str) -> String {
    let letters: Vec<char> = value.chars().collect();
    let short =
        if letters.len() > VALUE { letters[..VALUE].iter().collect::<String>() + "\u{2026}" } else { value.to_owned() };
    format!("`{}`", short.replace('`', "'"))
}

/// Events are told in an order that can be followed: who acts, what becomes of variables, then of memory.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    Threads,
    Variables,
    Blocks,
}

fn events(stage: &Stage, events: &[Event], step: &Step, told: Told) -> Vec<String> {
    let of = |event: &&Event| match event {
        Event::ThreadBegan { .. } | Event::ThreadEnded { .. } => told == Told::Threads,
        Event::Moved { .. } | Event::Dropped { .. } => told == Told::Variables,
        _ => told == Told::Blocks,
    };
    if told == Told::Blocks && events.iter().filter(of).count() > MOST_BLOCKS {
        return many(stage, events);
    }
    events.iter().filter(of).filter_map(|event| self::event(stage, event, step)).collect()
}

/// What happened to blocks, where there are too many to name.
fn many(stage: &Stage, events: &[Event]) -> Vec<String> {
    let is_ours = |block: &u32| stage.blocks.contains_key(block);
    let (mut allocated, mut resized, mut freed, mut rest) = (0, 0, 0, Vec::new());
    for event in events {
        match event {
            Event::Alloc { block, .. } => allocated += usize::from(is_ours(block)),
            Event::Realloc { block, .. } => resized += usize::from(is_ours(block)),
            Event::Free { block, .. } => freed += usize::from(is_ours(block)),
            Event::Signal { name } => rest.push(format!("The signal {name} arrives.")),
            _ => {}
        }
    }
    let counted = [(allocated, "allocated"), (resized, "resized"), (freed, "freed")];
    let said = counted.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| match count {
        1 => format!("One block is {what}."),
        count => format!("{count} blocks are {what}."),
    });
    said.chain(rest).collect()
}

fn event(stage: &Stage, event: &Event, step: &Step) -> Option<String> {
    let named = |block: &u32| stage.blocks.contains_key(block).then(|| capital(stage.block_name(*block)));
    Some(match event {
        Event::Alloc { block, size, .. } => format!("{} is allocated: {}.", named(block)?, bytes(*size)),
        Event::Realloc { block, from, to, old_size, size, .. } => {
            let verb = if size < old_size { "shrinks" } else { "grows" };
            let name = named(block)?;
            let (old, new) = (bytes(*old_size), bytes(*size));
            if from == to {
                format!("{name} {verb} from {old} to {new}, where it is.")
            } else {
                let (from, to) = (short_address(&from.to_string()), short_address(&to.to_string()));
                format!("{name} {verb} from {old} to {new} and moves, from `{from}` to `{to}`.")
            }
        }
        Event::Free { block, .. } => format!("{} is freed.", named(block)?),
        Event::DoubleFree { block, .. } => format!("{} is freed a second time.", named(block)?),
        Event::Moved { variable, .. } => moved(variable, step),
        Event::Dropped { variable, .. } => format!("`{}` is dropped.", last_name(variable)),
        Event::ThreadBegan { thread } => format!("Thread {thread} begins."),
        Event::ThreadEnded { thread } => format!("Thread {thread} ends."),
        Event::Signal { name } => format!("The signal {name} arrives."),
    })
}

fn last_name(variable: &str) -> &str {
    variable.rsplit('.').next().unwrap_or(variable)
}

/// Names where a value has gone, when its bytes are found in another variable.
fn moved(variable: &str, step: &Step) -> String {
    let name = last_name(variable);
    let function = variable.strip_suffix(&format!(".{name}")).unwrap_or_default();
    let all =
        || frames_of(step, step.thread).iter().flat_map(|frame| frame.locals.iter().map(move |local| (frame, local)));
    let from =
        all().find(|(frame, local)| frame.function == function && local.name == name && local.state == State::Moved);
    let to = from.and_then(|(_, from)| {
        let is_copy = |local: &Local| {
            local.state != State::Moved && local.bytes == from.bytes && local.type_name == from.type_name
        };
        all().find(|(_, local)| !local.bytes.is_empty() && is_copy(local))
    });
    match to {
        Some((_, local)) => format!("`{name}` is moved to `{}`.", local.name),
        None => format!("`{name}` is moved."),
    }
}

/// Variables of the running function that are new, and what has changed anywhere.
fn variables(before: Option<&Scene>, scene: &Scene, step: &Step) -> Vec<String> {
    let Some(before) = before else { return Vec::new() };
    let arguments: Vec<&str> = innermost(step).map_or(Vec::new(), |frame| {
        frame.locals.iter().filter(|local| local.argument).map(|local| local.name.as_str()).collect()
    });
    let rows = scene.stacks.iter().flat_map(|stack| &stack.frames).flat_map(|frame| &frame.rows);
    let mut said = Vec::new();
    for row in rows.filter(|row| !row.is_stale) {
        said.extend(variable(row, before.part(&row.key), &arguments));
    }
    for block in &scene.heap {
        said.extend(before.part(&block.key).into_iter().flat_map(|old| fields(old, block, scene)));
    }
    let more = said.len().saturating_sub(MOST_VARIABLES);
    said.truncate(MOST_VARIABLES);
    if more > 0 {
        said.push(format!("{more} more values have changed."));
    }
    said
}

fn variable(row: &Part, old: Option<&Part>, arguments: &[&str]) -> Option<String> {
    let is_here = row.states.iter().all(|state| !state.starts_with("in the frame"));
    let is_short = row.value.chars().count() <= VALUE;
    match old {
        None if arguments.contains(&row.name.as_str()) || !is_here => None,
        None if is_short => Some(format!("`{}` is {}.", row.name, quoted(&row.value))),
        None => Some(format!("`{}` has its value, of type `{}`.", row.name, row.type_name)),
        Some(old) if !is_here || old.value == row.value => None,
        // That its block was freed has been told.
        Some(_) if row.value.contains("freed") => None,
        Some(old) if is_short => {
            Some(format!("`{}` changes from {} to {}.", row.name, quoted(&old.value), quoted(&row.value)))
        }
        // Of a long value only its own words are spoken of; what it leads to is told where it is.
        Some(_) => row.cells.iter().any(|cell| cell.is_changed).then(|| format!("`{}` changes.", row.name)),
    }
}

/// What has changed in the named fields of a block.
fn fields(old: &Part, block: &Part, scene: &Scene) -> Vec<String> {
    let changed = block.cells.iter().enumerate().zip(&old.cells);
    let changed =
        changed.filter(|((_, cell), _)| cell.is_changed && !cell.label.is_empty() && !cell.label.starts_with('['));
    changed
        .map(|((place, cell), before)| {
            let arrow = scene.arrows.iter().find(|arrow| arrow.from == block.key && arrow.cell == place);
            let field = format!("`{}` in {}", cell.label, block.name);
            match arrow.and_then(|arrow| scene.part(&arrow.to)) {
                Some(to) => format!("{field} now leads to {}.", to.name),
                None => format!("{field} changes from `{}` to `{}`.", before.text, cell.text),
            }
        })
        .collect()
}

fn leaks(stage: &Stage, scene: &Scene) -> Option<String> {
    let leaked = stage.recording.end.leaked.iter().filter(|leak| stage.blocks.contains_key(&leak.block));
    let leaked: Vec<String> = leaked.map(|leak| stage.block_name(leak.block)).collect();
    match leaked.as_slice() {
        [] => (!stage.blocks.is_empty() && scene.stacks.is_empty()).then(|| "Nothing was leaked.".to_owned()),
        [one] => Some(format!("{} was never freed.", capital(one.clone()))),
        [one, other] => Some(format!("{} and {other} were never freed.", capital(one.clone()))),
        many => Some(format!("{} blocks were never freed.", many.len())),
    }
}

fn printed(text: &str) -> Option<String> {
    let text = text.trim_end();
    (!text.is_empty()).then(|| format!("It prints {}.", quoted(&text.replace('\n', " / "))))
}

fn end(stage: &Stage, scene: &Scene) -> String {
    let end = &stage.recording.end;
    let mut said = Vec::new();
    if let Some(skipped) = &stage.recording.skipped {
        let many = model::quantity::group(skipped.steps as f64, 0);
        said.push(format!("{many} more steps were counted and not recorded."));
        if skipped.endless {
            said.push("The program was still running when it was stopped.".to_owned());
        }
    }
    if let Some(step) = stage.recording.steps.last() {
        said.extend(events(stage, &end.events, step, Told::Variables));
        said.extend(events(stage, &end.events, step, Told::Blocks));
    }
    said.extend(printed(&scene.printed));
    if stage.recording.skipped.as_ref().is_none_or(|skipped| !skipped.endless) {
        said.push(format!("The program {}.", end.how));
    }
    let words: Vec<&str> = end.stderr.lines().filter(|line| !line.trim().is_empty()).take(2).collect();
    said.extend((!words.is_empty()).then(|| format!("It says {}.", quoted_whole(&words.join(" ")))));
    said.extend(leaks(stage, scene));
    said.join(" ")
}
