//! What students and the platforms that serve them read.

use crate::fixture::{class, date, reports, time};
use crate::rules::{faults, junit, keeps};
use grader::output::{Book, classroom50, ctrf, exercism, gradescope, json, junit as junit_xml, prairielearn};
use model::class::Class;
use model::redact::{StudentReport, Visibility};
use serde_json::Value;
use snapbox::{assert_data_eq, file};

fn book() -> Book {
    Book::at("https://book.example/").expect("an address")
}

/// A format as a function of one student's reports.
type Format = fn(&[StudentReport]) -> anyhow::Result<String>;

/// Every format that platforms read, with the name of its schema.
const FORMATS: [(&str, Format); 6] = [
    ("gradescope", |reports| gradescope::results(reports, gradescope::Shown::AfterDueDate, &book())),
    ("classroom50", |reports| classroom50::result_file(reports, &submission(), &book())),
    ("exercism", |reports| exercism::results(&reports[0], &book())),
    ("prairielearn", |reports| prairielearn::results(&reports[0], &book())),
    ("ctrf", |reports| ctrf::run(reports, &date(), &book())),
    ("junit", |reports| junit_xml::suites("Week 5: lists & vectors", reports, &date(), &book())),
];

fn submission() -> classroom50::Submission {
    classroom50::Submission {
        classroom: "memory".into(),
        assignment: "week-5".into(),
        assignment_type: classroom50::AssignmentType::Individual,
        owner: "loneil".into(),
        tag: "submit/2026-11-17T08-30-00Z-0123abc".into(),
        commit: "https://github.com/memory/week-5-loneil/commit/0123abc".into(),
        release: "https://github.com/memory/week-5-loneil/releases/tag/x".into(),
        review: "https://github.com/memory/week-5-loneil/compare/a...b".into(),
        submitted: time("2026-11-17T09:30:00+01:00"),
        graded: Some(date()),
    }
}

fn all(class: &Class, visibility: Visibility) -> Vec<Vec<StudentReport>> {
    (0..4).map(|row| reports(class, row, visibility)).collect()
}

#[test]
fn every_format_keeps_the_rules_of_its_reader_for_every_student_and_visibility() {
    let class = class();
    for visibility in [Visibility::Criterion, Visibility::Message, Visibility::All] {
        for reports in all(&class, visibility) {
            for (name, format) in FORMATS {
                let text = format(&reports).expect("it can be written");
                if name == "junit" { drop(junit(&text)) } else { keeps(name, &text) }
            }
        }
    }
}

#[test]
fn a_schema_refuses_what_breaks_it() {
    assert!(!faults("gradescope", r#"{"tests": [{"score": 1, "status": "maybe"}]}"#).is_empty());
    assert!(!faults("classroom50", r#"{"schema": "classroom50/result/v1", "score": 1.5}"#).is_empty());
    assert!(!faults("exercism", r#"{"version": 3, "status": "error", "message": null, "tests": []}"#).is_empty());
    assert!(!faults("prairielearn", r#"{"gradable": true, "score": 1.5}"#).is_empty());
    assert!(!faults("ctrf", r#"{"reportFormat": "CTRF", "specVersion": "0.0.0"}"#).is_empty());
}

#[test]
fn no_format_shows_points_that_the_set_hides() {
    for reports in all(&class(), Visibility::Nothing) {
        for (name, format) in FORMATS {
            let error = format(&reports).expect_err(name).to_string();
            assert!(error.contains("raise its visibility to `criterion`"), "{name}: {error}");
        }
    }
}

#[test]
fn no_format_tells_of_the_suite_what_its_student_may_not_see() {
    for reports in all(&class(), Visibility::Criterion) {
        for (name, format) in FORMATS {
            let text = format(&reports).expect("it can be written");
            for secret in ["424242", "push 1, 2, 3", "[3, 2, 1]", "1000 allocations", "0f0f0f"] {
                assert!(!text.contains(secret), "{name} tells `{secret}`");
            }
        }
    }
}

#[test]
fn the_same_reports_give_the_same_bytes() {
    for (name, format) in FORMATS {
        let write =
            || all(&class(), Visibility::All).iter().map(|reports| format(reports).unwrap()).collect::<Vec<_>>();
        assert_eq!(write(), write(), "{name}");
    }
}

#[test]
fn a_failed_submission_in_each_format() {
    let reports = reports(&class(), 1, Visibility::All);
    let write = |wanted: &str| FORMATS.iter().find(|(name, _)| *name == wanted).unwrap().1(&reports).unwrap();
    assert_data_eq!(write("gradescope"), file!["golden/gradescope.json": Text].raw());
    assert_data_eq!(write("classroom50"), file!["golden/classroom50.json": Text].raw());
    assert_data_eq!(write("exercism"), file!["golden/exercism.json": Text].raw());
    assert_data_eq!(write("prairielearn"), file!["golden/prairielearn.json": Text].raw());
    assert_data_eq!(write("ctrf"), file!["golden/ctrf.json": Text].raw());
    assert_data_eq!(write("junit"), file!["golden/junit.xml": Text].raw());
}

#[test]
fn what_does_not_compile_is_told_where_each_format_has_a_place_for_it() {
    let refused = reports(&class(), 2, Visibility::Criterion);
    let only = &refused[1..];
    let value = |text: String| serde_json::from_str::<Value>(&text).unwrap();
    let exercism = value(exercism::results(&only[0], &book()).unwrap());
    assert_eq!(exercism["status"], "error");
    assert!(exercism["message"].as_str().unwrap().contains("E0382"));
    let prairielearn = value(prairielearn::results(&only[0], &book()).unwrap());
    assert_eq!(prairielearn["gradable"], false);
    assert!(prairielearn["format_errors"][0].as_str().unwrap().contains("E0382"));
    let gradescope = value(gradescope::results(only, gradescope::Shown::Visible, &book()).unwrap());
    assert_eq!((&gradescope["score"], gradescope["tests"].as_array().unwrap().len()), (&Value::from(0), 0));
    let classroom50 = value(classroom50::result_file(only, &submission(), &book()).unwrap());
    assert_eq!((&classroom50["score"], &classroom50["max-score"]), (&Value::from(0), &Value::from(10)));
    let texts = junit(&junit_xml::suites("w", only, &date(), &book()).unwrap());
    assert!(texts["error"][0].contains("E0382"));
}

/// `score <= max-score`, at the top and in each test, and that the parts make the whole: `validate_result` in
/// Classroom 50's `runner.py` demands what its schema cannot say.
#[test]
fn the_points_of_classroom_50_add_up() {
    for reports in all(&class(), Visibility::All) {
        let text = classroom50::result_file(&reports, &submission(), &book()).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        let sum =
            |key: &str| value["tests"].as_array().unwrap().iter().map(|test| test[key].as_u64().unwrap()).sum::<u64>();
        assert_eq!(
            (sum("score"), sum("max-score")),
            (value["score"].as_u64().unwrap(), value["max-score"].as_u64().unwrap())
        );
        assert!(value["score"].as_u64() <= value["max-score"].as_u64());
        assert_eq!(value["datetime"], "2026-11-17T08:30:00Z");
    }
}

#[test]
fn the_counts_of_ctrf_are_those_of_its_tests() {
    let text = ctrf::run(&reports(&class(), 1, Visibility::All), &date(), &book()).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    let tests = value["results"]["tests"].as_array().unwrap();
    for status in ["passed", "failed", "skipped", "pending", "other"] {
        let counted = tests.iter().filter(|test| test["status"] == status).count();
        assert_eq!(value["results"]["summary"][status], counted, "{status}");
    }
    assert_eq!(value["results"]["summary"]["tests"], tests.len());
}

#[test]
fn a_tag_that_is_none_is_refused() {
    let submission = classroom50::Submission { tag: "v1".into(), ..submission() };
    let error = classroom50::result_file(&[], &submission, &book()).unwrap_err().to_string();
    assert!(error.contains("SUBMISSION_TAG"), "{error}");
}

#[test]
fn a_reader_is_sent_to_the_book_and_nowhere_else() {
    assert_eq!(book().page("heap/growth").unwrap(), "https://book.example/heap/growth.html");
    assert_eq!(book().page("heap").unwrap(), "https://book.example/heap/index.html");
    assert_eq!(Book::at("../book").unwrap().page("heap/growth").unwrap(), "../book/heap/growth.html");
    for name in ["../secret", "heap/growth?x", "//evil.example", "javascript:x", ""] {
        assert_eq!(book().page(name), None, "{name}");
    }
    for address in ["javascript:alert(1)", "//evil.example", "data:text/html,x", "https://a b"] {
        assert!(Book::at(address).is_err(), "{address}");
    }
}

#[test]
fn a_class_and_a_sheet_are_what_their_schemas_say() {
    let mut class = class();
    let text = json::class(&class).unwrap();
    keeps("class", &text);
    assert_eq!(serde_json::from_str::<Class>(&text).unwrap(), class);
    assert_data_eq!(text, file!["golden/class.json": Text].raw());
    for visibility in [Visibility::Nothing, Visibility::Criterion, Visibility::Message, Visibility::All] {
        class.set.visibility = visibility;
        for row in &class.rows {
            keeps("sheet", &json::student(&class.for_student(row)).unwrap());
        }
    }
    assert_data_eq!(
        json::student(&class.for_student(&class.rows[1])).unwrap(),
        file!["golden/student.json": Text].raw()
    );
}

#[test]
fn a_member_that_nobody_knows_is_refused_by_schema_and_reader() {
    let text = json::class(&class()).unwrap().replacen("\"is_final\"", "\"is_finale\"", 1);
    assert!(!faults("class", &text).is_empty());
    assert!(serde_json::from_str::<Class>(&text).is_err());
}
