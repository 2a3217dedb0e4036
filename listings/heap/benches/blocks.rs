//! Blocks of the heap and of the stack under criterion, for the reader to run:
//! `cargo bench -p heap --bench blocks`. Nothing reads its figures.

use criterion::{Criterion, criterion_group, criterion_main};
use heap::work;

fn touch(criterion: &mut Criterion) {
    let mut group =
        criterion.benchmark_group("take a block, touch one byte");
    group.bench_function("16 B of the stack", |bencher| {
        bencher.iter(work::touch_stack::<16>);
    });
    group.bench_function("16 B of the heap", |bencher| {
        bencher.iter(work::touch_heap::<16>);
    });
    group.bench_function("1 MiB of the stack", |bencher| {
        bencher.iter(work::touch_stack::<1_048_576>);
    });
    group.bench_function("1 MiB of the heap", |bencher| {
        bencher.iter(work::touch_heap::<1_048_576>);
    });
    group.finish();
}

fn fill(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("take a block, fill it");
    group.bench_function("256 B of the stack", |bencher| {
        bencher.iter(work::fill_stack::<256>);
    });
    group.bench_function("256 B of the heap", |bencher| {
        bencher.iter(work::fill_heap::<256>);
    });
    group.bench_function("1 MiB of the stack", |bencher| {
        bencher.iter(work::fill_stack::<1_048_576>);
    });
    group.bench_function("1 MiB of the heap", |bencher| {
        bencher.iter(work::fill_heap::<1_048_576>);
    });
    group.finish();
}

fn pair(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("ask and give back");
    for bytes in [16, 400, 4096, 1_048_576] {
        group.bench_function(format!("{bytes} B"), |bencher| {
            bencher.iter(|| work::pair(bytes));
        });
    }
    group.finish();
}

criterion_group!(benches, touch, fill, pair);
criterion_main!(benches);
