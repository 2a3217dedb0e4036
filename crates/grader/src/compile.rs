//! Direct calls of `rustc`: no cargo, so nothing of a submission but its sources is looked at.

use crate::budget::Budget;
use crate::crates::Package;
use crate::room::Room;
use anyhow::{Context, Result, bail};
use model::exercise::UnsafeCode;
use model::report::Outcome;
use runner::jail::{Grant, Profile, Right};
use runner::{Command, Exit, Limits};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A build of driver and student code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flavor {
    /// For comparing and metering.
    Plain,
    /// Basic blocks and moved bytes are counted.
    Cost,
    /// Under AddressSanitizer.
    Asan,
}

impl Flavor {
    /// Every flavor.
    pub const ALL: [Self; 3] = [Self::Plain, Self::Cost, Self::Asan];

    /// Name of its folder in the kit.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Cost => "cost",
            Self::Asan => "asan",
        }
    }

    /// Options for code that is looked at: the student's, and the driver, in which the student's generic
    /// functions are compiled.
    fn options(self) -> &'static [&'static str] {
        match self {
            Self::Plain => &[],
            Self::Cost => &[
                "-Cpasses=sancov-module",
                "-Cllvm-args=-sanitizer-coverage-level=3",
                "-Cllvm-args=-sanitizer-coverage-trace-pc",
            ],
            Self::Asan => &["-Zsanitizer=address"],
        }
    }

    /// Options for our own crates.
    pub(crate) fn kit_options(self) -> &'static [&'static str] {
        match self {
            Self::Plain => &[],
            Self::Cost => &["--cfg=cost"],
            Self::Asan => &["--cfg=asan", "-Zsanitizer=address"],
        }
    }
}

/// The edition of everything that is ours or a student's.
const EDITION: &str = "2024";

const OPTIONS: [&str; 8] = [
    "-Cdebuginfo=0",
    "-Copt-level=0",
    "-Coverflow-checks=on",
    "-Cdebug-assertions=on",
    "-Ccodegen-units=1",
    "-Cembed-bitcode=no",
    "-Awarnings",
    "--error-format=json",
];

/// The compiler, and what it says of itself.
#[derive(Clone, Debug)]
pub struct Compiler {
    /// The folder of its toolchain.
    pub(crate) sysroot: PathBuf,
    /// The program that links: its own path, not a link to it.
    pub(crate) linker: PathBuf,
    /// The folder of the toolchain's own linker, once a kit has it.
    pub(crate) own_linker: Option<PathBuf>,
    /// The whole of `rustc -vV`.
    pub version: String,
}

/// Why something did not compile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// `BuildError`, or `Timeout` when the compiler was still at it.
    pub outcome: Outcome,
    /// What the compiler would print.
    pub message: String,
    /// The codes of its errors; a lint that is forbidden counts by its name.
    pub codes: Vec<String>,
}

/// Where a compiler runs, and what it may cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    pub(crate) room: &'a Room,
    pub(crate) budget: &'a Budget,
}

impl<'a> Place<'a> {
    /// For what is ours.
    pub(crate) fn ours(budget: &'a Budget) -> Self {
        Self { room: &Room::Open, budget }
    }
}

/// Libraries to link with.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// Those that code may name: by which name, and their files.
    pub externs: Vec<(String, PathBuf)>,
    /// Folders of those that these use in turn.
    pub folders: Vec<PathBuf>,
}

/// What is checked without being made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// It has a `main`.
    Program,
    /// It has tests.
    Tests,
}

/// One call of the compiler.
#[derive(Clone, Debug)]
pub struct Unit<'a> {
    /// The source file.
    pub source: &'a Path,
    /// Name of the crate.
    pub name: &'a str,
    /// `rlib` or `bin`.
    pub kind: &'a str,
    /// Libraries to link with.
    pub links: &'a Links,
    /// The build.
    pub flavor: Flavor,
    /// Whether it may hold `unsafe`.
    pub unsafe_code: UnsafeCode,
    /// What is made.
    pub out: &'a Path,
}

impl Compiler {
    /// The compiler of the toolchain that is in force in `folder`.
    ///
    /// # Errors
    /// When there is none.
    pub fn find(folder: &Path) -> Result<Self> {
        let sysroot = Command::new("rustc").args(["--print", "sysroot"]).cwd(folder).run()?;
        let sysroot = PathBuf::from(String::from_utf8_lossy(&sysroot.output).trim()).canonicalize()?;
        let version = Command::new(sysroot.join("bin/rustc")).arg("-vV").run()?;
        let linker = runner::tool::find("cc").context("there is no linker: install a C compiler (package `gcc`)")?;
        let version = String::from_utf8_lossy(&version.output).into_owned();
        Ok(Self { sysroot, linker: linker.canonicalize()?, own_linker: None, version })
    }

    /// Compiles student code or a driver.
    ///
    /// # Errors
    /// When the compiler cannot be run, or ends otherwise than with success or with errors to tell.
    pub(crate) fn unit(&self, unit: &Unit<'_>, place: Place<'_>) -> Result<Result<(), Rejected>> {
        let mut command = self.command(unit, EDITION).args(unit.flavor.options());
        if unit.unsafe_code == UnsafeCode::Forbidden {
            command = command.arg("-Funsafe-code");
        }
        if unit.kind == "bin" && unit.flavor != Flavor::Asan {
            command = command.arg(STATIC);
        }
        self.finish(&command, unit, place)
    }

    /// Compiles one of our own crates for the kit.
    ///
    /// # Errors
    /// When it does not compile.
    pub fn kit(&self, unit: &Unit<'_>) -> Result<()> {
        let mut command = self.command(unit, EDITION).args(unit.flavor.kit_options());
        if unit.kind == "bin" {
            command = command.arg(STATIC);
        }
        match self.finish(&command, unit, Place::ours(&Budget::unlimited()))? {
            Ok(()) => Ok(()),
            Err(rejected) => bail!("crate `{}` of the kit does not compile:\n{}", unit.name, rejected.message),
        }
    }

    /// Compiles a crate from elsewhere, which is looked at like the code that uses it.
    ///
    /// # Errors
    /// When it does not compile.
    pub(crate) fn foreign(&self, package: &Package, links: &Links, flavor: Flavor, out: &Path) -> Result<()> {
        let (source, name, unsafe_code) = (&package.source, package.library.as_str(), UnsafeCode::Allowed);
        let unit = Unit { source, name, kind: "rlib", links, flavor, unsafe_code, out };
        let mut command = self.command(&unit, &package.edition).args(flavor.options()).arg("--cap-lints=allow");
        // Two versions of a crate in one program are two crates.
        let version = out.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
        command = command.arg(format!("-Cmetadata={version}"));
        for feature in &package.features {
            command = command.arg("--cfg").arg(format!("feature=\"{feature}\""));
        }
        match self.finish(&command, &unit, Place::ours(&Budget::unlimited()))? {
            Ok(()) => Ok(()),
            Err(rejected) => bail!("crate `{version}` does not compile for the kit:\n{}", rejected.message),
        }
    }

    /// Checks a program, or a file of tests, without making anything, against libraries in the plain flavor.
    ///
    /// # Errors
    /// As for [`unit`](Self::unit).
    pub(crate) fn check(
        &self,
        source: &Path,
        what: Checked,
        links: &Links,
        out: &Path,
        place: Place<'_>,
    ) -> Result<Result<(), Rejected>> {
        let (flavor, unsafe_code) = (Flavor::Plain, UnsafeCode::Allowed);
        let unit = Unit { source, name: "checked", kind: "bin", links, flavor, unsafe_code, out };
        let command = self.command(&unit, EDITION).arg("--emit=metadata");
        let command = if what == Checked::Tests { command.arg("--test") } else { command };
        self.finish(&command, &unit, place)
    }

    /// Compiles a file of tests, as a binary of libtest, in the open.
    ///
    /// # Errors
    /// As for [`unit`](Self::unit).
    pub fn tests(&self, source: &Path, links: &Links, out: &Path) -> Result<Result<(), Rejected>> {
        let (flavor, unsafe_code) = (Flavor::Plain, UnsafeCode::Allowed);
        let unit = Unit { source, name: "visible", kind: "bin", links, flavor, unsafe_code, out };
        self.finish(&self.command(&unit, EDITION).arg("--test"), &unit, Place::ours(&Budget::unlimited()))
    }

    fn command(&self, unit: &Unit<'_>, edition: &str) -> Command {
        let folder = unit.source.parent().unwrap_or(Path::new("/"));
        let shown = folder.file_name().filter(|_| unit.kind == "rlib").unwrap_or_default();
        // What is shown to a student names files as the student knows them, and those of the suite by no path.
        let remap = format!("--remap-path-prefix={}={}", folder.display(), shown.display());
        let mut command = Command::new(self.sysroot.join("bin/rustc"))
            .arg(unit.source)
            .arg(remap)
            .args(["--crate-name", unit.name, "--crate-type", unit.kind])
            .arg(format!("--edition={edition}"))
            .args(OPTIONS)
            .arg("--sysroot")
            .arg(&self.sysroot)
            .arg(format!("-Clinker={}", self.linker.display()))
            .arg("-o")
            .arg(unit.out)
            .bare()
            .env("PATH", "/usr/bin:/bin")
            .env("LD_LIBRARY_PATH", self.sysroot.join("lib"))
            .env("TMPDIR", unit.out.parent().unwrap_or(folder))
            .limits(limits());
        if unit.kind == "bin" {
            command = command.args(self.linking());
        }
        let option = |name: &str, path: &Path| {
            let mut value = std::ffi::OsString::from(format!("{name}="));
            value.push(path);
            value
        };
        for (name, path) in &unit.links.externs {
            command = command.arg("--extern").arg(option(name, path));
        }
        for folder in &unit.links.folders {
            command = command.arg("-L").arg(option("dependency", folder));
        }
        if unit.flavor == Flavor::Asan {
            // The option is unstable, its runtime comes with every toolchain.
            command = command.env("RUSTC_BOOTSTRAP", "1");
        }
        command
    }

    /// The toolchain's own linker takes a third of the time that the system's does.
    fn linking(&self) -> Vec<String> {
        let Some(folder) = &self.own_linker else { return Vec::new() };
        vec![
            format!("-Clink-arg=-B{}", folder.display()),
            "-Clink-arg=-fuse-ld=lld".to_owned(),
            // Threads of the linker would only fight with those of other graders for the same processors.
            "-Clink-arg=-Wl,--threads=1".to_owned(),
        ]
    }

    fn finish(&self, command: &Command, unit: &Unit<'_>, place: Place<'_>) -> Result<Result<(), Rejected>> {
        let outcome = place.room.run(command, Profile::Compile, self.view(unit), place.budget)?;
        let stopped = |outcome, message: String| Ok(Err(Rejected { outcome, message, codes: Vec::new() }));
        match outcome.exit {
            Exit::Exited(0) => Ok(Ok(())),
            Exit::Exited(1) => Ok(Err(rejected(&outcome.stderr))),
            exit @ (Exit::TimedOut | Exit::OutOfCpu) => stopped(Outcome::Timeout, format!("the compiler {exit}")),
            exit => stopped(Outcome::BuildError, format!("the compiler {exit}")),
        }
    }

    /// What a compiler sees: its toolchain, what it compiles and links, and where the result goes. Only for a program
    /// there is a linker.
    fn view(&self, unit: &Unit<'_>) -> Vec<Grant> {
        let mut view = vec![Grant::new(&self.sysroot, Right::Execute), Grant::new("/dev/null", Right::Device)];
        view.extend(LIBRARIES.iter().map(|path| Grant::new(path, Right::Execute)));
        let of_source = if unit.kind == "rlib" { unit.source.parent().unwrap_or(unit.source) } else { unit.source };
        view.push(Grant::new(of_source, Right::Read));
        view.extend(unit.links.externs.iter().map(|(_, path)| Grant::new(path, Right::Read)));
        view.extend(unit.links.folders.iter().map(|folder| Grant::new(folder, Right::Read)));
        view.extend(unit.out.parent().map(|folder| Grant::new(folder, Right::Write)));
        if unit.kind == "bin" {
            view.extend(TOOLS.iter().map(|path| Grant::new(path, Right::Execute)));
            view.extend(self.own_linker.iter().map(|folder| Grant::new(folder, Right::Execute)));
        }
        view
    }
}

/// Where the libraries of the compiler itself, and of a sanitized program, may be.
pub(crate) const LIBRARIES: [&str; 4] = ["/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64"];
/// Where the linker finds its parts.
const TOOLS: [&str; 5] = ["/usr/bin", "/usr/lib", "/usr/libexec", "/lib", "/usr/x86_64-linux-gnu"];

/// A program without libraries runs where there is nothing else, and a second definition of a function of the C
/// library is an error of the linker.
const STATIC: &str = "-Ctarget-feature=+crt-static";

/// Ten times what a large exercise needs.
fn limits() -> Limits {
    Limits {
        wall: Duration::from_secs(60),
        grace: Duration::ZERO,
        cpu_seconds: Some(20),
        data: Some(2 << 30),
        open_files: 1024,
        file_size: 256 << 20,
        output: 1 << 20,
        flood: 8 << 20,
        processes: 64,
        ..Limits::tool()
    }
}

/// Longest text of the compiler that is kept: the first errors are those that matter.
const MESSAGE: usize = 16 << 10;

/// Reads the compiler's lines. One that is cut off, or comes from a compiler that broke down, is no error of anybody.
fn rejected(stderr: &[u8]) -> Rejected {
    let mut rejected = Rejected { outcome: Outcome::BuildError, message: String::new(), codes: Vec::new() };
    for line in String::from_utf8_lossy(stderr).lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
        if message["level"] == "error" {
            rejected.codes.extend(message["code"]["code"].as_str().map(str::to_owned));
            let text = message["rendered"].as_str().unwrap_or_default();
            if rejected.message.len() + text.len() <= MESSAGE {
                rejected.message.push_str(text);
            }
        }
    }
    if rejected.message.is_empty() {
        rejected.message = "the compiler gave up without an error that can be shown".to_owned();
    }
    rejected
}
