//! Scales: from numbers to places along an axis, with ticks at round numbers.

use super::round;
use model::chart::Axis;
use model::quantity::group;

/// A scale over a range of values, and the length on which it is drawn.
#[derive(Clone, Debug)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    log: bool,
    bytes: bool,
    start: f64,
    end: f64,
}

impl Scale {
    /// A scale that shows all values, widened to round numbers, from `start` to `end` in the picture.
    pub(super) fn over(values: impl Iterator<Item = f64>, axis: &Axis, (start, end): (f64, f64)) -> Self {
        let (least, most) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
        let mut scale = Self { low: least, high: most, log: axis.log, bytes: axis.in_bytes(), start, end };
        if axis.log {
            let base = if scale.bytes { 2.0 } else { 10.0 };
            scale.low = floor_power(least, base);
            scale.high = floor_power(most, base);
            if scale.high < most || scale.high <= scale.low {
                scale.high *= base;
            }
            return scale;
        }
        if axis.from_zero || least > 0.0 && least < 0.4 * most {
            scale.low = scale.low.min(0.0);
        }
        if scale.high <= scale.low {
            scale.high = scale.low + scale.low.abs().max(1.0);
        }
        let step = scale.step();
        scale.low = (scale.low / step).floor() * step;
        scale.high = (scale.high / step).ceil() * step;
        scale
    }

    /// The same scale without the widening: points stand at its very ends.
    pub(super) fn tight(values: impl Iterator<Item = f64> + Clone, axis: &Axis, span: (f64, f64)) -> Self {
        let least = values.clone().fold(f64::INFINITY, f64::min);
        let most = values.clone().fold(f64::NEG_INFINITY, f64::max);
        let mut scale = Self::over(values, axis, span);
        if !axis.from_zero && least < most {
            (scale.low, scale.high) = (least, most);
        }
        scale
    }

    /// Where a value stands.
    pub(super) fn place(&self, value: f64) -> f64 {
        let part = if self.log {
            (value / self.low).ln() / (self.high / self.low).ln()
        } else {
            (value - self.low) / (self.high - self.low)
        };
        round(self.start + part * (self.end - self.start))
    }

    /// Round numbers within the scale, at most seven.
    pub(super) fn ticks(&self) -> Vec<f64> {
        if !self.log {
            let step = self.step();
            let first = (self.low / step).ceil() as i64;
            let last = (self.high / step + 1e-9).floor() as i64;
            return (first..=last).map(|i| i as f64 * step).collect();
        }
        let base: f64 = if self.bytes { 2.0 } else { 10.0 };
        let (first, last) = (self.low.log(base).ceil() as i32, (self.high.log(base) + 1e-9).floor() as i32);
        let every = usize::try_from((last - first) / 7 + 1).unwrap_or(1);
        let powers: Vec<f64> = (first..=last).step_by(every).map(|power| base.powi(power)).collect();
        if powers.len() > 2 || self.bytes {
            return powers;
        }
        let finer = (first - 1..=last).flat_map(|power| [1.0, 2.0, 5.0].map(|digit| digit * base.powi(power)));
        finer.filter(|v| (self.low..=self.high * 1.000_001).contains(v)).collect()
    }

    /// How a tick is printed.
    pub(super) fn name(&self, value: f64) -> String {
        if self.bytes { bytes(value) } else { number(value) }
    }

    /// The distance of linear ticks: 1, 2 or 5 times a power of ten (of two, for bytes).
    fn step(&self) -> f64 {
        let rough = (self.high - self.low) / 5.0;
        if self.bytes {
            return 2f64.powf(rough.log2().ceil()).max(1.0);
        }
        let power = 10f64.powf(rough.log10().floor());
        let digit = [1.0, 2.0, 5.0].into_iter().find(|digit| digit * power >= rough * 0.999).unwrap_or(10.0);
        digit * power
    }
}

fn floor_power(value: f64, base: f64) -> f64 {
    base.powf((value.log(base) + 1e-9).floor())
}

/// A byte count in the largest binary unit that keeps it at one or above.
pub(super) fn bytes(value: f64) -> String {
    let units = [("GiB", 30), ("MiB", 20), ("KiB", 10)];
    let unit = units.into_iter().find(|(_, power)| value.abs() >= 2f64.powi(*power));
    match unit {
        Some((name, power)) => format!("{} {name}", number(value / 2f64.powi(power))),
        None => format!("{} B", number(value)),
    }
}

/// A number with thousands separated, and three digits when it is a fraction.
pub(super) fn number(value: f64) -> String {
    if (value - value.round()).abs() < 1e-9 * value.abs().max(1.0) {
        return group(value, 0);
    }
    let digits = (2 - value.abs().log10().floor() as i32).clamp(0, 6);
    let text = group(value, usize::try_from(digits).unwrap_or(0));
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(log: bool, unit: Option<&str>) -> Axis {
        Axis { label: "a".into(), log, unit: unit.map(str::to_owned), from_zero: false }
    }

    fn ticks(values: &[f64], axis: &Axis) -> Vec<String> {
        let scale = Scale::over(values.iter().copied(), axis, (0.0, 100.0));
        scale.ticks().into_iter().map(|tick| scale.name(tick)).collect()
    }

    #[test]
    fn linear_ticks_are_round_and_cover_the_values() {
        assert_eq!(ticks(&[3.0, 21_796.0], &axis(false, None)), ["0", "5,000", "10,000", "15,000", "20,000", "25,000"]);
        assert_eq!(ticks(&[0.4, 1.1], &axis(false, None)), ["0", "0.5", "1", "1.5"]);
    }

    #[test]
    fn log_ticks_are_powers_and_get_finer_within_a_decade() {
        assert_eq!(ticks(&[3.0, 21_796.0], &axis(true, None)), ["1", "10", "100", "1,000", "10,000", "100,000"]);
        assert_eq!(ticks(&[2.0, 9.0], &axis(true, None)), ["1", "2", "5", "10"]);
    }

    #[test]
    fn bytes_are_counted_in_powers_of_two() {
        assert_eq!(ticks(&[64.0, 1024.0], &axis(true, Some("bytes"))), ["64 B", "128 B", "256 B", "512 B", "1 KiB"]);
        assert_eq!(bytes(8.0 * 1024.0 * 1024.0), "8 MiB");
        assert_eq!(bytes(1536.0), "1.5 KiB");
    }

    #[test]
    fn one_value_alone_still_has_a_scale() {
        for log in [false, true] {
            let scale = Scale::over([5.0].into_iter(), &axis(log, None), (0.0, 100.0));
            assert!((0.0..=100.0).contains(&scale.place(5.0)));
            assert!(scale.ticks().len() > 1);
        }
    }

    #[test]
    fn a_log_scale_gives_equal_room_to_equal_factors() {
        let scale = Scale::over([1.0, 10_000.0].into_iter(), &axis(true, None), (0.0, 400.0));
        assert_eq!([1.0, 10.0, 100.0, 10_000.0].map(|v| scale.place(v)), [0.0, 100.0, 200.0, 400.0]);
    }
}
