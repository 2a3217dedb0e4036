//! Cases for `reuse-buffer`: the right lines, and which blocks they are written into.

use obs::Obs;
use reuse_buffer::{Entry, log, log_into};

/// What an entry is made of.
type Parts = (String, u64, f64);

/// An entry whose line has at most 64 bytes: 10 before the source, 2 behind it, and up to
/// 14 of a reading.
fn parts(o: &mut Obs) -> Parts {
    let source = o.word() + ["", " 2", " für", " 温度"][o.below(4) as usize];
    let reading = o.below(1_000_000_000) as f64 / 1000.0 - 5000.0;
    (source, o.below(1_000_000), reading)
}

fn many(o: &mut Obs, count: u64) -> Vec<Parts> {
    (0..count).map(|_| parts(o)).collect()
}

fn entries(parts: &[Parts]) -> Vec<Entry<'_>> {
    let mut entries = Vec::new();
    for (source, seconds, reading) in parts {
        entries.push(Entry {
            source,
            seconds: *seconds,
            reading: *reading,
        });
    }
    entries
}

fn lines(o: &mut Obs) {
    let count = 2 + o.below(o.size());
    let parts = many(o, count);
    let mut seen = Vec::new();
    log(&entries(&parts), |line| seen.push(line.to_owned()));
    o.see::<Vec<String>>("the lines", seen);
}

fn shorter_and_shorter(o: &mut Obs) {
    let size = o.size() as usize;
    let mut parts = many(o, size as u64);
    for (at, part) in parts.iter_mut().enumerate() {
        part.0 = "x".repeat(size - at);
    }
    let mut seen = Vec::new();
    log(&entries(&parts), |line| seen.push(line.to_owned()));
    o.see::<Vec<String>>("lines, each shorter than the one before", seen);
}

fn what_was_there(o: &mut Obs) {
    let parts = many(o, o.size());
    let mut buffer = o.word();
    let mut seen = Vec::new();
    log_into(&mut buffer, &entries(&parts), |line| {
        seen.push(line.to_owned())
    });
    o.see::<Vec<String>>("the lines, with a buffer that was not empty", seen);
}

fn readings(o: &mut Obs) {
    let mut parts = many(o, o.size());
    let strange = [f64::NAN, f64::INFINITY, -0.0, 0.0005, 0.9995, 1e20];
    for part in &mut parts {
        part.1 = o.below(u64::MAX);
        part.2 = strange[o.below(strange.len() as u64) as usize];
    }
    let mut seen = Vec::new();
    log(&entries(&parts), |line| seen.push(line.to_owned()));
    o.see::<Vec<String>>("lines of strange readings", seen);
}

/// Says what `log` asks for.
fn requests_of(o: &mut Obs, parts: &[Parts]) {
    let entries = entries(parts);
    let mut bytes = 0;
    let ((), usage) = probe::process(|| log(&entries, |line| bytes += line.len()));
    o.see::<usize>("bytes of all lines", bytes);
    o.see::<(u64, u64)>(
        "allocations and reallocations for all lines",
        (usage.allocations, usage.reallocations),
    );
}

fn one_line(o: &mut Obs) {
    let parts = many(o, 1);
    requests_of(o, &parts);
}

fn many_lines(o: &mut Obs) {
    let count = 100 + o.below(o.size());
    let parts = many(o, count);
    requests_of(o, &parts);
}

fn longest_lines(o: &mut Obs) {
    let mut parts = many(o, o.size());
    for part in &mut parts {
        // Besides the source, a line has 9 bytes, 2 bytes, and 5 of the reading.
        part.0 = "y".repeat(64 - 9 - 2 - 5);
        part.2 = o.below(1000) as f64 / 1000.0;
    }
    // The last ones reach their length step by step, and none is longer.
    for (at, part) in parts.iter_mut().enumerate() {
        part.0.truncate(at + 1);
    }
    requests_of(o, &parts);
}

fn long_lines(o: &mut Obs) {
    let mut parts = many(o, o.size());
    let place = o.below(o.size()) as usize;
    parts[place].0 = o.word().repeat(30);
    let entries = entries(&parts);
    let mut bytes = 0;
    let ((), usage) = probe::process(|| log(&entries, |line| bytes += line.len()));
    o.see::<usize>("bytes of all lines", bytes);
    let requests = usage.allocations + usage.reallocations;
    o.meter("requests for one line that is longer", requests);
}

/// Says what `log_into` asks for, and what becomes of the buffer.
fn requests_with(o: &mut Obs, buffer: &mut String, parts: &[Parts]) {
    let entries = entries(parts);
    let mut bytes = 0;
    let before = buffer.capacity();
    let ((), usage) =
        probe::process(|| log_into(buffer, &entries, |line| bytes += line.len()));
    o.see::<usize>("bytes of all lines", bytes);
    o.see::<(u64, u64)>(
        "allocations and reallocations with a buffer that is large enough",
        (usage.allocations, usage.reallocations),
    );
    o.see::<bool>(
        "whether the room is what it was",
        buffer.capacity() == before,
    );
}

fn given(o: &mut Obs) {
    let count = 2 + o.below(o.size());
    let parts = many(o, count);
    requests_with(o, &mut String::with_capacity(200), &parts);
}

fn given_and_tight(o: &mut Obs) {
    let parts = many(o, o.size());
    let mut longest = 0;
    log(&entries(&parts), |line| longest = longest.max(line.len()));
    requests_with(o, &mut String::with_capacity(longest), &parts);
}

fn same_block(o: &mut Obs) {
    let parts = many(o, o.size());
    let mut buffer = String::with_capacity(150);
    buffer.push_str(&o.word());
    let before = buffer.as_ptr();
    let mut elsewhere = 0;
    log_into(&mut buffer, &entries(&parts), |line| {
        elsewhere += usize::from(line.as_ptr() != before);
    });
    o.see::<usize>("lines that lay in another block", elsewhere);
    o.see::<bool>("whether the block is the same", buffer.as_ptr() == before);
}

fn grown(o: &mut Obs) {
    let mut parts = many(o, o.size());
    parts[3].0 = o.word().repeat(40);
    let mut buffer = String::with_capacity(70);
    let entries = entries(&parts);
    let mut bytes = 0;
    let ((), usage) =
        probe::process(|| log_into(&mut buffer, &entries, |line| bytes += line.len()));
    o.see::<usize>("bytes of all lines", bytes);
    let gone = 70_u64.saturating_sub(buffer.capacity() as u64);
    o.meter("bytes of room that were there before and are gone", gone);
    let requests = usage.allocations + usage.reallocations;
    o.meter("requests for lines that are longer", requests);
}

fn again(o: &mut Obs) {
    let mut buffer = String::new();
    let parts = many(o, o.size());
    log_into(&mut buffer, &entries(&parts), |_| ());
    // What fitted once fits again.
    requests_with(o, &mut buffer, &parts);
}

fn left_over(o: &mut Obs) {
    let parts = many(o, o.size());
    let mut buffer = o.word();
    log_into(&mut buffer, &entries(&parts), |_| ());
    o.see::<usize>("bytes that the buffer holds afterwards", buffer.len());
}

fn no_entries(o: &mut Obs) {
    let mut buffer = o.word();
    let mut calls = 0;
    log_into(&mut buffer, &[], |_| calls += 1);
    o.see::<usize>("lines without an entry", calls);
    o.see::<usize>("bytes that the buffer holds afterwards", buffer.len());
}

fn peak(o: &mut Obs) {
    let count = 50 + o.below(o.size());
    let parts = many(o, count);
    let entries = entries(&parts);
    let mut bytes = 0;
    let ((), usage) = probe::process(|| log(&entries, |line| bytes += line.len()));
    o.see::<usize>("bytes of all lines", bytes);
    o.meter("the largest block", usage.largest_bytes);
}

fn freed(o: &mut Obs) {
    let parts = many(o, o.size());
    let entries = entries(&parts);
    let ((), usage) = probe::process(|| log(&entries, |_| ()));
    o.see::<i64>("blocks that are left", usage.live_blocks());
    let ((), usage) = probe::process(|| {
        let mut buffer = String::with_capacity(99);
        log_into(&mut buffer, &entries, |_| ());
    });
    o.see::<i64>("blocks that are left, with a buffer", usage.live_blocks());
}

fn cost(o: &mut Obs) {
    let parts = many(o, o.size());
    let entries = entries(&parts);
    let mut bytes = 0;
    o.cost("cost of the lines", || {
        log(&entries, |line| bytes += line.len())
    });
    o.see::<usize>("bytes of all lines", bytes);
}

fn main() {
    obs::refusals(probe::refused_requests);
    // A block that grows is copied in `realloc`, unseen by all but the allocator.
    obs::also_count(probe::reallocated_bytes);
    obs::main(&[
        ("lines", lines),
        ("shorter-and-shorter", shorter_and_shorter),
        ("what-was-there", what_was_there),
        ("readings", readings),
        ("one-line", one_line),
        ("many-lines", many_lines),
        ("longest-lines", longest_lines),
        ("long-lines", long_lines),
        ("given", given),
        ("given-and-tight", given_and_tight),
        ("same-block", same_block),
        ("grown", grown),
        ("again", again),
        ("left-over", left_over),
        ("no-entries", no_entries),
        ("peak", peak),
        ("freed", freed),
        ("cost", cost),
    ])
}
