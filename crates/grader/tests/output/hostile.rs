//! Whatever a program prints and whatever a name holds, every format stays what it is.

use crate::fixture::{HOSTILE, class, criterion, date, report};
use crate::rules::{is_xml, junit, keeps};
use grader::output::safe::is_harmful;
use grader::output::{Book, ctrf, exercism, gradescope, html, json, junit as junit_xml, markdown, prairielearn, table};
use model::class::Class;
use model::redact::{StudentReport, Visibility};
use model::report::{Finding, Outcome};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser};
use scraper::{Html, Selector};

fn finding(text: &str) -> Finding {
    let text = || text.to_owned();
    Finding { case: text(), tried: text(), expected: text(), got: text(), why: text(), read: text(), next: text() }
}

/// A class in which everything that somebody else can write is this text.
fn poisoned(text: &str) -> Class {
    let mut class = class();
    class.set.title = text.to_owned();
    for exercise in &mut class.set.exercises {
        (exercise.title, exercise.read) = (text.to_owned(), text.to_owned());
        exercise.manual.iter_mut().for_each(|criterion| criterion.title = text.to_owned());
    }
    for row in &mut class.rows {
        let student = &mut row.student;
        (student.name, student.id) = (text.to_owned(), text.to_owned());
        (student.login, student.section) = (Some(text.to_owned()), Some(text.to_owned()));
        for entry in &mut row.entries {
            entry.work.manual.iter_mut().for_each(|given| given.remark = text.to_owned());
            for attempt in &mut entry.work.attempts {
                let criteria = vec![criterion("x", text, 3, Outcome::Failed, Some(finding(text)))];
                let exercise = attempt.graded.report.exercise.clone();
                attempt.graded.report = report(&exercise, criteria);
                attempt.graded.report.message = text.to_owned();
            }
        }
    }
    class
}

fn reports(text: &str) -> Vec<StudentReport> {
    vec![
        report("heap/x", vec![criterion("x", text, 3, Outcome::Crash, Some(finding(text)))])
            .for_student(Visibility::All),
    ]
}

fn texts(text: &str) -> Vec<String> {
    let (class, book) = (poisoned(text), Book::default());
    let sheet = class.for_student(&class.rows[1]);
    let reports = reports(text);
    vec![
        html::class(&class, &book).unwrap(),
        html::student(&sheet, &book).unwrap(),
        markdown::class(&class, &book).unwrap(),
        markdown::student(&sheet, &book).unwrap(),
        table::class(&class, table::Reader::Program).unwrap(),
        json::class(&class).unwrap(),
        json::student(&sheet).unwrap(),
        gradescope::results(&reports, gradescope::Shown::Visible, &book).unwrap(),
        exercism::results(&reports[0], &book).unwrap(),
        prairielearn::results(&reports[0], &book).unwrap(),
        ctrf::run(&reports, &date(), &book).unwrap(),
        junit_xml::suites(text, &reports, &date(), &book).unwrap(),
    ]
}

fn check(given: &str) {
    let texts = texts(given);
    for text in &texts {
        let bad = text.chars().find(|c| is_harmful(*c) && !"\n\t".contains(*c));
        assert_eq!(bad, None, "a harmful character is left: {text}");
        assert!(text.chars().all(is_xml));
    }
    for page in &texts[..2] {
        let document = Html::parse_document(page);
        assert_eq!(document.errors, [""; 0]);
        for name in ["script", "b", "img", "a"] {
            assert_eq!(document.select(&Selector::parse(name).unwrap()).count(), 0, "<{name}> in {page}");
        }
    }
    for page in &texts[2..4] {
        for event in Parser::new_ext(page, Options::ENABLE_TABLES) {
            assert!(!matches!(event, Event::Html(_) | Event::InlineHtml(_)), "{event:?} in {page}");
            assert!(!matches!(
                event,
                Event::Start(pulldown_cmark::Tag::Link { .. } | pulldown_cmark::Tag::Image { .. })
            ));
        }
    }
    for (name, text) in ["gradescope", "exercism", "prairielearn", "ctrf"].into_iter().zip(&texts[7..11]) {
        if !given.trim().is_empty() {
            keeps(name, text);
        }
    }
    drop(junit(&texts[11]));
}

#[test]
fn what_a_program_prints_changes_no_format() {
    check(HOSTILE);
    check("</pre></script><script>alert(1)</script><b onclick=x>");
    check("<img src=x onerror=alert(1)> [a](javascript:x) ![b](http://evil.example/x) <https://evil.example>");
    check("<![CDATA[ ]]> <!-- --> &#0; &bogus; \u{85}\u{2028}");
    check("a\n\n---\n\n# h\n- x\n> y\n| a | b |\n|---|---|\n~~~\n```\n````");
    check("שלום \u{202e}evil\u{202c} 👩‍💻 \u{feff}\u{e0041}");
}

#[test]
fn a_line_of_a_megabyte_is_cut_in_every_format_for_people() {
    let long = "x".repeat(1_000_000);
    let found = finding(&long);
    let report =
        report("heap/x", vec![criterion("x", "t", 3, Outcome::Failed, Some(found))]).for_student(Visibility::All);
    let text = gradescope::results(&[report], gradescope::Shown::Visible, &Book::default()).unwrap();
    assert!(text.len() < 20_000, "{}", text.len());
    assert!(text.contains("more characters)"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nothing_that_can_be_printed_changes_any_format(given in "([<>&'\"`\\[\\]()!#*_|=+@:/~-]|[a-z]{1,5}|\\s|\\PC|\\p{Cc}){1,24}") {
        check(&given);
    }
}
