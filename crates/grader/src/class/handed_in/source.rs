//! What platform a download is from, by the names in it.

use super::listing::{self, Entry, Places};
use super::{Ground, Tray, canvas, classroom50, gradescope, moodle, plain};
use crate::class::roster::Roster;
use anyhow::Result;

/// What the names of a download are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Canvas, *Download Submissions*.
    Canvas,
    /// Moodle, *Download all submissions*.
    Moodle,
    /// Gradescope, *Export Submissions*.
    Gradescope,
    /// Classroom 50, `gh teacher download`.
    Classroom50,
    /// A teacher's own folder, with a folder or a file for each student.
    Plain,
}

impl Source {
    /// What such a download is.
    pub fn words(self) -> String {
        match self {
            Self::Plain => self.name().to_owned(),
            platform => format!("a download of {}", platform.name()),
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Canvas => "Canvas",
            Self::Moodle => "Moodle",
            Self::Gradescope => "Gradescope",
            Self::Classroom50 => "Classroom 50",
            Self::Plain => "a folder for each student",
        }
    }
}

/// What the download holds at its top. Some archives have everything in one folder, which is gone into.
pub(super) fn top(ground: &Ground<'_>, tray: &mut Tray) -> Result<Vec<Entry>> {
    let Places { root, .. } = &ground.places;
    let before = tray.faults.len();
    let entries = listing::entries(root, &ground.places, &mut tray.faults)?;
    if let [only] = entries.as_slice()
        && only.is_folder
        && !is_known(&entries, ground.roster)
    {
        let mut faults = Vec::new();
        let inner = listing::entries(&only.path, &ground.places, &mut faults)?;
        if is_known(&inner, ground.roster) {
            tray.faults.extend(faults);
            return Ok(inner);
        }
    }
    if entries.is_empty() && tray.faults.len() == before && before == 0 {
        tray.fault(ground, root, "nothing was handed in: there is nothing in here");
    }
    Ok(entries)
}

/// Whether at least one name is one of those that are read here.
fn is_known(entries: &[Entry], roster: &Roster) -> bool {
    count(entries, roster).iter().any(|(many, _)| *many > 0)
}

/// How many names are of each kind.
fn count(entries: &[Entry], roster: &Roster) -> [(usize, Source); 5] {
    let many = |fits: &dyn Fn(&Entry) -> bool| entries.iter().filter(|entry| fits(entry)).count();
    [
        (many(&|entry| plain::student(entry, roster).is_some()), Source::Plain),
        (many(&|entry| classroom50::fits(entry, roster)), Source::Classroom50),
        (many(&|entry| gradescope::fits(&entry.name)), Source::Gradescope),
        (many(&|entry| canvas::fits(entry)), Source::Canvas),
        (many(&|entry| moodle::parse(&entry.name).is_some()), Source::Moodle),
    ]
}

/// The platform that most of the names are of; where none are, students' own.
pub(super) fn of(entries: &[Entry], roster: &Roster) -> Source {
    let most = count(entries, roster).into_iter().max_by_key(|(many, _)| *many);
    most.filter(|(many, _)| *many > 0).map_or(Source::Plain, |(_, source)| source)
}

/// What to say of a name that is not of the platform that the others are of.
pub(super) fn stranger(source: Source, like: &str) -> String {
    format!("this is not named as {} names what it gives, like `{like}`; is it from somewhere else?", source.name())
}
