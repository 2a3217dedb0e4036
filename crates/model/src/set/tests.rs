use super::*;

const WHOLE: &str = r#"
id = "week-five"
title = "Week five: the stack"
due = 2026-11-27T23:59:00+01:00
variant = 7
visibility = "message"
missing = "blank"

[late]
grace_minutes = 15
percent_per_day = 10
cap_percent = 50

[attempts]
counts = "best"
at_most = 3

[[exercise]]
id = "stack-limits/drop-list"
weight = 1.5
points = { depth = 4 }

[[exercise.manual]]
id = "names"
title = "Names say what a value is for"
points = 2

[extension.s1]
days = 2
reason = "ill"

[extension.s2]
until = "2026-12-01T12:00:00+01:00"
"#;

fn read(text: &str) -> Result<SetFile, String> {
    toml::from_str(text).map_err(|error: toml::de::Error| error.to_string())
}

fn told(text: &str) -> Vec<String> {
    read(text).unwrap().faults().iter().map(ToString::to_string).collect()
}

fn exercise() -> Exercise {
    toml::from_str(
        r#"
id = "drop-list"
chapter = "stack-limits"
title = "A list that is dropped"
step = "apply"
minutes = 30
files = ["src/lib.rs"]
unsafe = "forbidden"
read = "stack-limits"

[[criterion]]
id = "works"
title = "It works"
points = 2
why = "w"
next = "n"

[[criterion]]
id = "depth"
title = "It is not deep"
points = 3
why = "w"
next = "n"
"#,
    )
    .unwrap()
}

#[test]
fn a_set_takes_the_points_of_its_exercises_but_for_those_that_it_changes() {
    let file = read(WHOLE).unwrap();
    assert_eq!(file.faults(), []);
    let set = file.set(&[exercise()]).unwrap();
    assert_eq!(set.exercises[0].points, 6);
    assert_eq!(set.worth(), Points::whole(12));
    assert_eq!(set.due.unwrap().to_string(), "2026-11-27T23:59:00+01:00");
    assert_eq!(file.extension["s1"].extension(), Some(Extension::Days(2)));
}

#[test]
fn whoever_writes_the_least_gets_criterion_zero_and_all_attempts() {
    let file = read("id = 'a'\ntitle = 'A'\n[[exercise]]\nid = 'c/e'\n").unwrap();
    assert_eq!(file.faults(), []);
    assert_eq!(
        (file.visibility, file.missing, file.students.as_str()),
        (Visibility::Criterion, Missing::Zero, "students.csv")
    );
    assert_eq!(file.attempts, Attempts::default());
}

#[test]
fn all_faults_of_a_set_are_told_at_once_with_their_keys() {
    let text = WHOLE
        .replace("week-five", "Week 5")
        .replace("weight = 1.5", "weight = 0")
        .replace("cap_percent = 50", "cap_percent = 150")
        .replace("days = 2", "days = 2\nuntil = '2026-12-01T12:00:00Z'")
        .replace("stack-limits/drop-list", "drop-list");
    assert_eq!(
        told(&text),
        [
            "`id`: `Week 5` is no name: small letters, digits and hyphens, like `week-5`",
            "`late`, `cap_percent`: 150 percent: 100 is everything",
            "`extension`, `s1`: write either `days` or `until`",
            "`exercise` 1, `id`: `drop-list` names no exercise: write `chapter/exercise`, as `wdl list` does",
            "`exercise` 1, `weight`: with weight 0 nobody can earn anything; leave the exercise out instead",
        ]
    );
}

#[test]
fn a_criterion_that_the_exercise_lacks_or_has_already_is_a_fault() {
    let text = WHOLE.replace("depth = 4", "deep = 4").replace("\"names\"", "\"works\"");
    let faults = read(&text).unwrap().set(&[exercise()]).unwrap_err();
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "`exercise` 1, `points`, `deep`: `stack-limits/drop-list` has no such criterion; it has works, depth",
            "`exercise` 1, `manual` 1, `id`: the suite of `stack-limits/drop-list` has a criterion `works` already",
        ]
    );
}

#[test]
fn an_unknown_key_and_a_time_without_an_offset_are_refused() {
    assert!(read(&WHOLE.replace("variant", "variants")).unwrap_err().contains("unknown field `variants`"));
    let error = read(&WHOLE.replace("23:59:00+01:00", "23:59:00")).unwrap_err();
    assert!(error.contains("with the offset from UTC"), "{error}");
}
