use crate::record::Record;

/// A figure of this machine and, where the book has the same, the book's.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pair {
    /// What was measured here.
    pub(crate) here: Record,
    /// What stands in the book.
    pub(crate) book: Option<f64>,
}

/// A figure of the book: as much of a line of `data/*.jsonl` as finding it needs.
#[derive(Clone, Debug, PartialEq)]
struct Known {
    series: String,
    x: Option<f64>,
    value: f64,
}

/// Finds the book's figure for each of ours. Lines that cannot be read are left out.
pub(crate) fn pairs(here: &[Record], book: &str) -> Vec<Pair> {
    let known: Vec<Known> = book.lines().filter_map(known).collect();
    let find = |record: &Record| {
        let x = record.x().map(|x| x as f64);
        known.iter().find(|known| known.series == record.series() && known.x == x).map(|known| known.value)
    };
    here.iter().map(|record| Pair { here: record.clone(), book: find(record) }).collect()
}

/// The figures as lines of text: what, where, here, in the book.
pub(crate) fn table(pairs: &[Pair]) -> String {
    let names = pairs.iter().map(|pair| pair.here.series().chars().count());
    let places = pairs.iter().map(|pair| pair.here.place().chars().count());
    let (name, place) = (names.max().unwrap_or(0), places.max().unwrap_or(0));
    let mut text = format!("{:name$}  {:place$}  {:>12}  {:>12}\n", "", "", "here", "in the book");
    for pair in pairs {
        let book = pair.book.map_or_else(|| "-".to_owned(), figure);
        let (series, at) = (pair.here.series(), pair.here.place());
        text += &format!("{series:name$}  {at:place$}  {:>12}  {book:>12}\n", figure(pair.here.value()));
    }
    text
}

/// A figure with as many digits as tell something.
pub(crate) fn figure(value: f64) -> String {
    if value >= 1000.0 || value == 0.0 {
        format!("{value:.0}")
    } else if value < 0.1 {
        format!("{value:.4}")
    } else {
        format!("{value:.2}")
    }
}

/// Reads a line that this crate or the book wrote. It is no reader of JSON in general: keys are looked for
/// in their place before the nested ones, and an escaped quote cannot be mistaken for the end of one.
fn known(line: &str) -> Option<Known> {
    let after = |key: &str| line.split_once(&format!("\"{key}\":")).map(|(_, rest)| rest);
    let number = |key: &str| after(key)?.split([',', '}']).next()?.trim().parse().ok();
    let series = after("series")?.trim_start().strip_prefix('"')?.split('"').next()?;
    Some(Known { series: series.to_owned(), x: number("x"), value: number("value")? })
}

#[cfg(test)]
mod tests {
    use super::{figure, known, pairs, table};
    use crate::Record;

    const LINE: &str = "{\"series\":\"walk\",\"x\":64.0,\"label\":\"64 \\\"B\\\"\",\"value\":2.5,\"unit\":\"ratio\",\
                        \"kind\":\"timed\",\"stamp\":{\"machine\":\"m, 2 cores\"}}";

    #[test]
    fn a_line_of_the_book_is_read() {
        let known = known(LINE).unwrap();
        assert_eq!((known.series.as_str(), known.x, known.value), ("walk", Some(64.0), 2.5));
    }

    #[test]
    fn lines_that_say_nothing_are_left_out() {
        assert_eq!(known(""), None);
        assert_eq!(known("{\"series\":\"walk\",\"value\":\"much\"}"), None);
    }

    #[test]
    fn a_figure_is_paired_by_series_and_place() {
        let here = [Record::timed("walk", 3.0).at(64), Record::timed("walk", 4.0).at(65), Record::timed("walk", 1.0)];
        let book: Vec<Option<f64>> = pairs(&here, LINE).into_iter().map(|pair| pair.book).collect();
        assert_eq!(book, [Some(2.5), None, None]);
    }

    #[test]
    fn the_table_has_a_line_for_each_figure() {
        let text = table(&pairs(&[Record::timed("walk", 3.0).at(64).labeled("64 B")], LINE));
        assert_eq!(text.lines().count(), 2);
        assert!(text.contains("walk  64 B          3.00          2.50"), "{text}");
    }

    #[test]
    fn figures_have_the_digits_that_tell_something() {
        assert_eq!([figure(0.0123), figure(1.234), figure(65_540.0)], ["0.0123", "1.23", "65540"]);
    }
}
