//! What a student may see of a report. It is decided here, once, before anything is formatted: no format can show what
//! is no longer there.

use crate::graded::Graded;
use crate::report::{CriterionReport, Finding, Outcome, Report};
use serde::{Deserialize, Serialize};

/// How much of a report its student may see; each shows what the one before it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Visibility {
    /// That it was graded.
    Nothing,
    /// Points and outcomes, what the compiler said of the student's own files, and for what is wrong the texts that
    /// the exercise itself holds.
    Criterion,
    /// Also what was tried, in the suite's words.
    Message,
    /// Also what was expected and what came, which tells of the suite's inputs.
    All,
}

/// A report as its student may see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StudentReport {
    /// See [`crate::report::VERSION`].
    pub version: u32,
    /// `chapter/exercise`.
    pub exercise: String,
    /// What there is to see of the result, if anything.
    pub result: Option<StudentResult>,
}

/// The result in a [`StudentReport`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StudentResult {
    /// What stands for the whole.
    pub outcome: Outcome,
    /// Points earned.
    pub points: u32,
    /// Points that could be earned.
    pub of: u32,
    /// What the compiler said, or which rule was broken; empty otherwise.
    pub message: String,
    /// What was handed in and left out, a line each.
    pub ignored: Vec<String>,
    /// In the order of the exercise.
    pub criteria: Vec<StudentCriterion>,
}

/// One criterion of a [`StudentResult`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StudentCriterion {
    /// What holds when it is met.
    pub title: String,
    /// How it came out.
    pub outcome: Outcome,
    /// Points earned.
    pub points: u32,
    /// Points that could be earned.
    pub of: u32,
    /// About the first thing that went wrong, if anything did.
    pub finding: Option<StudentFinding>,
}

/// What went wrong, as far as a student may see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StudentFinding {
    /// What was looked at.
    pub tried: Option<String>,
    /// What a right solution shows.
    pub expected: Option<String>,
    /// What this one showed.
    pub got: Option<String>,
    /// Why it matters for memory.
    pub why: String,
    /// Page of the book.
    pub read: String,
    /// What to do next.
    pub next: String,
}

/// What a student reads when we failed. What failed may speak of the suite.
const OURS: &str = "this could not be graded, and that is not your fault; your teacher has to look at it";

impl Report {
    /// The report without what a student may not see.
    pub fn for_student(&self, visibility: Visibility) -> StudentReport {
        let (version, exercise) = (self.version, self.exercise.clone());
        let result = (visibility > Visibility::Nothing).then(|| self.result_for(visibility));
        StudentReport { version, exercise, result }
    }

    fn result_for(&self, visibility: Visibility) -> StudentResult {
        let ours = self.outcome == Outcome::GraderError;
        StudentResult {
            outcome: self.outcome,
            points: self.points,
            of: self.of,
            message: if ours { OURS.to_owned() } else { self.message.clone() },
            ignored: Vec::new(),
            criteria: self.criteria.iter().map(|criterion| criterion.for_student(visibility)).collect(),
        }
    }
}

impl Graded {
    /// The report without what a student may not see, and with what was left out of the submission.
    pub fn for_student(&self, visibility: Visibility) -> StudentReport {
        let mut report = self.report.for_student(visibility);
        if let Some(result) = &mut report.result {
            result.ignored.clone_from(&self.ignored);
        }
        report
    }
}

impl CriterionReport {
    fn for_student(&self, visibility: Visibility) -> StudentCriterion {
        let ours = self.outcome == Outcome::GraderError;
        StudentCriterion {
            title: self.title.clone(),
            outcome: self.outcome,
            points: self.points,
            of: self.of,
            finding: self.finding.as_ref().filter(|_| !ours).map(|finding| finding.for_student(visibility)),
        }
    }
}

impl Finding {
    fn for_student(&self, visibility: Visibility) -> StudentFinding {
        let from = |least: Visibility, text: &String| (visibility >= least).then(|| text.clone());
        StudentFinding {
            tried: from(Visibility::Message, &self.tried),
            expected: from(Visibility::All, &self.expected),
            got: from(Visibility::All, &self.got),
            why: self.why.clone(),
            read: self.read.clone(),
            next: self.next.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::VERSION;

    fn report(outcome: Outcome) -> Report {
        let finding = Finding {
            case: "CASE".into(),
            tried: "TRIED".into(),
            expected: "EXPECTED".into(),
            got: "GOT".into(),
            why: "WHY".into(),
            read: "READ".into(),
            next: "NEXT".into(),
        };
        let criterion = CriterionReport {
            id: "ID".into(),
            title: "TITLE".into(),
            points: 0,
            of: 3,
            outcome,
            finding: Some(finding),
        };
        Report {
            version: VERSION,
            exercise: "heap/x".into(),
            outcome,
            points: 0,
            of: 3,
            seed: 424_242,
            message: "MESSAGE".into(),
            criteria: vec![criterion],
        }
    }

    fn shown(outcome: Outcome, visibility: Visibility) -> Vec<&'static str> {
        let text = serde_json::to_string(&report(outcome).for_student(visibility)).unwrap();
        let words = ["CASE", "TRIED", "EXPECTED", "GOT", "WHY", "READ", "NEXT", "TITLE", "MESSAGE", "424242"];
        words.into_iter().filter(|word| text.contains(word)).collect()
    }

    #[test]
    fn a_student_sees_what_the_teacher_chose_and_never_the_case_or_the_seed() {
        assert_eq!(shown(Outcome::Failed, Visibility::Nothing), [""; 0]);
        assert_eq!(shown(Outcome::Failed, Visibility::Criterion), ["WHY", "READ", "NEXT", "TITLE", "MESSAGE"]);
        assert_eq!(shown(Outcome::Failed, Visibility::Message), ["TRIED", "WHY", "READ", "NEXT", "TITLE", "MESSAGE"]);
        assert_eq!(
            shown(Outcome::Failed, Visibility::All),
            ["TRIED", "EXPECTED", "GOT", "WHY", "READ", "NEXT", "TITLE", "MESSAGE"]
        );
    }

    #[test]
    fn a_student_who_may_see_anything_sees_what_was_left_out() {
        let graded = Graded {
            key: String::new(),
            files: std::collections::BTreeMap::new(),
            suite: String::new(),
            kit: String::new(),
            held: "launcher".into(),
            ignored: vec!["`build.rs` is not used".into()],
            report: report(Outcome::Failed),
        };
        let ignored = graded.for_student(Visibility::Criterion).result.map(|result| result.ignored);
        assert_eq!(ignored, Some(graded.ignored.clone()));
        assert_eq!(graded.for_student(Visibility::Nothing).result, None);
    }

    #[test]
    fn of_our_own_mistakes_a_student_sees_only_that_they_are_ours() {
        assert_eq!(shown(Outcome::GraderError, Visibility::All), ["TITLE"]);
        let result = report(Outcome::GraderError).for_student(Visibility::Criterion).result.unwrap();
        assert!(result.message.contains("not your fault"));
    }
}
