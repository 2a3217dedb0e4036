//! What a class as a whole shows: how points are spread, and what most people missed.

use model::class::{Class, Row};
use model::points::Points;
use model::report::Outcome;

/// Numbers of a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statistics {
    /// Students of the class.
    pub students: usize,
    /// Those who handed in something that counts. Everything below is about them.
    pub handed_in: usize,
    /// Those of whom a person has yet to grade something.
    pub open: usize,
    /// Half of them have at least as many points.
    pub median: Points,
    /// Points that could be had.
    pub of: Points,
    /// From the fewest points to the most.
    pub bins: Vec<Bin>,
    /// What was missed, the most often missed first.
    pub missed: Vec<Missed>,
}

/// How many have points within a band.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bin {
    /// Least percentage of the band.
    pub from: u64,
    /// Greatest percentage of the band, rounded down.
    pub to: u64,
    /// How many.
    pub count: usize,
}

/// How often a criterion was missed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// What the exercise is called.
    pub exercise: String,
    /// What holds when it is met.
    pub criterion: String,
    /// Page of the book, `chapter/page`.
    pub read: String,
    /// How many missed it. That it was not run, because something else comes first, is not counted.
    pub missed: usize,
    /// How many reports looked at it.
    pub of: usize,
}

impl Statistics {
    /// Of a class.
    pub fn of(class: &Class) -> Self {
        let rows: Vec<&Row> = class.rows.iter().filter(|row| !row.is_missing()).collect();
        Self {
            students: class.rows.len(),
            handed_in: rows.len(),
            open: rows.iter().filter(|row| !row.score.is_final).count(),
            median: median(rows.iter().map(|row| row.score.points).collect()),
            of: class.set.worth(),
            bins: bins(&rows),
            missed: missed(class),
        }
    }
}

fn median(mut points: Vec<Points>) -> Points {
    points.sort();
    let middle = points.len() / 2;
    match points.len() {
        0 => Points::ZERO,
        odd if odd % 2 == 1 => points[middle],
        _ => (points[middle - 1] + points[middle]).share(1, 2),
    }
}

/// Ten bands of a tenth each; the last one holds those who have all.
fn bins(rows: &[&Row]) -> Vec<Bin> {
    let mut bins: Vec<Bin> = (0..10)
        .map(|tenth| Bin { from: tenth * 10, to: if tenth == 9 { 100 } else { tenth * 10 + 9 }, count: 0 })
        .collect();
    for row in rows {
        let percent = row.score.points.percent_of(row.score.of);
        bins[usize::try_from(percent / 10).unwrap_or(9).min(9)].count += 1;
    }
    bins
}

fn missed(class: &Class) -> Vec<Missed> {
    let mut all: Vec<Missed> = Vec::new();
    for (place, exercise) in class.set.exercises.iter().enumerate() {
        let counted = class.rows.iter().filter_map(|row| row.entries.get(place)?.counted());
        let mut known: Vec<(&str, Missed)> = Vec::new();
        for criterion in counted.flat_map(|attempt| &attempt.graded.report.criteria) {
            let at = known.iter().position(|(id, _)| *id == criterion.id).unwrap_or_else(|| {
                let (exercise, read) = (exercise.title.clone(), exercise.read.clone());
                let one = Missed { exercise, criterion: criterion.title.clone(), read, missed: 0, of: 0 };
                known.push((&criterion.id, one));
                known.len() - 1
            });
            let one = &mut known[at].1;
            if !matches!(criterion.outcome, Outcome::NotRun | Outcome::GraderError) {
                one.of += 1;
                one.missed += usize::from(criterion.outcome != Outcome::Passed);
            }
            if let Some(finding) = criterion.finding.as_ref().filter(|finding| !finding.read.is_empty()) {
                one.read.clone_from(&finding.read);
            }
        }
        all.extend(known.into_iter().map(|(_, one)| one).filter(|one| one.missed > 0));
    }
    // A stable sort: equals stay in the order of the set. Cross-multiplied, to compare shares exactly.
    all.sort_by(|a, b| (b.missed * a.of).cmp(&(a.missed * b.of)));
    all
}
