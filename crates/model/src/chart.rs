//! What a chart shows: `src/<chapter>/charts.toml`, one table a chart.
//!
//! ```
//! let spec: model::chart::ChartSpec = serde_json::from_str(r#"{
//!     "title": "How deep a call goes", "description": "Twice the frame, half the depth.",
//!     "x": {"label": "frame", "unit": "bytes", "log": true}, "y": {"label": "depth", "unit": "calls"},
//!     "series": [{"data": "stack-limits/depth", "label": "release"}]}"#).unwrap();
//! assert_eq!(spec.y.title(), "depth, calls");
//! ```

use serde::Deserialize;

/// A chart, but for its numbers: those are records of `data/`, named by the series.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChartSpec {
    /// What is shown, in a few words; the picture's name for those who cannot see it.
    pub title: String,
    /// What to notice, in a sentence or two; printed as the caption.
    pub description: String,
    /// How the numbers are drawn.
    #[serde(default)]
    pub kind: Kind,
    /// The horizontal axis; in a bar chart, what the bars stand for.
    pub x: Axis,
    /// The axis of the values.
    pub y: Axis,
    /// One to four series, in the order of their colors.
    pub series: Vec<Series>,
}

/// How the numbers of a chart are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Points joined by lines, in the order of `x`.
    #[default]
    Line,
    /// Points alone.
    Points,
    /// Horizontal bars from zero, one for each label.
    Bars,
}

/// An axis of a chart.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Axis {
    /// What is measured along it.
    pub label: String,
    /// Whether equal distances are equal factors. Such an axis cannot show zero.
    #[serde(default)]
    pub log: bool,
    /// The unit; `bytes` is printed in powers of 1024.
    #[serde(default)]
    pub unit: Option<String>,
    /// Whether a linear axis starts at zero even if no value is near it.
    #[serde(default)]
    pub from_zero: bool,
}

/// One line, cloud or set of bars.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// `<chapter>/<series>` in `data/`.
    pub data: String,
    /// What to call it beside its line.
    pub label: String,
}

/// A number to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Position on the horizontal axis; bars need none.
    pub x: Option<f64>,
    /// What to call that position; without it, the number itself is printed.
    pub label: Option<String>,
    /// The value, in the unit of the vertical axis.
    pub value: f64,
}

impl Axis {
    /// The words beside the axis: label, unit where the label does not say it, and that the scale is
    /// logarithmic.
    pub fn title(&self) -> String {
        let said = |unit: &&str| *unit == "ratio" || self.label.split(' ').any(|word| word == *unit);
        let unit = self.unit.as_deref().filter(|unit| !self.in_bytes() && !said(unit));
        let mut title = self.label.clone();
        for part in unit.into_iter().chain(self.log.then_some("log scale")) {
            title.push_str(", ");
            title.push_str(part);
        }
        title
    }

    /// Whether the numbers are bytes, printed as `64 B` or `8 MiB`.
    pub fn in_bytes(&self) -> bool {
        self.unit.as_deref() == Some("bytes")
    }
}

impl From<&crate::record::Record> for Point {
    fn from(record: &crate::record::Record) -> Self {
        Self { x: record.x, label: record.label.clone(), value: record.value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_is_refused_at_every_level() {
        let good = r#"{"title":"t","description":"d","x":{"label":"x"},"y":{"label":"y"},"series":[{"data":"a/b","label":"l"}]}"#;
        assert!(serde_json::from_str::<ChartSpec>(good).is_ok());
        for (at, with) in [
            ("\"title\"", "\"color\":1,\"title\""),
            ("\"label\":\"x\"", "\"label\":\"x\",\"lin\":1"),
            ("\"data\"", "\"dash\":1,\"data\""),
        ] {
            let bad = good.replacen(at, with, 1);
            assert!(serde_json::from_str::<ChartSpec>(&bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_axis_of_bytes_leaves_the_unit_to_its_ticks() {
        let axis = Axis { label: "frame".into(), log: true, unit: Some("bytes".into()), from_zero: false };
        assert_eq!(axis.title(), "frame, log scale");
    }
}
