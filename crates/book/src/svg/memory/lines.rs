//! Arrows: kinds differ by dash and by head, so that none needs its color.

use super::boxes::Placed;
use super::round;
use crate::stepper::scene::Kind;
use std::fmt::Write;

/// Draws the arrow from a cell of one part to another part. Its number in the scene, and among those that end at the same box,
/// keep it apart from others.
pub(super) fn arrow(
    svg: &mut String,
    kind: Kind,
    (from, cell): (&Placed, usize),
    to: &Placed,
    (number, nth): (usize, usize),
) {
    let name = kind.name();
    let (x, y) =
        from.cells.get(cell).or(from.cells.first()).copied().unwrap_or((from.right - 16.0, from.bottom - 12.0));
    let lane = y + 5.0;
    let is_left = to.right < from.left;
    let is_right = to.left > from.right;
    let exit = if is_left { from.left } else { from.right };
    let direction = if is_right { 1.0 } else { -1.0 };
    let edge = if is_right { to.left } else { to.right };
    let end_y = (to.top + 10.0 + nth as f64 * 11.0).min(to.bottom - 5.0);
    let tip = edge - direction * 1.5;
    let neck = tip - direction * 7.0;
    let bend =
        if is_right || is_left { ((edge - exit).abs() * 0.5).max(18.0) } else { 20.0 + (number % 3) as f64 * 6.0 };
    let (first, second) = match (is_right, is_left) {
        (true, _) => (exit + bend, neck - bend),
        (_, true) => (exit - bend, neck + bend),
        _ => (exit + bend, neck + bend),
    };
    let _ = write!(svg, r#"<circle class="tail {name}" cx="{}" cy="{}" r="2.6"/>"#, round(x), round(y));
    let _ = write!(
        svg,
        r#"<path class="arrow {name}" d="M{} {}V{}H{}C{} {} {} {} {} {}"/>"#,
        round(x),
        round(y),
        round(lane),
        round(exit),
        round(first),
        round(lane),
        round(second),
        round(end_y),
        round(neck),
        round(end_y)
    );
    head(svg, kind, (tip, end_y), direction);
}

/// The head of an arrow that points to the right (1) or to the left (-1).
fn head(svg: &mut String, kind: Kind, (x, y): (f64, f64), direction: f64) {
    let back = |distance: f64| round(x - direction * distance);
    let (x, y, up, down) = (round(x), round(y), round(y - 4.5), round(y + 4.5));
    let path = match kind {
        Kind::Owns => format!("M{x} {y}L{b} {up}V{down}z", b = back(9.0)),
        Kind::Borrows => format!("M{b} {up}L{x} {y}L{b} {down}", b = back(8.0)),
        Kind::Weak => format!("M{x} {y}a4 4 0 1 0 {} 0a4 4 0 1 0 {} 0z", -8.0 * direction, 8.0 * direction),
        Kind::Raw => format!("M{x} {y}L{m} {up}L{b} {y}L{m} {down}z", m = back(5.0), b = back(10.0)),
        Kind::Dangling => format!("M{x} {up}L{b} {down}M{b} {up}L{x} {down}", b = back(9.0)),
        Kind::Stale => format!("M{x} {up}V{down}"),
    };
    let _ = write!(svg, r#"<path class="head {}" d="{path}"/>"#, kind.name());
}
