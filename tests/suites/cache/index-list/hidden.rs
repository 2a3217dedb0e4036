//! Cases for `index-list`: order, handles, places, drops, cost and depth.

use index_list::{Handle, List};
use obs::Obs;
use probe::Tally;

const SMALL_STACK: usize = 64 * 1024;

fn take<T>(list: &mut List<T>, handle: Handle) -> Option<T> {
    list.remove(handle)
}

fn filled(o: &mut Obs, length: u64) -> (List<u64>, Vec<Handle>) {
    let mut list = List::new();
    let handles = (0..length).map(|_| list.push_back(o.below(1000)));
    let handles = handles.collect();
    (list, handles)
}

/// As many values as a list can have, and two more, should its links go around.
fn forward(list: &List<u64>) -> Vec<u64> {
    let handles = std::iter::successors(list.front(), |handle| list.next(*handle));
    let handles = handles.take(list.len() + 2);
    handles
        .map(|handle| list.get(handle).map_or(u64::MAX, |value| *value))
        .collect()
}

fn backward(list: &List<u64>) -> Vec<u64> {
    let handles = std::iter::successors(list.back(), |handle| list.previous(*handle));
    let handles = handles.take(list.len() + 2);
    handles
        .map(|handle| list.get(handle).map_or(u64::MAX, |value| *value))
        .collect()
}

fn see_list(o: &mut Obs, list: &List<u64>) {
    o.see::<Vec<u64>>("the values, forward", forward(list));
    o.see::<Vec<u64>>("the values, backward", backward(list));
    o.see::<(usize, bool)>(
        "the length, and whether it is empty",
        (list.len(), list.is_empty()),
    );
}

fn operations(o: &mut Obs) {
    let mut list: List<u64> = List::default();
    let mut handles: Vec<Handle> = Vec::new();
    for value in 0..o.size() {
        let which = o.below(handles.len().max(1) as u64) as usize;
        let known = handles.get(which).copied();
        match (o.below(7), known) {
            (0 | 1, Some(handle)) => {
                let taken = take(&mut list, handle);
                o.see::<Option<u64>>("the value that was taken out", taken);
                handles.swap_remove(which);
            }
            (2, Some(handle)) => handles.extend(list.insert_before(handle, value)),
            (3, Some(handle)) => handles.extend(list.insert_after(handle, value)),
            (4, Some(handle)) => {
                if let Some(value) = list.get_mut(handle) {
                    *value += 1000;
                }
            }
            (5, _) => handles.push(list.push_front(value)),
            _ => handles.push(list.push_back(value)),
        }
        o.see::<usize>("the length", list.len());
    }
    see_list(o, &list);
    o.see::<Vec<u64>>("the values of `iter`", list.iter().copied().collect());
}

fn first_goes(o: &mut Obs) {
    let length = 3 + o.below(5);
    let (mut list, handles) = filled(o, length);
    take(&mut list, handles[0]);
    see_list(o, &list);
    list.push_front(o.below(1000));
    see_list(o, &list);
}

fn last_goes(o: &mut Obs) {
    let length = 3 + o.below(5);
    let (mut list, handles) = filled(o, length);
    take(&mut list, handles[handles.len() - 1]);
    see_list(o, &list);
    list.push_back(o.below(1000));
    see_list(o, &list);
}

fn only_one(o: &mut Obs) {
    let mut list = List::new();
    for round in 0..4 {
        let value = o.below(1000);
        let handle = if round % 2 == 0 {
            list.push_front(value)
        } else {
            list.push_back(value)
        };
        see_list(o, &list);
        o.see::<[bool; 2]>(
            "whether the only value is the first and the last",
            [list.front() == Some(handle), list.back() == Some(handle)],
        );
        let before = list.insert_before(handle, value + 1).is_ok();
        o.see::<bool>("whether a value came before the only one", before);
        see_list(o, &list);
        list.front().and_then(|first| take(&mut list, first));
        take(&mut list, handle);
        o.see::<bool>("whether the list is empty again", list.is_empty());
        see_list(o, &list);
    }
}

/// A list in which places were used again, with handles of values that are gone.
fn used_again(o: &mut Obs) -> (List<u64>, Vec<Handle>) {
    let length = 10 + o.below(20);
    let (mut list, handles) = filled(o, length);
    let gone: Vec<Handle> = handles.into_iter().step_by(2).collect();
    for handle in &gone {
        take(&mut list, *handle);
    }
    for _ in &gone {
        list.push_back(o.below(1000));
    }
    (list, gone)
}

fn old_handles(o: &mut Obs) {
    let (mut list, gone) = used_again(o);
    for handle in gone {
        o.see::<Option<&u64>>("what an old handle shows", list.get(handle));
        o.see::<Option<&mut u64>>("what it shows to be changed", list.get_mut(handle));
        o.see::<Option<u64>>("what is taken out for it", take(&mut list, handle));
    }
    see_list(o, &list);
}

fn walks_from_old_handles(o: &mut Obs) {
    let (list, gone) = used_again(o);
    for handle in gone {
        o.see::<bool>(
            "whether there is a next of an old handle",
            list.next(handle).is_some(),
        );
        let before = list.previous(handle).is_some();
        o.see::<bool>("whether there is one before an old handle", before);
    }
}

fn inserts_at_old_handles(o: &mut Obs) {
    let (mut list, gone) = used_again(o);
    for handle in gone {
        let value = o.below(1000);
        let refused = [
            list.insert_after(handle, value).err(),
            list.insert_before(handle, value + 1).err(),
        ];
        o.see::<[Option<u64>; 2]>("what an old handle gives back", refused);
    }
    see_list(o, &list);
}

fn handles_stay(o: &mut Obs) {
    let length = o.size() + o.below(20);
    let (mut list, handles) = filled(o, length);
    let (gone, stay): (Vec<_>, Vec<_>) = handles.iter().partition(|_| o.below(2) == 0);
    for handle in gone {
        take(&mut list, handle);
    }
    for _ in 0..length {
        list.push_front(o.below(1000));
    }
    let shown: Vec<Option<&u64>> = stay.iter().map(|handle| list.get(*handle)).collect();
    o.see::<Vec<Option<&u64>>>("what handles show after other values went", shown);
}

fn cleared(o: &mut Obs) {
    let length = 2 + o.below(o.size());
    let (mut list, handles) = filled(o, length);
    take(&mut list, handles[0]);
    list.clear();
    see_list(o, &list);
    for _ in 0..length {
        list.push_back(o.below(1000));
    }
    let shown: Vec<Option<&u64>> =
        handles.iter().map(|handle| list.get(*handle)).collect();
    o.see::<Vec<Option<&u64>>>("what handles from before `clear` show", shown);
    see_list(o, &list);
}

fn many_lives(o: &mut Obs) {
    let mut list = List::new();
    let old = list.push_back(o.below(1000));
    take(&mut list, old);
    let mut shown = 0;
    for _ in 0..o.size() {
        let handle = list.push_back(o.below(1000));
        shown += u64::from(list.get(old).is_some());
        take(&mut list, handle);
    }
    o.see::<u64>("how often an old handle showed a new value", shown);
}

fn of_another_list(o: &mut Obs) {
    let length = 5 + o.below(20);
    let (_, handles) = filled(o, length);
    let mut empty: List<u64> = List::new();
    for handle in handles {
        let value = o.below(1000);
        o.see::<Option<&u64>>("what it shows in an empty list", empty.get(handle));
        o.see::<Option<u64>>(
            "what is taken out of an empty list",
            take(&mut empty, handle),
        );
        let refused = empty.insert_after(handle, value).err();
        o.see::<Option<u64>>("what an empty list gives back", refused);
    }
    see_list(o, &empty);
}

fn nothing_yet(o: &mut Obs) {
    let (lists, usage) = probe::process(|| [List::new(), List::default()]);
    o.see::<u64>("blocks for lists without values", usage.allocations);
    let [mut list, _] = lists;
    list.push_back(o.below(1000));
    see_list(o, &list);
}

fn room_for_all(o: &mut Obs) {
    let length = 1 + o.below(o.size());
    let (mut list, usage) = probe::process(|| List::with_capacity(length as usize));
    o.see::<u64>("blocks of `with_capacity`", usage.allocations);
    let (_, usage) = probe::process(|| {
        for _ in 0..length {
            list.push_front(o.below(1000));
        }
    });
    let requests = usage.allocations + usage.reallocations;
    o.see::<u64>("requests for memory while there was room", requests);
}

fn growing(o: &mut Obs) {
    let length = o.size() + o.below(100);
    let (list, usage) = probe::process(|| {
        let mut list = List::new();
        for value in 0..length {
            list.push_back(value);
        }
        list
    });
    let requests = usage.allocations + usage.reallocations;
    o.meter("requests for memory of a list that grew", requests);
    o.see::<usize>("its length", list.len());
}

fn places_again(o: &mut Obs) {
    let size = o.size();
    let (mut list, handles) = filled(o, size);
    let mut handles = std::collections::VecDeque::from(handles);
    let (_, usage) = probe::process(|| {
        for _ in 0..4 * size {
            handles.rotate_left(o.below(size) as usize);
            let gone = handles
                .pop_front()
                .and_then(|handle| take(&mut list, handle));
            handles.push_back(list.push_front(gone.unwrap_or(0)));
        }
        list.clear();
        for value in 0..size {
            list.push_back(value);
        }
    });
    let requests = usage.allocations + usage.reallocations;
    o.see::<u64>(
        "requests for memory while one came for each that went",
        requests,
    );
    o.see::<usize>("the length", list.len());
}

fn bytes(o: &mut Obs) {
    let size = o.size();
    let (mut list, usage) = probe::process(|| List::with_capacity(size as usize));
    o.meter("bytes that room for the values took", usage.peak_bytes);
    for _ in 0..size {
        list.push_back(o.below(1000));
    }
    let places: Vec<usize> = list.iter().map(|value| probe::address_of(value)).collect();
    let ends = (places.iter().min(), places.iter().max());
    if let (Some(first), Some(last)) = ends {
        o.meter(
            "bytes from the first value to the last",
            (last - first) as u64,
        );
    }
}

fn taken_out(o: &mut Obs) {
    let tally = Tally::new();
    let mut list = List::new();
    let length = 5 + o.below(o.size()) as i64;
    let handles: Vec<Handle> = (0..length)
        .map(|n| list.push_back(tally.value(n)))
        .collect();
    let which = o.below(length as u64) as usize;
    let taken = take(&mut list, handles[which]);
    o.see::<u64>("values alive while one is taken out", tally.alive());
    drop(taken);
    o.see::<u64>("values alive after it was dropped", tally.alive());
    drop(list);
    o.see::<u64>("values alive after the list was dropped", tally.alive());
    o.see::<u64>("values dropped twice", tally.dropped_twice());
}

fn clear_drops(o: &mut Obs) {
    let tally = Tally::new();
    let mut list = List::new();
    let length = 5 + o.below(o.size()) as i64;
    let handles: Vec<Handle> = (0..length)
        .map(|n| list.push_back(tally.value(n)))
        .collect();
    take(&mut list, handles[1]);
    list.clear();
    o.see::<u64>("values alive after `clear`", tally.alive());
    list.push_back(tally.value(1));
    o.see::<u64>("values alive after one came", tally.alive());
    drop(list);
    o.see::<u64>("values alive after the list was dropped", tally.alive());
    o.see::<u64>("values dropped twice", tally.dropped_twice());
}

/// The same, with room for more: to grow is another cost.
fn with_room(o: &mut Obs, length: u64) -> (List<u64>, Vec<Handle>) {
    let mut list = List::with_capacity(length as usize + 100);
    let handles = (0..length).map(|_| list.push_back(o.below(1000)));
    let handles = handles.collect();
    (list, handles)
}

fn cost_of_changes(o: &mut Obs) {
    let size = o.size();
    let (mut list, handles) = with_room(o, size);
    let middle = handles[(size / 2 + o.below(9)) as usize];
    o.cost("cost of changes in the middle", || {
        for value in 0..20 {
            let next = list.insert_after(middle, value).ok();
            let _ = list.insert_before(middle, value);
            next.and_then(|handle| take(&mut list, handle));
        }
    });
}

fn cost_of_ends(o: &mut Obs) {
    let size = o.size();
    let (mut list, _) = with_room(o, size);
    let value = o.below(1000);
    o.cost("cost of changes at the ends", || {
        for _ in 0..20 {
            let front = list.push_front(value);
            let back = list.push_back(value);
            take(&mut list, front);
            take(&mut list, back);
        }
    });
}

fn cost_of_clear(o: &mut Obs) {
    let size = o.size();
    let (mut list, _) = with_room(o, size);
    o.cost("cost of `clear`", || list.clear());
    o.see::<bool>("whether nothing is left", list.is_empty());
}

fn small_stack(o: &mut Obs) {
    let length = o.size() + o.below(1000);
    let (mut list, _) = filled(o, length);
    let sum = probe::with_stack(SMALL_STACK, move || {
        let sum: u64 = list.iter().sum();
        list.clear();
        for value in 0..length {
            list.push_front(value);
        }
        drop(list);
        sum
    });
    o.see::<u64>(
        "the sum of a long list, cleared and dropped in a small stack",
        sum,
    );
}

fn main() {
    obs::refusals(probe::refused_requests);
    obs::also_count(probe::reallocated_bytes);
    obs::main(&[
        ("operations", operations),
        ("first-goes", first_goes),
        ("last-goes", last_goes),
        ("only-one", only_one),
        ("old-handles", old_handles),
        ("walks-from-old-handles", walks_from_old_handles),
        ("inserts-at-old-handles", inserts_at_old_handles),
        ("handles-stay", handles_stay),
        ("cleared", cleared),
        ("many-lives", many_lives),
        ("of-another-list", of_another_list),
        ("nothing-yet", nothing_yet),
        ("room-for-all", room_for_all),
        ("growing", growing),
        ("places-again", places_again),
        ("bytes", bytes),
        ("taken-out", taken_out),
        ("clear-drops", clear_drops),
        ("cost-of-changes", cost_of_changes),
        ("cost-of-ends", cost_of_ends),
        ("cost-of-clear", cost_of_clear),
        ("small-stack", small_stack),
    ])
}
