use std::hint::black_box;
use std::time::{Duration, Instant};

/// Compares the times of several cases by running short slices of them in turn.
///
/// Every round runs one slice of each case; reported is, for each case, the *minimum* of its
/// slices, and the ratio of that minimum to the minimum of the first case, the base.
///
/// Minima, because noise only ever adds time: an interrupt, another program on the same core
/// or a cold cache makes a slice longer, and nothing makes it shorter than the work it does.
/// Interleaved, because a slow spell of the machine (a lower clock, a busy neighbor) can last
/// longer than a whole run of one case; taken in turn, both cases meet the same spells. Short,
/// so that some slices pass without any interruption: aim at 0.1 to 1 milliseconds each.
/// The rule comes from the authors' own experiments on a loaded machine, where means and
/// medians of the same code moved by a factor of two between runs.
///
/// What remains is a property of this machine and this build. Only ratios far from 1 should
/// be asserted, and with a wide margin.
pub struct Slices<'a> {
    rounds: usize,
    cases: Vec<(String, Box<dyn FnMut() + 'a>)>,
}

/// What was found out about one case.
#[derive(Clone, Debug, PartialEq)]
pub struct Timing {
    /// The name that the case was given.
    pub name: String,
    /// The shortest of its slices.
    pub minimum: Duration,
    /// `minimum` divided by that of the first case.
    pub ratio: f64,
}

impl<'a> Slices<'a> {
    /// Prepares a comparison of `rounds` slices per case; 100 is a good number.
    ///
    /// # Panics
    ///
    /// Panics when `rounds` is zero.
    #[must_use]
    pub fn new(rounds: usize) -> Self {
        assert!(rounds > 0, "a comparison needs at least one round");
        Self { rounds, cases: Vec::new() }
    }

    /// Adds a case; the first one added is the base. What `run` returns is kept from being
    /// optimized away, and is dropped inside the slice.
    #[must_use]
    pub fn case<R>(mut self, name: &str, mut run: impl FnMut() -> R + 'a) -> Self {
        let run = move || {
            black_box(run());
        };
        self.cases.push((name.to_owned(), Box::new(run)));
        self
    }

    /// Runs every case once to warm up, then all rounds, and reports in the order of the cases.
    #[must_use]
    pub fn interleave(self) -> Vec<Timing> {
        let start = Instant::now();
        self.interleave_by(|| start.elapsed())
    }

    fn interleave_by(mut self, mut clock: impl FnMut() -> Duration) -> Vec<Timing> {
        for (_, run) in &mut self.cases {
            run();
        }
        let mut minima = vec![Duration::MAX; self.cases.len()];
        for _ in 0..self.rounds {
            for ((_, run), minimum) in self.cases.iter_mut().zip(&mut minima) {
                let start = clock();
                run();
                *minimum = clock().saturating_sub(start).min(*minimum);
            }
        }
        // A slice that is shorter than a tick of the clock counts as one nanosecond, so that
        // a ratio is always a finite number.
        let nanoseconds = |minimum: Duration| minimum.as_nanos().max(1) as f64;
        let base = minima.first().copied().map_or(1.0, nanoseconds);
        self.cases
            .into_iter()
            .zip(minima)
            .map(|((name, _), minimum)| Timing { name, minimum, ratio: nanoseconds(minimum) / base })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Slices;
    use std::cell::{Cell, RefCell};
    use std::time::Duration;

    #[test]
    fn slices_of_all_cases_run_in_turn_after_one_warm_up_each() {
        let log = RefCell::new(String::new());
        let timings = Slices::new(3)
            .case("a", || log.borrow_mut().push('a'))
            .case("b", || log.borrow_mut().push('b'))
            .interleave();
        assert_eq!(log.into_inner(), "abababab");
        assert_eq!(timings[1].name, "b");
    }

    #[test]
    fn noise_that_adds_time_to_some_slices_changes_neither_minimum_nor_ratio() {
        let now = Cell::new(Duration::ZERO);
        let slice = |noise: &[u64], base: u64| {
            let noise = noise.to_vec();
            let mut slice = 0;
            let now = &now;
            move || {
                let extra = noise[slice % noise.len()];
                slice += 1;
                now.set(now.get() + Duration::from_nanos(base + extra));
            }
        };
        let timings = Slices::new(8)
            .case("base", slice(&[900, 40, 0, 5000], 100))
            .case("work", slice(&[7, 80_000, 3, 0], 250))
            .interleave_by(|| now.get());
        assert_eq!(timings[0].minimum, Duration::from_nanos(100));
        assert_eq!(timings[0].ratio, 1.0);
        assert_eq!(timings[1].minimum, Duration::from_nanos(250));
        assert_eq!(timings[1].ratio, 2.5);
    }

    #[test]
    fn a_slice_shorter_than_a_tick_gives_a_finite_ratio() {
        let timings =
            Slices::new(1).case("nothing", || ()).case("nothing either", || ()).interleave_by(|| Duration::ZERO);
        assert_eq!(timings[1].ratio, 1.0);
    }

    #[test]
    fn the_real_clock_tells_much_work_from_little() {
        let sum = |n: u64| (0..n).fold(0, |sum, i| std::hint::black_box(sum ^ i));
        let timings = Slices::new(20).case("little", || sum(100)).case("much", || sum(100_000)).interleave();
        assert!(timings[1].ratio > 10.0, "{timings:?}");
    }
}
