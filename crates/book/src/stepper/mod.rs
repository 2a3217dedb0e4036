//! The memory stepper: from a recording to everything that a reader sees of it.
//!
//! Pictures, tables, sentences and the interactive widget show the same scenes, and all of them are made here,
//! once. The script in the page only draws what [`encode`] has written.
//!
//! ```text
//! Recording --stage, arrows, tell, ask--> View --+--> svg::memory, tables (the page without scripts)
//!                                                +--> encode (the page with scripts, and a file of its own)
//! ```

pub mod alone;
mod arrows;
mod ask;
mod calls;
pub mod encode;
pub mod fallback;
pub mod scene;
mod stage;
mod tell;

use crate::library::listing::Listing;
use model::recording::{Event, Recording};
use scene::{Scene, View};
use stage::Stage;
use std::collections::BTreeMap;

/// Why a recording cannot be shown with its listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Line of the listing.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

/// Makes the scenes of a recorded listing.
///
/// # Errors
/// Everything that does not fit: remarks and questions at lines that are never reached, lines that the listing
/// does not have.
pub fn view(listing: &Listing, recording: &Recording) -> Result<View, Vec<Wrong>> {
    let code = listing.shown_lines();
    let lines: BTreeMap<u32, u32> =
        code.iter().zip(1..).filter_map(|((line, _), shown)| Some((u32::try_from(*line).ok()?, shown))).collect();
    let mut wrong = Vec::new();
    if let Some(step) = recording.steps.iter().find(|step| !lines.contains_key(&step.line)) {
        let message = format!("the recording has a step at line {}, where this listing has no code", step.line);
        return Err(vec![Wrong { line: 1, message }]);
    }
    let stage = Stage::new(recording, lines);
    let mut scenes = scenes(&stage);
    for remark in &listing.narration.remarks {
        match recording.steps.iter().position(|step| step.line as usize == remark.line) {
            Some(step) => scenes[step].remark = Some(remark.text.clone()),
            None => wrong.push(Wrong {
                line: remark.mark,
                message: "the recording never reaches the line of this remark".into(),
            }),
        }
    }
    let mut stops = Vec::new();
    for ask in &listing.narration.asks {
        match ask::stop(&stage, &scenes, ask) {
            Ok(stop) => stops.push(stop),
            Err(message) => wrong.push(Wrong { line: ask.mark, message }),
        }
    }
    stops.sort_by_key(|stop| stop.scene);
    if wrong.is_empty() {
        Ok(View { code: code.into_iter().map(|(_, text)| text).collect(), scenes, stops })
    } else {
        Err(wrong)
    }
}

/// The first scene before a line whose code matches; the last scene of all for `end`.
///
/// # Errors
/// When no line that was reached matches.
pub fn scene_at(view: &View, pattern: &regex::Regex) -> Option<usize> {
    if pattern.as_str() == "end" {
        return Some(view.scenes.len() - 1);
    }
    let code = |line: u32| view.code.get(line as usize - 1);
    view.scenes.iter().position(|scene| scene.line.and_then(code).is_some_and(|code| pattern.is_match(code)))
}

fn scenes(stage: &Stage) -> Vec<Scene> {
    let mut scenes: Vec<Scene> = Vec::new();
    for index in 0..=stage.recording.steps.len() {
        let mut scene = stage.scene(index);
        if let Some(before) = scenes.last() {
            news(stage.moment(index).events, before, &mut scene);
        }
        (scene.happened, scene.say) = tell::step(stage, index, scenes.last(), &scene);
        scenes.push(scene);
    }
    scenes
}

/// Marks what is new, and what has changed.
fn news(events: &[Event], before: &Scene, scene: &mut Scene) {
    let rows = scene.stacks.iter_mut().flat_map(|stack| &mut stack.frames).flat_map(|frame| &mut frame.rows);
    for part in rows.chain(&mut scene.heap) {
        let Some(old) = before.part(&part.key) else {
            if !part.is_stale {
                part.news.push("new");
            }
            continue;
        };
        let is_same_kind = old.cells.len() == part.cells.len();
        for (place, cell) in part.cells.iter_mut().enumerate() {
            cell.is_changed = !old.cells.get(place).is_some_and(|old| old.text == cell.text && old.label == cell.label);
        }
        let is_changed = part.cells.iter().any(|cell| cell.is_changed) || !is_same_kind || old.bytes != part.bytes;
        let resized = events.iter().find_map(|event| match event {
            Event::Realloc { block, from, to, .. } if part.key == format!("b{block}") => Some(from == to),
            _ => None,
        });
        match resized {
            Some(true) => part.news.push("resized in place"),
            Some(false) => part.news.push("moved to a new place"),
            None if is_changed && !part.is_stale => part.news.push("changed"),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests;
