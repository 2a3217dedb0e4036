//! Moments as somebody else wrote them down. There is no clock here.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A moment, and the text in which it came: writing it again changes no byte, whatever offset the text names.
#[derive(Clone, Debug)]
pub struct Time {
    text: String,
    moment: Timestamp,
}

/// A text that names no moment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no time: write it as RFC 3339 does, with the offset from UTC, like `2026-11-21T23:59:00+01:00`")]
pub struct NoTime {
    /// What stood there.
    pub text: String,
}

impl Time {
    /// A second since 1970, in UTC; the nearest that has a name where it is out of all bounds.
    pub fn at_second(second: i64) -> Self {
        let bound = second.clamp(Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
        let moment = Timestamp::from_second(bound).unwrap_or(Timestamp::UNIX_EPOCH);
        Self { text: moment.to_string(), moment }
    }

    /// The whole second in which it lies, since 1970 and in UTC.
    pub fn second(&self) -> i64 {
        self.moment.as_millisecond().div_euclid(1000)
    }

    /// Milliseconds since 1970, in UTC.
    pub fn millisecond(&self) -> i64 {
        self.moment.as_millisecond()
    }

    /// The second in UTC, like `2026-11-21T22:59:00Z`.
    pub fn utc(&self) -> String {
        let moment = Timestamp::from_second(self.second()).unwrap_or(self.moment);
        moment.to_string()
    }

    /// For a person: day, hour and minute as they were written, and the offset.
    pub fn words(&self) -> String {
        let (day, rest) = self.text.split_at_checked(10).unwrap_or((&self.text, ""));
        let minute: String = rest.chars().skip(1).take(5).collect();
        let offset = match rest.rfind(['+', '-']) {
            Some(at) => &rest[at..],
            None => "UTC",
        };
        format!("{day} {minute} {offset}")
    }
}

impl FromStr for Time {
    type Err = NoTime;

    fn from_str(text: &str) -> Result<Self, NoTime> {
        let none = || NoTime { text: text.to_owned() };
        // jiff also reads what RFC 3339 does not know: zones in brackets, a week's days, a short hour.
        let plain = text.len() >= 20 && text.chars().all(|c| c.is_ascii_digit() || "-+:.TtZz ".contains(c));
        let moment = if plain { text.parse().map_err(|_| none())? } else { return Err(none()) };
        Ok(Self { text: text.to_owned(), moment })
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl PartialEq for Time {
    fn eq(&self, other: &Self) -> bool {
        self.moment == other.moment
    }
}

impl Eq for Time {}

impl PartialOrd for Time {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Time {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.moment.cmp(&other.moment)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = match Written::deserialize(deserializer)? {
            Written::Text(text) => text,
            Written::Toml { text } => text,
        };
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// TOML has times of its own besides texts; its reader hands them over as a map with this one key.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a time as RFC 3339 writes it, like `2026-11-21T23:59:00+01:00`")]
enum Written {
    Text(String),
    Toml {
        #[serde(rename = "$__toml_private_datetime")]
        text: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Time {
        text.parse().unwrap()
    }

    #[test]
    fn one_moment_written_with_two_offsets_is_one_moment_and_keeps_both_texts() {
        let (here, there) = (time("2026-11-21T23:59:00+01:00"), time("2026-11-21T17:59:00-05:00"));
        assert_eq!(here, there);
        assert_eq!(here.utc(), "2026-11-21T22:59:00Z");
        assert_eq!(
            [here.words(), time("2026-11-21T23:59:00.5Z").words()],
            ["2026-11-21 23:59 +01:00", "2026-11-21 23:59 UTC"]
        );
        assert_eq!(serde_json::to_string(&there).unwrap(), "\"2026-11-21T17:59:00-05:00\"");
    }

    #[test]
    fn a_time_without_an_offset_is_refused_with_an_example() {
        for text in
            ["2026-11-21T23:59:00", "2026-11-21", "tomorrow", "", "2026-13-21T23:59:00Z", "2026-11-21T23:59:00Z[UTC]"]
        {
            let error = text.parse::<Time>().unwrap_err().to_string();
            assert!(error.contains("+01:00"), "{error}");
        }
    }
}
