//! The published schema of `set.toml` and the reader agree: what the one refuses, the other does.

use jsonschema::Validator;
use model::set::{SCHEMA, SetFile};
use serde_json::{Map, Value};
use std::sync::LazyLock;

static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| {
    let schema: Value = serde_json::from_str(SCHEMA).expect("the schema is JSON");
    jsonschema::options().should_validate_formats(true).build(&schema).expect("it is a schema")
});

const WHOLE: &str = r#"
id = "week-5"
title = "Week 5"
due = 2026-11-27T23:59:00+01:00
students = "class.csv"
exercises = "exercises"
suites = "suites"
variant = 7
visibility = "message"
missing = "blank"

[late]
grace_minutes = 15
percent_per_day = 10
cap_percent = 50
last_day = 7

[attempts]
counts = "best"
at_most = 3

[[exercise]]
id = "stack-limits/drop-list"
weight = 1.15
points = { cost = 4 }

[[exercise.manual]]
id = "names"
title = "Names say what a value is for"
points = 2.5

[extension.s1]
days = 2
reason = "ill"

[extension.s2]
until = "2026-12-01T12:00:00.5Z"
"#;

const LEAST: &str = "id = 'a'\ntitle = 'A'\n[[exercise]]\nid = 'heap/my-box'\n";

/// A part of [`WHOLE`], and what stands in its place.
const FAULTS: [(&str, &str); 30] = [
    ("id = \"week-5\"\n", ""),
    ("id = \"week-5\"", "id = \"Week 5\""),
    ("id = \"week-5\"", "id = 5"),
    ("title = \"Week 5\"", "title = \" \""),
    ("title = \"Week 5\"\n", ""),
    ("variant = 7", "variant = -7"),
    ("variant = 7", "variants = 7"),
    ("due = 2026-11-27T23:59:00+01:00\n", ""),
    ("23:59:00+01:00", "23:59:00"),
    ("2026-11-27T23:59:00+01:00", "\"on Friday\""),
    ("\"message\"", "\"everything\""),
    ("\"blank\"", "\"nothing\""),
    ("percent_per_day = 10\n", ""),
    ("percent_per_day = 10", "percent_per_day = 101"),
    ("cap_percent = 50", "cap_percent = 150"),
    ("cap_percent = 50", "cap = 50"),
    ("grace_minutes = 15", "grace_minutes = 1.5"),
    ("last_day = 7", "last_day = 4294967296"),
    ("\"best\"", "\"first\""),
    ("at_most = 3", "at_most = 0"),
    ("stack-limits/drop-list", "drop-list"),
    ("weight = 1.15", "weight = 0"),
    ("weight = 1.15", "weight = 1.155"),
    ("cost = 4", "cost = -4"),
    ("cost = 4", "cost = 0.5"),
    ("points = 2.5", "point = 2.5"),
    ("id = \"names\"", "id = \"Names\""),
    ("days = 2\n", ""),
    ("days = 2\n", "days = 2\nuntil = \"2026-12-01T12:00:00Z\"\n"),
    ("days = 2\n", "day = 2\n"),
];

/// As an editor sees it: times are texts.
fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::from(text),
        toml::Value::Datetime(time) => Value::from(time.to_string()),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Float(number) => Value::from(number),
        toml::Value::Boolean(is) => Value::from(is),
        toml::Value::Array(values) => values.into_iter().map(json).collect(),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(key, value)| (key, json(value))).collect::<Map<_, _>>())
        }
    }
}

fn schema_takes(text: &str) -> bool {
    VALIDATOR.is_valid(&json(toml::Value::Table(toml::from_str(text).expect("it is TOML"))))
}

fn reader_takes(text: &str) -> bool {
    toml::from_str::<SetFile>(text).is_ok_and(|file| file.faults().is_empty())
}

#[test]
fn what_is_right_passes_the_schema_and_is_read() {
    let without_points = WHOLE.replace("points = { cost = 4 }\n", "");
    for text in [WHOLE, LEAST, &without_points] {
        assert!(schema_takes(text) && reader_takes(text), "{text}");
    }
    for points in ["0.01", "0.07", "0.29", "1.1", "2.3", "33.33", "100", "4.35", "19.99", "1234.56"] {
        let text = WHOLE.replace("2.5", points);
        assert!(schema_takes(&text) && reader_takes(&text), "{points} points");
    }
}

#[test]
fn every_fault_of_shape_is_refused_by_both() {
    for (right, wrong) in FAULTS {
        assert_eq!(WHOLE.matches(right).count(), 1, "`{right}` is there once");
        let text = WHOLE.replace(right, wrong);
        assert!(!schema_takes(&text), "the schema takes `{wrong}` for `{right}`");
        assert!(!reader_takes(&text), "the reader takes `{wrong}` for `{right}`");
    }
    for text in ["id = 'a'\ntitle = 'A'\n", "id = 'a'\ntitle = 'A'\nexercise = []\n"] {
        assert!(!schema_takes(text) && !reader_takes(text), "{text}");
    }
}

#[test]
fn every_key_is_described() {
    let schema: Value = serde_json::from_str(SCHEMA).expect("the schema is JSON");
    let mut bare = Vec::new();
    let objects = [&schema].into_iter().chain(schema["$defs"].as_object().into_iter().flat_map(Map::values));
    for object in objects {
        look(object, &mut bare);
    }
    assert_eq!(bare, [""; 0]);
}

fn look(object: &Value, bare: &mut Vec<String>) {
    for (key, value) in object["properties"].as_object().into_iter().flatten() {
        if value["description"].as_str().is_none_or(str::is_empty) {
            bare.push(key.clone());
        }
        look(value, bare);
    }
}
