//! The patterns of this chapter under criterion, for the reader to run:
//! `cargo bench -p patterns --bench requests`. Nothing reads its figures.

use bumpalo::Bump;
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use patterns::items;
use patterns::trees::{Boxed, InArena};
use patterns::work;
use std::hint::black_box;

fn lines(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("a hundred lines");
    group.bench_function("format!", |bencher| {
        bencher.iter(work::formatted);
    });
    group.bench_function("write!", |bencher| bencher.iter(work::written));
    group.finish();
}

fn tags(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("a list of tags");
    for count in [4, 8, 9, 16] {
        group.bench_function(format!("{count}, Vec"), |bencher| {
            bencher.iter(|| work::grown_tags(count));
        });
        group.bench_function(
            format!("{count}, with_capacity"),
            |bencher| {
                bencher.iter(|| work::reserved_tags(count));
            },
        );
        group.bench_function(format!("{count}, SmallVec"), |bencher| {
            bencher.iter(|| work::small_tags(count));
        });
    }
    group.finish();
}

fn copies(criterion: &mut Criterion) {
    let text = "x".repeat(64);
    let mut group = criterion.benchmark_group("a text of 64 bytes");
    group.bench_function("borrowed", |bencher| {
        bencher.iter(|| work::look(&text));
    });
    group.bench_function("cloned", |bencher| {
        bencher.iter(|| work::look_at_copy(&text));
    });
    group.finish();
}

fn trees(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("a tree of 1023 nodes");
    group.bench_function("in boxes", |bencher| {
        bencher.iter(|| Boxed::tree(10));
    });
    let mut arena = Bump::new();
    group.bench_function("in an arena", |bencher| {
        bencher.iter(|| {
            black_box(InArena::tree(&arena, 10));
            arena.reset();
        });
    });
    group.finish();
}

fn loops(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("a page of 1000 items");
    let kinds = items::kinds_sorted(1000);
    group.bench_function("boxed", |bencher| {
        bencher.iter_batched_ref(
            || items::boxed(&kinds),
            |boxes| items::sum_boxed(boxes),
            BatchSize::SmallInput,
        );
    });
    group.bench_function("enum", |bencher| {
        bencher.iter_batched_ref(
            || items::together(&kinds),
            |items| items::sum(items),
            BatchSize::SmallInput,
        );
    });
    group.finish();
}

criterion_group!(benches, lines, tags, copies, trees, loops);
criterion_main!(benches);
