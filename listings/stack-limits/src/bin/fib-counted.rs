//@ value calls: fib\(30\) = 832040: (\d+) calls
//@ value depth: fib\(30\) = 832040: .* (\d+) deep
// ANCHOR: body
/// What one computation did besides its result.
#[derive(Default)]
struct Count {
    calls: u64,
    deepest: u32,
}

fn fib(n: u32, depth: u32, count: &mut Count) -> u64 {
    count.calls += 1;
    count.deepest = count.deepest.max(depth);
    if n < 2 {
        return u64::from(n);
    }
    let one = fib(n - 1, depth + 1, count);
    let other = fib(n - 2, depth + 1, count);
    one + other
}

fn fib_in_a_loop(n: u32) -> u64 {
    let (mut this, mut next) = (0, 1);
    for _ in 0..n {
        (this, next) = (next, this + next);
    }
    this
}

fn main() {
    for n in [5, 10, 20, 30] {
        let mut count = Count::default();
        let result = fib(n, 1, &mut count);
        println!(
            "fib({n}) = {result}: {} calls, {} deep",
            count.calls, count.deepest
        );
        assert_eq!(count.deepest, n); // PROVES 5.30
        assert_eq!(count.calls, 2 * fib_in_a_loop(n + 1) - 1);
    }
    for n in 0..=30 {
        let recursive = fib(n, 1, &mut Count::default());
        assert_eq!(recursive, fib_in_a_loop(n)); // PROVES 5.32
    }
}
// ANCHOR_END: body
