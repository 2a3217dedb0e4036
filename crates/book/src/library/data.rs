//! Measurements, `data/<chapter>.jsonl`, and looking them up.

use crate::faults::{Fault, Faults, Source};
use model::record::Record;
use std::collections::BTreeMap;

/// Every record, by chapter, in the order of its file.
#[derive(Clone, Debug, Default)]
pub struct Records {
    chapters: BTreeMap<String, Vec<Record>>,
}

impl Records {
    /// Reads one file.
    pub fn read(&mut self, source: &Source, faults: &mut Faults) {
        let chapter = source.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut records: Vec<Record> = Vec::new();
        for (index, line) in source.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let repeat = format!("run `cargo book measure {chapter}`");
            match Record::parse(line) {
                Ok(record) if record.stamp.is_none() => {
                    faults.push(
                        Fault::at_line(source, index + 1, "this measurement does not say where it was made")
                            .help(repeat),
                    );
                }
                Ok(record) if records.iter().any(|earlier| earlier.key() == record.key()) => {
                    faults.push(
                        Fault::at_line(source, index + 1, format!("`{}` was measured twice", record.key()))
                            .help(repeat),
                    );
                }
                Ok(record) => records.push(record),
                Err(error) => faults.push(Fault::at_line(source, index + 1, error.to_string()).help(repeat)),
            }
        }
        self.chapters.insert(chapter, records);
    }

    /// The records of a series, in order.
    pub fn series(&self, chapter: &str, series: &str) -> Vec<&Record> {
        self.of(chapter).iter().filter(|record| record.series == series).collect()
    }

    /// The record with a key like `series` or `series.64`.
    pub fn get(&self, chapter: &str, key: &str) -> Option<&Record> {
        self.of(chapter).iter().find(|record| record.key() == key)
    }

    /// All records of a chapter.
    pub fn of(&self, chapter: &str) -> &[Record] {
        self.chapters.get(chapter).map_or(&[], Vec::as_slice)
    }

    /// Every chapter that has measurements.
    pub fn chapters(&self) -> impl Iterator<Item = &str> {
        self.chapters.keys().map(String::as_str)
    }
}
