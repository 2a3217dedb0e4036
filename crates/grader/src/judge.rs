//! Two transcripts of the same case, the student's and the reference's, compared.

use crate::run::Transcript;
use model::exercise::{Case, Growth};
use model::report::Outcome;
use obs::{Kind, Record};

/// What is wrong with a case, before it is explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// How the criterion comes out.
    pub outcome: Outcome,
    /// What was looked at.
    pub tried: String,
    /// What the reference shows, or the bound.
    pub expected: String,
    /// What the student's code shows.
    pub got: String,
}

impl Wrong {
    fn failed(tried: impl Into<String>, expected: impl Into<String>, got: impl Into<String>) -> Self {
        Self { outcome: Outcome::Failed, tried: tried.into(), expected: expected.into(), got: got.into() }
    }

    /// The suite itself is at fault.
    pub fn ours(what: impl Into<String>) -> Self {
        Self { outcome: Outcome::GraderError, ..Self::failed("the suite", "a suite without a mistake", what) }
    }
}

/// Judges a case at one size; `None` when nothing is wrong.
pub fn case(case: &Case, right: &Transcript, student: &Transcript) -> Option<Wrong> {
    if right.ended != Outcome::Passed {
        return Some(Wrong::ours(format!("the reference fails case `{}`: {}", case.name, right.how)));
    }
    difference(right, student).or_else(|| over_bounds(case, right, student))
}

/// The first record that differs; meters are compared by label only. An early end is told with what came
/// before it.
pub fn difference(right: &Transcript, student: &Transcript) -> Option<Wrong> {
    for (index, wanted) in right.records.iter().enumerate() {
        let Some(got) = student.records.get(index) else {
            let how = if student.how.is_empty() { "nothing more was seen".to_owned() } else { student.how.clone() };
            let outcome = if student.ended == Outcome::Passed { Outcome::Failed } else { student.ended };
            return Some(Wrong { outcome, ..Wrong::failed(&wanted.label, shown(wanted), how) });
        };
        if same(wanted, got) {
            continue;
        }
        return Some(if wanted.label == got.label && wanted.kind == got.kind {
            let (expected, got) = around_difference(&wanted.value, &got.value);
            Wrong::failed(&wanted.label, expected, got)
        } else {
            Wrong::failed(&wanted.label, shown(wanted), format!("{} came first", got.label))
        });
    }
    if student.ended != Outcome::Passed {
        let wrong = Wrong::failed("coming to the end of the case", "it ends well", &student.how);
        return Some(Wrong { outcome: student.ended, ..wrong });
    }
    let more = student.records.get(right.records.len())?;
    Some(Wrong::failed(&more.label, "nothing more", shown(more)))
}

fn same(right: &Record, student: &Record) -> bool {
    right.kind == student.kind
        && right.label == student.label
        && (right.kind == Kind::Meter || right.value == student.value)
}

fn shown(record: &Record) -> String {
    match record.kind {
        Kind::Meter => "a reading".into(),
        _ => shortened(&record.value),
    }
}

const SHOWN: usize = 120;

fn shortened(text: &str) -> String {
    if text.chars().count() <= SHOWN { text.to_owned() } else { text.chars().take(SHOWN).collect::<String>() + " ..." }
}

/// Two long values, cut to where they begin to differ.
fn around_difference(right: &str, student: &str) -> (String, String) {
    let same = right.chars().zip(student.chars()).take_while(|(a, b)| a == b).count();
    if right.chars().count().max(student.chars().count()) <= SHOWN || same < SHOWN / 2 {
        return (shortened(right), shortened(student));
    }
    let skip = same - SHOWN / 4;
    let cut = |text: &str| format!("... {}", shortened(&text.chars().skip(skip).collect::<String>()));
    (cut(right), cut(student))
}

fn reading(transcript: &Transcript, meter: &str) -> Vec<u64> {
    let all = transcript.records.iter().filter(|record| record.kind == Kind::Meter && record.label == meter);
    all.filter_map(|record| record.value.parse().ok()).collect()
}

/// The first meter whose reading lies outside its bounds.
fn over_bounds(case: &Case, right: &Transcript, student: &Transcript) -> Option<Wrong> {
    for (meter, bounds) in &case.meters {
        let (references, readings) = (reading(right, meter), reading(student, meter));
        if references.is_empty() {
            return Some(Wrong::ours(format!("case `{}` has no meter `{meter}`", case.name)));
        }
        for (&reference, &got) in references.iter().zip(&readings) {
            let most = bounds.most.map(|bound| bound.at(case.size, reference));
            let least = bounds.least.map(|bound| bound.at(case.size, reference));
            if let Some(most) = most.filter(|most| got as f64 > *most) {
                return Some(Wrong::failed(meter, format!("at most {most}"), got.to_string()));
            }
            if let Some(least) = least.filter(|least| (got as f64) < *least) {
                return Some(Wrong::failed(meter, format!("at least {least}"), got.to_string()));
            }
        }
    }
    None
}

/// Judges how a cost grows from the smaller size to the larger.
pub fn growth(growth: &Growth, right: [&Transcript; 2], student: [&Transcript; 2]) -> Option<Wrong> {
    for (right, student) in right.into_iter().zip(student) {
        if right.ended != Outcome::Passed {
            return Some(Wrong::ours(format!("the reference fails a case of growth: {}", right.how)));
        }
        if let Some(wrong) = difference(right, student) {
            return Some(wrong);
        }
    }
    let ratio = |pair: [&Transcript; 2]| {
        let [small, large] = pair.map(|transcript| reading(transcript, &growth.meter).first().copied().unwrap_or(0));
        large as f64 / small.max(1) as f64
    };
    let [low, high] = growth.band;
    let inside = |ratio: f64| (low..=high).contains(&ratio);
    let (reference, got) = (ratio(right), ratio(student));
    if !inside(reference) {
        return Some(Wrong::ours(format!(
            "the reference's own `{}` grows {reference:.2} times, outside {low} to {high}",
            growth.meter
        )));
    }
    let times = growth.sizes[1] / growth.sizes[0];
    (!inside(got)).then(|| {
        let tried = format!("how `{}` grows when the input is {times} times as large", growth.meter);
        Wrong::failed(tried, format!("{low} to {high} times"), format!("{got:.1} times"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transcript(records: &[(Kind, &str, &str)]) -> Transcript {
        let record = |(kind, label, value): &(Kind, &str, &str)| Record {
            kind: *kind,
            label: (*label).into(),
            value: (*value).into(),
        };
        Transcript { records: records.iter().map(record).collect(), ended: Outcome::Passed, how: String::new() }
    }

    fn case_with(meters: &str) -> Case {
        toml::from_str(&format!("name = \"c\"\ncriterion = \"k\"\nsize = 10\n{meters}")).unwrap()
    }

    #[test]
    fn the_first_difference_is_told_with_what_was_tried() {
        let right = transcript(&[(Kind::See, "len", "3"), (Kind::See, "sum", "6")]);
        let wrong =
            case(&case_with(""), &right, &transcript(&[(Kind::See, "len", "3"), (Kind::See, "sum", "7")])).unwrap();
        assert_eq!((wrong.tried.as_str(), wrong.expected.as_str(), wrong.got.as_str()), ("sum", "6", "7"));
        assert_eq!(case(&case_with(""), &right, &right), None);
    }

    #[test]
    fn an_early_end_is_told_with_what_came_next() {
        let right = transcript(&[(Kind::See, "len", "3"), (Kind::See, "sum", "6")]);
        let died = Transcript {
            ended: Outcome::StackOverflow,
            how: "its stack overflowed".into(),
            ..transcript(&[(Kind::See, "len", "3")])
        };
        let wrong = case(&case_with(""), &right, &died).unwrap();
        assert_eq!(
            (wrong.outcome, wrong.tried.as_str(), wrong.got.as_str()),
            (Outcome::StackOverflow, "sum", "its stack overflowed")
        );
    }

    #[test]
    fn more_than_the_reference_saw_is_wrong_too() {
        let right = transcript(&[(Kind::See, "len", "3")]);
        let more = transcript(&[(Kind::See, "len", "3"), (Kind::See, "len", "4")]);
        assert_eq!(case(&case_with(""), &right, &more).unwrap().expected, "nothing more");
    }

    #[test]
    fn a_meter_is_held_against_its_bound_and_not_against_the_reference() {
        let limit = case_with("meters = { live = { most = { reference = 1.0, per_size = 1.0 } } }");
        let right = transcript(&[(Kind::Meter, "live", "5")]);
        assert_eq!(case(&limit, &right, &transcript(&[(Kind::Meter, "live", "15")])), None);
        let wrong = case(&limit, &right, &transcript(&[(Kind::Meter, "live", "16")])).unwrap();
        assert_eq!((wrong.expected.as_str(), wrong.got.as_str()), ("at most 15", "16"));
        let ours = case(&case_with("meters = { dead = { most = 1 } }"), &right, &right).unwrap();
        assert_eq!(ours.outcome, Outcome::GraderError);
    }

    #[test]
    fn growth_outside_the_band_is_wrong_and_the_reference_must_lie_inside() {
        let rule = Growth { sizes: [10, 80], meter: "cost".into(), band: [6.0, 12.0] };
        let of = |cost: &str| transcript(&[(Kind::Meter, "cost", cost)]);
        let (small, large, square) = (of("100"), of("800"), of("6400"));
        assert_eq!(growth(&rule, [&small, &large], [&small, &large]), None);
        assert_eq!(growth(&rule, [&small, &large], [&small, &square]).unwrap().got, "64.0 times");
        assert_eq!(growth(&rule, [&small, &square], [&small, &large]).unwrap().outcome, Outcome::GraderError);
    }

    #[test]
    fn long_values_are_cut_to_where_they_differ() {
        let right = format!("{}1", "0".repeat(500));
        let (expected, got) = around_difference(&right, &"0".repeat(501));
        assert!(expected.len() < 140 && expected.ends_with('1') && got.ends_with('0'), "{expected}\n{got}");
    }
}
