//! How far many gradings are, and how long the rest will take.

use std::time::Duration;

/// Counts what is done.
#[derive(Clone, Debug)]
pub struct Progress {
    done: usize,
    of: usize,
    /// How many took work; the others were known.
    worked: usize,
    told: usize,
}

impl Progress {
    /// Of so many.
    pub fn new(of: usize) -> Self {
        Self { done: 0, of, worked: 0, told: 0 }
    }

    /// One more, `after` the beginning. `known` ones need no time, so no estimate is made from them. Gives a line to show
    /// where it is time for one: on a terminal each time, elsewhere at every tenth part.
    pub fn step(&mut self, known: bool, after: Duration, is_terminal: bool) -> Option<String> {
        self.done += 1;
        self.worked += usize::from(!known);
        let tenth = self.done * 10 / self.of.max(1);
        if !is_terminal && tenth == self.told {
            return None;
        }
        self.told = tenth;
        let rest = self.rest(after).map_or(String::new(), |rest| format!(", about {} left", words(rest)));
        Some(format!("graded {} of {}{rest}", self.done, self.of))
    }

    fn rest(&self, after: Duration) -> Option<Duration> {
        let left = u32::try_from(self.of - self.done).ok()?;
        let worked = u32::try_from(self.worked).ok().filter(|worked| *worked > 0)?;
        (left > 0).then(|| after * left / worked)
    }
}

/// A time for a person, no more exact than an estimate is.
pub fn words(time: Duration) -> String {
    match time.as_secs() {
        0 => "a second".to_owned(),
        seconds @ 1..90 => format!("{seconds} s"),
        seconds @ 90..5400 => format!("{} min", (seconds + 30) / 60),
        seconds => format!("{}.{} h", seconds / 3600, seconds % 3600 / 360),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_is_estimated_from_what_took_work() {
        let mut progress = Progress::new(10);
        assert_eq!(progress.step(true, Duration::ZERO, true).unwrap(), "graded 1 of 10");
        assert_eq!(progress.step(false, Duration::from_secs(3), true).unwrap(), "graded 2 of 10, about 24 s left");
        assert_eq!(progress.step(false, Duration::from_secs(6), true).unwrap(), "graded 3 of 10, about 21 s left");
    }

    #[test]
    fn a_log_gets_a_line_for_every_tenth_part() {
        let mut progress = Progress::new(25);
        let lines = (0..25).filter(|_| progress.step(true, Duration::ZERO, false).is_some()).count();
        assert_eq!(lines, 10);
    }

    #[test]
    fn a_time_is_told_as_exactly_as_it_is_known() {
        let words = |seconds| words(Duration::from_secs(seconds));
        assert_eq!(
            [words(0), words(89), words(90), words(3599), words(5400)],
            ["a second", "89 s", "2 min", "60 min", "1.5 h"]
        );
    }
}
