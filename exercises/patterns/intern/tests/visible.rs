//! The tests that you see. The grader has more of the same kinds.

use intern::Interner;

const NAMES: [&str; 4] = ["ada", "grace", "edsger", "barbara"];

fn interner() -> Interner {
    let mut interner = Interner::new();
    for name in NAMES {
        interner.intern(name);
    }
    interner
}

#[test]
fn numbers_come_in_order() {
    let mut interner = Interner::new();
    assert_eq!(NAMES.map(|name| interner.intern(name)), [0, 1, 2, 3]);
}

#[test]
fn a_text_keeps_its_number() {
    let mut interner = interner();
    assert_eq!(interner.intern("grace"), 1);
    assert_eq!(interner.intern("alan"), 4);
    assert_eq!(interner.find("grace"), Some(1));
}

#[test]
fn a_number_has_its_text() {
    let interner = interner();
    assert_eq!(interner.text(2), Some("edsger"));
}

#[test]
fn what_is_unknown_is_not_found() {
    let interner = interner();
    assert_eq!(interner.find("alan"), None);
    assert_eq!(interner.text(9), None);
}

#[test]
fn a_known_text_is_no_allocation() {
    let mut interner = interner();
    let (number, usage) = probe::thread(|| interner.intern("barbara"));
    assert_eq!(number, 3);
    assert_eq!(usage.allocations, 0, "it is known already");
}

#[test]
fn a_text_is_stored_once() {
    let texts: Vec<String> = NAMES.iter().map(|name| name.repeat(1000)).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let (interner, usage) = probe::thread(|| {
        let mut interner = Interner::new();
        for text in &texts {
            interner.intern(text);
        }
        interner
    });
    assert_eq!(interner.text(0), Some(texts[0].as_str()));
    let most = bytes as i64 + 1000;
    assert!(
        usage.live_bytes() <= most,
        "{} > {most}",
        usage.live_bytes()
    );
}
