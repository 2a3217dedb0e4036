//! Cases for `toolbox`. What they report are numbers and text of the standard library, never a student's
//! own `==`, `Debug` or order.

use obs::Obs;
use probe::Tally;
use std::collections::BTreeMap;
use toolbox::{Money, Stack, div, gcd, word_counts};

fn divisors(o: &mut Obs) {
    for _ in 0..o.size() {
        let (k, a, b) = (o.below(1 << 20) + 1, o.below(1 << 20), o.below(1 << 20));
        o.see::<u64>("the gcd of two numbers with a common factor", gcd(k * a, k * b));
    }
}

fn quotients(o: &mut Obs) {
    for _ in 0..o.size() {
        let (a, b) = (o.below(1 << 40) as i64 - (1 << 39), o.below(1 << 20) as i64 + 1);
        o.see::<i64>("a quotient", div(a, b));
    }
}

fn division_by_zero(o: &mut Obs) {
    let a = o.below(1 << 30) as i64;
    o.see::<i64>("a number divided by one", div(a, 1));
    o.see_panic("a number divided by zero", || div(a, 0));
}

fn sums(o: &mut Obs) {
    for _ in 0..o.size() {
        let (a, b) = (o.below(1 << 30), o.below(1 << 30));
        let sum = Money::new(a).plus(Money::new(b));
        o.see::<u64>("a sum in cents", sum.cents());
        o.see::<String>("a sum as it is shown", sum.to_string());
        o.see::<bool>("whether one amount is less than another", Money::new(a) < Money::new(b));
        o.see::<bool>("whether one amount equals another", Money::new(a) == Money::new(b));
    }
}

fn words(o: &mut Obs) {
    let known: Vec<String> = (0..5).map(|_| o.word()).collect();
    let text: Vec<String> = (0..o.size()).map(|_| known[o.below(5) as usize].clone()).collect();
    o.see::<BTreeMap<String, u64>>("the words of a text", word_counts(&text.join(" ")));
}

fn drops(o: &mut Obs) {
    let (tally, length) = (Tally::new(), o.size() + o.below(20));
    let mut stack = Stack::new();
    for value in 0..length {
        stack.push(tally.value(value as i64));
    }
    let (count, some) = (o.below(length), o.below(3));
    stack.discard(count as usize);
    o.see::<u64>("values alive after `discard`", tally.alive());
    for _ in 0..some {
        o.see::<bool>("whether there was a value on top", stack.pop().is_some());
    }
    o.see::<u64>("values alive after `pop`", tally.alive());
    std::mem::drop(stack);
    o.see::<u64>("values alive after the stack was dropped", tally.alive());
    o.see::<u64>("values dropped twice", tally.dropped_twice());
}

fn main() {
    obs::refusals(probe::refused_requests);
    obs::main(&[
        ("divisors", divisors),
        ("quotients", quotients),
        ("division-by-zero", division_by_zero),
        ("sums", sums),
        ("words", words),
        ("drops", drops),
    ])
}
