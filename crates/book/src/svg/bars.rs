//! Charts of horizontal bars from zero.

use super::chart::{Chart, Layout, amount, position};
use super::scale::Scale;
use super::{Anchor, open, round, text, width_of};
use model::chart::Point;
use std::fmt::Write;

const LABEL: f64 = 13.0;
const BAR: f64 = 18.0;
const ROW: f64 = 26.0;

/// A bar, or the heading of the bars below it.
enum Row<'a> {
    Heading(String),
    Bar { series: usize, name: String, point: &'a Point },
}

/// Draws the chart in one layout: names beside the bars where there is room, else above them; the
/// value at the end of each bar.
pub(super) fn draw(chart: &Chart<'_>, layout: Layout) -> String {
    let rows = rows(chart);
    let names =
        rows.iter().filter_map(|row| if let Row::Bar { name, .. } = row { Some(width_of(name, LABEL)) } else { None });
    let longest = names.fold(0.0, f64::max);
    let beside = layout.is_wide() && longest < layout.width * 0.4;
    let left = if beside { longest + 12.0 } else { 0.0 };
    let amounts = chart.points.iter().flatten().map(|point| width_of(&amount(&chart.spec.y, point.value), 12.0));
    let right = layout.width - amounts.fold(0.0, f64::max) - 12.0;
    let most = chart.points.iter().flatten().map(|point| point.value);
    let axis = model::chart::Axis { from_zero: true, ..chart.spec.y.clone() };
    let scale = Scale::over(most, &axis, (left, right));
    let heights = rows.iter().map(|row| height(row, beside));
    let size = (layout.width, 26.0 + heights.sum::<f64>());
    let mut svg = open(&chart.id, layout.class, size, &chart.spec.title, &chart.spec.description);
    svg.push_str(&text("axis", (left, 12.0), Anchor::Start, &chart.spec.y.title()));
    let mut top = 24.0;
    for row in &rows {
        match row {
            Row::Heading(name) => svg.push_str(&text("label", (0.0, top + 16.0), Anchor::Start, name)),
            Row::Bar { series, name, point } => {
                draw_bar(&mut svg, chart, (*series, name, point), (left, top, beside), &scale)
            }
        }
        top += height(row, beside);
    }
    svg.push_str("</svg>");
    svg
}

fn height(row: &Row<'_>, beside: bool) -> f64 {
    match row {
        Row::Heading(_) => 24.0,
        Row::Bar { .. } if beside => ROW,
        Row::Bar { .. } => ROW + 16.0,
    }
}

/// One series gives a row for each point; several give a heading for each position, and under it a
/// row for each series.
fn rows<'a>(chart: &Chart<'a>) -> Vec<Row<'a>> {
    let axis = &chart.spec.x;
    if let [only] = chart.points.as_slice() {
        return only.iter().map(|point| Row::Bar { series: 0, name: position(axis, point), point }).collect();
    }
    let mut positions: Vec<String> = Vec::new();
    for point in chart.points.iter().flatten() {
        let name = position(axis, point);
        if !positions.contains(&name) {
            positions.push(name);
        }
    }
    let mut rows = Vec::new();
    for at in positions {
        let bars = chart.points.iter().enumerate().filter_map(|(series, points)| {
            let point = points.iter().find(|point| position(axis, point) == at)?;
            Some(Row::Bar { series, name: chart.spec.series[series].label.clone(), point })
        });
        let bars: Vec<Row<'a>> = bars.collect();
        rows.push(Row::Heading(at));
        rows.extend(bars);
    }
    rows
}

fn draw_bar(svg: &mut String, chart: &Chart<'_>, bar: (usize, &str, &Point), at: (f64, f64, bool), scale: &Scale) {
    let ((series, name, point), (left, top, beside)) = (bar, at);
    let value = amount(&chart.spec.y, point.value);
    let end = scale.place(point.value);
    let (name_at, anchor, bar_top) = if beside {
        ((left - 8.0, top + 13.5), Anchor::End, top)
    } else {
        ((4.0, top + 12.0), Anchor::Start, top + 17.0)
    };
    let _ = write!(svg, r#"<g class="series-{}">"#, series + 1);
    svg.push_str(&text("name", name_at, anchor, name));
    let shape = format!(
        r#"x="{}" y="{}" width="{}" height="{BAR}""#,
        round(left),
        round(bar_top),
        round((end - left).max(1.0))
    );
    let _ = write!(svg, r#"<rect class="bar" {shape}/><rect class="bar-outline" {shape}/>"#);
    let _ = write!(svg, r#"<path class="base" d="M{} {}v{}"/>"#, round(left.max(0.5)), round(bar_top - 3.0), BAR + 6.0);
    svg.push_str(&text("amount", (end + 7.0, bar_top + 13.5), Anchor::Start, &value));
    svg.push_str("</g>");
}
