//! CSV with the place of every cell, so that one cell can be replaced and all other bytes stay. The `csv` crate reads
//! values and forgets how they were written; a test holds both readers against each other.

use super::super::table::MARK;
use std::fmt;
use std::ops::Range;

/// Why a file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// In another encoding.
    Utf16,
    /// In another encoding, or no text; on this line.
    NotUtf8(usize),
    /// A quote is opened on this line and never closed.
    Open(usize),
    /// There is nothing in it.
    Empty,
}

impl std::error::Error for Unreadable {}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Utf16 => write!(f, "the file is UTF-16; save it as CSV with UTF-8"),
            Self::NotUtf8(line) => {
                write!(f, "line {line} is not UTF-8; export the file again, or save it as CSV with UTF-8")
            }
            Self::Open(line) => write!(f, "line {line}: a quote is opened and never closed"),
            Self::Empty => write!(f, "the file is empty; export the grades with their header"),
        }
    }
}

type Result<T> = std::result::Result<T, Unreadable>;

/// A file as it came.
#[derive(Debug)]
pub(crate) struct Sheet {
    text: String,
    /// Lines that are not empty.
    pub(crate) records: Vec<Record>,
}

/// A record, which may go over several lines.
#[derive(Debug)]
pub(crate) struct Record {
    /// The line on which it begins, from 1.
    pub(crate) line: usize,
    /// In their order.
    pub(crate) cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug)]
pub(crate) struct Cell {
    /// Where it stands, with its quotes.
    span: Range<usize>,
    /// What it says.
    pub(crate) value: String,
}

impl Record {
    /// What the cell of a column says, without spaces around it; empty where the record is shorter.
    pub(crate) fn value(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.value.trim())
    }
}

impl Sheet {
    /// Reads a file. What stands between cells is the character that gives the first line most of them.
    ///
    /// # Errors
    /// When it is not UTF-8, when a quote is not closed, and when there is nothing in it.
    pub(crate) fn read(bytes: &[u8], delimiters: &[char]) -> Result<Self> {
        if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
            return Err(Unreadable::Utf16);
        }
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(error) => {
                let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
                return Err(Unreadable::NotUtf8(line));
            }
        };
        let mut best = (0, ',');
        for delimiter in delimiters {
            let cells = Scan::new(&text, *delimiter).next().and_then(Result::ok).map_or(0, |record| record.cells.len());
            if cells > best.0 {
                best = (cells, *delimiter);
            }
        }
        let records = Scan::new(&text, best.1).collect::<Result<Vec<Record>>>()?;
        if records.is_empty() { Err(Unreadable::Empty) } else { Ok(Self { text, records }) }
    }

    /// The first record.
    pub(crate) fn header(&self) -> &Record {
        &self.records[0]
    }

    /// The file with some cells replaced, each given as its record, its column and what it is to say, which needs no
    /// quotes. A cell that had quotes keeps them.
    pub(super) fn with(&self, edits: &[(usize, usize, String)]) -> Vec<u8> {
        let mut edits: Vec<(&Cell, &str)> = edits
            .iter()
            .map(|(record, column, value)| (&self.records[*record].cells[*column], value.as_str()))
            .collect();
        edits.sort_by_key(|(cell, _)| cell.span.start);
        let (mut out, mut done) = (String::with_capacity(self.text.len() + 64), 0);
        for (cell, value) in edits {
            out.push_str(&self.text[done..cell.span.start]);
            let quote = if self.text[cell.span.clone()].starts_with('"') { "\"" } else { "" };
            out.extend([quote, value, quote]);
            done = cell.span.end;
        }
        out.push_str(&self.text[done..]);
        out.into_bytes()
    }
}

struct Scan<'a> {
    text: &'a str,
    delimiter: char,
    at: usize,
    line: usize,
}

/// The records, one after the other, without empty lines.
impl Iterator for Scan<'_> {
    type Item = Result<Record>;

    fn next(&mut self) -> Option<Result<Record>> {
        while self.line_end() {}
        (self.at < self.text.len()).then(|| self.record())
    }
}

impl<'a> Scan<'a> {
    fn new(text: &'a str, delimiter: char) -> Self {
        let at = if text.starts_with(MARK) { MARK.len() } else { 0 };
        Self { text, delimiter, at, line: 1 }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// Goes over a line end, if there is one here.
    fn line_end(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let length = if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with(['\r', '\n'])) };
        self.at += length;
        self.line += usize::from(length > 0);
        length > 0
    }

    fn record(&mut self) -> Result<Record> {
        let (line, mut cells) = (self.line, Vec::new());
        loop {
            cells.push(self.cell()?);
            if self.peek() != Some(self.delimiter) {
                break;
            }
            self.at += self.delimiter.len_utf8();
        }
        self.line_end();
        Ok(Record { line, cells })
    }

    fn cell(&mut self) -> Result<Cell> {
        let start = self.at;
        let mut value = String::new();
        if self.peek() == Some('"') {
            self.quoted(&mut value)?;
        }
        while let Some(character) = self.peek() {
            if character == self.delimiter || character == '\r' || character == '\n' {
                break;
            }
            value.push(character);
            self.at += character.len_utf8();
        }
        Ok(Cell { span: start..self.at, value })
    }

    /// From a quote to the one that closes it. Two in a row stand for one.
    fn quoted(&mut self, value: &mut String) -> Result<()> {
        let begun = self.line;
        self.at += 1;
        loop {
            let rest = &self.text[self.at..];
            let Some(character) = rest.chars().next() else {
                return Err(Unreadable::Open(begun));
            };
            if rest.starts_with("\"\"") {
                self.at += 1;
            } else if character == '"' {
                self.at += 1;
                return Ok(());
            }
            self.line += usize::from(character == '\n' || (character == '\r' && !rest.starts_with("\r\n")));
            value.push(character);
            self.at += character.len_utf8();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn values(sheet: &Sheet) -> Vec<Vec<String>> {
        sheet.records.iter().map(|record| record.cells.iter().map(|cell| cell.value.clone()).collect()).collect()
    }

    #[test]
    fn a_record_over_several_lines_has_the_line_on_which_it_begins() {
        let sheet = Sheet::read(b"a,b\r\n\"x\r\ny\",2\r\n\r\nz,3", &[',']).unwrap();
        let lines: Vec<usize> = sheet.records.iter().map(|record| record.line).collect();
        assert_eq!(lines, [1, 2, 5]);
        assert_eq!(values(&sheet)[1], ["x\r\ny", "2"]);
    }

    #[test]
    fn only_the_cells_that_are_replaced_change() {
        let text = "\u{feff}a;\"b\"; c\r\n\"say \"\"hi\"\"\";\"2\"; \n\rend;\"\";'";
        let sheet = Sheet::read(text.as_bytes(), &[',', ';']).unwrap();
        let edited = sheet.with(&[(2, 1, "7.5".into()), (1, 1, "12".into())]);
        let expected = text.replace("\"2\"", "\"12\"").replace("\"\";'", "\"7.5\";'");
        assert_eq!(String::from_utf8(edited).unwrap(), expected);
        assert_eq!(sheet.with(&[]), text.as_bytes());
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_line() {
        let error = |bytes: &[u8]| Sheet::read(bytes, &[',', ';']).unwrap_err().to_string();
        assert_eq!(error(b"a,b\n1,\"2\n3"), "line 2: a quote is opened and never closed");
        assert!(error(b"a,b\nZo\xEB,2\n").starts_with("line 2 is not UTF-8"));
        assert!(error(b"\xFF\xFEa\0").contains("UTF-16"));
        assert!(error(b"\n\n").contains("empty"));
    }

    proptest! {
        #[test]
        fn the_csv_crate_reads_the_same(text in "([a-c ]|,|\n|\r\n|\"[a-c,\n]{0,3}\"|\"\"){0,24}") {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let theirs: Vec<Vec<String>> =
                reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
            // A quote within a cell may open what never closes; the csv crate goes on to the end then.
            if let Ok(sheet) = Sheet::read(text.as_bytes(), &[',']) {
                prop_assert_eq!(values(&sheet), theirs);
                prop_assert_eq!(sheet.with(&[]), text.as_bytes());
            }
        }
    }
}
