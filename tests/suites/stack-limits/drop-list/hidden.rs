//! Cases for `drop-list`: contents, depth in a small stack, drops, and cost.

use drop_list::List;
use obs::Obs;
use probe::Tally;

const SMALL_STACK: usize = 64 * 1024;

fn filled(o: &mut Obs, length: u64) -> List<u64> {
    let mut list = List::new();
    for _ in 0..length {
        list.push(o.below(1_000_000));
    }
    list
}

fn values(list: &List<u64>) -> Vec<u64> {
    list.iter().copied().collect()
}

fn operations(o: &mut Obs) {
    let mut list: List<u64> = List::new();
    for _ in 0..o.size() {
        match o.below(4) {
            0 => {
                let length = o.below(12) as usize;
                list.truncate(length);
                o.see::<Vec<u64>>("the values after `truncate`", values(&list));
            }
            1 => o.see::<Vec<u64>>("the values of a clone", values(&list.clone())),
            _ => {
                let value = o.below(1000);
                list.push(value);
            }
        }
    }
    o.see::<Vec<u64>>("the values at the end", values(&list));
}

fn clones_apart(o: &mut Obs) {
    let size = o.size();
    let mut list = filled(o, size);
    let mut clone = list.clone();
    let (kept, pushed) = (o.below(size) as usize, o.below(1000));
    clone.push(pushed);
    list.truncate(kept);
    o.see::<Vec<u64>>(
        "the values of the list after its clone was changed",
        values(&list),
    );
    o.see::<Vec<u64>>(
        "the values of the clone after the list was cut",
        values(&clone),
    );
}

fn drop_deep(o: &mut Obs) {
    let length = o.size() + o.below(1000);
    let list = filled(o, length);
    let gone = probe::with_stack(SMALL_STACK, move || {
        drop(list);
        true
    });
    o.see::<bool>("dropping a long list in a small stack", gone);
}

fn truncate_deep(o: &mut Obs) {
    let length = o.size() + o.below(1000);
    let kept = o.below(10) as usize;
    let mut list = filled(o, length);
    let left = probe::with_stack(SMALL_STACK, move || {
        list.truncate(kept);
        values(&list)
    });
    o.see::<Vec<u64>>(
        "what is left of a long list that was cut in a small stack",
        left,
    );
}

fn clone_deep(o: &mut Obs) {
    let length = o.size() + o.below(1000);
    let list = filled(o, length);
    let sum = values(&list).iter().sum::<u64>();
    let clone = probe::with_stack(SMALL_STACK, move || {
        let clone = list.clone();
        // Dropping is another criterion.
        std::mem::forget(list);
        clone
    });
    o.see::<bool>(
        "whether a long clone made in a small stack has the same sum",
        values(&clone).iter().sum::<u64>() == sum,
    );
    std::mem::forget(clone);
}

fn drops_once(o: &mut Obs) {
    let tally = Tally::new();
    let length = o.size() + o.below(50);
    let mut list = List::new();
    for value in 0..length {
        list.push(tally.value(value as i64));
    }
    let kept = o.below(length);
    list.truncate(kept as usize);
    o.see::<u64>("values alive after `truncate`", tally.alive());
    let clone = list.clone();
    o.see::<u64>("values alive with a clone", tally.alive());
    drop(list);
    o.see::<u64>("values alive after the list was dropped", tally.alive());
    drop(clone);
    o.see::<u64>("values alive after the clone was dropped", tally.alive());
    o.see::<u64>("values dropped twice", tally.dropped_twice());
}

fn nothing_leaks(o: &mut Obs) {
    let size = o.size();
    let (_, usage) = probe::process(|| drop(filled(o, size)));
    o.meter(
        "bytes left after a list was dropped",
        usage.live_bytes().unsigned_abs(),
    );
    let mut list = filled(o, size);
    let bytes = std::mem::size_of::<u64>();
    let (_, usage) = probe::process(|| list.truncate(0));
    o.see::<bool>(
        "whether cutting to nothing freed at least the values",
        usage.live_bytes() <= -((size as usize * bytes) as i64),
    );
    let (_, usage) = probe::process(|| {
        let mut list = filled(o, size);
        list.truncate(0);
        std::mem::forget(list);
    });
    o.meter(
        "bytes left after a list was cut to nothing",
        usage.live_bytes().unsigned_abs(),
    );
}

fn clone_cost(o: &mut Obs) {
    let size = o.size();
    let list = filled(o, size);
    let clone = o.cost("cost of a clone", || list.clone());
    o.see::<usize>("length of the clone", clone.iter().count());
}

fn truncate_cost(o: &mut Obs) {
    let size = o.size();
    let mut list = filled(o, size);
    o.cost("cost of cutting half", || list.truncate(size as usize / 2));
    o.see::<usize>("length after cutting", list.iter().count());
}

fn clone_memory(o: &mut Obs) {
    let size = o.size();
    let list = filled(o, size);
    let (clone, usage) = probe::process(|| list.clone());
    o.meter("bytes a clone took at most", usage.peak_bytes);
    o.see::<usize>("length of the clone", clone.iter().count());
}

fn main() {
    obs::refusals(probe::refused_requests);
    obs::main(&[
        ("operations", operations),
        ("clones-apart", clones_apart),
        ("drop-deep", drop_deep),
        ("truncate-deep", truncate_deep),
        ("clone-deep", clone_deep),
        ("drops-once", drops_once),
        ("nothing-leaks", nothing_leaks),
        ("clone-cost", clone_cost),
        ("truncate-cost", truncate_cost),
        ("clone-memory", clone_memory),
    ])
}
