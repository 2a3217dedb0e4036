//! What was found in one submission of a set, in the form of a program that shows it to one student.

use anyhow::Result;
use clap::ValueEnum;
use grader::output::classroom50::{AssignmentType, Submission};
use grader::output::gradescope::Shown;
use grader::output::{Book, classroom50, ctrf, exercism, gradescope, junit, prairielearn};
use model::class::{Class, Row};
use model::late::Submitted;
use model::redact::StudentReport;
use model::time::Time;

use super::Usage;

/// The forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// Gradescope's `results.json`.
    Gradescope,
    /// Classroom 50's `result.json`.
    Classroom50,
    /// Exercism's `results.json`; one for each exercise.
    Exercism,
    /// PrairieLearn's results; one for each exercise.
    Prairielearn,
    /// JUnit's XML.
    Junit,
    /// The Common Test Report Format.
    Ctrf,
}

/// What a form needs besides reports.
pub struct Around<'a> {
    /// Name of the set.
    pub set: &'a str,
    /// When it was handed in or graded, for forms that show it.
    pub date: &'a Time,
    /// When Gradescope shows the results.
    pub shown: Shown,
    /// What Classroom 50 says of the submission.
    pub classroom: Option<Submission>,
}

impl Form {
    /// Its name, and that of its folder.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gradescope => "gradescope",
            Self::Classroom50 => "classroom50",
            Self::Exercism => "exercism",
            Self::Prairielearn => "prairielearn",
            Self::Junit => "junit",
            Self::Ctrf => "ctrf",
        }
    }

    fn is_for_each_exercise(self) -> bool {
        matches!(self, Self::Exercism | Self::Prairielearn)
    }

    fn file(self) -> &'static str {
        match self {
            Self::Classroom50 => "result.json",
            Self::Junit => "junit.xml",
            Self::Ctrf => "ctrf.json",
            _ => "results.json",
        }
    }
}

/// Name and text of each file that a form needs for these reports.
///
/// # Errors
/// When the form would show what the set does not.
pub fn files(form: Form, reports: &[StudentReport], around: &Around<'_>, book: &Book) -> Result<Vec<(String, String)>> {
    if form.is_for_each_exercise() {
        let file = |report: &StudentReport| {
            let text = match form {
                Form::Exercism => exercism::results(report, book),
                _ => prairielearn::results(report, book),
            };
            Ok((format!("{}/{}", report.exercise.replace('/', "-"), form.file()), text?))
        };
        return reports.iter().map(file).collect();
    }
    let text = match form {
        Form::Gradescope => gradescope::results(reports, around.shown, book),
        Form::Classroom50 => match &around.classroom {
            Some(submission) => classroom50::result_file(reports, submission, book),
            None => {
                let told = "give --classroom, --assignment and --repository, an address with `{owner}` in it";
                return Err(Usage(told.to_owned()).into());
            }
        },
        Form::Junit => junit::suites(around.set, reports, around.date, book),
        _ => ctrf::run(reports, around.date, book),
    };
    Ok(vec![(form.file().to_owned(), text?)])
}

/// What Classroom 50 calls a class's repositories.
#[derive(Clone, Debug)]
pub struct Repositories<'a> {
    /// Its short name of the classroom.
    pub classroom: &'a str,
    /// Its name of the assignment.
    pub assignment: &'a str,
    /// Address of a student's repository, with `{owner}` for the student.
    pub address: &'a str,
}

/// The files of a student of a class: what counts, and before any penalty, which these platforms compute themselves.
///
/// # Errors
/// See [`files`].
pub fn of_row(
    form: Form,
    class: &Class,
    row: &Row,
    repositories: Option<&Repositories<'_>>,
    book: &Book,
) -> Result<Vec<(String, String)>> {
    let counted: Vec<_> = row.entries.iter().filter_map(|entry| entry.counted()).collect();
    let reports: Vec<_> = counted.iter().map(|attempt| attempt.graded.for_student(class.set.visibility)).collect();
    let times = counted.iter().filter_map(|attempt| match &attempt.submitted {
        Submitted::At(time) => Some(time),
        _ => None,
    });
    let date = times.max().unwrap_or(&class.date);
    let classroom = repositories.map(|repositories| submission(repositories, class, row, date));
    files(form, &reports, &Around { set: &class.set.id, date, shown: Shown::AfterPublished, classroom }, book)
}

/// As far as it can be told outside of Classroom 50's own runner.
fn submission(repositories: &Repositories<'_>, class: &Class, row: &Row, date: &Time) -> Submission {
    let owner = row.student.login.clone().unwrap_or_else(|| row.student.id.clone());
    let address = repositories.address.replace("{owner}", &owner);
    Submission {
        classroom: repositories.classroom.to_owned(),
        assignment: repositories.assignment.to_owned(),
        assignment_type: AssignmentType::Individual,
        owner,
        tag: format!("submit/{}", date.utc().replace(':', "-")),
        commit: address.clone(),
        release: address.clone(),
        review: address,
        submitted: date.clone(),
        graded: Some(class.date.clone()),
    }
}
