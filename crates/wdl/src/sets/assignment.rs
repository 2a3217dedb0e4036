//! The page `ASSIGNMENT.md` of a handout: what is to be done, until when, what it counts, and how it is handed in.

use grader::output::Book;
use grader::set::SetFolder;
use model::class::{Set, SetExercise};
use model::late::Counts;
use model::points::Points;
use model::redact::Visibility;

use super::workspace::Delivered;
use crate::entry::TESTS;

/// Its name, at the top of the handout.
pub const FILE: &str = "ASSIGNMENT.md";

/// Writes the page. The exercises have the points that they have in the set.
pub fn page(folder: &SetFolder, exercises: &[Delivered], book: &Book) -> String {
    let set = &folder.set;
    let mut parts = vec![format!("# {}", line(&set.title)), times(set), attempts(set), feedback(set)];
    parts.push(format!("## What is to be done\n\n{}", table(set)));
    for ((delivered, exercise), at) in exercises.iter().zip(&set.exercises).zip(1..) {
        parts.push(one(delivered, exercise, at, book));
    }
    parts.push(WORK.to_owned());
    parts.push(hand_in(exercises));
    parts.join("\n\n") + "\n"
}

const WORK: &str = "## How to work

You need [Rust](https://rustup.rs) and nothing else; `rust-toolchain.toml` names the version, and rustup installs it by itself.
Read the `README.md` of an exercise, write your answer in its `src/lib.rs`, and run its tests, where `NAME` is the name of its folder:

```console
cargo test -p NAME
```

The grader has more tests of the same kinds. When you are stuck, `hints.md` helps step by step. The program `wdl` goes the same way
with you, if you have it: `wdl list`, `wdl check NAME`, `wdl hint NAME`.";

fn times(set: &Set) -> String {
    let Some(due) = &set.due else { return "There is no due time: nothing is late.".to_owned() };
    let late = &set.late;
    let mut text = format!("**Due {}.**", due.words());
    if late.percent_per_day == 0 && late.last_day.is_none() {
        return text + " Handing in later costs nothing.";
    }
    if late.grace_minutes > 0 {
        text += &format!(" Up to {} later nothing is lost.", many(late.grace_minutes, "minute"));
    }
    if late.percent_per_day > 0 {
        text += &format!(
            " After that, every day that has begun since the due time takes away {} % of the points that you earned",
            late.percent_per_day
        );
        text +=
            &if late.cap_percent < 100 { format!(", but never more than {} %.", late.cap_percent) } else { ".".into() };
        text += " A day is 24 hours.";
    }
    if let Some(days) = late.last_day {
        text += &format!(" What comes more than {} after the due time earns nothing.", many(days, "day"));
    }
    text
}

fn attempts(set: &Set) -> String {
    let counts = match set.attempts.counts {
        Counts::Last => "the last one counts",
        Counts::Best => "the one that earns most counts, after what lateness takes away",
    };
    match set.attempts.at_most {
        None => format!("You may hand in as often as you like; of each exercise {counts}."),
        Some(1) => "Of each exercise only what you hand in first is graded.".to_owned(),
        Some(most) => format!("Of each exercise only the first {most} attempts are graded; of these, {counts}."),
    }
}

fn feedback(set: &Set) -> String {
    let shown = match set.visibility {
        Visibility::Nothing => "that it was graded, and no more",
        Visibility::Criterion => {
            "which criteria you met, your points, and for the others why they matter and what to do next"
        }
        Visibility::Message => {
            "which criteria you met, your points, and for the others what was tried and what to do next"
        }
        Visibility::All => {
            "which criteria you met, your points, and for the others what was tried, what was expected and what came"
        }
    };
    format!("When your work was graded, you see {shown}.")
}

fn table(set: &Set) -> String {
    let mut text = "| | exercise | points | weight | worth |\n|--:|:--|--:|--:|--:|\n".to_owned();
    for (exercise, at) in set.exercises.iter().zip(1..) {
        let points = Points::whole(exercise.points) + exercise.manual.iter().map(|manual| manual.points).sum();
        let (title, id) = (line(&exercise.title), &exercise.exercise);
        let (weight, worth) = (exercise.weight, exercise.worth());
        text += &format!("| {at} | [{title}]({id}/README.md) | {points} | {weight} | {worth} |\n");
    }
    text + &format!("| | all | | | {} |", set.worth())
}

fn one(delivered: &Delivered, exercise: &SetExercise, at: usize, book: &Book) -> String {
    let about = &delivered.about;
    let read = match book.page(&about.read) {
        Some(address) => format!("[{}]({address})", about.read),
        None => format!("the page `{}` of the book", about.read),
    };
    let mut text = format!(
        "### {at}. {}\n\n`{}`, about {}; what it needs is taught in {read}.\n\n| | criterion | points | only after | checked by |\n|--:|:--|--:|:--|:--|\n",
        line(&about.title),
        delivered.name(),
        many(about.minutes, "minute")
    );
    let place = |id: &String| about.criterion.iter().position(|other| other.id == *id).map(|at| (at + 1).to_string());
    for (criterion, at) in about.criterion.iter().zip(1..) {
        let first: Vec<String> = criterion.needs.iter().filter_map(place).collect();
        let seen =
            if criterion.tests.is_empty() { "the grader".to_owned() } else { format!("`{TESTS}` and the grader") };
        let (title, points) = (line(&criterion.title), criterion.points);
        text += &format!("| {at} | {title} | {points} | {} | {seen} |\n", first.join(", "));
    }
    for manual in &exercise.manual {
        text += &format!("| | {} | {} | | a person |\n", line(&manual.title), manual.points);
    }
    if about.criterion.iter().any(|criterion| !criterion.needs.is_empty()) {
        text += "\nA criterion that comes after others is looked at when they are met, and earns nothing before.\n";
    }
    text.trim_end().to_owned()
}

fn hand_in(exercises: &[Delivered]) -> String {
    let mut text = "## How to hand in\n\n`wdl submit` checks and packs your answers: one archive for each exercise. Without it, make the same archives by \
                    hand; each has this name, which says what it answers, and holds these files and nothing else:\n"
        .to_owned();
    for Delivered { about, .. } in exercises {
        let files: Vec<String> = about.files.iter().map(|file| format!("`{}/{file}`", about.id)).collect();
        text += &format!("\n- `submission-{}.zip`: {}", about.id, files.join(", "));
    }
    text
}

fn many(number: u32, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// On one line, and in one cell of a table.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::set::SetFile;

    fn set(text: &str) -> Set {
        let text = format!("id = 'a'\ntitle = 'A'\n{text}\n[[exercise]]\nid = 'c/e'\n");
        toml::from_str::<SetFile>(&text).unwrap().set(&[]).unwrap()
    }

    const DUE: &str = "due = 2026-11-27T23:59:00+01:00\n[late]\n";

    #[test]
    fn the_rules_for_lateness_are_told_in_words() {
        assert_eq!(times(&set("")), "There is no due time: nothing is late.");
        assert_eq!(
            times(&set(&format!("{DUE}percent_per_day = 0"))),
            "**Due 2026-11-27 23:59 +01:00.** Handing in later costs nothing."
        );
        assert_eq!(
            times(&set(&format!("{DUE}percent_per_day = 25\ngrace_minutes = 1\nlast_day = 3"))),
            "**Due 2026-11-27 23:59 +01:00.** Up to 1 minute later nothing is lost. After that, every day that has begun \
             since the due time takes away 25 % of the points that you earned. A day is 24 hours. What comes more than 3 \
             days after the due time earns nothing."
        );
        assert!(
            times(&set(&format!("{DUE}percent_per_day = 0\nlast_day = 1")))
                .ends_with("1 day after the due time earns nothing.")
        );
    }

    #[test]
    fn the_rules_for_attempts_are_told_in_words() {
        let told = |rules: &str| attempts(&set(&format!("[attempts]\n{rules}")));
        assert_eq!(told(""), "You may hand in as often as you like; of each exercise the last one counts.");
        assert_eq!(told("at_most = 1"), "Of each exercise only what you hand in first is graded.");
        assert!(
            told("at_most = 3\ncounts = 'best'").starts_with("Of each exercise only the first 3 attempts are graded;")
        );
    }

    #[test]
    fn a_title_cannot_break_the_page() {
        assert_eq!(line("a |\n b"), "a \\| b");
    }
}
