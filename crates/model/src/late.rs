//! What handing in late costs: a pure function of when it was due, when it came, and what was promised to the student.

use crate::points::Points;
use crate::time::Time;
use serde::{Deserialize, Serialize};

const MINUTE: i64 = 60;
const DAY: i64 = 24 * 60 * MINUTE;

/// What handing in late costs.
///
/// A submission within the grace costs nothing. After it, every day that has begun *since it was due* costs the same
/// share, so the grace forgives a slow upload and moves nothing else. A day is 24 hours, also when clocks change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LatePolicy {
    /// Minutes after the due time that cost nothing.
    #[serde(default)]
    pub grace_minutes: u32,
    /// Percent of the points that were earned, for each day begun; 0 to 100.
    pub percent_per_day: u8,
    /// The largest penalty in percent, however late it is; 0 to 100.
    #[serde(default = "everything")]
    pub cap_percent: u8,
    /// Days after which nothing is taken any more: later submissions earn no points. Without it, all are taken.
    #[serde(default)]
    pub last_day: Option<u32>,
}

fn everything() -> u8 {
    100
}

/// What one student was promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extension {
    /// More days, of 24 hours.
    Days(u32),
    /// A due time of one's own. One before the due time of everybody changes nothing.
    Until(Time),
}

/// What is known of when something was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Submitted {
    /// At this time.
    At(Time),
    /// Where it came from says that it was in time, and no more.
    InTime,
    /// Where it came from says that it was late, and not how late, as the names of Canvas's downloads do.
    Late,
    /// Nothing is known.
    Unknown,
}

/// How late something was, and what that costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Late {
    /// Days begun since it was due, where it was later than the grace.
    pub days: u32,
    /// Percent of the earned points that are taken away.
    pub penalty_percent: u8,
}

/// Why lateness cannot be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LateError {
    /// Late, without a time.
    #[error(
        "it is marked late, but nothing says when it was handed in, so what that costs cannot be computed: give its \
         time with --times, in a table with the columns `student` and `submitted`"
    )]
    WithoutTime,
    /// Nothing is known.
    #[error(
        "nothing says when it was handed in, and the set has a due time: give its time with --times, in a table with \
         the columns `student` and `submitted`, or write `in time` there"
    )]
    Unknown,
    /// A percentage above 100.
    #[error("the late policy takes {0} percent: 100 is everything")]
    Percent(u8),
}

impl Late {
    /// What remains of points.
    pub fn after(self, points: Points) -> Points {
        points.share(u64::from(100 - self.penalty_percent.min(100)), 100)
    }

    /// The factor by which points are multiplied, from 0 to 1.
    pub fn factor(self) -> f64 {
        f64::from(100 - self.penalty_percent.min(100)) / 100.0
    }

    /// Whether it came after the grace.
    pub fn is_late(self) -> bool {
        self.days > 0
    }
}

impl LatePolicy {
    /// How late something is, and what that costs. Without a due time nothing is late.
    ///
    /// # Errors
    /// When it may be late and nothing says when it came, and when the policy takes more than everything.
    pub fn judge(
        &self,
        due: Option<&Time>,
        extension: Option<&Extension>,
        submitted: &Submitted,
    ) -> Result<Late, LateError> {
        if let Some(percent) = [self.percent_per_day, self.cap_percent].into_iter().find(|percent| *percent > 100) {
            return Err(LateError::Percent(percent));
        }
        let Some(due) = due else { return Ok(Late::default()) };
        let at = match submitted {
            Submitted::At(at) => at,
            // What nothing depends on need not be known.
            Submitted::Late | Submitted::Unknown if self.is_free() => return Ok(Late::default()),
            Submitted::InTime => return Ok(Late::default()),
            Submitted::Late => return Err(LateError::WithoutTime),
            Submitted::Unknown => return Err(LateError::Unknown),
        };
        Ok(self.after_seconds(at.second() - extended(due, extension)))
    }

    /// Whether lateness costs nothing at all.
    fn is_free(&self) -> bool {
        self.last_day.is_none() && (self.percent_per_day == 0 || self.cap_percent == 0)
    }

    /// The same, for a number of seconds after the due time; a negative number is before it.
    fn after_seconds(&self, seconds: i64) -> Late {
        if seconds <= i64::from(self.grace_minutes) * MINUTE {
            return Late::default();
        }
        let days = u32::try_from((seconds + DAY - 1) / DAY).unwrap_or(u32::MAX);
        let by_day = u64::from(days) * u64::from(self.percent_per_day);
        let capped = by_day.min(u64::from(self.cap_percent)) as u8;
        let too_late = self.last_day.is_some_and(|last| days > last);
        Late { days, penalty_percent: if too_late { 100 } else { capped } }
    }
}

/// The second until which a submission of this student is in time, without the grace.
fn extended(due: &Time, extension: Option<&Extension>) -> i64 {
    match extension {
        None => due.second(),
        Some(Extension::Days(days)) => due.second() + i64::from(*days) * DAY,
        Some(Extension::Until(until)) => due.second().max(until.second()),
    }
}

/// Which of several attempts counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counts {
    /// The last one.
    #[default]
    Last,
    /// The one that earned most after its penalty; of equals, the first.
    Best,
}

/// The rule for attempts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attempts {
    /// Which one counts.
    #[serde(default)]
    pub counts: Counts,
    /// How many count at all, in the order of their times; without it, all do.
    #[serde(default)]
    pub at_most: Option<u32>,
}

impl Attempts {
    /// The place of the attempt that counts, of attempts in the order in which they were made, each with what it earned
    /// after its penalty. None where there is none.
    pub fn choose(&self, earned: &[Points]) -> Option<usize> {
        let many = self.at_most.map_or(earned.len(), |most| earned.len().min(most as usize));
        let allowed = &earned[..many];
        match self.counts {
            Counts::Last => allowed.len().checked_sub(1),
            Counts::Best => {
                allowed.iter().enumerate().max_by_key(|(at, earned)| (**earned, many - at)).map(|(at, _)| at)
            }
        }
    }
}

#[cfg(test)]
mod tests;
