//! Cases for `cow-escape`: the right text, and what it takes from the allocator.

use cow_escape::escape;
use obs::Obs;
use std::borrow::Cow;

const SMALL_STACK: usize = 64 * 1024;

/// What may not stand for itself.
const CHANGED: [&str; 5] = ["&", "<", ">", "\"", "'"];

/// Text of two, three and four bytes for a character, and signs that look like the five.
const FOREIGN: [&str; 8] = [
    "straße",
    "память",
    "日本",
    "🦀",
    "e\u{301}",
    "«»",
    "＆",
    "’",
];

fn changed(o: &mut Obs) -> &'static str {
    CHANGED[o.below(CHANGED.len() as u64) as usize]
}

fn foreign(o: &mut Obs) -> &'static str {
    FOREIGN[o.below(FOREIGN.len() as u64) as usize]
}

/// Words in which nothing changes.
fn plain(o: &mut Obs, words: u64) -> String {
    (0..words).map(|_| o.word() + " ").collect()
}

/// Words with some of the five between them.
fn mixed(o: &mut Obs, words: u64) -> String {
    let mut text = String::new();
    for _ in 0..words {
        match o.below(4) {
            0 => text.push_str(changed(o)),
            1 => text.push_str(foreign(o)),
            _ => text.push_str(&o.word()),
        }
    }
    text
}

fn text(o: &mut Obs) {
    for _ in 0..o.size() {
        let words = o.below(12);
        let text = mixed(o, words);
        o.see::<String>("an escaped text", escape(&text).into_owned());
    }
}

fn each_alone(o: &mut Obs) {
    let word = o.word();
    for sign in CHANGED {
        o.see::<String>("one sign alone", escape(sign).into_owned());
        let text = format!("{word}{sign}{word}");
        o.see::<String>("one sign in a word", escape(&text).into_owned());
    }
}

fn side_by_side(o: &mut Obs) {
    let signs: String = (0..o.size()).map(|_| changed(o)).collect();
    o.see::<String>("signs side by side", escape(&signs).into_owned());
}

fn entities(o: &mut Obs) {
    for text in ["&amp;", "&lt;b&gt;", "&#39;", "&quot;&quot;", "&nbsp;", "&"] {
        let text = o.word() + text;
        o.see::<String>("a text with an entity", escape(&text).into_owned());
    }
}

/// Says what one call asked for, and what kind of text it gave.
fn requests_of(o: &mut Obs, text: &str) {
    let (escaped, usage) = probe::process(|| escape(text));
    let is_borrowed = matches!(escaped, Cow::Borrowed(_));
    o.see::<bool>("whether the text is borrowed", is_borrowed);
    o.see::<(u64, u64)>(
        "allocations and reallocations of one call",
        (usage.allocations, usage.reallocations),
    );
    o.see::<usize>("bytes of the result", escaped.len());
    o.see::<usize>("capacity of the result", escaped.into_owned().capacity());
}

/// Says whether the result is the text itself.
fn borrows(o: &mut Obs, text: &str) {
    let (escaped, usage) = probe::process(|| escape(text));
    o.see::<u64>("allocations where nothing changes", usage.allocations);
    let is_borrowed = matches!(escaped, Cow::Borrowed(_));
    o.see::<bool>("whether the text is borrowed", is_borrowed);
    o.see::<usize>("bytes of the result", escaped.len());
}

fn nothing_changes(o: &mut Obs) {
    for _ in 0..o.size() {
        let words = 1 + o.below(9);
        let text = plain(o, words) + ";#39!(amp) {lt} [gt] = quot; %";
        borrows(o, &text);
    }
}

fn the_same_bytes(o: &mut Obs) {
    for _ in 0..o.size() {
        let words = 1 + o.below(9);
        let text = plain(o, words);
        let escaped = escape(&text);
        o.see::<bool>(
            "whether it is where the text is",
            escaped.as_ptr() == text.as_ptr(),
        );
    }
}

fn other_letters_borrowed(o: &mut Obs) {
    for _ in 0..o.size() {
        let text = o.word() + foreign(o) + &o.word();
        borrows(o, &text);
    }
}

fn nothing_at_all(o: &mut Obs) {
    borrows(o, "");
    let letter = char::from(b'a' + o.below(26) as u8);
    borrows(o, letter.encode_utf8(&mut [0; 4]));
}

fn one_change(o: &mut Obs) {
    let (before, after) = (1 + o.below(o.size()), 1 + o.below(o.size()));
    let text = plain(o, before) + changed(o) + &plain(o, after);
    requests_of(o, &text);
}

fn many_changes(o: &mut Obs) {
    let words = 9 + o.below(o.size());
    let text = mixed(o, words) + "<&>";
    let text: String = text.chars().filter(char::is_ascii).collect();
    requests_of(o, &text);
}

fn only_changes(o: &mut Obs) {
    let text: String = (0..o.size()).map(|_| changed(o)).collect();
    requests_of(o, &text);
}

fn other_letters_owned(o: &mut Obs) {
    let words = 9 + o.below(o.size());
    let text = mixed(o, words) + foreign(o) + "<";
    requests_of(o, &text);
}

fn late_change(o: &mut Obs) {
    let words = 9 + o.below(o.size());
    let text = plain(o, words) + changed(o);
    let (escaped, usage) = probe::process(|| escape(&text));
    o.see::<u64>("allocations of one call", usage.allocations);
    o.see::<u64>("reallocations of one call", usage.reallocations);
    o.see::<usize>("bytes of the result", escaped.len());
}

fn peak(o: &mut Obs) {
    let words = 9 + o.below(o.size());
    let text = mixed(o, words) + "'";
    let (escaped, usage) = probe::process(|| escape(&text));
    let result = escaped.len() as u64;
    let more = usage.peak_bytes.saturating_sub(result);
    o.see::<u64>("bytes that were taken besides the result", more);
}

/// Escapes a text and says what that cost.
fn cost_of(o: &mut Obs, text: &str) {
    let escaped = o.cost("cost of escaping", || escape(text));
    o.see::<usize>("bytes of the result", escaped.len());
}

fn cost(o: &mut Obs) {
    let size = o.size();
    let text = mixed(o, size);
    cost_of(o, &text);
}

fn cost_of_changes(o: &mut Obs) {
    let signs: String = (0..o.size()).map(|_| changed(o)).collect();
    cost_of(o, &signs);
}

fn cost_of_no_change(o: &mut Obs) {
    let size = o.size();
    let text = plain(o, size);
    cost_of(o, &text);
}

fn small_stack(o: &mut Obs) {
    let text = (o.word() + changed(o)).repeat(o.size() as usize);
    let bytes = probe::with_stack(SMALL_STACK, || escape(&text).len());
    o.see::<usize>("bytes of a long escaped text, in a small stack", bytes);
}

fn main() {
    obs::refusals(probe::refused_requests);
    // A block that grows is copied in `realloc`, unseen by all but the allocator.
    obs::also_count(probe::reallocated_bytes);
    obs::main(&[
        ("text", text),
        ("each-alone", each_alone),
        ("side-by-side", side_by_side),
        ("entities", entities),
        ("nothing-changes", nothing_changes),
        ("the-same-bytes", the_same_bytes),
        ("other-letters-borrowed", other_letters_borrowed),
        ("nothing-at-all", nothing_at_all),
        ("one-change", one_change),
        ("many-changes", many_changes),
        ("only-changes", only_changes),
        ("other-letters-owned", other_letters_owned),
        ("late-change", late_change),
        ("peak", peak),
        ("cost", cost),
        ("cost-of-changes", cost_of_changes),
        ("cost-of-no-change", cost_of_no_change),
        ("small-stack", small_stack),
    ])
}
