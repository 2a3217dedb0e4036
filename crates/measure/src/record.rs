use std::io::{self, Write};

/// What sort of number a record holds, and so what may be done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Counted by the program itself or by the system: calls, bytes, faults.
    Counted,
    /// Computed by a model of a machine: exact for that model.
    Simulated,
    /// A ratio of times, base case 1. Differs from run to run.
    Timed,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Counted => "counted",
            Kind::Simulated => "simulated",
            Kind::Timed => "timed",
        }
    }
}

/// One figure of a series, written by [`emit`] as one line of JSON.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    series: String,
    x: Option<u64>,
    label: Option<String>,
    value: f64,
    unit: String,
    kind: Kind,
}

impl Record {
    /// An exact figure, in `unit`.
    ///
    /// Counts above 2^53 would be rounded: a record keeps its value as `f64`, as JSON does.
    #[must_use]
    pub fn counted(series: &str, value: u64, unit: &str) -> Self {
        Self::new(series, value as f64, unit, Kind::Counted)
    }

    /// A figure that a model computed, in `unit`.
    #[must_use]
    pub fn simulated(series: &str, value: f64, unit: &str) -> Self {
        Self::new(series, value, unit, Kind::Simulated)
    }

    /// A ratio of two times, as [`Slices`](crate::Slices) reports it. There is no way to
    /// record a time itself: it would say more about the machine than about the program.
    #[must_use]
    pub fn timed(series: &str, ratio: f64) -> Self {
        Self::new(series, ratio, "ratio", Kind::Timed)
    }

    /// Puts the figure at the place `x` of its series.
    #[must_use]
    pub fn at(mut self, x: u64) -> Self {
        self.x = Some(x);
        self
    }

    /// Gives the figure a name for people to read.
    #[must_use]
    pub fn labeled(mut self, label: &str) -> Self {
        self.label = Some(label.to_owned());
        self
    }

    /// The series that it belongs to.
    pub(crate) fn series(&self) -> &str {
        &self.series
    }

    /// Its place in the series.
    pub(crate) fn x(&self) -> Option<u64> {
        self.x
    }

    /// The number.
    pub(crate) fn value(&self) -> f64 {
        self.value
    }

    /// What to call its place: the label, or the number, or nothing.
    pub(crate) fn place(&self) -> String {
        self.label.clone().or_else(|| self.x.map(|x| x.to_string())).unwrap_or_default()
    }

    fn new(series: &str, value: f64, unit: &str, kind: Kind) -> Self {
        Self { series: series.to_owned(), x: None, label: None, value, unit: unit.to_owned(), kind }
    }

    pub(crate) fn to_json(&self) -> String {
        let mut line = format!("{{\"series\":{}", quoted(&self.series));
        if let Some(x) = self.x {
            line += &format!(",\"x\":{x}");
        }
        if let Some(label) = &self.label {
            line += &format!(",\"label\":{}", quoted(label));
        }
        line +=
            &format!(",\"value\":{},\"unit\":{},\"kind\":\"{}\"}}", self.value, quoted(&self.unit), self.kind.name());
        line
    }
}

/// Writes `record` to `out` as one line of JSON.
///
/// # Errors
///
/// Returns `InvalidInput` when the value is infinite or not a number, which JSON cannot hold,
/// and passes on what `out` reports.
pub fn emit(out: &mut (impl Write + ?Sized), record: &Record) -> io::Result<()> {
    if !record.value.is_finite() {
        let message = format!(
            "the value of series `{}` is {}: a record must hold a finite number; \
             look for a division by zero where it is made",
            record.series, record.value
        );
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    }
    writeln!(out, "{}", record.to_json())
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::{Record, emit};

    fn line(record: &Record) -> String {
        let mut out = Vec::new();
        emit(&mut out, record).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_record_is_one_line_with_its_fields_in_order() {
        let record = Record::counted("depth-release", 21_796, "calls").at(64).labeled("64 B");
        assert_eq!(
            line(&record),
            "{\"series\":\"depth-release\",\"x\":64,\"label\":\"64 B\",\
             \"value\":21796,\"unit\":\"calls\",\"kind\":\"counted\"}\n"
        );
    }

    #[test]
    fn fields_that_were_not_given_are_left_out() {
        assert_eq!(
            line(&Record::timed("walk", 1.25)),
            "{\"series\":\"walk\",\"value\":1.25,\"unit\":\"ratio\",\"kind\":\"timed\"}\n"
        );
        assert!(line(&Record::simulated("misses", 3.0, "misses")).contains("\"simulated\""));
    }

    #[test]
    fn text_that_would_end_a_json_string_is_escaped() {
        let record = Record::counted("a\"b\\c", 1, "x").labeled("line\nbreak\u{1}");
        let line = line(&record);
        assert!(line.contains(r#""series":"a\"b\\c""#), "{line}");
        assert!(line.contains("\"label\":\"line\\nbreak\\u0001\""), "{line}");
        assert_eq!(line.lines().count(), 1);
    }

    #[test]
    fn a_value_that_is_not_finite_is_an_error_that_names_the_series() {
        let mut out = Vec::new();
        let error = emit(&mut out, &Record::timed("walk", 1.0 / 0.0)).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
        assert!(error.to_string().contains("`walk`"), "{error}");
        assert!(out.is_empty());
    }
}
