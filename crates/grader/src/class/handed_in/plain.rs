//! A teacher's own folder: `<student>/...`, or `<student>.zip`, `.tar.gz` or `.rs`, by id, login or mail address.
//!
//! In a student's folder, an entry whose name is a time holds an attempt that was handed in at this time:
//! `20261121T213000Z`, or with an offset from UTC, `20261121T223000+0100`. It is the basic form of ISO 8601, because a
//! colon cannot stand in every name of a file.

use super::listing::{Entry, stem};
use super::{Bundle, Ground, Tray, filled};
use crate::class::roster::Roster;
use model::late::Submitted;
use model::time::Time;

/// Whose a file or a folder is.
pub(super) fn student(entry: &Entry, roster: &Roster) -> Option<usize> {
    roster.find(&entry.name).or_else(|| if entry.is_folder { None } else { roster.find(stem(&entry.name)) })
}

/// The time that is the name of an attempt, in the basic form of ISO 8601.
pub fn time(name: &str) -> Option<Time> {
    let (clock, offset) = name.split_at_checked(15)?;
    let is_clock =
        clock.bytes().enumerate().all(|(at, byte)| if at == 8 { byte == b'T' } else { byte.is_ascii_digit() });
    let offset = match offset.as_bytes() {
        b"Z" => "Z".to_owned(),
        [b'+' | b'-', digits @ ..] if digits.len() == 4 && digits.iter().all(u8::is_ascii_digit) => {
            format!("{}:{}", &offset[..3], &offset[3..])
        }
        _ => return None,
    };
    if !is_clock {
        return None;
    }
    let at = |from: usize, to: usize| &clock[from..to];
    let (day, hour) = ([at(0, 4), at(4, 6), at(6, 8)].join("-"), [at(9, 11), at(11, 13), at(13, 15)].join(":"));
    format!("{day}T{hour}{offset}").parse().ok()
}

/// Reads a folder.
pub(super) fn read(entries: &[Entry], ground: &Ground<'_>, tray: &mut Tray) {
    for entry in entries {
        match student(entry, ground.roster) {
            Some(student) if entry.is_folder => folder(student, entry, ground, tray),
            Some(student) => {
                // The name says who it is, and nothing of an exercise.
                let name = entry.name.strip_prefix(stem(&entry.name)).unwrap_or_default();
                let item = Entry { name: format!("_{name}"), ..entry.clone() };
                tray.bundles.push(Bundle::loose(student, Submitted::Unknown, vec![item]));
            }
            None => {
                let who = if entry.is_folder { &entry.name } else { stem(&entry.name) };
                let near = ground.roster.perhaps(who);
                tray.fault(ground, &entry.path, format!("`{who}`{near} is nobody in the class list"));
            }
        }
    }
}

fn folder(student: usize, entry: &Entry, ground: &Ground<'_>, tray: &mut Tray) {
    let Some(items) = filled(&entry.path, &[student], ground, tray) else { return };
    let mut rest = Vec::new();
    for item in items {
        let name = if item.is_folder { &item.name } else { stem(&item.name) };
        match time(name) {
            Some(time) if item.is_folder => {
                Bundle::folder(&[student], Submitted::At(time), &item.path, ground, tray);
            }
            Some(time) => {
                let item = Entry { name: format!("_{}", &item.name[name.len()..]), ..item };
                tray.bundles.push(Bundle::loose(student, Submitted::At(time), vec![item]));
            }
            None => rest.push(item),
        }
    }
    if !rest.is_empty() {
        let whole = Some(entry.path.clone());
        tray.bundles.push(Bundle { whole, ..Bundle::loose(student, Submitted::Unknown, rest) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_time_in_basic_form_is_a_time() {
        assert_eq!(time("20261121T213000Z").unwrap().to_string(), "2026-11-21T21:30:00Z");
        assert_eq!(time("20261121T223000+0100").unwrap(), time("20261121T213000Z").unwrap());
        assert_eq!(time("20261121T160000-0530").unwrap(), time("20261121T213000Z").unwrap());
    }

    #[test]
    fn other_names_are_no_time() {
        for name in [
            "",
            "20261121T213000",
            "20261121T2130Z",
            "20261321T213000Z",
            "2026-11-21T21:30:00Z",
            "20261121T213000+01",
            "drop-list",
        ] {
            assert_eq!(time(name), None, "{name}");
        }
    }

    proptest! {
        #[test]
        fn every_second_has_a_name_that_is_read(second in 0i64..4_000_000_000) {
            let utc = written(second);
            let basic: String = utc.chars().filter(|character| !"-:".contains(*character)).collect();
            prop_assert_eq!(time(&basic).map(|time| time.second()), Some(second));
        }

        #[test]
        fn any_text_is_a_time_or_not(text in any::<String>(), other in "[0-9TZ+-ä]{0,22}") {
            time(&text);
            time(&other);
        }
    }

    /// A second since 1970 in RFC 3339, by counting days.
    fn written(second: i64) -> String {
        let (mut days, rest) = (second / 86_400, second % 86_400);
        let leap = |year: i64| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        let mut year = 1970;
        while days >= 365 + i64::from(leap(year)) {
            days -= 365 + i64::from(leap(year));
            year += 1;
        }
        let lengths = [31, 28 + i64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let mut month = 0;
        while days >= lengths[month] {
            days -= lengths[month];
            month += 1;
        }
        let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
        format!("{year:04}-{:02}-{:02}T{hour:02}:{minute:02}:{second:02}Z", month + 1, days + 1)
    }
}
