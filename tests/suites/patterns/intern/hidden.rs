//! Cases for `intern`: the right numbers and texts, what is stored for them, and what
//! finding them takes.

use intern::Interner;
use obs::Obs;

/// Text of one, two, three and four bytes for a character.
const FOREIGN: [&str; 6] = ["straße", "naïve", "память", "日本", "🦀", "\0"];

fn text(o: &mut Obs) -> String {
    match o.below(5) {
        0 => FOREIGN[o.below(FOREIGN.len() as u64) as usize].to_owned() + &o.word(),
        1 => o.word() + " " + &o.word(),
        _ => o.word(),
    }
}

/// So many texts, all different, and of about the same length.
fn different(o: &mut Obs, count: u64) -> Vec<String> {
    let word = o.word();
    (0..count).map(|at| format!("{word}{at:05}")).collect()
}

fn filled(texts: &[String]) -> Interner {
    let mut interner = Interner::new();
    for text in texts {
        interner.intern(text);
    }
    interner
}

fn numbers(o: &mut Obs) {
    let mut interner = Interner::new();
    let mut texts: Vec<String> = Vec::new();
    for _ in 0..o.size() {
        let again = !texts.is_empty() && o.below(2) == 0;
        let text = if again {
            texts[o.below(texts.len() as u64) as usize].clone()
        } else {
            text(o)
        };
        o.see::<u32>("the number of a text", interner.intern(&text));
        texts.push(text);
    }
    for text in &texts {
        o.see::<Option<u32>>("the number that is found", interner.find(text));
    }
}

fn texts(o: &mut Obs) {
    let mut interner = Interner::new();
    for _ in 0..o.size() {
        let text = text(o);
        let number = interner.intern(&text);
        o.see::<Option<&str>>("the text with the number it got", interner.text(number));
    }
    for number in 0..o.size() as u32 + 3 {
        o.see::<Option<&str>>("the text with a number", interner.text(number));
    }
}

fn nearly_the_same(o: &mut Obs) {
    let word = o.word();
    let mut interner = Interner::new();
    for text in [
        word.clone(),
        word.to_uppercase(),
        format!(" {word}"),
        format!("{word} "),
        format!("{word}\n"),
        format!("{word}\0"),
        word.clone() + &word,
        word.chars().rev().collect::<String>() + "é",
        word.clone() + "e\u{301}",
        word.clone() + "é",
        word,
    ] {
        o.see::<u32>(
            "the number of a text that looks alike",
            interner.intern(&text),
        );
    }
}

fn the_empty_text(o: &mut Obs) {
    let mut interner = Interner::new();
    o.see::<Option<u32>>("the empty text, before it came", interner.find(""));
    let word = o.word();
    o.see::<u32>("a first text", interner.intern(&word));
    o.see::<u32>("the empty text", interner.intern(""));
    o.see::<u32>("the empty text, once more", interner.intern(""));
    o.see::<Option<u32>>("the empty text, looked for", interner.find(""));
    o.see::<Option<&str>>("the text with number 1", interner.text(1));
    o.see::<u32>("a text behind it", interner.intern(&(word + "x")));
}

fn unknown(o: &mut Obs) {
    let mut interner = Interner::new();
    for _ in 0..o.size() {
        let (text, other) = (text(o), o.word() + "!");
        o.see::<Option<u32>>("a text that did not come", interner.find(&other));
        interner.intern(&text);
    }
    for number in [o.size() as u32 + 5, 1 << 31, u32::MAX, u32::MAX - 1] {
        o.see::<Option<&str>>("a number that nobody has", interner.text(number));
    }
}

fn very_long(o: &mut Obs) {
    let long = o.word().repeat(o.size() as usize / 6);
    let mut interner = Interner::new();
    let numbers = [
        &long[..],
        &long[1..],
        &long,
        &long[..long.len() - 1],
        &long[1..],
    ]
    .map(|text| interner.intern(text));
    o.see::<[u32; 5]>("the numbers of long texts", numbers);
    let length = interner.text(numbers[0]).map(str::len);
    o.see::<Option<usize>>("the length of a long text", length);
}

fn known_interned(o: &mut Obs) {
    let texts = different(o, o.size());
    let mut interner = filled(&texts);
    let (sum, usage) = probe::process(|| {
        let numbers = texts.iter().map(|text| u64::from(interner.intern(text)));
        numbers.sum::<u64>()
    });
    o.see::<u64>("the sum of the numbers of known texts", sum);
    let requests = usage.allocations + usage.reallocations;
    o.see::<u64>("requests for known texts that come again", requests);
}

fn known_found(o: &mut Obs) {
    let texts = different(o, o.size());
    let interner = filled(&texts);
    let (found, usage) = probe::process(|| {
        let numbers = texts.iter().filter_map(|text| interner.find(text));
        numbers.map(u64::from).sum::<u64>()
    });
    o.see::<u64>("the sum of the numbers of known texts", found);
    o.see::<u64>("allocations for finding known texts", usage.allocations);
}

fn unknown_found(o: &mut Obs) {
    let (texts, others) = (different(o, o.size()), different(o, o.size()));
    let interner = filled(&texts);
    let others: Vec<String> = others.into_iter().map(|other| other + "?").collect();
    let (found, usage) = probe::process(|| {
        others
            .iter()
            .filter(|text| interner.find(text).is_some())
            .count()
    });
    o.see::<usize>("texts that did not come and are found", found);
    let requests = usage.allocations + usage.reallocations;
    o.see::<u64>("requests for looking for unknown texts", requests);
}

fn texts_of_numbers(o: &mut Obs) {
    let texts = different(o, o.size());
    let interner = filled(&texts);
    let (bytes, usage) = probe::process(|| {
        let texts = (0..texts.len() as u32).filter_map(|number| interner.text(number));
        texts.map(str::len).sum::<usize>()
    });
    o.see::<usize>("bytes of the texts that numbers have", bytes);
    o.see::<u64>("allocations for getting texts back", usage.allocations);
}

/// Says what is kept besides the bytes of the texts.
fn kept(o: &mut Obs, texts: &[String]) {
    let bytes: usize = texts.iter().map(String::len).sum();
    let (interner, usage) = probe::process(|| {
        let mut interner = filled(texts);
        for text in texts {
            interner.intern(text);
        }
        interner
    });
    let last = interner.find(&texts[texts.len() - 1]);
    o.see::<Option<u32>>("the last number", last);
    let besides = usage.live_bytes().saturating_sub_unsigned(bytes as u64);
    o.meter("bytes kept besides the texts", besides.max(0) as u64);
}

fn long_texts(o: &mut Obs) {
    let texts: Vec<String> = different(o, o.size());
    let texts: Vec<String> = texts.iter().map(|text| text.repeat(60)).collect();
    kept(o, &texts);
}

fn short_texts(o: &mut Obs) {
    let texts = different(o, o.size());
    kept(o, &texts);
}

fn freed(o: &mut Obs) {
    let count = 1 + o.below(o.size());
    let texts = different(o, count);
    let (found, usage) = probe::process(|| filled(&texts).find(&texts[0]));
    o.see::<Option<u32>>("the number of the first text", found);
    o.see::<i64>("blocks that are left", usage.live_blocks());
    o.see::<i64>("bytes that are left", usage.live_bytes());
}

fn cost(o: &mut Obs) {
    let texts = different(o, o.size());
    let interner = o.cost("cost of new texts", || filled(&texts));
    o.see::<Option<&str>>("the first text", interner.text(0));
}

fn cost_of_known_texts(o: &mut Obs) {
    let texts = different(o, o.size());
    let mut interner = filled(&texts);
    let mut sum = 0;
    o.cost("cost of known texts", || {
        for text in &texts {
            sum += u64::from(interner.intern(text));
        }
    });
    o.see::<u64>("the sum of the numbers", sum);
}

fn cost_of_numbers(o: &mut Obs) {
    let texts = different(o, o.size());
    let interner = filled(&texts);
    let mut bytes = 0;
    o.cost("cost of getting texts back", || {
        for number in 0..texts.len() as u32 {
            bytes += interner.text(number).map_or(0, str::len);
        }
    });
    o.see::<usize>("bytes of all texts", bytes);
}

/// Numbers in two letters: as long as each other, and with the same letters in them.
fn cost_of_alike_texts(o: &mut Obs) {
    let (zero, one) = (o.word(), o.word() + "-");
    let digit = |number: u64, place: u64| number >> place & 1 == 1;
    let alike = |number: u64| -> String {
        let pairs = (0..12).map(|place| match digit(number, place) {
            true => format!("{zero}{one}"),
            false => format!("{one}{zero}"),
        });
        pairs.collect()
    };
    let texts: Vec<String> = (0..o.size()).map(alike).collect();
    let interner = o.cost("cost of new texts", || filled(&texts));
    o.see::<Option<u32>>(
        "the number of the last text",
        interner.find(&texts[texts.len() - 1]),
    );
}

fn main() {
    obs::refusals(probe::refused_requests);
    // A block that grows is copied in `realloc`, unseen by all but the allocator.
    obs::also_count(probe::reallocated_bytes);
    obs::main(&[
        ("numbers", numbers),
        ("texts", texts),
        ("nearly-the-same", nearly_the_same),
        ("the-empty-text", the_empty_text),
        ("unknown", unknown),
        ("very-long", very_long),
        ("known-interned", known_interned),
        ("known-found", known_found),
        ("unknown-found", unknown_found),
        ("texts-of-numbers", texts_of_numbers),
        ("long-texts", long_texts),
        ("short-texts", short_texts),
        ("freed", freed),
        ("cost", cost),
        ("cost-of-known-texts", cost_of_known_texts),
        ("cost-of-numbers", cost_of_numbers),
        ("cost-of-alike-texts", cost_of_alike_texts),
    ])
}
