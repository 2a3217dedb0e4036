//! Cases for `big-buffer`: values, a small stack, the block on the heap, panics, and untouched pages.

use big_buffer::{filled, zeroed};
use obs::Obs;
use probe::{Counted, Tally};
use std::ffi::{c_int, c_void};

const SMALL_STACK: usize = 64 * 1024;

fn zeros<const N: usize>(o: &mut Obs) {
    let mut buffer: Box<[u8; N]> = zeroed();
    let place = o.below(N as u64) as usize;
    if let Some(byte) = buffer.get_mut(place) {
        *byte = 1 + o.below(255) as u8;
    }
    let sum: u64 = buffer.iter().map(|&byte| u64::from(byte)).sum();
    o.see::<usize>("length of a buffer of zeros", buffer.len());
    o.see::<u64>("sum of a buffer after one byte was changed", sum);
}

fn values_zeroed(o: &mut Obs) {
    zeros::<0>(o);
    zeros::<1>(o);
    zeros::<13>(o);
    zeros::<5000>(o);
}

/// Values that depend on the calls before them, and the places of the calls.
fn calls<const N: usize>(o: &mut Obs) {
    let (mut state, step) = (o.below(1000), o.below(1000));
    let mut places = Vec::new();
    let buffer: Box<[u64; N]> = filled(|place| {
        places.push(place);
        state = (state * 31 + step + place as u64) % 1_000_003;
        state
    });
    o.see::<Vec<u64>>("the values of a buffer", buffer.to_vec());
    o.see::<Vec<usize>>("the places for which values were made", places);
}

fn values_filled(o: &mut Obs) {
    calls::<1>(o);
    calls::<2>(o);
    calls::<37>(o);
    calls::<300>(o);
}

fn values_none(o: &mut Obs) {
    calls::<0>(o);
    let word = o.word();
    let (buffer, usage) = probe::process(|| filled::<String, 0>(|_| word.clone()));
    o.see::<Vec<String>>("the values of an empty buffer", buffer.to_vec());
    o.see::<u64>("blocks taken for an empty buffer", usage.allocations);
}

fn values_without_bytes(o: &mut Obs) {
    let (from, mut made) = (o.below(1000), 0);
    let (buffer, usage) = probe::process(|| filled::<(), 1000>(|_| made += from));
    o.see::<usize>("length of a buffer of values without bytes", buffer.len());
    o.see::<u64>("calls for values without bytes, times a number", made);
    o.see::<u64>("blocks taken for values without bytes", usage.allocations);
}

fn stack_zeroed(o: &mut Obs) {
    let place = o.below(8 << 20) as usize;
    let byte = probe::with_stack(SMALL_STACK, || {
        (zeroed::<{ 16 << 20 }>()[place], zeroed::<{ 48 << 10 }>()[0])
    });
    o.see::<(u8, u8)>("bytes of buffers of zeros made in a small stack", byte);
}

fn see_filled<const N: usize>(o: &mut Obs) {
    let (start, place) = (o.below(1_000_000), o.below(N as u64) as usize);
    let value = probe::with_stack(SMALL_STACK, || {
        filled::<u64, N>(|place| start + place as u64)[place]
    });
    o.see::<u64>("a value of a buffer filled in a small stack", value);
}

fn stack_filled(o: &mut Obs) {
    see_filled::<100_000>(o);
}

fn stack_middle(o: &mut Obs) {
    see_filled::<7_000>(o);
    see_filled::<5_000>(o);
}

fn meter_block(o: &mut Obs, usage: probe::Usage, bytes: u64) {
    o.meter("blocks taken", usage.allocations);
    o.meter("blocks whose size was changed", usage.reallocations);
    o.see::<u64>("bytes of the largest block", usage.largest_bytes);
    o.see::<bool>(
        "whether another number of bytes than the buffer has stays taken",
        usage.live_bytes() != bytes as i64,
    );
}

fn once_zeroed_of<const N: usize>(o: &mut Obs) {
    let place = o.below(N as u64) as usize;
    let (buffer, usage) = probe::process(zeroed::<N>);
    meter_block(o, usage, N as u64);
    let (byte, usage) = probe::process(move || buffer[place]);
    o.see::<u8>("a byte of a buffer of zeros", byte);
    o.see::<i64>("bytes freed with the buffer", -usage.live_bytes());
}

fn once_zeroed(o: &mut Obs) {
    once_zeroed_of::<1>(o);
    once_zeroed_of::<4097>(o);
    once_zeroed_of::<1_000_000>(o);
}

fn once_filled_of<const N: usize>(o: &mut Obs) {
    let place = o.below(N as u64) as usize;
    let (buffer, usage) = probe::process(|| filled::<u32, N>(|place| place as u32));
    meter_block(o, usage, 4 * N as u64);
    let (value, usage) = probe::process(move || buffer[place]);
    o.see::<u32>("a value of a filled buffer", value);
    o.see::<i64>("bytes freed with the buffer", -usage.live_bytes());
}

fn once_filled(o: &mut Obs) {
    once_filled_of::<1>(o);
    once_filled_of::<100>(o);
    once_filled_of::<5001>(o);
}

fn once_freed(o: &mut Obs) {
    let times = o.size() + o.below(10);
    let ((), usage) = probe::process(|| {
        for _ in 0..times {
            drop(zeroed::<1000>());
            drop(filled::<u16, 1000>(|place| place as u16));
        }
    });
    o.meter(
        "bytes left after buffers were dropped",
        usage.live_bytes().unsigned_abs(),
    );
}

fn dropped_once(o: &mut Obs) {
    let tally = Tally::new();
    let seven = o.below(1000) as i64;
    let buffer: Box<[Counted; 300]> = filled(|_| tally.value(seven));
    o.see::<u64>("values alive in a buffer", tally.alive());
    drop(buffer);
    o.see::<u64>("values alive after the buffer was dropped", tally.alive());
    o.see::<u64>("values dropped twice", tally.dropped_twice());
}

/// Values alive, made and dropped twice after the closure panicked at some place.
fn after_panic(o: &mut Obs) -> (u64, u64, u64) {
    let tally = Tally::new();
    let last = o.below(200) as usize;
    o.see_panic("a buffer whose values cannot all be made", || {
        filled::<Counted, 200>(|place| {
            if place == last {
                std::panic::resume_unwind(Box::new(()));
            }
            tally.value(place as i64)
        })
    });
    (tally.alive(), tally.created(), tally.dropped_twice())
}

fn panic_drops(o: &mut Obs) {
    for _ in 0..5 {
        let after = after_panic(o);
        o.see::<(u64, u64, u64)>("values alive, made, and dropped twice", after);
    }
}

fn panic_stops(o: &mut Obs) {
    let (last, mut calls) = (o.below(100), 0);
    o.see_panic("a buffer whose closure panics from some place on", || {
        filled::<u64, 200>(|place| {
            calls += 1;
            if place as u64 >= last {
                std::panic::resume_unwind(Box::new(()));
            }
            place as u64
        })
    });
    o.see::<u64>("calls until the panic came through", calls);
}

/// Pages of a buffer that are in memory.
fn pages_in_memory(bytes: &[u8]) -> u64 {
    const PAGE: usize = 4096;
    unsafe extern "C" {
        fn mincore(from: *mut c_void, bytes: usize, pages: *mut u8) -> c_int;
    }
    let from = probe::address_of(bytes).next_multiple_of(PAGE);
    let length = bytes.len() / PAGE * PAGE - PAGE;
    let mut pages = vec![1_u8; length / PAGE];
    // SAFETY: the call only looks at which pages lie in memory, and writes one byte for each of them.
    unsafe { mincore(from as *mut c_void, length, pages.as_mut_ptr()) };
    pages.iter().filter(|&&page| page & 1 == 1).count() as u64
}

fn untouched(o: &mut Obs) {
    let buffer = zeroed::<{ 16 << 20 }>();
    o.meter(
        "pages of a new buffer of zeros that are in memory",
        pages_in_memory(&buffer[..]),
    );
    let place = o.below(16 << 20) as usize;
    o.see::<u8>("a byte of the buffer", buffer[place]);
}

fn cost_of<const N: usize>(o: &mut Obs) {
    let place = o.below(N as u64) as usize;
    let buffer = o.cost("cost of a buffer of zeros", zeroed::<N>);
    o.see::<u8>("a byte of the buffer", buffer[place]);
}

fn zeroed_cost(o: &mut Obs) {
    match o.size() {
        1_000 => cost_of::<1_000>(o),
        _ => cost_of::<8_000>(o),
    }
}

fn main() {
    obs::refusals(probe::refused_requests);
    obs::also_count(probe::reallocated_bytes);
    obs::main(&[
        ("values-zeroed", values_zeroed),
        ("values-filled", values_filled),
        ("values-none", values_none),
        ("values-without-bytes", values_without_bytes),
        ("stack-zeroed", stack_zeroed),
        ("stack-filled", stack_filled),
        ("stack-middle", stack_middle),
        ("once-zeroed", once_zeroed),
        ("once-filled", once_filled),
        ("once-freed", once_freed),
        ("dropped-once", dropped_once),
        ("panic-drops", panic_drops),
        ("panic-stops", panic_stops),
        ("untouched", untouched),
        ("zeroed-cost", zeroed_cost),
    ])
}
