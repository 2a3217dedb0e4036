//! `wdl report`: a graded class in the form of whoever reads it.

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use grader::class::ledger::write_whole;
use grader::class::similar::file_name;
use grader::output::gradebook::{Filled, canvas, moodle};
use grader::output::table::Reader;
use grader::output::{Book, html, json, markdown, table};
use model::class::Class as Assembled;
use model::class::Row;
use std::path::{Path, PathBuf};

use super::single::{self, Form, Repositories};
use super::{Class, Where};
use crate::Usage;
use crate::cli::Exit;
use crate::commands::jail::JailOptions;
use crate::console::Console;
use crate::place::shown;

/// What to write.
#[derive(Debug, Args)]
pub struct Options {
    /// The form.
    #[arg(short, long)]
    format: Format,
    #[command(flatten)]
    at: Where,
    /// Where to write, instead of `reports` in the folder of the class: a folder, or a file where one file is written.
    #[arg(long)]
    to: Option<PathBuf>,
    /// Where the book can be read: its address, so that reports link into it.
    #[arg(long)]
    book: Option<String>,
    /// Only these students, by id, login or mail address.
    #[arg(long, conflicts_with = "except")]
    only: Vec<String>,
    /// All but these students.
    #[arg(long)]
    except: Vec<String>,
    /// For `canvas` and `moodle`: the export that is to be filled.
    #[arg(long)]
    export: Option<PathBuf>,
    /// For `canvas` and `moodle`: the column to fill, as the export calls it.
    #[arg(long)]
    column: Option<String>,
    /// For `classroom50`: its short name of the classroom.
    #[arg(long)]
    classroom: Option<String>,
    /// For `classroom50`: its name of the assignment.
    #[arg(long)]
    assignment: Option<String>,
    /// For `classroom50`: the address of a student's repository, with `{owner}` for the student's login.
    #[arg(long)]
    repository: Option<String>,
    #[command(flatten)]
    jail: JailOptions,
}

/// The forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Pages: the class, and one for each student.
    Html,
    /// The same in Markdown.
    Markdown,
    /// The same for a program.
    Json,
    /// A table of the class for a program.
    Csv,
    /// The same for a spreadsheet.
    Spreadsheet,
    /// Canvas's own export with one column filled.
    Canvas,
    /// Moodle's own export with one column filled.
    Moodle,
    /// For each student, `results.json` as Gradescope reads it.
    Gradescope,
    /// For each student, `result.json` as Classroom 50 reads it.
    Classroom50,
    /// For each student and exercise, `results.json` as Exercism reads it.
    Exercism,
    /// For each student and exercise, results as PrairieLearn reads them.
    Prairielearn,
    /// For each student, JUnit's XML.
    Junit,
    /// For each student, the Common Test Report Format.
    Ctrf,
}

impl Format {
    fn single(self) -> Option<Form> {
        match self {
            Self::Gradescope => Some(Form::Gradescope),
            Self::Classroom50 => Some(Form::Classroom50),
            Self::Exercism => Some(Form::Exercism),
            Self::Prairielearn => Some(Form::Prairielearn),
            Self::Junit => Some(Form::Junit),
            Self::Ctrf => Some(Form::Ctrf),
            _ => None,
        }
    }
}

/// Writes reports. The same class gives the same bytes. It ends with code 1 when somebody is left out of them.
///
/// # Errors
/// When there is no graded class, or its files, the export or the column cannot be understood.
pub fn run(options: &Options, console: Console) -> Result<Exit> {
    let class = Class::open(&options.at, &options.jail.places()?)?;
    let mut assembled = class.assemble()?;
    choose(&class, &mut assembled.class, options)?;
    let book = match &options.book {
        Some(address) => Book::at(address).map_err(|error| Usage(error.to_string()))?,
        None => Book::default(),
    };
    let reports = Reports { class: &assembled.class, book, folder: class.folder.path(), options };
    let written = reports.write(console)?;
    console.say(&written);
    let problems = super::problems(&class.ledger, &assembled);
    if problems.is_empty() {
        return Ok(Exit::Passed);
    }
    console.say(&format!("left out of this report, or not as it should be:\n  {}", problems.join("\n  ")));
    Ok(Exit::NotYet)
}

fn choose(class: &Class, assembled: &mut Assembled, options: &Options) -> Result<()> {
    let ids =
        |names: &[String]| names.iter().map(|name| Ok(class.student(name)?.id.clone())).collect::<Result<Vec<_>>>();
    let (only, except) = (ids(&options.only)?, ids(&options.except)?);
    let is_wanted =
        |row: &Row| (only.is_empty() || only.contains(&row.student.id)) && !except.contains(&row.student.id);
    assembled.rows.retain(is_wanted);
    Ok(())
}

struct Reports<'a> {
    class: &'a Assembled,
    book: Book,
    folder: &'a Path,
    options: &'a Options,
}

impl Reports<'_> {
    /// Writes what is asked for, and says where it is.
    fn write(&self, console: Console) -> Result<String> {
        let book = &self.book;
        match self.options.format {
            Format::Html => self.pages("html", html::class(self.class, book)?, |sheet| html::student(sheet, book)),
            Format::Markdown => {
                self.pages("md", markdown::class(self.class, book)?, |sheet| markdown::student(sheet, book))
            }
            Format::Json => self.pages("json", json::class(self.class)?, json::student),
            Format::Csv => self.one("class.csv", table::class(self.class, Reader::Program)?.as_bytes()),
            Format::Spreadsheet => {
                self.one("spreadsheet.csv", table::class(self.class, Reader::Spreadsheet)?.as_bytes())
            }
            Format::Canvas => {
                let (export, column) = self.export()?;
                self.filled("canvas.csv", &canvas::fill(&export, column, self.class).map_err(usage)?, console)
            }
            Format::Moodle => {
                let (export, column) = self.export()?;
                self.filled("moodle.csv", &moodle::fill(&export, column, None, self.class).map_err(usage)?, console)
            }
            format => self.singles(format.single().context("every format is one of these")?),
        }
    }

    fn to(&self, name: &str) -> PathBuf {
        self.options.to.clone().unwrap_or_else(|| self.folder.join("reports").join(name))
    }

    fn one(&self, name: &str, bytes: &[u8]) -> Result<String> {
        let path = self.to(name);
        write_whole(&path, bytes)?;
        Ok(shown(&path))
    }

    /// A page of the class, and one for each student in a folder beside it, which can be given out alone.
    fn pages(
        &self,
        extension: &str,
        class: String,
        student: impl Fn(&model::sheet::StudentSheet) -> Result<String>,
    ) -> Result<String> {
        let folder = self.to(extension);
        for row in &self.class.rows {
            let path = folder.join("students").join(format!("{}.{extension}", file_name(&row.student.id)));
            write_whole(&path, student(&self.class.for_student(row))?.as_bytes())?;
        }
        let path = folder.join(format!("class.{extension}"));
        write_whole(&path, class.as_bytes())?;
        Ok(format!("{} and {} pages of students beside it", shown(&path), self.class.rows.len()))
    }

    fn export(&self) -> Result<(Vec<u8>, &str)> {
        let (Some(export), Some(column)) = (&self.options.export, &self.options.column) else {
            let told =
                "give --export, the file that the platform exported, and --column, the name of the column to fill";
            return Err(Usage(told.to_owned()).into());
        };
        Ok((fs_err::read(export)?, column))
    }

    fn filled(&self, name: &str, filled: &Filled, console: Console) -> Result<String> {
        for note in &filled.notes {
            console.tell(&format!("note: {note}"));
        }
        Ok(format!("{} grades in {}", filled.graded, self.one(name, &filled.bytes)?))
    }

    fn singles(&self, form: Form) -> Result<String> {
        let folder = self.to(form.name());
        let given = self.options;
        let repositories = match (&given.classroom, &given.assignment, &given.repository) {
            (Some(classroom), Some(assignment), Some(address)) => Some(Repositories { classroom, assignment, address }),
            _ => None,
        };
        let mut many = 0;
        for row in self.class.rows.iter().filter(|row| !row.is_missing()) {
            for (name, text) in single::of_row(form, self.class, row, repositories.as_ref(), &self.book)? {
                write_whole(&folder.join(file_name(&row.student.id)).join(name), text.as_bytes())?;
                many += 1;
            }
        }
        Ok(format!("{many} files in {}", shown(&folder)))
    }
}

/// What is wrong with an export or a column is the teacher's to mend.
fn usage(error: anyhow::Error) -> anyhow::Error {
    Usage(format!("{error:#}")).into()
}
