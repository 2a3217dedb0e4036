//! Points with two digits after the decimal point, which is all that a gradebook shows. They are whole hundredths, so
//! that a total does not depend on the order of its sum.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

/// A number of points, never negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(u64);

impl Points {
    /// None.
    pub const ZERO: Self = Self(0);

    /// Hundredths of a point.
    pub const fn hundredths(hundredths: u64) -> Self {
        Self(hundredths)
    }

    /// Whole points.
    pub const fn whole(points: u32) -> Self {
        Self(points as u64 * 100)
    }

    /// How many hundredths of a point these are.
    pub const fn in_hundredths(self) -> u64 {
        self.0
    }

    /// `parts` of every `of`, to the nearest hundredth; a half goes up. Nothing when `of` is zero.
    pub fn share(self, parts: u64, of: u64) -> Self {
        if of == 0 {
            return Self::ZERO;
        }
        let (whole, parts, of) = (u128::from(self.0), u128::from(parts), u128::from(of));
        let nearest = (whole * parts * 2 + of) / (of * 2);
        Self(u64::try_from(nearest).unwrap_or(u64::MAX))
    }

    /// This part of `whole`, in percent and rounded down: only all of it is a hundred.
    pub fn percent_of(self, whole: Self) -> u64 {
        self.0.saturating_mul(100).checked_div(whole.0).unwrap_or(0)
    }
}

impl Add for Points {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

/// Nothing remains where more is taken away than there is.
impl Sub for Points {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self::ZERO, Add::add)
    }
}

/// As short as it can be written: `12`, `11.7`, `11.75`. The decimal point is a point in every language, which Canvas
/// and Moodle read.
impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        match rest {
            0 => write!(f, "{whole}"),
            rest if rest % 10 == 0 => write!(f, "{whole}.{}", rest / 10),
            rest => write!(f, "{whole}.{rest:02}"),
        }
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(100) {
            serializer.serialize_u64(self.0 / 100)
        } else {
            serializer.serialize_f64(self.0 as f64 / 100.0)
        }
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        let hundredths = (number * 100.0).round();
        // Above 2^53 neighboring whole numbers are the same `f64`.
        if !(0.0..=9e15).contains(&hundredths) || (number * 100.0 - hundredths).abs() > 1e-6 * hundredths.max(1.0) {
            let told = format!("{number} is no number of points: at least 0, with at most two digits after the point");
            return Err(serde::de::Error::custom(told));
        }
        Ok(Self(hundredths as u64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn points_are_written_as_short_as_they_can_be() {
        let shown = |hundredths| Points::hundredths(hundredths).to_string();
        assert_eq!([shown(1200), shown(1170), shown(1175), shown(5), shown(0)], ["12", "11.7", "11.75", "0.05", "0"]);
    }

    #[test]
    fn what_is_no_number_of_points_is_refused() {
        for text in ["-1", "0.125", "1e300"] {
            let error = serde_json::from_str::<Points>(text).unwrap_err().to_string();
            assert!(error.contains("at most two digits"), "{error}");
        }
    }

    #[test]
    fn a_part_of_nothing_is_nothing() {
        assert_eq!(Points::whole(3).share(1, 0), Points::ZERO);
        assert_eq!(Points::whole(3).percent_of(Points::ZERO), 0);
        assert_eq!(Points::hundredths(999).percent_of(Points::whole(10)), 99);
    }

    proptest! {
        #[test]
        fn points_that_were_written_are_read_as_the_same(hundredths in 0..1_000_000_000_u64) {
            let points = Points::hundredths(hundredths);
            let text = serde_json::to_string(&points).unwrap();
            prop_assert_eq!(&text, &points.to_string());
            prop_assert_eq!(serde_json::from_str::<Points>(&text).unwrap(), points);
        }

        #[test]
        fn a_share_is_never_more_than_the_whole(hundredths in 0..1_000_000_u64, of in 1..500_u64, part in 0..500_u64) {
            let points = Points::hundredths(hundredths);
            prop_assert!(points.share(part.min(of), of) <= points);
            prop_assert_eq!(points.share(of, of), points);
        }
    }
}
