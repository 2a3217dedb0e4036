//! Cases for `my-box`: contents, lives of values and blocks, layouts, odd types,
//! refused memory.

use my_box::MyBox;
use obs::Obs;
use probe::{Counted, Tally};
use std::marker::PhantomData;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

fn operations(o: &mut Obs) {
    let mut boxes: Vec<MyBox<u64>> = Vec::new();
    for _ in 0..o.size() {
        let value = o.below(1000);
        let place = o.below(boxes.len() as u64) as usize;
        match o.below(6) {
            0 if !boxes.is_empty() => {
                let inner = boxes.swap_remove(place).into_inner();
                o.see::<u64>("what `into_inner` returned", inner);
            }
            1 if !boxes.is_empty() => {
                let old = std::mem::replace(&mut *boxes[place], value);
                o.see::<u64>("the value that was replaced", old);
            }
            2 if !boxes.is_empty() => *boxes[place] += value,
            3 => boxes.extend(MyBox::try_new(value)),
            _ => boxes.push(MyBox::new(value)),
        }
    }
    let values = boxes.iter().map(|boxed| **boxed).collect();
    o.see::<Vec<u64>>("the values in all boxes", values);
}

fn stays_in_place(o: &mut Obs) {
    let boxed = MyBox::new([o.below(1000), o.below(1000)]);
    let before = boxed.as_ptr();
    let moved = [boxed];
    o.see::<bool>(
        "whether the value stays where it is when its box moves",
        before == moved[0].as_ptr(),
    );
    let same = std::ptr::eq(before, &raw const *moved[0]);
    o.see::<bool>("whether `as_ptr` is where the value is", same);
    o.see::<[u64; 2]>("the value then", *moved[0]);
}

fn words(o: &mut Obs) {
    let mut boxes = Vec::new();
    for _ in 0..o.size() {
        let mut boxed = MyBox::new(o.word());
        if o.below(2) == 0 {
            boxed.push_str(&o.word());
        }
        if o.below(3) == 0 {
            *boxed = o.word();
        }
        boxes.push(boxed);
    }
    let words = boxes.iter().map(|boxed| boxed.as_str()).collect();
    o.see::<Vec<&str>>("the words in all boxes", words);
}

fn taken_out(o: &mut Obs) {
    let mut words = Vec::new();
    for _ in 0..o.size() {
        let boxed = MyBox::new(MyBox::new(o.word()));
        words.push(boxed.into_inner());
    }
    let inner = words.into_iter().map(MyBox::into_inner).collect();
    o.see::<Vec<String>>("the words that were taken out of boxes in boxes", inner);
}

fn leaked(o: &mut Obs) {
    let word = o.word();
    let kept: &mut String = MyBox::new(word).leak();
    let others: Vec<MyBox<String>> =
        (0..o.size()).map(|_| MyBox::new(o.word())).collect();
    kept.push('!');
    o.see::<&str>("a leaked word, when other boxes were made", kept);
    o.see::<usize>("how many other boxes", others.len());
}

fn drops_once(o: &mut Obs) {
    let tally = Tally::new();
    let mut boxes: Vec<MyBox<Counted>> = Vec::new();
    for _ in 0..5 + o.below(o.size()) {
        boxes.push(MyBox::new(tally.value(o.below(1000) as i64)));
    }
    let inner = boxes.pop().map(MyBox::into_inner);
    let leaked = boxes.pop().map(MyBox::leak);
    boxes.truncate(o.below(boxes.len() as u64) as usize);
    o.see::<u64>(
        "values alive: in boxes, taken out, and leaked",
        tally.alive(),
    );
    drop(boxes);
    o.see::<u64>("values alive after the boxes were dropped", tally.alive());
    drop(inner);
    o.see::<u64>(
        "values alive after the one taken out was dropped",
        tally.alive(),
    );
    o.see::<bool>("whether the leaked one is there", leaked.is_some());
    o.see::<u64>("values dropped twice", tally.dropped_twice());
}

fn dropped_blocks(o: &mut Obs) {
    let value = o.below(1000);
    let (_, usage) = probe::process(|| drop([MyBox::new(value), MyBox::new(value)]));
    o.see::<i64>(
        "blocks left after two boxes were dropped",
        usage.live_blocks(),
    );
    o.see::<i64>(
        "bytes left after two boxes were dropped",
        usage.live_bytes(),
    );
}

fn emptied_blocks(o: &mut Obs) {
    let value = o.below(1000);
    let (inner, usage) = probe::process(|| MyBox::new([value; 9]).into_inner());
    o.see::<i64>(
        "blocks left after the value was taken out",
        usage.live_blocks(),
    );
    o.see::<i64>(
        "bytes left after the value was taken out",
        usage.live_bytes(),
    );
    o.see::<[u64; 9]>("the value that was taken out", inner);
}

fn blocks(o: &mut Obs) {
    let value = o.below(200) as u8;
    let (small, usage) = probe::process(|| MyBox::new(value));
    o.see::<(u64, i64)>(
        "blocks and bytes for one byte",
        (usage.allocations, usage.live_bytes()),
    );
    let (large, usage) = probe::process(|| MyBox::new([value; 1000]));
    o.see::<(u64, i64)>(
        "blocks and bytes for 1000 bytes",
        (usage.allocations, usage.live_bytes()),
    );
    let (leaked, usage) = probe::process(|| large.leak());
    o.see::<i64>("change of bytes when a box is leaked", usage.live_bytes());
    o.see::<(u8, u8)>("the values", (*small, leaked[999]));
}

fn handles(o: &mut Obs) {
    let boxed = Some(MyBox::new(o.below(1000)));
    o.see::<usize>("words in a box", probe::words::<MyBox<u64>>());
    o.see::<usize>(
        "words in an `Option` of a box",
        probe::words::<Option<MyBox<u64>>>(),
    );
    o.see::<Option<u64>>("the value", boxed.map(MyBox::into_inner));
}

static MARKS_DROPPED: AtomicU64 = AtomicU64::new(0);

struct Mark;

impl Drop for Mark {
    fn drop(&mut self) {
        MARKS_DROPPED.fetch_add(1, Relaxed);
    }
}

fn without_a_size(o: &mut Obs) {
    let (made, emptied) = (o.size() + o.below(20), 1 + o.below(5));
    let ((), usage) = probe::process(|| {
        for _ in 0..made {
            drop(MyBox::new(Mark));
        }
        for _ in 0..emptied {
            drop(MyBox::new(Mark).into_inner());
        }
    });
    o.see::<u64>(
        "how many values without a size were dropped",
        MARKS_DROPPED.load(Relaxed),
    );
    o.see::<u64>("allocations for values without a size", usage.allocations);
    o.see::<u64>("blocks given back that were never taken", usage.frees);
    drop(MyBox::try_new(Mark));
    o.see::<u64>("how many after one more", MARKS_DROPPED.load(Relaxed));
}

#[repr(align(256))]
struct Wide(u64);

fn large_alignment(o: &mut Obs) {
    // Several at a time: one block may lie right by chance.
    let boxes: Vec<MyBox<Wide>> = (0..o.size())
        .map(|_| MyBox::new(Wide(o.below(1000))))
        .collect();
    let apart = boxes
        .iter()
        .map(|boxed| boxed.as_ptr().addr() % align_of::<Wide>())
        .sum();
    o.see::<usize>(
        "bytes by which aligned values lie beside their alignment",
        apart,
    );
    let sum = boxes.iter().map(|boxed| boxed.0).sum();
    o.see::<u64>("the sum of the aligned values", sum);
}

/// Its drop panics.
struct Bomb(u64);

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("value {} does not want to go", self.0);
    }
}

fn panicking_drop(o: &mut Obs) {
    let value = o.below(1000);
    let ((), usage) = probe::process(|| {
        let boxed = MyBox::new(Bomb(value));
        o.see_panic("dropping a box whose value panics", || drop(boxed));
    });
    o.see::<i64>(
        "blocks left when the value's drop panicked",
        usage.live_blocks(),
    );
    o.see::<i64>(
        "bytes left when the value's drop panicked",
        usage.live_bytes(),
    );
}

fn refused(o: &mut Obs) {
    let tally = Tally::new();
    let value = tally.value(o.below(1000) as i64);
    let ((result, usage), _) =
        probe::failing_after(0, || probe::process(|| MyBox::try_new(value)));
    o.see::<u64>("values alive when memory was refused", tally.alive());
    o.see::<i64>("bytes taken when memory was refused", usage.live_bytes());
    let given_back = result.map(|_| ()).map_err(|value| value.value());
    o.see::<Result<(), i64>>(
        "what `try_new` returns when there is no memory",
        given_back,
    );
}

/// Whether a type may be moved to another thread, and shared with one: what is said
/// under the bound hides what the trait says for all types.
struct Move<T>(PhantomData<T>);

struct Share<T>(PhantomData<T>);

trait No {
    const ALLOWED: bool = false;
}

impl<T> No for Move<T> {}

impl<T> No for Share<T> {}

impl<T: Send> Move<T> {
    const ALLOWED: bool = true;
}

impl<T: Sync> Share<T> {
    const ALLOWED: bool = true;
}

fn threads(o: &mut Obs) {
    let boxed = MyBox::new(o.below(1000));
    o.see::<u64>("the number", *boxed);
    o.see::<bool>(
        "whether a number may move to another thread",
        <Move<MyBox<u64>>>::ALLOWED,
    );
    o.see::<bool>(
        "whether it may be read from another thread",
        <Share<MyBox<u64>>>::ALLOWED,
    );
}

fn main() {
    obs::refusals(probe::refused_requests);
    obs::main(&[
        ("operations", operations),
        ("stays-in-place", stays_in_place),
        ("words", words),
        ("taken-out", taken_out),
        ("leaked", leaked),
        ("drops-once", drops_once),
        ("dropped-blocks", dropped_blocks),
        ("emptied-blocks", emptied_blocks),
        ("blocks", blocks),
        ("handles", handles),
        ("without-a-size", without_a_size),
        ("large-alignment", large_alignment),
        ("panicking-drop", panicking_drop),
        ("refused", refused),
        ("threads", threads),
    ])
}
