//! The picture of memory at one step of a recorded run: stacks with high addresses at the top, the heap to
//! their right (or below them, where it is narrow), and arrows.

use super::{Drawing, escape, open, round};
use crate::stepper::scene::{Arrow, Part, Scene};
use std::collections::BTreeMap;
use std::fmt::Write;

mod boxes;
mod lines;

use boxes::{Column, Placed};

/// Where the columns are.
#[derive(Clone, Copy)]
struct Sheet {
    width: f64,
    stack: Column,
    heap: Column,
    /// Whether the heap begins below the stacks.
    is_narrow: bool,
}

const WIDE: Sheet = Sheet {
    width: 680.0,
    stack: Column { left: 64.0, width: 292.0, has_addresses: true },
    heap: Column { left: 424.0, width: 226.0, has_addresses: false },
    is_narrow: false,
};
const NARROW: Sheet = Sheet {
    width: 344.0,
    stack: Column { left: 2.0, width: 306.0, has_addresses: false },
    heap: Column { left: 2.0, width: 306.0, has_addresses: false },
    is_narrow: true,
};
const TITLE: f64 = 24.0;

/// Draws a scene, wide and narrow: the style sheet shows one of them.
pub fn draw(id: &str, title: &str, scene: &Scene) -> Drawing {
    let svg = [("wide", WIDE), ("narrow", NARROW)].map(|(name, sheet)| {
        let (body, height) = sheet.body(scene);
        let id = format!("{id}-{name}");
        let opening = open(&id, &format!("memory {name}"), (sheet.width, height), title, &about(scene));
        format!("{opening}{body}</svg>")
    });
    Drawing { svg: svg.concat(), table: None }
}

/// What a reader hears who does not see the picture.
fn about(scene: &Scene) -> String {
    let part = |part: &Part| format!("{} is {}", part.name, if part.value.is_empty() { "gone" } else { &part.value });
    let frames = scene.stacks.iter().flat_map(|stack| &stack.frames).map(|frame| {
        let rows: Vec<String> = frame.rows.iter().map(part).collect();
        let rows = if rows.is_empty() { "no variables yet".to_owned() } else { rows.join(", ") };
        format!("The frame of {}: {rows}.", frame.title)
    });
    let blocks = scene.heap.iter().map(|block| format!("On the heap {}, {}.", part(block), block.note));
    let arrows = scene.arrows.iter().map(|arrow| arrow.say.replace('`', ""));
    frames.chain(blocks).chain(arrows).collect::<Vec<_>>().join(" ")
}

impl Sheet {
    fn body(&self, scene: &Scene) -> (String, f64) {
        let mut svg = String::new();
        let mut placed = BTreeMap::new();
        let mut top = 0.0;
        if scene.stacks.is_empty() {
            top = self.empty(&mut svg, self.stack, top, "stack", "no frame is left");
        }
        for stack in &scene.stacks {
            words(
                &mut svg,
                "title",
                (self.stack.left, top + 15.0),
                &format!("{} \u{b7} high addresses first", stack.title),
            );
            top = boxes::frames(&mut svg, self.stack, stack, top + TITLE, &mut placed) + 12.0;
        }
        let mut bottom = if self.is_narrow { top + 6.0 } else { 0.0 };
        if scene.heap.is_empty() {
            bottom = self.empty(&mut svg, self.heap, bottom, "heap", "no block");
        } else {
            words(&mut svg, "title", (self.heap.left, bottom + 15.0), "heap");
            bottom += TITLE;
            for block in &scene.heap {
                bottom = boxes::block(&mut svg, self.heap, block, bottom, &mut placed) + 10.0;
            }
            if scene.hidden > 0 {
                let note = format!("\u{2026} {} more blocks \u{2026}", scene.hidden);
                words(&mut svg, "note", (self.heap.left, bottom + 10.0), &note);
                bottom += 20.0;
            }
        }
        for (place, arrow) in scene.arrows.iter().enumerate() {
            let nth = scene.arrows[..place].iter().filter(|other| other.to == arrow.to).count();
            self.arrow(&mut svg, arrow, (place, nth), &placed);
        }
        (svg, top.max(bottom))
    }

    fn empty(&self, svg: &mut String, column: Column, top: f64, title: &str, note: &str) -> f64 {
        words(svg, "title", (column.left, top + 15.0), title);
        words(svg, "note", (column.left, top + TITLE + 14.0), note);
        top + TITLE + 28.0
    }

    fn arrow(&self, svg: &mut String, arrow: &Arrow, place: (usize, usize), placed: &BTreeMap<&str, Placed>) {
        let (Some(from), Some(to)) = (placed.get(arrow.from.as_str()), placed.get(arrow.to.as_str())) else { return };
        lines::arrow(svg, arrow.kind, (from, arrow.cell), to, place);
    }
}

fn words(svg: &mut String, class: &str, (x, y): (f64, f64), text: &str) {
    let _ = write!(svg, r#"<text class="{class}" x="{}" y="{}">{}</text>"#, round(x), round(y), escape(text));
}

fn words_to_the_left(svg: &mut String, class: &str, (x, y): (f64, f64), text: &str) {
    let _ = write!(
        svg,
        r#"<text class="{class}" text-anchor="end" x="{}" y="{}">{}</text>"#,
        round(x),
        round(y),
        escape(text)
    );
}

fn rectangle(svg: &mut String, class: &str, (x, y): (f64, f64), (width, height): (f64, f64)) {
    let _ = write!(
        svg,
        r#"<rect class="{class}" x="{}" y="{}" width="{}" height="{}" rx="3"/>"#,
        round(x),
        round(y),
        round(width),
        round(height)
    );
}
