use crate::beside::{Pair, figure};

/// Width of the picture and of what is drawn in it, in its own units.
const WIDTH: f64 = 720.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 690.0;
/// Height of the part of a panel in which points lie, and of the whole panel.
const PLOT: f64 = 130.0;
const PANEL: f64 = 250.0;
/// Characters of a place that are drawn; the rest would run into the next panel.
const PLACE: usize = 16;

/// Colors that differ in both schemes and to all eyes; the book's line is dashed and its points are squares.
const STYLE: &str = "text{font:12px system-ui,sans-serif;fill:#222}.head{font-weight:600;font-size:14px}\
    .axis{stroke:#888}.here{stroke:#0072b2;fill:#0072b2}.book{stroke:#b34700;fill:#b34700}\
    polyline{fill:none!important;stroke-width:2}polyline.book{stroke-dasharray:6 4}rect.ground{fill:#fff}\
    @media(prefers-color-scheme:dark){text{fill:#ddd}rect.ground{fill:#16181d}\
    .here{stroke:#56b4e9;fill:#56b4e9}.book{stroke:#e69f00;fill:#e69f00}}";

/// A picture with a panel for each series: figures of this machine and, dashed, those of the book.
pub(crate) fn draw(chapter: &str, pairs: &[Pair]) -> String {
    let mut series: Vec<(&str, Vec<&Pair>)> = Vec::new();
    for pair in pairs {
        match series.iter_mut().find(|(name, _)| *name == pair.here.series()) {
            Some((_, points)) => points.push(pair),
            None => series.push((pair.here.series(), vec![pair])),
        }
    }
    let height = PANEL * series.len() as f64 + 50.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\">\n\
         <title>Measurements of the chapter {0}, here and in the book</title>\n<style>{STYLE}</style>\n\
         <rect class=\"ground\" width=\"{WIDTH}\" height=\"{height}\"/>\n\
         <text class=\"head\" x=\"{LEFT}\" y=\"24\">{0}: here (solid, circles) and in the book (dashed, squares)</text>\n",
        escaped(chapter)
    );
    for (number, (name, points)) in series.iter().enumerate() {
        svg += &panel(name, points, 50.0 + PANEL * number as f64);
    }
    svg + "</svg>\n"
}

fn panel(name: &str, points: &[&Pair], top: f64) -> String {
    let values = points.iter().flat_map(|pair| [Some(pair.here.value()), pair.book]).flatten();
    let scale = Scale::over(values);
    let y = |value: f64| top + 20.0 + PLOT * (1.0 - scale.part(value));
    let step = (RIGHT - LEFT) / points.len() as f64;
    let x = |index: usize| LEFT + step * (index as f64 + 0.5);
    let mut svg = format!("<g>\n<text class=\"head\" x=\"{LEFT}\" y=\"{}\">{}</text>\n", top + 8.0, escaped(name));
    for value in [scale.low, scale.high] {
        let at = y(value);
        svg += &format!(
            "<line class=\"axis\" x1=\"{LEFT}\" x2=\"{RIGHT}\" y1=\"{at:.1}\" y2=\"{at:.1}\"/>\n\
             <text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>\n",
            LEFT - 6.0,
            at + 4.0,
            figure(value)
        );
    }
    for (index, pair) in points.iter().enumerate() {
        let (across, down) = (x(index), top + PLOT + 36.0);
        // Turned where there are many, so that they do not cover each other.
        let turned = if points.len() > 8 || step < 70.0 {
            format!("text-anchor=\"end\" transform=\"rotate(-35 {across:.1} {down:.1})\"")
        } else {
            "text-anchor=\"middle\"".to_owned()
        };
        let place = escaped(&shortened(&pair.here.place()));
        svg += &format!("<text x=\"{across:.1}\" y=\"{down:.1}\" {turned}>{place}</text>\n");
    }
    let of = |value: fn(&Pair) -> Option<f64>| -> Vec<(f64, f64, f64)> {
        let found = points.iter().enumerate();
        found.filter_map(|(index, pair)| value(pair).map(|value| (x(index), y(value), value))).collect()
    };
    svg += &line("book", &of(|pair| pair.book));
    svg += &line("here", &of(|pair| Some(pair.here.value())));
    svg + "</g>\n"
}

fn line(class: &str, points: &[(f64, f64, f64)]) -> String {
    let path: Vec<String> = points.iter().map(|(x, y, _)| format!("{x:.1},{y:.1}")).collect();
    let mut svg = format!("<polyline class=\"{class}\" points=\"{}\"/>\n", path.join(" "));
    for (x, y, value) in points {
        let said = format!("<title>{class}: {}</title>", figure(*value));
        svg += &match class {
            "here" => format!("<circle class=\"here\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\">{said}</circle>\n"),
            _ => format!(
                "<rect class=\"book\" x=\"{:.1}\" y=\"{:.1}\" width=\"8\" height=\"8\">{said}</rect>\n",
                x - 4.0,
                y - 4.0
            ),
        };
    }
    svg
}

/// From zero, or logarithmic where the values differ too much for that.
struct Scale {
    low: f64,
    high: f64,
    log: bool,
}

impl Scale {
    fn over(values: impl Iterator<Item = f64>) -> Self {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values {
            (low, high) = (low.min(value), high.max(value));
        }
        let log = low > 0.0 && high / low > 20.0;
        let low = if log { low } else { low.min(0.0) };
        Self { low, high: if high > low { high } else { low + 1.0 }, log }
    }

    /// Where a value lies between the ends, from 0 to 1.
    fn part(&self, value: f64) -> f64 {
        if self.log {
            (value / self.low).ln() / (self.high / self.low).ln()
        } else {
            (value - self.low) / (self.high - self.low)
        }
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= PLACE {
        return text.to_owned();
    }
    text.chars().take(PLACE - 1).chain(['…']).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{Scale, draw, shortened};
    use crate::Record;
    use crate::beside::pairs;

    #[test]
    fn each_series_has_a_panel_with_both_lines() {
        let here = [Record::timed("a", 1.0).at(1), Record::timed("a", 900.0).at(2), Record::timed("b<", 2.0)];
        let svg = draw("trial", &pairs(&here, "{\"series\":\"a\",\"x\":1,\"value\":3.0}"));
        assert_eq!(svg.matches("<polyline class=\"here\"").count(), 2);
        assert_eq!(svg.matches("<circle").count(), 3);
        assert_eq!(svg.matches("<rect class=\"book\"").count(), 1);
        assert!(svg.contains("b&lt;") && !svg.contains("NaN"), "{svg}");
    }

    #[test]
    fn values_that_differ_much_are_drawn_on_a_logarithmic_scale() {
        let scale = Scale::over([1.0, 100.0].into_iter());
        assert!((scale.part(10.0) - 0.5).abs() < 1e-9);
        let scale = Scale::over([5.0, 10.0].into_iter());
        assert!((scale.part(5.0) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn a_long_place_is_cut_so_that_it_stays_in_its_panel() {
        assert_eq!(shortened("a page each"), "a page each");
        assert_eq!(shortened("random ring over straight ring"), "random ring ove…");
    }

    #[test]
    fn a_series_without_spread_can_be_drawn() {
        assert!((0.0..=1.0).contains(&Scale::over([0.0].into_iter()).part(0.0)));
    }
}
