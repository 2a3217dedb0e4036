//! Who leads to what, and the sentence that says it.

use super::scene::{Arrow, Kind, Scene};
use super::stage::{Moment, Stage};
use model::recording::{Block, Frame, Local, Relation, State, Target};

/// A variable, the key of its box, and the function in whose frame it is shown.
struct Place<'a> {
    local: &'a Local,
    key: &'a str,
    function: &'a str,
    thread: u32,
}

/// All arrows of a scene whose boxes are known.
pub(super) fn of(stage: &Stage, moment: &Moment, scene: &Scene) -> Vec<Arrow> {
    let places = places(moment, scene);
    let mut arrows = Vec::new();
    for place in &places {
        let from = name(&places, place);
        for (cell, word) in place.local.words.iter().enumerate() {
            let Some(target) = &word.to else { continue };
            let Some((to, end)) = end(stage, scene, &places, target, place.key) else { continue };
            let kind = kind(target, place.local.state);
            let say = sentence(&from, kind, &end, place.local.state, &place.local.type_name);
            arrows.push(Arrow { from: place.key.to_owned(), cell, to, kind, say });
        }
        arrows.extend(captured(&places, place));
    }
    for block in &moment.heap {
        arrows.extend(of_block(stage, scene, &places, block));
    }
    arrows
}

fn places<'a>(moment: &Moment<'a>, scene: &'a Scene) -> Vec<Place<'a>> {
    let mut places = Vec::new();
    let with_frames = moment.stacks.iter().filter(|stack| !stack.frames.is_empty());
    for (stack, shown) in with_frames.zip(&scene.stacks) {
        for (frame, box_of) in stack.frames.iter().rev().zip(&shown.frames) {
            places.extend(of_frame(frame, box_of, stack.thread));
        }
    }
    places
}

/// The boxes of a frame are in another order than its variables.
fn of_frame<'a>(frame: &'a Frame, shown: &'a super::scene::Frame, thread: u32) -> Vec<Place<'a>> {
    let mut nth: Vec<&Local> = Vec::new();
    let mut found = Vec::new();
    for local in &frame.locals {
        let before = nth.iter().filter(|other| other.name == local.name).count();
        nth.push(local);
        let key =
            format!("{}/{}{}", shown.key, local.name, if before == 0 { String::new() } else { format!("#{before}") });
        if let Some(row) = shown.rows.iter().find(|row| row.key == key) {
            found.push(Place { local, key: &row.key, function: &frame.function, thread });
        }
    }
    found
}

/// `` `s` ``, or with its function where two variables have the name.
fn name(places: &[Place], place: &Place) -> String {
    let is_other = |other: &&Place| other.local.name == place.local.name && other.key != place.key;
    match places.iter().find(is_other) {
        None => format!("`{}`", place.local.name),
        Some(other) if other.function == place.function && other.thread == place.thread => {
            let which = if place.local.shadowed { "the shadowed" } else { "the newest" };
            format!("{which} `{}`", place.local.name)
        }
        Some(_) => format!("`{}` of `{}`", place.local.name, place.function),
    }
}

/// Key and name of what an address is in: a block, or the variable that fits it most closely.
fn end(stage: &Stage, scene: &Scene, places: &[Place], target: &Target, from: &str) -> Option<(String, String)> {
    if let Some(block) = target.block {
        let key = format!("b{block}");
        return scene.part(&key).map(|_| (key, stage.block_name(block)));
    }
    let address = target.address.0;
    let holds = |place: &&Place| {
        let begin = place.local.address.0;
        place.key != from && place.local.offset.is_some() && (begin..begin + place.local.size).contains(&address)
    };
    let best = places.iter().filter(holds).min_by_key(|place| (place.local.state != State::Live, place.local.size))?;
    Some((best.key.to_owned(), name(places, best)))
}

fn kind(target: &Target, state: State) -> Kind {
    match state {
        State::Moved | State::Dropped => Kind::Stale,
        // An owner at the end of its scope has freed its block itself.
        State::Ending if target.freed && target.relation == Relation::Owns => Kind::Stale,
        _ if target.freed => Kind::Dangling,
        _ => target.relation.into(),
    }
}

fn sentence(from: &str, kind: Kind, to: &str, state: State, type_name: &str) -> String {
    let is_shared = type_name.contains("Rc<") || type_name.contains("Arc<") || type_name.contains("Inner<");
    match kind {
        Kind::Owns if is_shared => format!("{from} is one owner of {to}."),
        Kind::Owns => format!("{from} owns {to}."),
        Kind::Borrows => format!("{from} borrows {to}."),
        Kind::Weak => format!("{from} is a weak pointer to {to}."),
        Kind::Raw => format!("{from} is a raw pointer to {to}."),
        Kind::Dangling => format!("{from} dangles: it leads to {to}, which was freed."),
        Kind::Stale => {
            let how = if state == State::Moved { "moved" } else { "dropped" };
            format!("{from} was {how}; its old bytes still lead to {to}, and nobody uses them.")
        }
    }
}

/// What a closure has captured is the variable of another function, under its own name.
fn captured(places: &[Place], place: &Place) -> Option<Arrow> {
    if place.local.offset.is_some() || place.local.size == 0 {
        return None;
    }
    let is_same = |other: &&Place| other.key != place.key && other.local.offset.is_some();
    let other = places.iter().filter(is_same).find(|other| other.local.address == place.local.address)?;
    let (from, to) = (name(places, place), name(places, other));
    let say = format!("{from} borrows {to}: the closure has captured it.");
    Some(Arrow { from: place.key.to_owned(), cell: 0, to: other.key.to_owned(), kind: Kind::Borrows, say })
}

fn of_block(stage: &Stage, scene: &Scene, places: &[Place], block: &Block) -> Vec<Arrow> {
    let key = format!("b{}", block.block);
    let Some(part) = scene.part(&key) else { return Vec::new() };
    let mut arrows = Vec::new();
    for (cell, word) in block.words.iter().enumerate() {
        let Some(target) = &word.to else { continue };
        let Some((to, end)) = end(stage, scene, places, target, &key) else { continue };
        let label = part.cells.get(cell).map_or("", |cell| cell.label.as_str());
        let from = match label {
            "" => stage.block_name(block.block),
            label => format!("`{label}` in {}", stage.block_name(block.block)),
        };
        let kind = kind(target, State::Live);
        let say = capital(sentence(&from, kind, &end, State::Live, &word.type_name));
        arrows.push(Arrow { from: key.clone(), cell, to, kind, say });
    }
    arrows
}

/// With a capital letter at the beginning.
pub(super) fn capital(text: String) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
