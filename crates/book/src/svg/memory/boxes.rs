//! Frames with their variables, and blocks: text set in boxes, from top to bottom.

use super::{rectangle, words, words_to_the_left};
use crate::stepper::scene::{Cell, Frame, Part, Stack};
use crate::svg::width_of;
use std::collections::BTreeMap;

const PADDING: f64 = 10.0;
const HEADER: f64 = 26.0;
const NAME: f64 = 30.0;
const CELL: f64 = 30.0;
/// Free space below cells, in which the lines of pointers run.
const LANE: f64 = 9.0;
const MONO: f64 = 12.0;

/// A column of boxes.
#[derive(Clone, Copy)]
pub(super) struct Column {
    pub(super) left: f64,
    pub(super) width: f64,
    /// Whether addresses stand left of it.
    pub(super) has_addresses: bool,
}

/// Where a part was drawn.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    /// Center and lower edge of each cell.
    pub(super) cells: Vec<(f64, f64)>,
}

/// Draws a stack from its outermost frame to its newest, and tells where it ends.
pub(super) fn frames<'a>(
    svg: &mut String,
    column: Column,
    stack: &'a Stack,
    mut top: f64,
    placed: &mut BTreeMap<&'a str, Placed>,
) -> f64 {
    for frame in &stack.frames {
        if frame.hidden > 0 {
            words(svg, "note", (column.left, top + 14.0), &format!("\u{2026} {} more frames \u{2026}", frame.hidden));
            top += 24.0;
        }
        top = self::frame(svg, column, frame, top, placed) + 8.0;
    }
    top
}

fn frame<'a>(
    svg: &mut String,
    column: Column,
    frame: &'a Frame,
    top: f64,
    placed: &mut BTreeMap<&'a str, Placed>,
) -> f64 {
    let mut inner = String::new();
    let mut y = top + HEADER;
    if frame.rows.is_empty() {
        words(&mut inner, "note", (column.left + PADDING, y + 15.0), "no variable yet");
        y += 24.0;
    }
    for (place, row) in frame.rows.iter().enumerate() {
        if place > 0 {
            rectangle(&mut inner, "rule", (column.left, y), (column.width, 0.6));
        }
        if column.has_addresses {
            let address = tail(&row.address);
            words_to_the_left(&mut inner, "address", (column.left - 8.0, y + 19.0), &address);
        }
        y = part(&mut inner, column, row, y, placed);
    }
    let class = if frame.is_running { "frame running" } else { "frame" };
    rectangle(svg, class, (column.left, top), (column.width, y - top));
    let size = frame.note.split(" from ").next().unwrap_or_default();
    words(svg, "function", (column.left + PADDING, top + 17.0), &fit(&frame.title, 24));
    words_to_the_left(svg, "size", (column.left + column.width - PADDING, top + 17.0), size);
    rectangle(svg, "rule", (column.left, top + HEADER), (column.width, 0.6));
    svg.push_str(&inner);
    y
}

/// Draws a block of the heap, and tells where it ends.
pub(super) fn block<'a>(
    svg: &mut String,
    column: Column,
    block: &'a Part,
    top: f64,
    placed: &mut BTreeMap<&'a str, Placed>,
) -> f64 {
    let mut inner = String::new();
    let bottom = part(&mut inner, column, block, top, placed);
    let class = if block.is_stale { "block freed" } else { "block" };
    rectangle(svg, class, (column.left, top), (column.width, bottom - top));
    svg.push_str(&inner);
    bottom
}

/// Draws name, type, state and words of a part.
fn part<'a>(svg: &mut String, column: Column, part: &'a Part, top: f64, placed: &mut BTreeMap<&'a str, Placed>) -> f64 {
    let (left, right) = (column.left + PADDING, column.left + column.width - PADDING);
    let class = if part.is_stale { "name stale" } else { "name" };
    words(svg, class, (left, top + 15.0), &fit(&part.name, 16));
    let is_block = part.key.starts_with('b');
    let under = if is_block { format!("{} at {}", part.note, tail(&part.address)) } else { part.type_name.clone() };
    let lead = width_of(&fit(&part.name, 16), 14.0).max(width_of(&fit(&under, 22), 11.5)) + 14.0;
    words(svg, "type", (left, top + 28.0), &fit(&under, 22));
    let shown = cells(part);
    let line: f64 = shown.iter().map(|cell| cell_width(cell) + 3.0).sum();
    let is_beside = !is_block && left + lead + line <= right;
    let mut y = top + if is_beside { 4.0 } else { NAME + 4.0 };
    if is_block && !part.type_name.is_empty() {
        words_to_the_left(svg, "type", (right, top + 15.0), &fit(&part.type_name, 20));
    }
    let mut x = if is_beside { right - line + 3.0 } else { left };
    let mut centers = Vec::new();
    for cell in &shown {
        let width = cell_width(cell).min(right - left);
        if x + width > right + 0.5 {
            (x, y) = (left, y + CELL + LANE);
        }
        self::cell(svg, cell, part, (x, y), width);
        centers.push((x + width / 2.0, y + CELL));
        x += width + 3.0;
    }
    let mut bottom = if shown.is_empty() { top + NAME + 4.0 } else { y + CELL + LANE };
    if !part.states.is_empty() {
        words(svg, "state", (left, bottom + 9.0), &fit(&part.states.join(", "), 44));
        bottom += 18.0;
    }
    let edges = (column.left, column.left + column.width);
    placed.insert(&part.key, Placed { left: edges.0, right: edges.1, top, bottom, cells: centers });
    bottom
}

/// The words of a part, or its value where it has no words or too many.
fn cells(part: &Part) -> Vec<Cell> {
    let is_value = part.cells.is_empty() || part.cells.len() > 12;
    match is_value {
        true if part.value.is_empty() => Vec::new(),
        true => {
            vec![Cell { label: String::new(), text: fit(&part.value, 26), is_pointer: false, is_changed: false }]
        }
        false => part.cells.iter().map(|cell| Cell { text: fit(&cell.text, 22), ..cell.clone() }).collect(),
    }
}

fn cell_width(cell: &Cell) -> f64 {
    let text = width_of(&cell.text, MONO + 0.6) + 12.0;
    let label = width_of(&cell.label, 10.0) + 10.0;
    text.max(label).max(24.0)
}

fn cell(svg: &mut String, cell: &Cell, part: &Part, (x, y): (f64, f64), width: f64) {
    let mut class = String::from("cell");
    for (is_so, word) in [(cell.is_changed, " changed"), (part.is_stale, " stale"), (cell.is_pointer, " pointer")] {
        class.push_str(if is_so { word } else { "" });
    }
    rectangle(svg, &class, (x, y), (width, CELL));
    let middle = x + width / 2.0;
    let text = if cell.label.is_empty() { y + 19.5 } else { y + 25.0 };
    centered(svg, "label", (middle, y + 10.5), &cell.label);
    centered(svg, "word", (middle, text), &cell.text);
}

fn centered(svg: &mut String, class: &str, (x, y): (f64, f64), text: &str) {
    use std::fmt::Write;
    if !text.is_empty() {
        let (x, y, text) = (super::round(x), super::round(y), super::escape(text));
        let _ = write!(svg, r#"<text class="{class}" text-anchor="middle" x="{x}" y="{y}">{text}</text>"#);
    }
}

/// The end of an address, which is all that differs between neighbors.
fn tail(address: &str) -> String {
    let at = address.len().saturating_sub(4);
    format!("\u{2026}{}", &address[at..])
}

fn fit(text: &str, room: usize) -> String {
    let letters: Vec<char> = text.chars().collect();
    if letters.len() <= room { text.to_owned() } else { letters[..room - 1].iter().collect::<String>() + "\u{2026}" }
}
