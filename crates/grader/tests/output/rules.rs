//! What the readers of each format demand. `crates/grader/tests/schemas/README.md` says where that is written.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Everything in which a document breaks a schema of `tests/schemas`.
pub(crate) fn faults(schema: &str, document: &str) -> Vec<String> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = match schema {
        "class" | "sheet" => here.join("../model/schemas").join(format!("{schema}.schema.json")),
        _ => here.join("tests/schemas").join(format!("{schema}.schema.json")),
    };
    let schema: Value = serde_json::from_slice(&fs_err::read(path).expect("the schema is there")).expect("it is JSON");
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).expect("it is a schema");
    let document: Value = serde_json::from_str(document).expect("the document is JSON");
    validator.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

pub(crate) fn keeps(schema: &str, document: &str) {
    assert_eq!(faults(schema, document), [""; 0], "{document}");
}

/// What an element of JUnit's may hold and must have: `junit-10.xsd` of Jenkins's xUnit plugin, as far as we use it.
fn element(name: &str) -> (&'static [&'static str], &'static [&'static str], &'static [&'static str]) {
    match name {
        "testsuites" => (&["testsuite"], &[], &["name", "time", "tests", "failures", "errors"]),
        "testsuite" => (
            &["testsuite", "properties", "testcase", "system-out", "system-err"],
            &["name", "tests", "failures", "errors"],
            &["group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"],
        ),
        "properties" => (&["property"], &[], &[]),
        "property" => (&[], &["name", "value"], &[]),
        "testcase" => {
            (&["skipped", "error", "failure", "system-out", "system-err"], &["name"], &["time", "classname", "group"])
        }
        "failure" | "error" | "skipped" => (&[], &[], &["type", "message"]),
        "system-out" | "system-err" => (&[], &[], &[]),
        other => panic!("<{other}> is no element of JUnit's"),
    }
}

/// A counted part of a suite.
#[derive(Debug, Default, PartialEq)]
struct Counted {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

/// Checks structure and counts of a JUnit file, and gives the text of its elements by name.
pub(crate) fn junit(text: &str) -> BTreeMap<String, Vec<String>> {
    assert!(text.chars().all(is_xml), "a character that XML 1.0 forbids");
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let (mut open, mut said): (Vec<String>, Counted) = (Vec::new(), Counted::default());
    let (mut texts, mut found): (BTreeMap<String, Vec<String>>, Counted) = (BTreeMap::new(), Counted::default());
    loop {
        match reader.read_event().expect("it is well-formed") {
            Event::Start(start) => {
                let name = enter(open.last(), &start, &mut said, &mut found);
                texts.entry(name.clone()).or_default().push(String::new());
                open.push(name);
            }
            Event::Empty(start) => drop(enter(open.last(), &start, &mut said, &mut found)),
            Event::End(_) => drop(open.pop()),
            Event::Text(part) => add(&mut texts, open.last(), &part),
            Event::GeneralRef(part) => {
                let entity: &str = &part;
                let text = quick_xml::escape::unescape(&format!("&{entity};")).expect("a known entity").into_owned();
                add(&mut texts, open.last(), &text);
            }
            Event::Decl(_) => {}
            Event::Eof => break,
            other => panic!("{other:?} has no place in JUnit's XML"),
        }
    }
    assert!(open.is_empty());
    assert_eq!(said, found, "the counts of the suites are those of their cases");
    texts
}

fn add(texts: &mut BTreeMap<String, Vec<String>>, open: Option<&String>, text: &str) {
    if let Some(last) = open.and_then(|name| texts.get_mut(name)).and_then(|texts| texts.last_mut()) {
        last.push_str(text);
    }
}

fn enter(parent: Option<&String>, start: &BytesStart<'_>, said: &mut Counted, found: &mut Counted) -> String {
    let name = start.name().as_ref().to_owned();
    match parent {
        Some(parent) => assert!(element(parent).0.contains(&name.as_str()), "<{name}> in <{parent}>"),
        None => assert_eq!(name, "testsuites"),
    }
    let (_, required, optional) = element(&name);
    let attributes: BTreeMap<String, String> = start
        .attributes()
        .map(|attribute| attribute.expect("it is an attribute, once"))
        .map(|a| (a.key.as_ref().to_owned(), a.value.to_string()))
        .collect();
    assert!(required.iter().all(|name| attributes.contains_key(*name)), "<{name}> lacks one of {required:?}");
    for given in attributes.keys() {
        assert!(required.contains(&given.as_str()) || optional.contains(&given.as_str()), "`{given}` of <{name}>");
    }
    let number = |key: &str| attributes.get(key).map_or(0, |text| text.parse().expect("a count"));
    match name.as_str() {
        "testsuite" => {
            said.tests += number("tests");
            said.failures += number("failures");
            said.errors += number("errors");
            said.skipped += number("skipped");
        }
        "testcase" => found.tests += 1,
        "failure" => found.failures += 1,
        "error" => found.errors += 1,
        "skipped" => found.skipped += 1,
        _ => {}
    }
    name
}

/// <https://www.w3.org/TR/xml/#charsets>
pub(crate) fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}
