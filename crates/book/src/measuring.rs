//! `cargo book measure`: runs a chapter's measuring program and stamps what it prints.

use crate::console::Console;
use crate::costs;
use anyhow::{Context, Result, bail};
use model::record::{Record, Stamp};
use runner::{Command, Limits};
use std::path::{Path, PathBuf};

/// Measures a chapter, or the costs of this software, and rewrites `data/<chapter>.jsonl`.
///
/// # Errors
/// When there is no such measuring program, when it fails, or when a line it prints is no record.
pub fn run(root: &Path, chapter: &str, console: Console) -> Result<()> {
    let records = if chapter == costs::NAME { costs::measure(root, console)? } else { measure(root, chapter)? };
    let path = write(root, chapter, records, &format!("cargo book measure {chapter}"))?;
    console.say(&format!("records in {}", path.display()));
    Ok(())
}

/// Stamps records with this machine, its compiler, today's date and the command that repeats them, and
/// rewrites `data/<name>.jsonl`; gives its path.
///
/// # Errors
/// When the file cannot be written.
pub fn write(root: &Path, name: &str, records: Vec<Record>, command: &str) -> Result<PathBuf> {
    let stamp = stamp(root, command)?;
    let lines: Vec<String> = records
        .into_iter()
        .map(|record| serde_json::to_string(&Record { stamp: Some(stamp.clone()), ..record }))
        .collect::<Result<_, _>>()?;
    let path = root.join("data").join(format!("{name}.jsonl"));
    fs_err::write(&path, lines.join("\n") + "\n")?;
    Ok(path)
}

fn measure(root: &Path, chapter: &str) -> Result<Vec<Record>> {
    if !root.join("listings").join(chapter).join("src/bin/measure.rs").exists() {
        bail!("chapter `{chapter}` has no measuring program, listings/{chapter}/src/bin/measure.rs");
    }
    let mut records = Vec::new();
    for profile in [&[][..], &["--release"]] {
        // With all features: a chapter may measure what is too dear to build for its tests.
        let outcome = Command::new("cargo")
            .args(["run", "--quiet", "--package", chapter, "--bin", crate::library::MEASURE, "--all-features"])
            .args(profile)
            .arg("--target-dir")
            .arg(root.join("target/listings"))
            .args(["--", "records"])
            .cwd(root)
            .pass(runner::NETWORK)
            .limits(Limits { aslr: false, ..Limits::tool() })
            .run()?;
        if !outcome.exit.success() {
            bail!("the measuring program {}:\n{}", outcome.exit, runner::text::printable(&outcome.stderr));
        }
        for line in String::from_utf8_lossy(&outcome.output).lines().filter(|line| !line.trim().is_empty()) {
            records.push(Record::parse(line).with_context(|| format!("the measuring program printed `{line}`"))?);
        }
    }
    Ok(records)
}

fn stamp(root: &Path, command: &str) -> Result<Stamp> {
    let rustc = Command::new("rustc").arg("--version").cwd(root).run()?;
    let date = Command::new("date").args(["-u", "+%Y-%m-%d"]).run()?;
    let line = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    Ok(Stamp {
        machine: machine(),
        compiler: line(&rustc.output).split(" (").next().unwrap_or_default().to_owned(),
        date: line(&date.output),
        command: command.to_owned(),
    })
}

/// Processor, cores, memory and kernel of this machine, as far as Linux tells.
fn machine() -> String {
    let read = |path: &str| fs_err::read_to_string(path).unwrap_or_default();
    let field = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_once(':').map(|(_, value)| value.trim().to_owned()).unwrap_or_else(|| "unknown".into())
    };
    let cpu = field(&read("/proc/cpuinfo"), "model name");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = field(&read("/proc/meminfo"), "MemTotal");
    let gib = memory.split(' ').next().and_then(|kib| kib.parse::<f64>().ok()).map_or(0.0, |kib| kib / 1048576.0);
    let kernel = read("/proc/sys/kernel/osrelease");
    format!("{cpu}, {cores} cores, {gib:.0} GiB, Linux {}", kernel.trim())
}
