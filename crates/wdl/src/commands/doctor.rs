//! `wdl doctor`: looks for what keeps the exercises from working here, and says one thing to do for each.

use anyhow::Result;
use notify::{RecursiveMode, Watcher};
use runner::{Command, Limits};
use std::path::Path;
use std::sync::mpsc::channel;
use std::time::Duration;

use crate::check::is_writable;
use crate::cli::Exit;
use crate::console::Console;
use crate::course::Course;
use crate::manifest::Manifest;
use crate::place::shown;
use crate::progress::Progress;

/// What a look found: what is well, or what is wrong and what to do.
type Finding = Result<String, Problem>;

struct Problem {
    what: String,
    next: String,
}

fn problem<T>(what: impl Into<String>, next: impl Into<String>) -> Result<T, Problem> {
    Err(Problem { what: what.into(), next: next.into() })
}

/// Looks at everything, and tells it.
///
/// # Errors
/// When there is no course to look at.
pub fn run(console: Console) -> Result<Exit> {
    let course = Course::find()?;
    let folder = &course.folder;
    let looks: [(&str, &dyn Fn() -> Finding); 7] = [
        ("toolchain", &|| toolchain(folder)),
        ("linker", &linker),
        ("crates", &|| crates(folder)),
        ("folder", &|| writable(folder)),
        ("progress", &|| progress(&course)),
        ("watching", &|| watching(folder)),
        ("course", &|| complete(&course)),
    ];
    let style = console.style();
    let mut exit = Exit::Passed;
    for (name, look) in looks {
        match look() {
            Ok(text) => console.say(&format!("{} {name}: {text}", style.good("well   "))),
            Err(Problem { what, next }) => {
                exit = Exit::NotYet;
                console.say(&format!("{} {name}: {what}\n{}", style.bad("problem"), style.row("next", &next)));
            }
        }
    }
    Ok(exit)
}

fn tool(program: &str, folder: &Path) -> Command {
    let limits = Limits { wall: Duration::from_secs(60), ..Limits::tool() };
    Command::new(program).cwd(folder).limits(limits)
}

/// rustup gives the toolchain that the course's folder names, or installs it.
fn toolchain(folder: &Path) -> Finding {
    let outcome = match tool("rustc", folder).arg("--version").pass(runner::NETWORK).run() {
        Ok(outcome) => outcome,
        Err(error) => return problem(error.to_string(), "install Rust with rustup, https://rustup.rs"),
    };
    let version = runner::text::printable(&outcome.output).trim().to_owned();
    if !outcome.exit.success() {
        let said = runner::text::printable(&outcome.stderr);
        return problem(said.trim(), "install it while there is a network: `rustup show` in the course's folder");
    }
    if runner::tool::find("cargo").is_none() {
        return problem("there is no cargo", "install Rust with rustup, https://rustup.rs");
    }
    match pinned(folder) {
        Some(pin) if !version.contains(&format!("rustc {pin} ")) => problem(
            format!("this is {version}, and the course is made for {pin}"),
            format!("`rustup toolchain install {pin}`, and unset RUSTUP_TOOLCHAIN if it is set"),
        ),
        Some(_) => Ok(format!("{version}, as the course asks for")),
        None => Ok(format!("{version}; the course asks for none")),
    }
}

fn pinned(folder: &Path) -> Option<String> {
    let file = ["rust-toolchain.toml", "../rust-toolchain.toml"].iter().find_map(|name| {
        let text = std::fs::read_to_string(folder.join(name)).ok()?;
        toml::from_str::<toml::Table>(&text).ok()
    })?;
    Some(file.get("toolchain")?.get("channel")?.as_str()?.to_owned())
}

/// Only linking tells whether there is a linker: which one it is, is rustc's own business.
fn linker() -> Finding {
    let Ok(folder) = tempfile::tempdir() else {
        return problem("no temporary folder can be made", "free some space, or set TMPDIR to another folder");
    };
    let args = ["--crate-name", "linked", "--edition", "2024", "-o", "linked", "-"];
    match tool("rustc", folder.path()).args(args).stdin("fn main() {}\n").run() {
        Ok(outcome) if outcome.exit.success() => Ok("a program can be built".to_owned()),
        Ok(outcome) => problem(
            first_error(&runner::text::printable(&outcome.stderr)),
            if cfg!(windows) {
                "install the Visual Studio Build Tools with C++"
            } else if cfg!(target_os = "macos") {
                "`xcode-select --install`"
            } else {
                "install a C compiler, which brings a linker (package `gcc` or `build-essential`)"
            },
        ),
        Err(error) => problem(error.to_string(), "mend the toolchain first"),
    }
}

/// Whether cargo could work without a network, with the lock file as it is.
fn crates(folder: &Path) -> Finding {
    let outcome = match tool("cargo", folder).args(["fetch", "--locked", "--offline", "--color", "never"]).run() {
        Ok(outcome) => outcome,
        Err(error) => return problem(error.to_string(), "mend the toolchain first"),
    };
    if outcome.exit.success() {
        return Ok("everything that exercises need is here, also without a network".to_owned());
    }
    let said = runner::text::printable(&outcome.stderr);
    let lock = shown(&folder.join("Cargo.lock"));
    if said.contains("--locked") {
        return problem(
            format!("{lock} does not fit the manifests"),
            "bring Cargo.toml and Cargo.lock back as they were delivered, or let `cargo update --workspace` mend the lock",
        );
    }
    if said.contains("--offline") || said.contains("no matching package") {
        return problem(first_error(&said), "`cargo fetch` in the course's folder, once, while there is a network");
    }
    problem(first_error(&said), "bring the file that is named here back as it was delivered")
}

fn first_error(said: &str) -> String {
    let lines: Vec<&str> = said.lines().skip_while(|line| !line.starts_with("error")).take(6).collect();
    let text = if lines.is_empty() { said.trim().to_owned() } else { lines.join("\n") };
    text.trim().replace('\n', "\n  ")
}

fn writable(folder: &Path) -> Finding {
    if is_writable(folder) {
        return Ok(format!("{} can be written", shown(folder)));
    }
    problem(
        format!("{} cannot be written: checks work, and progress and copies are not kept", shown(folder)),
        "copy the course to a folder of your own",
    )
}

fn progress(course: &Course) -> Finding {
    let mut progress = Progress::load(course);
    let place = shown(progress.folder());
    if let Some(note) = progress.take_notes().into_iter().next() {
        return problem(note, "nothing is lost: look at the file that is named here");
    }
    if progress.folder().exists() && !(progress.folder().is_dir() && is_writable(progress.folder())) {
        return problem(format!("{place} cannot be written"), "give yourself the right to write there");
    }
    let verb = if progress.folder().exists() { "is" } else { "will be, where that can be written," };
    Ok(format!("it {verb} kept in {place}"))
}

fn watching(folder: &Path) -> Finding {
    let slow = || problem("the system does not tell of changed files here", "nothing: `wdl` looks once a second");
    // Another kind of disk may behave otherwise, so the course's own is tried where possible.
    let Ok(place) = tempfile::tempdir_in(folder).or_else(|_| tempfile::tempdir()) else { return slow() };
    let (sender, receiver) = channel();
    let tell = move |_| {
        // After the first event nobody listens any more.
        let _ = sender.send(());
    };
    let Ok(mut watcher) = notify::recommended_watcher(tell) else { return slow() };
    if watcher.watch(place.path(), RecursiveMode::Recursive).is_err()
        || std::fs::write(place.path().join("changed"), "1").is_err()
    {
        return slow();
    }
    if receiver.recv_timeout(Duration::from_secs(2)).is_err() {
        slow()
    } else {
        Ok("saved files are noticed".to_owned())
    }
}

fn complete(course: &Course) -> Finding {
    let mut faults: Vec<String> = Vec::new();
    for slot in &course.slots {
        match &slot.entry {
            Err(fault) => faults.push(format!("{}/{}: {fault}", slot.chapter, slot.id)),
            Ok(entry) => {
                let told = model::exercise::faults(&entry.about, None);
                faults.extend(told.into_iter().map(|fault| format!("{}: {fault}", entry.id())));
                let missing = entry.needed().find(|name| !entry.folder.join(name).is_file());
                faults.extend(missing.map(|name| format!("{}: {name} is missing", entry.id())));
            }
        }
    }
    if let Err(error) = Manifest::load(course) {
        faults.push(format!("{error:#}"));
    }
    if faults.is_empty() {
        return Ok(format!("{} exercises, all there", course.slots.len()));
    }
    problem(faults.join("\n  "), "get the course again, and copy the files that you wrote into it")
}
