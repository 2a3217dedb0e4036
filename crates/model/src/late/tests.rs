//! The late policy, by example and by property.

use super::*;
use proptest::prelude::*;

const POLICY: LatePolicy = LatePolicy { grace_minutes: 15, percent_per_day: 10, cap_percent: 50, last_day: None };
const DUE: i64 = 1_795_000_000;

fn at(second: i64) -> Time {
    jiff::Timestamp::from_second(second).unwrap().to_string().parse().unwrap()
}

fn late(policy: LatePolicy, extension: Option<&Extension>, second: i64) -> Late {
    policy.judge(Some(&at(DUE)), extension, &Submitted::At(at(second))).unwrap()
}

#[test]
fn the_grace_forgives_a_slow_upload_and_a_minute_more_costs_a_day() {
    assert_eq!(late(POLICY, None, DUE + 15 * MINUTE), Late::default());
    assert_eq!(late(POLICY, None, DUE + 15 * MINUTE + 1), Late { days: 1, penalty_percent: 10 });
    assert_eq!(late(POLICY, None, DUE + DAY), Late { days: 1, penalty_percent: 10 });
    assert_eq!(late(POLICY, None, DUE + DAY + 1), Late { days: 2, penalty_percent: 20 });
}

#[test]
fn the_penalty_stops_at_its_cap_and_after_the_last_day_nothing_is_earned() {
    assert_eq!(late(POLICY, None, DUE + 40 * DAY), Late { days: 40, penalty_percent: 50 });
    let strict = LatePolicy { last_day: Some(3), ..POLICY };
    assert_eq!(late(strict, None, DUE + 3 * DAY).penalty_percent, 30);
    assert_eq!(late(strict, None, DUE + 3 * DAY + 1).penalty_percent, 100);
}

#[test]
fn the_offset_of_the_due_time_counts() {
    let due: Time = "2026-11-21T23:59:00+01:00".parse().unwrap();
    let judged = |text: &str| POLICY.judge(Some(&due), None, &Submitted::At(text.parse().unwrap())).unwrap().days;
    assert_eq!([judged("2026-11-21T22:59:00Z"), judged("2026-11-21T23:58:00Z")], [0, 1]);
}

#[test]
fn what_is_late_without_a_time_is_an_error_that_says_so() {
    let judged = |submitted| POLICY.judge(Some(&at(DUE)), None, &submitted);
    let error = judged(Submitted::Late).unwrap_err();
    assert!(error.to_string().contains("marked late, but nothing says when"), "{error}");
    assert_eq!(judged(Submitted::Unknown), Err(LateError::Unknown));
    assert_eq!(judged(Submitted::InTime), Ok(Late::default()));
}

#[test]
fn without_a_due_time_nothing_is_late() {
    for submitted in [Submitted::Late, Submitted::Unknown, Submitted::At(at(DUE))] {
        assert_eq!(POLICY.judge(None, None, &submitted), Ok(Late::default()));
    }
}

#[test]
fn a_policy_that_takes_more_than_everything_is_refused() {
    let greedy = LatePolicy { percent_per_day: 101, ..POLICY };
    assert_eq!(greedy.judge(None, None, &Submitted::InTime), Err(LateError::Percent(101)));
}

#[test]
fn the_last_attempt_counts_or_the_best_within_the_allowed_number() {
    let earned = [5, 9, 9, 3].map(Points::whole);
    let chosen = |counts, at_most| Attempts { counts, at_most }.choose(&earned);
    assert_eq!([chosen(Counts::Last, None), chosen(Counts::Last, Some(2))], [Some(3), Some(1)]);
    assert_eq!([chosen(Counts::Best, None), chosen(Counts::Best, Some(1))], [Some(1), Some(0)]);
    assert_eq!([chosen(Counts::Best, Some(0)), Attempts::default().choose(&[])], [None, None]);
}

fn policies() -> impl Strategy<Value = LatePolicy> {
    (0..10_000_u32, 0..=100_u8, 0..=100_u8, proptest::option::of(0..60_u32)).prop_map(
        |(grace_minutes, percent_per_day, cap_percent, last_day)| LatePolicy {
            grace_minutes,
            percent_per_day,
            cap_percent,
            last_day,
        },
    )
}

proptest! {
    #[test]
    fn nobody_ends_with_more_than_was_earned(policy in policies(), after in -90 * DAY..90 * DAY, earned in 0..100_000_u64) {
        let earned = Points::hundredths(earned);
        let late = late(policy, None, DUE + after);
        prop_assert!(late.after(earned) <= earned);
        prop_assert!((0.0..=1.0).contains(&late.factor()));
    }

    #[test]
    fn handing_in_later_never_earns_more(policy in policies(), first in -90 * DAY..90 * DAY, more in 0..90 * DAY, earned in 0..100_000_u64) {
        let earned = Points::hundredths(earned);
        let (sooner, later) = (late(policy, None, DUE + first), late(policy, None, DUE + first + more));
        prop_assert!(later.after(earned) <= sooner.after(earned));
        prop_assert!(later.days >= sooner.days);
    }

    #[test]
    fn in_time_or_within_the_grace_costs_nothing(policy in policies(), before in 0..90 * DAY) {
        let grace = i64::from(policy.grace_minutes) * MINUTE;
        prop_assert_eq!(late(policy, None, DUE + grace - before), Late::default());
    }

    #[test]
    fn an_extension_is_a_later_due_time(policy in policies(), days in 0..60_u32, after in -90 * DAY..90 * DAY) {
        let until = at(DUE + i64::from(days) * DAY);
        let came = Submitted::At(at(DUE + after));
        let moved = policy.judge(Some(&until), None, &came);
        let due = at(DUE);
        prop_assert_eq!(policy.judge(Some(&due), Some(&Extension::Days(days)), &came), moved);
        prop_assert_eq!(policy.judge(Some(&due), Some(&Extension::Until(until)), &came), moved);
    }

    #[test]
    fn an_extension_never_shortens_the_time(policy in policies(), earlier in 0..90 * DAY, after in -90 * DAY..90 * DAY) {
        let extension = Extension::Until(at(DUE - earlier));
        prop_assert_eq!(late(policy, Some(&extension), DUE + after), late(policy, None, DUE + after));
    }

    #[test]
    fn the_cap_is_reached_and_never_passed_before_the_last_day(mut policy in policies(), after in 0..200 * DAY) {
        policy.last_day = None;
        prop_assert!(late(policy, None, DUE + after).penalty_percent <= policy.cap_percent);
        policy.percent_per_day = policy.percent_per_day.max(1);
        prop_assert_eq!(late(policy, None, DUE + 101 * DAY).penalty_percent, policy.cap_percent);
    }

    #[test]
    fn of_several_attempts_the_best_earns_at_least_as_much_as_the_last(earned in proptest::collection::vec(0..5_000_u64, 1..8), at_most in proptest::option::of(1..9_u32)) {
        let earned: Vec<Points> = earned.into_iter().map(Points::hundredths).collect();
        let of = |counts| earned[Attempts { counts, at_most }.choose(&earned).unwrap()];
        prop_assert!(of(Counts::Best) >= of(Counts::Last));
    }
}
