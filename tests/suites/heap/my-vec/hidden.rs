//! Cases for `my-vec`: contents, lives of values and blocks, requests to the allocator,
//! odd types, limits.

use my_vec::MyVec;
use obs::Obs;
use probe::{Counted, Tally};
use std::marker::PhantomData;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

fn filled(o: &mut Obs, length: u64) -> MyVec<u64> {
    let mut vec = MyVec::new();
    (0..length).for_each(|_| vec.push(o.below(1_000_000)));
    vec
}

fn operations(o: &mut Obs) {
    let mut vec: MyVec<u64> = MyVec::with_capacity(o.below(5) as usize);
    for _ in 0..o.size() {
        let value = o.below(1000);
        match o.below(10) {
            0 | 1 => o.see::<Option<u64>>("what `pop` returned", vec.pop()),
            2 => {
                o.see::<Result<(), u64>>("what `try_push` returned", vec.try_push(value))
            }
            3 if !vec.is_empty() => {
                let place = o.below(vec.len() as u64) as usize;
                vec.as_mut_slice()[place] = value;
            }
            4 => o.see::<&[u64]>("the values", vec.as_slice()),
            _ => vec.push(value),
        }
    }
    o.see::<usize>("the length at the end", vec.len());
    let begins = vec.as_ptr() == vec.as_slice().as_ptr();
    o.see::<bool>("whether `as_ptr` is where the slice begins", begins);
    o.see::<&[u64]>("the values at the end", &vec);
    vec.sort();
    o.see::<&[u64]>("the values after sorting them in place", &vec);
    while let Some(value) = vec.pop() {
        o.see::<u64>("what `pop` returned, one after the other", value);
    }
    o.see::<bool>("whether it is empty in the end", vec.is_empty());
}

fn strings(o: &mut Obs) {
    let mut vec: MyVec<String> = MyVec::new();
    for _ in 0..o.size() {
        let word = o.word();
        match o.below(6) {
            0 => o.see::<Option<String>>("the word that `pop` returned", vec.pop()),
            1 if !vec.is_empty() => {
                let place = o.below(vec.len() as u64) as usize;
                vec[place].push_str(&word);
            }
            _ => vec.push(word),
        }
    }
    o.see::<&[String]>("the words", &vec);
    vec.reverse();
    drop(vec.pop());
    drop(vec);
    o.see::<bool>("dropping an array of words", true);
}

fn arrays_in_arrays(o: &mut Obs) {
    let mut outer: MyVec<MyVec<String>> = MyVec::new();
    for _ in 0..o.size() {
        let mut inner = MyVec::with_capacity(o.below(4) as usize);
        (0..o.below(8)).for_each(|_| inner.push(o.word()));
        outer.push(inner);
    }
    let last = outer.pop();
    let words: Vec<&str> = outer
        .iter()
        .flat_map(|inner| inner.iter().map(String::as_str))
        .collect();
    o.see::<Vec<&str>>("the words in all arrays but the last", words);
    drop(outer);
    let kept = last.map(|inner| inner.len());
    o.see::<Option<usize>>("the length of the last, when the others are gone", kept);
}

fn drops_once(o: &mut Obs) {
    let tally = Tally::new();
    let length = o.size() + o.below(50);
    let mut vec = MyVec::new();
    (0..length).for_each(|value| vec.push(tally.value(value as i64)));
    let popped: Vec<Counted> = (0..o.below(length)).filter_map(|_| vec.pop()).collect();
    o.see::<u64>("values alive, some of them taken out", tally.alive());
    drop(popped);
    o.see::<u64>("values alive after those were dropped", tally.alive());
    drop(vec);
    o.see::<u64>("values alive after the array was dropped", tally.alive());
    o.see::<u64>("values dropped twice", tally.dropped_twice());
}

fn drops_in_order(o: &mut Obs) {
    let tally = Tally::new();
    let mut vec = MyVec::new();
    (0..2 + o.below(o.size())).for_each(|value| vec.push(tally.value(value as i64)));
    drop(vec);
    let order = tally.order();
    let sorted = order.is_sorted();
    o.see::<Vec<u64>>(
        "the order in which the values were dropped, first pushed is 0",
        order,
    );
    o.see::<bool>("whether the first was dropped first", sorted);
}

fn full_block_goes_back(o: &mut Obs) {
    let length = 1 + o.below(o.size());
    let (_, usage) = probe::process(|| {
        let mut vec = MyVec::with_capacity(length as usize);
        (0..length).for_each(|_| vec.push(o.below(1000)));
    });
    o.see::<i64>(
        "blocks left after a full array was dropped",
        usage.live_blocks(),
    );
    o.see::<i64>(
        "bytes left after a full array was dropped",
        usage.live_bytes(),
    );
}

fn spare_room_goes_back(o: &mut Obs) {
    let (length, popped) = (1 + o.below(o.size()), 1 + o.below(9));
    let (_, usage) = probe::process(|| {
        let mut vec = filled(o, length);
        (0..popped).for_each(|_| drop(vec.pop()));
    });
    o.see::<i64>(
        "blocks left after an array with room to spare was dropped",
        usage.live_blocks(),
    );
    o.see::<i64>(
        "bytes left after an array with room to spare was dropped",
        usage.live_bytes(),
    );
    let (_, usage) =
        probe::process(|| drop(MyVec::<u64>::with_capacity(length as usize)));
    o.see::<i64>(
        "bytes left after an array without values was dropped",
        usage.live_bytes(),
    );
}

fn nothing_yet(o: &mut Obs) {
    let (made, usage) =
        probe::process(|| [MyVec::<u64>::default(), MyVec::with_capacity(0)]);
    o.see::<u64>(
        "allocations for arrays that hold nothing",
        usage.allocations,
    );
    o.see::<[usize; 2]>(
        "the capacities of arrays that hold nothing",
        made.map(|vec| vec.capacity()),
    );
    let vec = filled(o, 1);
    o.see::<usize>("the capacity after one push", vec.capacity());
}

fn capacities(o: &mut Obs) {
    let mut vec = filled(o, 1);
    let mut seen = vec![vec.capacity()];
    for value in 0..o.size() + o.below(100) {
        vec.push(value);
        seen.push(vec.capacity());
    }
    seen.dedup();
    o.see::<Vec<usize>>("the capacities that an array of numbers went through", seen);
}

fn requests(o: &mut Obs) {
    let size = o.size();
    let length = size + o.below(size);
    let (vec, usage) = probe::process(|| {
        let mut vec = MyVec::new();
        (0..length).for_each(|value| vec.push(value));
        vec
    });
    o.see::<u64>(
        "blocks that were asked for while an array grew",
        usage.allocations,
    );
    o.see::<u64>(
        "blocks that were resized while an array grew",
        usage.reallocations,
    );
    o.see::<i64>("bytes that it has at the end", usage.live_bytes());
    drop(vec);
}

fn exact_capacity(o: &mut Obs) {
    let size = o.size();
    let length = 1 + o.below(size);
    let (mut vec, usage) = probe::process(|| MyVec::with_capacity(length as usize));
    o.see::<u64>("allocations of `with_capacity`", usage.allocations);
    o.see::<i64>("bytes that `with_capacity` took", usage.live_bytes());
    o.see::<usize>("the capacity", vec.capacity());
    let (_, usage) = probe::process(|| (0..length).for_each(|value| vec.push(value)));
    let asked = usage.allocations + usage.reallocations;
    o.see::<u64>("requests for memory while there was room", asked);
}

fn push_cost(o: &mut Obs) {
    let size = o.size();
    let first = o.below(100);
    let vec = o.cost("cost of the pushes", || {
        let mut vec = MyVec::new();
        (0..size).for_each(|value| vec.push(first + value));
        vec
    });
    o.see::<usize>("the length", vec.len());
}

static MARKS_DROPPED: AtomicU64 = AtomicU64::new(0);

struct Mark;

impl Drop for Mark {
    fn drop(&mut self) {
        MARKS_DROPPED.fetch_add(1, Relaxed);
    }
}

fn without_a_size(o: &mut Obs) {
    let length = o.size() + o.below(100);
    let popped = o.below(10);
    let (mut vec, usage) = probe::process(|| {
        let mut vec = MyVec::with_capacity(length as usize / 2);
        (0..length).for_each(|_| vec.push(Mark));
        vec
    });
    o.see::<u64>(
        "allocations for values without a size",
        usage.allocations + usage.reallocations,
    );
    o.see::<usize>("the capacity for values without a size", vec.capacity());
    (0..popped).for_each(|_| drop(vec.pop()));
    o.see::<usize>("how many are left in the slice", vec.as_slice().len());
    o.see::<u64>("how many were dropped so far", MARKS_DROPPED.load(Relaxed));
    let (_, usage) = probe::process(|| drop(vec));
    o.see::<u64>("how many were dropped in all", MARKS_DROPPED.load(Relaxed));
    o.see::<u64>("blocks given back that were never taken", usage.frees);
}

#[repr(align(256))]
struct Wide(u64);

fn large_alignment(o: &mut Obs) {
    // Several at a time: one block may lie right by chance.
    let mut all: Vec<MyVec<Wide>> = Vec::new();
    for _ in 0..o.size() {
        let mut vec = MyVec::with_capacity(o.below(3) as usize);
        (0..1 + o.below(9)).for_each(|_| vec.push(Wide(o.below(1000))));
        all.push(vec);
    }
    let apart = all
        .iter()
        .map(|vec| vec.as_ptr().addr() % align_of::<Wide>())
        .sum::<usize>();
    o.see::<usize>(
        "bytes by which arrays of aligned values begin beside their alignment",
        apart,
    );
    let sum = all
        .iter()
        .flat_map(|vec| vec.iter().map(|wide| wide.0))
        .sum::<u64>();
    o.see::<u64>("the sum of the aligned values", sum);
}

fn too_large(o: &mut Obs) {
    let more = 1 + o.below(1000) as usize;
    let words = isize::MAX as usize / size_of::<u64>() + more;
    o.see_panic("a capacity of more than `isize::MAX` bytes", || {
        MyVec::<u64>::with_capacity(words)
    });
    let wrapping = usize::MAX / size_of::<u64>() + 1 + more;
    o.see_panic("a capacity whose bytes do not fit into a `usize`", || {
        MyVec::<u64>::with_capacity(wrapping)
    });
    let triples = usize::MAX / size_of::<[u8; 3]>() + more;
    o.see_panic("the same with values of 3 bytes", || {
        MyVec::<[u8; 3]>::with_capacity(triples)
    });
    let all = usize::MAX - more;
    o.see_panic("a huge capacity for values without a size", || {
        MyVec::<()>::with_capacity(all)
    });
}

/// Lets `try_push` ask in vain, and says what is left; then there is memory again.
fn refuse(o: &mut Obs, tally: &Tally, mut vec: MyVec<Counted>) {
    let (capacity, extra) = (vec.capacity(), tally.value(o.below(1000) as i64));
    let (((vec_after, result), usage), _) = probe::failing_after(0, || {
        probe::process(|| {
            let result = vec.try_push(extra);
            (vec, result)
        })
    });
    vec = vec_after;
    let result = result.map_err(|value| value.value());
    o.see::<Result<(), i64>>("what `try_push` returns when there is no memory", result);
    o.see::<bool>(
        "whether the capacity is as before",
        vec.capacity() == capacity,
    );
    o.see::<i64>("change of the bytes that are taken", usage.live_bytes());
    let values =
        |vec: &MyVec<Counted>| vec.iter().map(Counted::value).collect::<Vec<i64>>();
    o.see::<Vec<i64>>("the values after a push that was refused", values(&vec));
    vec.push(tally.value(o.below(1000) as i64));
    o.see::<Vec<i64>>("the values after one that was not", values(&vec));
    o.see::<u64>("values alive then", tally.alive());
}

fn refused_first(o: &mut Obs) {
    refuse(o, &Tally::new(), MyVec::new());
}

fn refused_later(o: &mut Obs) {
    let tally = Tally::new();
    let length = 1 + o.below(o.size());
    let mut vec = MyVec::with_capacity(length as usize);
    (0..length).for_each(|_| vec.push(tally.value(o.below(1000) as i64)));
    refuse(o, &tally, vec);
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
    let vec = filled(o, 3);
    o.see::<&[u64]>("the numbers", &vec);
    o.see::<bool>(
        "whether numbers may move to another thread",
        <Move<MyVec<u64>>>::ALLOWED,
    );
    o.see::<bool>(
        "whether numbers may be read from another thread",
        <Share<MyVec<u64>>>::ALLOWED,
    );
}

fn main() {
    obs::refusals(probe::refused_requests);
    // An array that grows one by one copies its values in `realloc`, unseen by all but
    // the allocator.
    obs::also_count(probe::reallocated_bytes);
    obs::main(&[
        ("operations", operations),
        ("strings", strings),
        ("arrays-in-arrays", arrays_in_arrays),
        ("drops-once", drops_once),
        ("drops-in-order", drops_in_order),
        ("full-block-goes-back", full_block_goes_back),
        ("spare-room-goes-back", spare_room_goes_back),
        ("nothing-yet", nothing_yet),
        ("capacities", capacities),
        ("requests", requests),
        ("exact-capacity", exact_capacity),
        ("push-cost", push_cost),
        ("without-a-size", without_a_size),
        ("large-alignment", large_alignment),
        ("too-large", too_large),
        ("refused-first", refused_first),
        ("refused-later", refused_later),
        ("threads", threads),
    ])
}
