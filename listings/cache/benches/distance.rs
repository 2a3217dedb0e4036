//! The chapter's comparisons under criterion, for the reader to run:
//! `cargo bench -p cache --bench distance`. Nothing reads its figures.

use cache::ratios::{walk, walkers};
use cache::rings::{random_ring, spaced_ring, straight_ring};
use cache::writers::{Alone, Neighbors, race};
use cache::{lists, maps, stations};
use criterion::{Criterion, criterion_group, criterion_main};

fn staircase(criterion: &mut Criterion) {
    let mut group =
        criterion.benchmark_group("20,000 steps of a random ring");
    for kib in [16, 256, 4096, 65_536] {
        let ring = random_ring(kib * 16, 1);
        group.bench_function(format!("{kib} KiB"), |bencher| {
            bencher.iter(walk(&ring));
        });
    }
    group.finish();
}

fn map(criterion: &mut Criterion) {
    let map = maps::map(1024);
    let mut group = criterion.benchmark_group("the sum of a map");
    group.bench_function("by rows", |bencher| {
        bencher.iter(|| maps::by_rows(&map, 1024));
    });
    group.bench_function("by columns", |bencher| {
        bencher.iter(|| maps::by_columns(&map, 1024));
    });
    group.finish();
    let mut numbers = vec![1; 2 << 20];
    let mut group = criterion.benchmark_group("adding one");
    for step in [1, 8, 16] {
        group.bench_function(
            format!("to every {step}. number"),
            |bencher| {
                bencher.iter(|| maps::add(&mut numbers, step));
            },
        );
    }
    group.finish();
}

fn layout(criterion: &mut Criterion) {
    let records = stations::records(1_000_000);
    let fields = stations::fields(1_000_000);
    let mut group =
        criterion.benchmark_group("the rain of a million stations");
    group.bench_function("from records", |bencher| {
        bencher.iter(|| stations::rain_of_records(&records));
    });
    group.bench_function("from fields", |bencher| {
        bencher.iter(|| stations::rain_of_fields(&fields));
    });
    group.finish();
}

fn readings(criterion: &mut Criterion) {
    let vector = lists::vector(100_000);
    let list = lists::list(100_000);
    let shuffled = lists::shuffled_list(100_000);
    let mut group =
        criterion.benchmark_group("the sum of 100,000 readings");
    group.bench_function("vector", |bencher| {
        bencher.iter(|| lists::sum(&vector));
    });
    group.bench_function("list in order", |bencher| {
        bencher.iter(|| lists::sum(&list));
    });
    group.bench_function("shuffled list", |bencher| {
        bencher.iter(|| lists::sum(&shuffled));
    });
    group.finish();
}

fn rings(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("20,000 steps");
    for (name, ring) in [
        ("8 lines of one set", spaced_ring(8, 64, 1)),
        ("32 lines of one set", spaced_ring(32, 64, 1)),
        ("32 lines of many sets", spaced_ring(32, 65, 1)),
        ("8192 lines, one a page", spaced_ring(8192, 65, 1)),
        ("8192 lines, packed", random_ring(8192, 1)),
        ("64 MiB, straight", straight_ring(1 << 20)),
    ] {
        group.bench_function(name, |bencher| bencher.iter(walk(&ring)));
    }
    let ring = random_ring(1 << 20, 1);
    group.bench_function("64 MiB, eight walkers", |bencher| {
        bencher.iter(walkers::<8>(&ring));
    });
    group.finish();
}

fn writers(criterion: &mut Criterion) {
    let near = Box::new(Neighbors::default());
    let far = Box::new([Alone::default(), Alone::default()]);
    let mut group = criterion.benchmark_group("two threads count");
    group.bench_function("in one line", |bencher| {
        bencher.iter(|| race([&near.0[0], &near.0[1]], 10_000));
    });
    group.bench_function("in two lines", |bencher| {
        bencher.iter(|| race([&far[0].0, &far[1].0], 10_000));
    });
    group.finish();
}

criterion_group!(benches, staircase, map, layout, readings, rings, writers);
criterion_main!(benches);
