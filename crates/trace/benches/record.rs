//! What it takes to record the programs of the page *Recorded runs*, beside running them: `cargo bench -p trace --bench record`.

use criterion::{Criterion, criterion_group, criterion_main};
use runner::Command;
use std::path::{Path, PathBuf};
use trace::Run;

fn programs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../listings/recorded-runs/src/bin");
    let entries = std::fs::read_dir(folder).expect("a folder can be listed");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    paths.sort();
    paths
}

fn record(c: &mut Criterion) {
    for source in programs() {
        let folder = tempfile::tempdir().expect("there is room");
        let compiled = trace::compile(&source, folder.path()).unwrap_or_else(|error| panic!("{error}"));
        let name = source.file_stem().expect("it has a name").to_string_lossy().into_owned();
        let mut group = c.benchmark_group(name);
        group.sample_size(20);
        group.bench_function("run", |b| {
            b.iter(|| Command::new(&compiled.program).run().expect("it can be started"));
        });
        group.bench_function("record", |b| {
            let run = Run { mir: Some(&compiled.mir), ..Run::new(&compiled.program, &source) };
            b.iter(|| run.record().unwrap_or_else(|error| panic!("{error}")));
        });
    }
}

criterion_group!(benches, record);
criterion_main!(benches);
