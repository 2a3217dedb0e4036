//! Cases for `one-allocation`: the right text, requests and room, and what many parts
//! cost.

use obs::Obs;
use one_allocation::join;

const SMALL_STACK: usize = 64 * 1024;

/// Text of one, two, three and four bytes for a character.
const FOREIGN: [&str; 6] = ["straße", "naïve", "память", "日本", "🦀", "e\u{301}"];

/// Words of Latin letters, some of them empty.
fn words(o: &mut Obs, count: u64) -> Vec<String> {
    let mut words = Vec::new();
    for _ in 0..count {
        words.push(if o.below(6) == 0 {
            String::new()
        } else {
            o.word()
        });
    }
    words
}

/// The same, with words of other letters between them.
fn foreign_words(o: &mut Obs, count: u64) -> Vec<String> {
    let mut words = words(o, count);
    for word in &mut words {
        if o.below(2) == 0 {
            word.push_str(FOREIGN[o.below(FOREIGN.len() as u64) as usize]);
        }
    }
    words.push(FOREIGN[o.below(FOREIGN.len() as u64) as usize].to_owned());
    words
}

fn parts(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

fn text(o: &mut Obs) {
    for _ in 0..o.size() {
        let count = o.below(12);
        let words = foreign_words(o, count);
        let separator = ["", " ", ", ", " → ", "--"][o.below(5) as usize];
        o.see::<String>("the joined words", join(&parts(&words), separator));
    }
}

fn few(o: &mut Obs) {
    let (word, separator) = (o.word(), o.word());
    o.see::<String>("no parts", join(&[], &separator));
    o.see::<String>("one part", join(&[&word], &separator));
    o.see::<String>("one empty part", join(&[""], &separator));
    o.see::<String>("three empty parts", join(&["", "", ""], &separator));
    o.see::<String>("an empty part at the end", join(&[&word, ""], &separator));
    o.see::<String>("nothing between", join(&[&word, &word], ""));
}

/// Says what one call asked the allocator for.
fn requests_of(o: &mut Obs, words: &[String], separator: &str) {
    let parts = parts(words);
    let (joined, usage) = probe::process(|| join(&parts, separator));
    o.see::<u64>("allocations of one call", usage.allocations);
    o.see::<u64>("reallocations of one call", usage.reallocations);
    o.see::<usize>("bytes of the result", joined.len());
}

fn requests(o: &mut Obs) {
    let count = 2 + o.below(o.size());
    let (words, separator) = (words(o, count), o.word());
    requests_of(o, &words, &separator);
}

fn requests_for_other_letters(o: &mut Obs) {
    let count = 2 + o.below(o.size());
    let words = foreign_words(o, count);
    requests_of(o, &words, " → ");
}

fn room(o: &mut Obs) {
    let count = 2 + o.below(o.size());
    let words = foreign_words(o, count);
    let separator = o.word();
    let parts = parts(&words);
    let (joined, usage) = probe::process(|| join(&parts, &separator));
    o.see::<usize>("capacity of the result", joined.capacity());
    o.see::<i64>("bytes that the result keeps", usage.live_bytes());
}

fn peak(o: &mut Obs) {
    let count = 2 + o.below(o.size());
    let (words, separator) = (words(o, count), o.word());
    let parts = parts(&words);
    let (joined, usage) = probe::process(|| join(&parts, &separator));
    o.meter("the most bytes that were taken at a time", usage.peak_bytes);
    o.see::<usize>("bytes of the result", joined.len());
}

fn empty_result(o: &mut Obs) {
    let (empty, separator) = (vec![""; 1 + o.below(9) as usize], o.word());
    let (joined, usage) = probe::process(|| join(&empty, ""));
    o.see::<u64>("allocations for a result that is empty", usage.allocations);
    o.see::<usize>("capacity of a result that is empty", joined.capacity());
    let (joined, usage) = probe::process(|| join(&[], &separator));
    o.see::<u64>("allocations for no parts", usage.allocations);
    o.see::<usize>("capacity for no parts", joined.capacity());
}

fn one_part(o: &mut Obs) {
    let (word, separator) = (o.word(), o.word());
    let (joined, usage) = probe::process(|| join(&[&word], &separator));
    o.see::<(u64, u64)>(
        "requests for one part",
        (usage.allocations, usage.reallocations),
    );
    o.see::<usize>("capacity for one part", joined.capacity());
}

fn cost(o: &mut Obs) {
    let size = o.size();
    let words = words(o, size);
    let parts = parts(&words);
    let joined = o.cost("cost of joining", || join(&parts, ", "));
    o.see::<usize>("bytes of the result", joined.len());
}

fn small_stack(o: &mut Obs) {
    let count = o.size() + o.below(1000);
    let words = vec![o.word(); count as usize];
    let parts = parts(&words);
    let bytes = probe::with_stack(SMALL_STACK, || join(&parts, ",").len());
    o.see::<usize>("bytes of many joined parts, in a small stack", bytes);
}

fn main() {
    obs::refusals(probe::refused_requests);
    // A block that grows is copied in `realloc`, unseen by all but the allocator.
    obs::also_count(probe::reallocated_bytes);
    obs::main(&[
        ("text", text),
        ("few", few),
        ("requests", requests),
        ("requests-for-other-letters", requests_for_other_letters),
        ("empty-result", empty_result),
        ("room", room),
        ("one-part", one_part),
        ("peak", peak),
        ("cost", cost),
        ("small-stack", small_stack),
    ])
}
