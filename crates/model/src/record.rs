//! Records of measurements: one JSON object a line in `data/<chapter>.jsonl`.

use serde::{Deserialize, Serialize};

/// What kind of figure a record holds. The three are never mixed in one chart or sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Exact and repeatable: calls, bytes, faults.
    Counted,
    /// From a simulator with a fixed geometry.
    Simulated,
    /// A ratio of minima of interleaved slices. Seconds appear only in `costs`, `learner` and `grading`, where this
    /// project's own commands stand beside what they are compared with.
    Timed,
}

/// One measured number, with everything a reader needs to repeat it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The name under which charts and prose find it, unique together with `x`.
    pub series: String,
    /// Position on the horizontal axis, in the unit that the chart names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x: Option<f64>,
    /// What to call that position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The number.
    pub value: f64,
    /// Its unit: `calls`, `bytes`, `ratio`.
    pub unit: String,
    /// How it was obtained.
    pub kind: Kind,
    /// Where, with what and when: absent in what a measuring program prints, present in `data/`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stamp: Option<Stamp>,
}

/// The circumstances of a measurement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// Processor, cores, memory and kernel, in one line.
    pub machine: String,
    /// The compiler that built the measuring program.
    pub compiler: String,
    /// ISO date of the run.
    pub date: String,
    /// The command that repeats it.
    pub command: String,
}

impl Record {
    /// Reads one line.
    ///
    /// # Errors
    /// When the line is no JSON object with exactly these members.
    pub fn parse(line: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(line)
    }

    /// The key by which prose quotes the record: `series`, or `series.x`.
    pub fn key(&self) -> String {
        match self.x {
            Some(x) => format!("{}.{x}", self.series),
            None => self.series.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_survives_a_round_trip_with_and_without_its_stamp() {
        let bare = r#"{"series":"depth","x":64.0,"value":21796.0,"unit":"calls","kind":"counted"}"#;
        let mut record = Record::parse(bare).unwrap();
        assert_eq!(record.key(), "depth.64");
        assert_eq!(serde_json::to_string(&record).unwrap(), bare);
        record.stamp = Some(Stamp {
            machine: "m".into(),
            compiler: "c".into(),
            date: "2026-01-01".into(),
            command: "cargo book measure stack-limits".into(),
        });
        let line = serde_json::to_string(&record).unwrap();
        assert_eq!(Record::parse(&line).unwrap(), record);
    }
}
