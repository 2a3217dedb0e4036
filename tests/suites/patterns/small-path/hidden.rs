//! Cases for `small-path`: the right parts, and what a path takes from the allocator
//! before and after its parts leave it.

use obs::Obs;
use probe::Tally;
use small_path::Path;

/// Parts that need no block.
const PLACES: u64 = 8;

fn path_of(from: u64, count: u64) -> Path<u64> {
    let mut path = Path::new();
    (from..from + count).for_each(|part| path.push(part));
    path
}

/// A text with all that a path may hold.
fn text(o: &mut Obs, parts: u64) -> String {
    let mut text = ["", "/", "//"][o.below(3) as usize].to_owned();
    for _ in 0..parts {
        match o.below(8) {
            0 => text.push_str("./"),
            1 => text.push_str("../"),
            2 => text.push('/'),
            3 => text.push_str("..._/"),
            4 => text.push_str("straße/"),
            _ => text.push_str(&(o.word() + "/")),
        }
    }
    if o.below(2) == 0 {
        text.push_str(&o.word());
    }
    text
}

fn push_and_pop(o: &mut Obs) {
    let mut path = Path::new();
    for step in 0..o.size() {
        let pops = step > 30 && o.below(3) == 0 || o.below(5) == 0;
        if pops {
            o.see::<Option<u64>>("what `pop` gives", path.pop());
        } else {
            path.push(o.below(1000));
        }
        o.see::<Vec<u64>>("the parts", path.parts().to_vec());
    }
}

fn parse(o: &mut Obs) {
    for _ in 0..o.size() {
        let parts = o.below(20);
        let text = text(o, parts);
        let seen: Vec<&str> = Path::parse(&text).parts().to_vec();
        o.see::<(&str, Vec<&str>)>("a text and its parts", (&text, seen));
    }
}

fn parent_and_join(o: &mut Obs) {
    for _ in 0..o.size() {
        let (left, right) = (o.below(14), o.below(14));
        let (outer, inner) = (path_of(100, left), path_of(200, right));
        let joined = outer.join(&inner);
        o.see::<Vec<u64>>("two paths joined", joined.parts().to_vec());
        let parent = joined.parent();
        let parts = parent.map(|parent| parent.parts().to_vec());
        o.see::<Option<Vec<u64>>>("the parent", parts);
        o.see::<usize>("parts of the path itself", joined.parts().len());
    }
}

fn dots_first(o: &mut Obs) {
    let word = o.word();
    for text in [
        format!("../{word}"),
        format!("{word}/../../{word}/{word}"),
        "..".to_owned(),
        format!("./../../{word}"),
        format!("/.../{word}/."),
        String::new(),
    ] {
        let seen: Vec<&str> = Path::parse(&text).parts().to_vec();
        o.see::<(&str, Vec<&str>)>("a text and its parts", (&text, seen));
    }
}

/// Pushes so many parts, takes them away again, and says what that asked for.
fn fill(o: &mut Obs, count: u64) {
    let (popped, usage) = probe::process(|| {
        let mut path = path_of(1, count);
        let mut popped = 0;
        while let Some(part) = path.pop() {
            popped += part;
        }
        popped
    });
    o.see::<u64>("the sum of the parts", popped);
    o.see::<u64>("allocations for parts that fit", usage.allocations);
}

fn few(o: &mut Obs) {
    for count in [0, 1, 2, 1 + o.below(4)] {
        fill(o, count);
    }
}

fn full(o: &mut Obs) {
    for count in [PLACES - 1, PLACES, PLACES - o.below(3)] {
        fill(o, count);
    }
}

fn parse_inline(o: &mut Obs) {
    let words: Vec<String> = (0..PLACES).map(|_| o.word()).collect();
    let text = "/".to_owned() + &words.join("/./");
    let (path, usage) = probe::process(|| Path::parse(&text));
    o.see::<usize>("parts of a parsed path", path.parts().len());
    o.see::<u64>("allocations of `parse`", usage.allocations);
}

fn join_inline(o: &mut Obs) {
    let left = 1 + o.below(PLACES - 1);
    let (outer, inner) = (path_of(0, left), path_of(10, PLACES - left));
    let (joined, usage) = probe::process(|| outer.join(&inner));
    o.see::<usize>("parts of the joined path", joined.parts().len());
    o.see::<u64>("allocations of `join`", usage.allocations);
    let (parent, usage) = probe::process(|| joined.parent());
    o.see::<bool>("whether it has a parent", parent.is_some());
    o.see::<u64>("allocations of `parent`", usage.allocations);
}

fn clone_inline(o: &mut Obs) {
    let path = path_of(o.below(9), PLACES);
    let (cloned, usage) = probe::process(|| path.clone());
    o.see::<Vec<u64>>("parts of the clone", cloned.parts().to_vec());
    o.see::<u64>("allocations of `clone`", usage.allocations);
}

fn pushes(o: &mut Obs) {
    let count = o.size() + o.below(100);
    let (path, usage) = probe::process(|| path_of(0, count));
    o.see::<usize>("parts of a long path", path.parts().len());
    o.meter(
        "requests while many parts are pushed",
        usage.allocations + usage.reallocations,
    );
    let ((), usage) = probe::process(|| drop(path));
    o.see::<bool>("whether dropping it frees memory", usage.frees > 0);
}

fn around_the_edge(o: &mut Obs) {
    let mut path = path_of(0, PLACES + 1 + o.below(3));
    for _ in 0..3 {
        let part = o.below(100);
        let (popped, usage) = probe::process(|| {
            while path.parts().len() >= PLACES as usize {
                path.pop();
            }
            (0..3).for_each(|_| path.push(part));
            path.parts().len()
        });
        o.see::<usize>("parts after some came and went", popped);
        o.meter(
            "requests while a part comes and goes",
            usage.allocations + usage.reallocations,
        );
    }
}

fn cost(o: &mut Obs) {
    let (size, from) = (o.size(), o.below(9));
    let path = o.cost("cost of pushing", || path_of(from, size));
    o.see::<usize>("parts of a long path", path.parts().len());
}

fn parent_of_one_more(o: &mut Obs) {
    let path = path_of(o.below(9), PLACES + 1);
    let (parent, usage) = probe::process(|| path.parent());
    o.see::<Option<usize>>("parts of the parent", parent.map(|it| it.parts().len()));
    o.see::<u64>("allocations for a parent that fits", usage.allocations);
}

fn counted_path(tally: &Tally, count: u64) -> Path<probe::Counted> {
    let mut path = Path::new();
    (0..count).for_each(|value| path.push(tally.value(value as i64)));
    path
}

fn clones_of_parent(o: &mut Obs) {
    let tally = Tally::new();
    let path = counted_path(&tally, 1 + o.below(6));
    let before = tally.cloned();
    let parent = path.parent();
    o.see::<u64>("clones made by `parent`", tally.cloned() - before);
    o.see::<u64>("parts that are alive", tally.alive());
    drop((path, parent));
    o.see::<u64>("parts that are left", tally.alive());
}

fn clones_of_join(o: &mut Obs) {
    let tally = Tally::new();
    let outer = counted_path(&tally, 1 + o.below(5));
    let inner = counted_path(&tally, 1 + o.below(3));
    let before = tally.cloned();
    let joined = outer.join(&inner);
    o.see::<u64>("clones made by `join`", tally.cloned() - before);
    o.see::<u64>("parts that are alive", tally.alive());
    drop((outer, inner, joined));
    o.see::<u64>("parts that are left", tally.alive());
}

fn clones_of_pop(o: &mut Obs) {
    let tally = Tally::new();
    let mut path = counted_path(&tally, 3 + o.below(9));
    let before = tally.cloned();
    let popped = path.pop();
    o.see::<bool>("whether there was a part", popped.is_some());
    o.see::<u64>("clones made by `pop`", tally.cloned() - before);
    o.see::<u64>("parts that are alive", tally.alive());
}

fn long_join(o: &mut Obs) {
    let (left, right) = (20 + o.below(20), 70 + o.below(40));
    let (outer, inner) = (path_of(0, left), path_of(50, right));
    let (joined, usage) = probe::process(|| outer.join(&inner));
    o.see::<usize>("parts of the joined path", joined.parts().len());
    o.meter(
        "requests of one join",
        usage.allocations + usage.reallocations,
    );
    let (parent, usage) = probe::process(|| joined.parent());
    o.see::<bool>("whether it has a parent", parent.is_some());
    o.meter(
        "requests of one parent",
        usage.allocations + usage.reallocations,
    );
}

fn dropped(o: &mut Obs) {
    let tally = Tally::new();
    let mut path = Path::new();
    for value in 0..o.size() {
        if o.below(3) == 0 {
            drop(path.pop());
        }
        path.push(tally.value(value as i64));
        o.see::<u64>("parts that are alive", tally.alive());
    }
    let parent = path.parent();
    drop(path);
    o.see::<u64>("parts of the parent", tally.alive());
    drop(parent);
    o.see::<u64>("parts that are left", tally.alive());
    o.see::<u64>("clones", tally.cloned());
}

fn bytes(o: &mut Obs) {
    let word = o.word();
    o.see::<usize>("parts", Path::parse(&word).parts().len());
    let (texts, words) = (size_of::<Path<&str>>(), size_of::<Path<u64>>());
    o.meter("bytes of a path of texts", texts as u64);
    o.meter("bytes of a path of words", words as u64);
}

fn main() {
    obs::refusals(probe::refused_requests);
    // A block that grows is copied in `realloc`, unseen by all but the allocator.
    obs::also_count(probe::reallocated_bytes);
    obs::main(&[
        ("push-and-pop", push_and_pop),
        ("parse", parse),
        ("parent-and-join", parent_and_join),
        ("dots-first", dots_first),
        ("few", few),
        ("full", full),
        ("parse-inline", parse_inline),
        ("join-inline", join_inline),
        ("clone-inline", clone_inline),
        ("pushes", pushes),
        ("around-the-edge", around_the_edge),
        ("cost", cost),
        ("parent-of-one-more", parent_of_one_more),
        ("clones-of-parent", clones_of_parent),
        ("clones-of-join", clones_of_join),
        ("clones-of-pop", clones_of_pop),
        ("long-join", long_join),
        ("dropped", dropped),
        ("bytes", bytes),
    ])
}
