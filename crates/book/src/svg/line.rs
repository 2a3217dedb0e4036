//! Charts of lines and points.

use super::chart::{Chart, Layout, amount, position};
use super::scale::Scale;
use super::{Anchor, open, round, text, width_of};
use model::chart::{Kind, Point};
use std::fmt::Write;

const TICK: f64 = 12.0;
const LABEL: f64 = 13.0;
/// The least distance of two labels' base lines.
const LINE_HEIGHT: f64 = 18.0;

/// The area of the data within the picture.
struct Area {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// Draws the chart in one layout: labels beside the ends of their lines where there is room, as a
/// key above the area where there is not.
pub(super) fn draw(chart: &Chart<'_>, layout: Layout) -> String {
    let area = area(chart, layout);
    let spec = chart.spec;
    let values = chart.points.iter().flatten().map(|point| point.value);
    let places = chart.points.iter().flatten().filter_map(|point| point.x);
    let y = Scale::over(values, &spec.y, (area.bottom, area.top));
    let x = Scale::tight(places, &spec.x, (area.left + 8.0, area.right - 8.0));
    let mut svg = open(&chart.id, layout.class, (layout.width, area.bottom + 46.0), &spec.title, &spec.description);
    draw_axes(&mut svg, chart, &area, &x, &y);
    for (index, points) in chart.points.iter().enumerate() {
        draw_series(&mut svg, chart, index, points, &x, &y);
    }
    if layout.is_wide() {
        label_ends(&mut svg, chart, &area, &x, &y);
    } else {
        label_above(&mut svg, chart);
    }
    svg.push_str("</svg>");
    svg
}

fn area(chart: &Chart<'_>, layout: Layout) -> Area {
    let spec = chart.spec;
    let values = chart.points.iter().flatten().map(|point| point.value);
    let scale = Scale::over(values, &spec.y, (0.0, 1.0));
    let ticks = scale.ticks().into_iter().map(|tick| width_of(&scale.name(tick), TICK));
    let left = ticks.fold(20.0, f64::max) + 12.0;
    let labels = spec.series.iter().map(|series| width_of(&series.label, LABEL));
    let names = chart.points.iter().flatten().map(|point| width_of(&position(&spec.x, point), TICK) / 2.0);
    let overhang = names.fold(0.0, f64::max);
    let beside = if layout.is_wide() { labels.fold(0.0, f64::max).min(layout.width * 0.4) + 24.0 } else { overhang };
    let above = if layout.is_wide() { 0.0 } else { spec.series.len() as f64 * LINE_HEIGHT + 8.0 };
    let top = 30.0 + above;
    Area { left, right: layout.width - beside, top, bottom: top + layout.plot }
}

fn draw_axes(svg: &mut String, chart: &Chart<'_>, area: &Area, x: &Scale, y: &Scale) {
    let spec = chart.spec;
    for tick in y.ticks() {
        let at = y.place(tick);
        let _ = write!(svg, r#"<path class="grid" d="M{} {at}H{}"/>"#, round(area.left), round(area.right));
        svg.push_str(&text("tick", (area.left - 8.0, at + 4.0), Anchor::End, &y.name(tick)));
    }
    let _ =
        write!(svg, r#"<path class="base" d="M{} {}H{}"/>"#, round(area.left), round(area.bottom), round(area.right));
    for (at, name) in x_ticks(chart, x) {
        let _ = write!(svg, r#"<path class="base" d="M{at} {}v5"/>"#, round(area.bottom));
        svg.push_str(&text("tick", (at, area.bottom + 19.0), Anchor::Middle, &name));
    }
    let y_title = area.top - 14.0;
    svg.push_str(&text("axis", (0.0, y_title), Anchor::Start, &spec.y.title()));
    svg.push_str(&text("axis", ((area.left + area.right) / 2.0, area.bottom + 39.0), Anchor::Middle, &spec.x.title()));
}

/// The positions that get a tick: those of the points while their names fit, else round numbers.
fn x_ticks(chart: &Chart<'_>, x: &Scale) -> Vec<(f64, String)> {
    let mut named: Vec<(f64, String)> = Vec::new();
    for point in chart.points.iter().flatten() {
        let tick = (x.place(point.x.unwrap_or_default()), position(&chart.spec.x, point));
        if !named.contains(&tick) {
            named.push(tick);
        }
    }
    named.sort_by(|a, b| a.0.total_cmp(&b.0));
    let chosen = thin(named.clone());
    let round_numbers = || thin(x.ticks().into_iter().map(|tick| (x.place(tick), x.name(tick))).collect());
    let labeled = chart.points.iter().flatten().any(|point| point.label.is_some());
    if labeled || chosen.len() == named.len() || chosen.len() > 4 { chosen } else { round_numbers() }
}

/// Leaves out ticks whose names would touch the one before; the last one always stays.
fn thin(ticks: Vec<(f64, String)>) -> Vec<(f64, String)> {
    let half = |tick: &(f64, String)| width_of(&tick.1, TICK) / 2.0 + 4.0;
    let mut kept: Vec<(f64, String)> = Vec::new();
    for tick in ticks.into_iter().rev() {
        if kept.last().is_none_or(|last| tick.0 + half(&tick) <= last.0 - half(last)) {
            kept.push(tick);
        }
    }
    kept.reverse();
    kept
}

fn draw_series(svg: &mut String, chart: &Chart<'_>, index: usize, points: &[&Point], x: &Scale, y: &Scale) {
    let spec = chart.spec;
    let _ = write!(svg, r#"<g class="series-{}">"#, index + 1);
    let places: Vec<(f64, f64)> = points.iter().map(|point| place(point, x, y)).collect();
    if spec.kind == Kind::Line && places.len() > 1 {
        let path: Vec<String> = places.iter().map(|(x, y)| format!("{x} {y}")).collect();
        let _ = write!(svg, r#"<path class="line" d="M{}"/>"#, path.join("L"));
    }
    for (point, at) in points.iter().zip(&places) {
        let what =
            format!("{}, {}: {}", spec.series[index].label, position(&spec.x, point), amount(&spec.y, point.value));
        svg.push_str(&marker(index, *at, Some(&what)));
    }
    svg.push_str("</g>");
}

fn place(point: &Point, x: &Scale, y: &Scale) -> (f64, f64) {
    (x.place(point.x.unwrap_or_default()), y.place(point.value))
}

/// The sign of a series at a place: circle, square, triangle, diamond.
fn marker(index: usize, (x, y): (f64, f64), title: Option<&str>) -> String {
    let path = match index {
        0 => "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
        1 => "m-3.7-3.7h7.4v7.4h-7.4z",
        2 => "m0-5l4.8 8.4h-9.6z",
        _ => "m0-5.2l5.2 5.2l-5.2 5.2l-5.2-5.2z",
    };
    let title = title.map(|title| format!("<title>{}</title>", super::escape(title))).unwrap_or_default();
    format!(r#"<path class="marker" d="M{} {}{path}">{title}</path>"#, round(x), round(y))
}

/// Writes each label right of its line's end, moved apart where two would touch, with a thin line to
/// the end that it belongs to.
fn label_ends(svg: &mut String, chart: &Chart<'_>, area: &Area, x: &Scale, y: &Scale) {
    let ends: Vec<(f64, f64)> =
        chart.points.iter().filter_map(|points| points.last()).map(|p| place(p, x, y)).collect();
    let wanted: Vec<f64> = ends.iter().map(|end| end.1).collect();
    let places = spread(&wanted, (area.top, area.bottom));
    for (index, ((end, at), series)) in ends.iter().zip(places).zip(&chart.spec.series).enumerate() {
        let left = area.right + 12.0;
        let _ = write!(svg, r#"<g class="series-{}">"#, index + 1);
        if (at - end.1).abs() > 4.0 || left - end.0 > 24.0 {
            let _ = write!(
                svg,
                r#"<path class="leader" d="M{} {}L{} {}"/>"#,
                round(end.0 + 6.0),
                end.1,
                round(left - 4.0),
                round(at)
            );
        }
        svg.push_str(&text("label", (left, at + 4.5), Anchor::Start, &series.label));
        svg.push_str("</g>");
    }
}

/// Moves base lines apart until neighbors have [`LINE_HEIGHT`] between them, within the limits.
fn spread(wanted: &[f64], (top, bottom): (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    let mut places = wanted.to_vec();
    let mut free = top;
    for &index in &order {
        places[index] = places[index].max(free);
        free = places[index] + LINE_HEIGHT;
    }
    let mut limit = bottom;
    for &index in order.iter().rev() {
        places[index] = places[index].min(limit);
        limit = places[index] - LINE_HEIGHT;
    }
    places
}

/// Writes the labels as a key above the area, one a line, each with its dash and marker.
fn label_above(svg: &mut String, chart: &Chart<'_>) {
    for (index, series) in chart.spec.series.iter().enumerate() {
        let at = 10.0 + index as f64 * LINE_HEIGHT;
        let _ = write!(svg, r#"<g class="series-{}">"#, index + 1);
        if chart.spec.kind == Kind::Line {
            let _ = write!(svg, r#"<path class="line" d="M0 {at}H30"/>"#);
        }
        svg.push_str(&marker(index, (15.0, at), None));
        svg.push_str(&text("label", (38.0, at + 4.5), Anchor::Start, &series.label));
        svg.push_str("</g>");
    }
}
