//! Which frames belong to one and the same call, from step to step: two calls may follow each other in the same
//! place of a stack.

use model::recording::{Frame, Recording, Step};
use std::collections::BTreeMap;

/// Numbers of the calls on the stack of each thread, the innermost first.
pub(super) type Calls = BTreeMap<u32, Vec<u32>>;

/// The calls of each step.
pub(super) fn of(recording: &Recording) -> Vec<Calls> {
    let mut all: Vec<Calls> = Vec::new();
    let mut next = 0;
    for (index, step) in recording.steps.iter().enumerate() {
        let before = index.checked_sub(1).map(|last| (&recording.steps[last], &all[last]));
        let calls = step.stacks.iter().map(|stack| {
            let old = before.and_then(|(last, calls)| Some((frames(last, stack.thread), calls.get(&stack.thread)?)));
            let (old, numbers) = old.map_or((&[][..], &[][..]), |(old, numbers)| (old, numbers.as_slice()));
            let kept = kept(old, &stack.frames, stack.hidden_frames > 0);
            let fresh = stack.frames.len() - kept;
            let mut of_stack: Vec<u32> = (next..).take(fresh).collect();
            next += u32::try_from(fresh).unwrap_or(0);
            of_stack.extend(&numbers[numbers.len() - kept..]);
            (stack.thread, of_stack)
        });
        let calls = calls.collect();
        all.push(calls);
    }
    all
}

pub(super) fn frames(step: &Step, thread: u32) -> &[Frame] {
    step.stacks.iter().find(|stack| stack.thread == thread).map_or(&[], |stack| &stack.frames)
}

/// How many of the outermost frames are the same calls as before.
fn kept(old: &[Frame], new: &[Frame], is_cut: bool) -> usize {
    let is_same = |(old, new): &(&Frame, &Frame)| old.function == new.function && old.pointer == new.pointer;
    let same = old.iter().rev().zip(new.iter().rev()).take_while(is_same).count();
    if is_cut {
        return same;
    }
    // A caller whose line is another does not wait for the same call any more.
    let pairs = old.iter().rev().zip(new.iter().rev()).take(same.saturating_sub(1));
    let waits = pairs.take_while(|(old, new)| old.line == new.line).count();
    let again = waits + 1 == same && same == old.len() && same == new.len() && is_new_call(old, new);
    if waits + 1 < same { waits + 1 } else { same - usize::from(again) }
}

/// The same function in the same place may be another call: it is again at its beginning, with nothing but its
/// arguments, while its caller waits.
fn is_new_call(old: &[Frame], new: &[Frame]) -> bool {
    let (Some(before), Some(now)) = (old.first(), new.first()) else { return false };
    new.len() > 1
        && now.line < before.line
        && now.locals.iter().all(|local| local.argument)
        && (before.locals.len() > now.locals.len()
            || now.locals.iter().zip(&before.locals).any(|(a, b)| a.bytes != b.bytes))
}
