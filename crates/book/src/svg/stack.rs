//! The picture of a stack: high addresses at the top, the stack growing down, the guard page at the
//! bottom. Everything in it was printed by a listing.

use super::{Anchor, Drawing, Undrawable, open, round, text, width_of};
use model::figure::StackSpec;
use model::quantity::group;
use regex::{Captures, Regex};
use std::fmt::Write;

const WIDTH: f64 = 400.0;
/// Left edge of the boxes; the addresses stand left of it.
const LEFT: f64 = 108.0;
const BOX: f64 = WIDTH - LEFT - 2.0;
const MONO: f64 = 0.61;
/// How many frames are drawn before the middle ones are left out.
const MOST_FRAMES: usize = 7;

/// A frame, as a listing reported it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The function.
    pub name: String,
    /// The address that the listing printed for it.
    pub address: u64,
    /// Its size in bytes, where known.
    pub size: Option<u64>,
}

/// What a listing's output says about a stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The frames, highest address first.
    pub frames: Vec<Frame>,
    /// Lowest address and size of the guard page.
    pub guard: Option<(u64, Option<u64>)>,
}

/// Finds the frames (and the guard page) in the output of a listing. `output` is the text that the
/// program printed, without the marks of what varies.
///
/// # Errors
/// When an expression is wrong, misses a group, finds nothing, or finds an address that is no
/// hexadecimal number.
pub fn read(spec: &StackSpec, output: &str) -> Result<Recorded, Undrawable> {
    let pattern = expression("frame", &spec.frame, &["name", "address"])?;
    let mut frames = Vec::new();
    for found in pattern.captures_iter(output) {
        let size = found.name("size").map(|size| decimal(size.as_str())).transpose()?;
        let name = found.name("name").map_or("", |name| name.as_str()).to_owned();
        frames.push(Frame { name, address: address(&found)?, size });
    }
    if frames.is_empty() {
        let wrong = format!("`frame` finds nothing in the output of `{}`", spec.listing);
        return Err(Undrawable::new(wrong, "compare the expression with the golden"));
    }
    frames.sort_by_key(|frame| std::cmp::Reverse(frame.address));
    for index in 1..frames.len() {
        let distance = frames[index - 1].address - frames[index].address;
        frames[index - 1].size.get_or_insert(distance);
    }
    Ok(Recorded { frames, guard: guard(spec, output)? })
}

fn guard(spec: &StackSpec, output: &str) -> Result<Option<(u64, Option<u64>)>, Undrawable> {
    let Some(pattern) = &spec.guard else { return Ok(None) };
    let pattern = expression("guard", pattern, &["address"])?;
    let Some(found) = pattern.captures(output) else {
        let wrong = format!("`guard` finds nothing in the output of `{}`", spec.listing);
        return Err(Undrawable::new(wrong, "compare the expression with the golden, or leave `guard` out"));
    };
    let size = found.name("size").map(|size| decimal(size.as_str())).transpose()?;
    Ok(Some((address(&found)?, size)))
}

fn expression(key: &str, pattern: &str, groups: &[&str]) -> Result<Regex, Undrawable> {
    let regex = Regex::new(pattern)
        .map_err(|error| Undrawable::new(format!("`{key}` is no regular expression: {error}"), "correct it"))?;
    for group in groups {
        if !regex.capture_names().flatten().any(|name| name == *group) {
            return Err(Undrawable::new(
                format!("`{key}` has no group `{group}`"),
                format!("write `(?<{group}>…)` in it"),
            ));
        }
    }
    Ok(regex)
}

fn address(found: &Captures<'_>) -> Result<u64, Undrawable> {
    let text = found.name("address").map_or("", |address| address.as_str());
    let digits = text.trim_start_matches("0x");
    u64::from_str_radix(digits, 16).map_err(|_| {
        Undrawable::new(format!("`{text}` is no hexadecimal address"), "let the group `address` match all its digits")
    })
}

fn decimal(text: &str) -> Result<u64, Undrawable> {
    let digits: String = text.chars().filter(|c| !matches!(c, ',' | '_')).collect();
    digits.parse().map_err(|_| {
        Undrawable::new(format!("`{text}` is no number of bytes"), "let the group `size` match digits only")
    })
}

/// Draws what was recorded.
pub fn draw(id: &str, spec: &StackSpec, recorded: &Recorded) -> Drawing {
    let shown = shown(&recorded.frames);
    let mut body = text("note", (LEFT, 14.0), Anchor::Start, "higher addresses");
    let mut top = 24.0;
    for (index, item) in shown.iter().enumerate() {
        top += match item {
            Shown::Frame(frame) => {
                draw_frame(&mut body, frame, top, index + 1 == shown.len(), largest(&recorded.frames))
            }
            Shown::LeftOut(count) => draw_gap(&mut body, *count, top),
        };
    }
    top += draw_free(&mut body, recorded, top);
    if let Some(guard) = recorded.guard {
        top += draw_guard(&mut body, guard, top);
    }
    body.push_str(&text("note", (LEFT, top + 18.0), Anchor::Start, "lower addresses"));
    let mut svg = open(id, "stack", (WIDTH, top + 26.0), &spec.caption, &spec.description);
    svg.push_str(&body);
    svg.push_str("</svg>");
    Drawing { svg, table: None }
}

enum Shown<'a> {
    Frame(&'a Frame),
    LeftOut(usize),
}

/// All frames, or the oldest and newest with the number of those between.
fn shown(frames: &[Frame]) -> Vec<Shown<'_>> {
    if frames.len() <= MOST_FRAMES {
        return frames.iter().map(Shown::Frame).collect();
    }
    let (first, last) = (MOST_FRAMES - 3, 2);
    let mut shown: Vec<Shown<'_>> = frames[..first].iter().map(Shown::Frame).collect();
    shown.push(Shown::LeftOut(frames.len() - first - last));
    shown.extend(frames[frames.len() - last..].iter().map(Shown::Frame));
    shown
}

fn largest(frames: &[Frame]) -> u64 {
    frames.iter().filter_map(|frame| frame.size).max().unwrap_or(0)
}

/// Draws a box and returns its height, which grows with the frame but not in proportion: the
/// smallest must hold its name, the largest must leave room for the others.
fn draw_frame(svg: &mut String, frame: &Frame, top: f64, newest: bool, largest: u64) -> f64 {
    let part = frame.size.map_or(0.0, |size| (size as f64 / largest.max(1) as f64).sqrt());
    let height = 30.0 + 30.0 * part;
    let middle = top + height / 2.0 + 4.5;
    let class = if newest { "frame newest" } else { "frame" };
    let size = frame.size.map(|size| format!("{} bytes", group(size as f64, 0))).unwrap_or_default();
    let room = BOX - 28.0 - width_of(&size, 11.5 * MONO / 0.58);
    let name = shorten(&frame.name, (room / (13.0 * MONO)) as usize);
    let whole =
        format!("{} at {:#x}, {}", frame.name, frame.address, if size.is_empty() { "size unknown" } else { &size });
    let _ = write!(svg, "<g><title>{}</title>", super::escape(&whole));
    let _ = write!(
        svg,
        r#"<rect class="{class}" x="{LEFT}" y="{}" width="{BOX}" height="{}"/>"#,
        round(top),
        round(height)
    );
    svg.push_str(&text("address", (LEFT - 8.0, middle), Anchor::End, &short_address(frame.address)));
    svg.push_str(&text("frame-name", (LEFT + 10.0, middle), Anchor::Start, &name));
    svg.push_str(&text("size", (WIDTH - 12.0, middle), Anchor::End, &size));
    svg.push_str("</g>");
    height
}

fn draw_gap(svg: &mut String, count: usize, top: f64) -> f64 {
    let words = format!("… {} more frames …", group(count as f64, 0));
    let _ = write!(svg, r#"<path class="free" d="M{LEFT} {}v34M{} {0}v34"/>"#, round(top), LEFT + BOX);
    svg.push_str(&text("note", (LEFT + BOX / 2.0, top + 21.0), Anchor::Middle, &words));
    34.0
}

/// Draws the space below the newest frame, with the direction in which the stack grows.
fn draw_free(svg: &mut String, recorded: &Recorded, top: f64) -> f64 {
    let height = 78.0;
    let bottom = round(top + height);
    let close = if recorded.guard.is_some() { format!("H{}", LEFT + BOX) } else { format!("M{} {bottom}", LEFT + BOX) };
    let _ = write!(svg, r#"<path class="free" d="M{LEFT} {}V{bottom}{close}V{0}"/>"#, round(top));
    let middle = LEFT + 24.0;
    let _ = write!(svg, r#"<path class="arrow" d="M{middle} {}v40"/>"#, round(top + 14.0));
    let _ = write!(svg, r#"<path class="arrow-head" d="M{} {}h10l-5 9z"/>"#, middle - 5.0, round(top + 52.0));
    svg.push_str(&text("note", (middle + 18.0, top + 34.0), Anchor::Start, "the stack grows down"));
    let lowest = recorded.frames.last().map_or(0, |frame| frame.address);
    let free = recorded.guard.and_then(|(guard, size)| lowest.checked_sub(guard + size.unwrap_or(0)));
    let words = free.map_or_else(|| "free".to_owned(), |free| format!("{} bytes free", group(free as f64, 0)));
    svg.push_str(&text("note", (middle + 18.0, top + 52.0), Anchor::Start, &words));
    height
}

/// Draws the guard page, hatched. The hatching is a path, not a pattern, because a pattern needs an
/// id, and the print page holds many pictures.
fn draw_guard(svg: &mut String, (address, size): (u64, Option<u64>), top: f64) -> f64 {
    let height = 36.0;
    let size = size.map(|size| format!(", {} bytes", group(size as f64, 0))).unwrap_or_default();
    let words = format!("guard page: no access{size}");
    let hatch = hatch((LEFT, top, BOX, height));
    let _ = write!(svg, "<g><title>{} at {address:#x}</title>", super::escape(&words));
    let _ = write!(
        svg,
        r#"<path class="hatch" d="{hatch}"/><rect class="guard" x="{LEFT}" y="{}" width="{BOX}" height="{height}" fill="none"/>"#,
        round(top)
    );
    svg.push_str(&text("address", (LEFT - 8.0, top + 22.0), Anchor::End, &short_address(address)));
    svg.push_str(&text("on-hatch", (LEFT + BOX / 2.0, top + 22.0), Anchor::Middle, &words));
    svg.push_str("</g>");
    height
}

/// Slanted lines across a box, cut off at its edges.
fn hatch((left, top, width, height): (f64, f64, f64, f64)) -> String {
    let mut path = String::new();
    let mut foot = left - height + 8.0;
    while foot < left + width {
        let cut_left = (left - foot).max(0.0);
        let cut_right = (foot + height - left - width).max(0.0);
        let rise = height - cut_left - cut_right;
        let _ = write!(path, "M{} {}l{2} -{2}", round(foot + cut_left), round(top + height - cut_left), round(rise));
        foot += 8.0;
    }
    path
}

/// An address shortened in the middle: `0x7fff…e990`.
fn short_address(address: u64) -> String {
    shorten(&format!("{address:#x}"), 11)
}

/// Leaves out the middle of a long name.
fn shorten(name: &str, room: usize) -> String {
    let letters: Vec<char> = name.chars().collect();
    if letters.len() <= room {
        return name.to_owned();
    }
    let (head, tail) = (room.saturating_sub(1).div_ceil(2), room.saturating_sub(1) / 2);
    letters[..head].iter().chain(['…'].iter()).chain(&letters[letters.len() - tail..]).collect()
}
