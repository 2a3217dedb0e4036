//! Whether a set can be graded as it is: its solutions pass, its starters do not, and its variants are new.

use anyhow::Result;
use fs_err as fs;
use grader::fault::Fault;
use grader::grade::Grader;
use grader::set::SetFolder;
use grader::task::{Places, Task};
use grader::unit::{self, Seed, Store};
use model::report::{Outcome, Report};
use model::starter;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::draft::starter_of;

/// What is needed to try answers.
#[derive(Debug)]
pub struct Trial<'a> {
    /// The set.
    pub set: &'a SetFolder,
    /// A grader of the set's places.
    pub grader: &'a Grader,
    /// Where the course's own suites are, with the solutions that anybody can read.
    pub course: &'a Places,
}

impl Trial<'_> {
    /// Tries an exercise: how long its solution took, and everything that is wrong.
    ///
    /// # Errors
    /// When the grader cannot do its work.
    pub fn exercise(&self, task: &Task) -> Result<(Duration, Vec<Fault>)> {
        let path = task.secret.join("solution.rs");
        let mut faults = Vec::new();
        let begin = Instant::now();
        let solution = self.graded(task, &task.solution, &path, &mut faults)?;
        let took = begin.elapsed();
        faults.extend(solution.filter(|report| !report.passed()).map(|report| {
            let text = format!("the solution earns {} of {} points: {}", report.points, report.of, first(&report));
            Fault::at(&path, text)
        }));
        let starter = self.graded(task, &starter_of(task)?, &path, &mut faults)?;
        faults.extend(starter.and_then(|report| starter_fault(&report)).map(|text| Fault::at(&path, text)));
        if self.set.file.variant.is_some() {
            self.must_be_new(task, &mut faults)?;
        }
        Ok((took, faults))
    }

    /// The solution of the course, which anybody can read, must not earn everything.
    fn must_be_new(&self, task: &Task, faults: &mut Vec<Fault>) -> Result<()> {
        let path = self.course.suites.join(&task.name).join("solution.rs");
        if !path.is_file() || path.parent() == Some(&task.secret) {
            return Ok(());
        }
        let public = starter::solution(&fs::read_to_string(&path)?)?;
        let report = self.graded(task, &public, &path, faults)?;
        if report.is_some_and(|report| report.passed()) {
            let text = "the course's own solution, which anybody can read, passes this variant";
            faults.push(Fault::at(task.secret.join("solution.rs"), text));
        }
        Ok(())
    }

    /// Grades an answer as if it were handed in. What keeps it from being graded is a fault of the suite's.
    fn graded(&self, task: &Task, answer: &str, of: &PathBuf, faults: &mut Vec<Fault>) -> Result<Option<Report>> {
        let work = tempfile::tempdir()?;
        let main = task.exercise.files.first().map_or("src/lib.rs", String::as_str);
        let file = work.path().join("answer").join(main);
        fs::create_dir_all(file.parent().unwrap_or(work.path()))?;
        fs::write(file, answer)?;
        let seed = match fs::read(self.set.secret()) {
            Ok(secret) => Seed::Secret(secret),
            Err(_) => Seed::Given(1),
        };
        let store = Store::new(work.path().join("verdicts"));
        match unit::grade(self.grader, &task.name, &work.path().join("answer"), &seed, &store) {
            Ok(graded) => Ok(Some(graded.report)),
            Err(error) => {
                faults.push(Fault::at(of, format!("{error:#}")));
                Ok(None)
            }
        }
    }
}

/// What is wrong with a starter that earned this.
fn starter_fault(report: &Report) -> Option<String> {
    match report.outcome {
        Outcome::Passed => Some("the starter that it makes passes: there is nothing to do".to_owned()),
        Outcome::BuildError | Outcome::Policy => {
            Some(format!("the starter that it makes {}: {}", report.outcome.words(), first(report)))
        }
        _ => None,
    }
}

/// The first thing that went wrong, on one line.
fn first(report: &Report) -> String {
    let found = report.criteria.iter().find_map(|criterion| Some((criterion, criterion.finding.as_ref()?)));
    let text = match found {
        Some((criterion, found)) => format!(
            "criterion `{}`, case `{}`: {}; expected {}, got {}",
            criterion.id, found.case, found.tried, found.expected, found.got
        ),
        None => report.message.clone(),
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
