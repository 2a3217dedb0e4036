//! The walks and drops of this chapter under criterion, for the reader to run:
//! `cargo bench -p stack-limits --bench recursion`. Nothing reads its
//! figures.

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use stack_limits::walks;
use std::hint::black_box;

fn walk(criterion: &mut Criterion) {
    let shapes = [
        ("balanced tree", walks::balanced(15)),
        ("chain", walks::chain(10_000)),
    ];
    for (shape, backup) in shapes {
        let mut group = criterion.benchmark_group(format!("walk, {shape}"));
        group.bench_function("by calls", |bencher| {
            bencher.iter(|| walks::total_by_calls(black_box(&backup), 0));
        });
        group.bench_function("by a list", |bencher| {
            bencher.iter(|| walks::total_by_list(black_box(&backup), 0));
        });
        group.finish();
    }
}

fn free(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("free 10000 snapshots");
    group.bench_function("recursively", |bencher| {
        bencher.iter_batched(
            || walks::history(10_000),
            drop,
            BatchSize::LargeInput,
        );
    });
    group.bench_function("in a loop", |bencher| {
        bencher.iter_batched(
            || walks::history(10_000),
            walks::drop_in_a_loop,
            BatchSize::LargeInput,
        );
    });
    group.finish();
}

criterion_group!(benches, walk, free);
criterion_main!(benches);
