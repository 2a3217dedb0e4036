use crate::beside::{Pair, pairs, table};
use crate::record::{Record, emit};
use crate::svg;
use std::io::{self, Write};
use std::path::PathBuf;

/// The argument that asks for bare records instead of a report.
const RECORDS: &str = "records";

/// The measuring program of a chapter.
///
/// With the argument `records`, as `cargo book measure` calls it, the program writes each figure as one line
/// of JSON. Without arguments it is a reader's: it says what it is doing, sets what it found beside the
/// figures of the book, and leaves both as JSON and as a picture.
#[derive(Clone, Copy, Debug)]
pub struct Program<'a> {
    /// The chapter, for names of files and headings.
    pub chapter: &'a str,
    /// The lines of `data/<chapter>.jsonl`.
    pub book: &'a str,
}

/// Where figures go while they are taken.
pub struct Figures<'a> {
    out: &'a mut dyn Write,
    progress: &'a mut dyn Write,
    records_only: bool,
    taken: Vec<Record>,
}

impl Figures<'_> {
    /// Tells a waiting reader what is measured next.
    ///
    /// # Errors
    /// What the output reports.
    pub fn step(&mut self, what: &str) -> io::Result<()> {
        if self.records_only {
            return Ok(());
        }
        writeln!(self.progress, "{what} ...")
    }

    /// Takes a figure down.
    ///
    /// # Errors
    /// When the value is no finite number, and what the output reports.
    pub fn take(&mut self, record: Record) -> io::Result<()> {
        if self.records_only {
            return emit(&mut self.out, &record);
        }
        // The same check, without the line.
        emit(&mut io::sink(), &record)?;
        self.taken.push(record);
        Ok(())
    }
}

impl Program<'_> {
    /// Measures and reports: records or the report to `out`, what is going on to `progress`. `first` is the
    /// first argument of the program.
    ///
    /// # Errors
    /// When an argument is not understood, when measuring fails, or when the report cannot be written.
    pub fn run<E: From<io::Error>>(
        &self,
        first: Option<&str>,
        out: &mut dyn Write,
        progress: &mut dyn Write,
        measure: impl FnOnce(&mut Figures<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let records_only = match first {
            None => false,
            Some(RECORDS) => true,
            Some(other) => {
                let message = format!("`{other}` is no argument; give none, or `{RECORDS}` for lines of JSON");
                return Err(io::Error::new(io::ErrorKind::InvalidInput, message).into());
            }
        };
        let mut figures = Figures { out: &mut *out, progress, records_only, taken: Vec::new() };
        measure(&mut figures)?;
        let taken = figures.taken;
        if records_only {
            return Ok(());
        }
        self.report(out, &pairs(&taken, self.book)).map_err(E::from)
    }

    fn report(&self, out: &mut dyn Write, pairs: &[Pair]) -> io::Result<()> {
        if pairs.is_empty() {
            return writeln!(out, "nothing was measured: times are taken in release builds, so add --release");
        }
        write!(out, "{}", table(pairs))?;
        let folder = folder()?;
        std::fs::create_dir_all(&folder)?;
        for (ending, text) in [("json", json(self.chapter, pairs)), ("svg", svg::draw(self.chapter, pairs))] {
            let path = folder.join(format!("{}.{ending}", self.chapter));
            std::fs::write(&path, text)?;
            writeln!(out, "written: {}", path.display())?;
        }
        Ok(())
    }
}

/// `measurements`, beside the folders `debug` and `release` in which cargo builds.
fn folder() -> io::Result<PathBuf> {
    let program = std::env::current_exe()?;
    let built = program.parent().and_then(|profile| profile.parent());
    built.map(|target| target.join("measurements")).ok_or_else(|| io::Error::other("this program has no folder"))
}

/// Figures of this machine, each with the book's as `book`, which is left out where there is none.
fn json(chapter: &str, pairs: &[Pair]) -> String {
    let lines: Vec<String> = pairs
        .iter()
        .map(|pair| {
            let line = pair.here.to_json();
            match pair.book {
                Some(book) => format!("{},\"book\":{book}}}", line.trim_end_matches('}')),
                None => line,
            }
        })
        .collect();
    format!("{{\"chapter\":\"{chapter}\",\"figures\":[\n{}\n]}}\n", lines.join(",\n"))
}

#[cfg(test)]
mod tests {
    use super::Program;
    use crate::Record;

    fn run(first: Option<&str>) -> std::io::Result<(String, String)> {
        let (mut out, mut progress) = (Vec::new(), Vec::new());
        let program = Program { chapter: "trial", book: "{\"series\":\"walk\",\"value\":4.0,\"kind\":\"timed\"}\n" };
        program.run(first, &mut out, &mut progress, |figures| {
            figures.step("walking")?;
            figures.take(Record::timed("walk", 2.5))
        })?;
        Ok((String::from_utf8(out).unwrap(), String::from_utf8(progress).unwrap()))
    }

    #[test]
    fn asked_for_records_it_writes_them_and_nothing_else() {
        let (out, progress) = run(Some("records")).unwrap();
        assert_eq!(out, "{\"series\":\"walk\",\"value\":2.5,\"unit\":\"ratio\",\"kind\":\"timed\"}\n");
        assert_eq!(progress, "");
    }

    #[test]
    fn a_reader_sees_what_is_done_and_the_figures_of_the_book_beside_the_own_ones() {
        let (out, progress) = run(None).unwrap();
        assert_eq!(progress, "walking ...\n");
        assert!(out.contains("2.50") && out.contains("4.00"), "{out}");
        let path = out.lines().find_map(|line| line.strip_prefix("written: ")).unwrap();
        let json = std::fs::read_to_string(path).unwrap();
        assert!(json.contains("\"value\":2.5,\"unit\":\"ratio\",\"kind\":\"timed\",\"book\":4}"), "{json}");
    }

    #[test]
    fn another_argument_is_an_error_that_says_which_there_are() {
        let error = run(Some("recods")).unwrap_err();
        assert!(error.to_string().contains("`records`"), "{error}");
    }
}
