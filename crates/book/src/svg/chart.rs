//! Charts: the same picture in a wide and a narrow layout, and its numbers as a table.

use super::scale::{bytes, number};
use super::{Drawing, Undrawable, bars, escape, line};
use model::chart::{Axis, ChartSpec, Kind, Point};
use std::fmt::Write;

/// As many series as there are colors, dashes and marker shapes.
pub const MOST_SERIES: usize = 4;

/// The size of a picture, in its own units: about one CSS pixel each where it is shown.
#[derive(Clone, Copy)]
pub(super) struct Layout {
    /// Class of the picture, by which the style sheet chooses it.
    pub(super) class: &'static str,
    /// Full width.
    pub(super) width: f64,
    /// Height of the area of the data, in a chart of lines.
    pub(super) plot: f64,
}

impl Layout {
    const WIDE: Self = Self { class: "plot wide", width: 620.0, plot: 280.0 };
    const NARROW: Self = Self { class: "plot narrow", width: 330.0, plot: 230.0 };

    pub(super) fn is_wide(&self) -> bool {
        self.width == Self::WIDE.width
    }

    fn id(&self, id: &str) -> String {
        if self.is_wide() { format!("{id}-wide") } else { format!("{id}-narrow") }
    }
}

/// A chart that has been checked: `points[i]` are the numbers of `spec.series[i]`.
pub(super) struct Chart<'a> {
    pub(super) id: String,
    pub(super) spec: &'a ChartSpec,
    pub(super) points: Vec<Vec<&'a Point>>,
}

/// Draws a chart in both layouts and writes its table.
///
/// `points` holds the numbers of each series, in the order of `spec.series`. Lines are drawn in the
/// order of `x`, bars in the order given.
///
/// # Errors
/// When there is nothing to draw, more series than signs to tell them apart, a position missing on a
/// chart of lines, or a number that an axis cannot show.
pub fn draw(id: &str, spec: &ChartSpec, points: &[Vec<Point>]) -> Result<Drawing, Undrawable> {
    check(spec, points)?;
    let mut sorted: Vec<Vec<&Point>> = points.iter().map(|series| series.iter().collect()).collect();
    if spec.kind != Kind::Bars {
        for series in &mut sorted {
            series.sort_by(|a, b| a.x.unwrap_or(0.0).total_cmp(&b.x.unwrap_or(0.0)));
        }
    }
    let mut svg = String::new();
    for layout in [Layout::WIDE, Layout::NARROW] {
        let chart = Chart { id: layout.id(id), spec, points: sorted.clone() };
        svg.push_str(&match spec.kind {
            Kind::Bars => bars::draw(&chart, layout),
            Kind::Line | Kind::Points => line::draw(&chart, layout),
        });
    }
    Ok(Drawing { svg, table: Some(table(spec, &sorted)) })
}

fn check(spec: &ChartSpec, points: &[Vec<Point>]) -> Result<(), Undrawable> {
    if spec.series.is_empty() || spec.series.len() > MOST_SERIES || spec.series.len() != points.len() {
        let wrong = format!("{} series with {} sets of numbers", spec.series.len(), points.len());
        return Err(Undrawable::new(wrong, format!("a chart shows one to {MOST_SERIES} series: split it")));
    }
    for (series, points) in spec.series.iter().zip(points) {
        let name = &series.data;
        if points.is_empty() {
            return Err(Undrawable::new(format!("`{name}` has no numbers"), "measure it, or correct its name"));
        }
        for point in points {
            check_point(spec, name, point)?;
        }
    }
    Ok(())
}

fn check_point(spec: &ChartSpec, series: &str, point: &Point) -> Result<(), Undrawable> {
    let at = point.label.clone().or(point.x.map(number)).unwrap_or_default();
    if spec.kind == Kind::Bars {
        if point.label.is_none() && point.x.is_none() {
            return Err(Undrawable::new(format!("a bar of `{series}` has neither label nor x"), "give it a label"));
        }
        if spec.y.log || point.value < 0.0 {
            let wrong = format!("bars of `{series}` start at zero");
            return Err(Undrawable::new(wrong, "draw points for a log axis or negative values"));
        }
    } else if point.x.is_none() {
        return Err(Undrawable::new(format!("a point of `{series}` has no x"), "give it one, or draw bars"));
    }
    let axes = [(&spec.x, point.x.unwrap_or(1.0), spec.kind != Kind::Bars), (&spec.y, point.value, true)];
    for (axis, value, drawn) in axes {
        if drawn && (!value.is_finite() || axis.log && value <= 0.0) {
            let wrong = format!("`{series}` has {value} at {at}, which the axis `{}` cannot show", axis.label);
            return Err(Undrawable::new(wrong, "use a linear axis, or leave the point out"));
        }
    }
    Ok(())
}

/// The name of a point's position.
pub(super) fn position(axis: &Axis, point: &Point) -> String {
    match (&point.label, point.x) {
        (Some(label), _) => label.clone(),
        (None, Some(x)) => amount(axis, x),
        (None, None) => String::new(),
    }
}

/// A number as this axis prints it.
pub(super) fn amount(axis: &Axis, value: f64) -> String {
    if axis.in_bytes() { bytes(value) } else { number(value) }
}

fn table(spec: &ChartSpec, points: &[Vec<&Point>]) -> String {
    let mut rows: Vec<(Option<f64>, String)> = Vec::new();
    for point in points.iter().flatten() {
        let row = (point.x, position(&spec.x, point));
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    if spec.kind != Kind::Bars {
        rows.sort_by(|a, b| a.0.unwrap_or(0.0).total_cmp(&b.0.unwrap_or(0.0)));
    }
    let unit =
        spec.y.unit.as_deref().filter(|_| !spec.y.in_bytes()).map(|unit| format!(", {unit}")).unwrap_or_default();
    let mut html = format!(r#"<table><thead><tr><th scope="col">{}</th>"#, escape(&spec.x.label));
    for series in &spec.series {
        let _ = write!(html, r#"<th scope="col" class="number">{}{}</th>"#, escape(&series.label), escape(&unit));
    }
    html.push_str("</tr></thead><tbody>");
    for (x, name) in &rows {
        let _ = write!(html, r#"<tr><th scope="row">{}</th>"#, escape(name));
        for series in points {
            let found = series.iter().find(|point| point.x == *x && position(&spec.x, point) == *name);
            let value = found.map_or_else(|| "–".to_owned(), |point| amount(&spec.y, point.value));
            let _ = write!(html, r#"<td class="number">{}</td>"#, escape(&value));
        }
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table>");
    html
}
