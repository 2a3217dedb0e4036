//! Direct calls of `rustc`: no cargo, so nothing of a submission but its sources is looked at.

use anyhow::{Context, Result, bail};
use model::exercise::UnsafeCode;
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

const OPTIONS: [&str; 9] = [
    "--edition=2024",
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
    rustc: PathBuf,
    /// The whole of `rustc -vV`.
    pub version: String,
}

/// Why something did not compile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rejected {
    /// What the compiler would print.
    pub message: String,
    /// The codes of its errors; a lint that is forbidden counts by its name.
    pub codes: Vec<String>,
}

/// A library to link with: its name and its file.
pub type Extern<'a> = (&'a str, &'a Path);

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
    pub externs: &'a [Extern<'a>],
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
        let rustc = PathBuf::from(String::from_utf8_lossy(&sysroot.output).trim()).join("bin/rustc");
        let version = Command::new(&rustc).arg("-vV").run()?;
        Ok(Self { rustc, version: String::from_utf8_lossy(&version.output).into_owned() })
    }

    /// Compiles student code or a driver.
    ///
    /// # Errors
    /// When the compiler cannot be run, or ends otherwise than with success or with errors to tell.
    pub fn unit(&self, unit: &Unit<'_>) -> Result<Result<(), Rejected>> {
        let mut command = self.command(unit).args(unit.flavor.options());
        if unit.unsafe_code == UnsafeCode::Forbidden {
            command = command.arg("-Funsafe-code");
        }
        finish(&command)
    }

    /// Compiles one of our own crates for the kit.
    ///
    /// # Errors
    /// When it does not compile.
    pub fn kit(&self, unit: &Unit<'_>) -> Result<()> {
        match finish(&self.command(unit).args(unit.flavor.kit_options()))? {
            Ok(()) => Ok(()),
            Err(rejected) => bail!("crate `{}` of the kit does not compile:\n{}", unit.name, rejected.message),
        }
    }

    /// Checks a program without making anything, against libraries in the plain flavor.
    ///
    /// # Errors
    /// As for [`unit`](Self::unit).
    pub fn check(&self, source: &Path, externs: &[Extern<'_>], out: &Path) -> Result<Result<(), Rejected>> {
        let unit = Unit {
            source,
            name: "refused",
            kind: "bin",
            externs,
            flavor: Flavor::Plain,
            unsafe_code: UnsafeCode::Allowed,
            out,
        };
        finish(&self.command(&unit).arg("--emit=metadata"))
    }

    /// Compiles a file of tests, as a binary of libtest.
    ///
    /// # Errors
    /// As for [`unit`](Self::unit).
    pub fn tests(&self, source: &Path, externs: &[Extern<'_>], out: &Path) -> Result<Result<(), Rejected>> {
        let (flavor, unsafe_code) = (Flavor::Plain, UnsafeCode::Allowed);
        let unit = Unit { source, name: "visible", kind: "bin", externs, flavor, unsafe_code, out };
        finish(&self.command(&unit).arg("--test"))
    }

    fn command(&self, unit: &Unit<'_>) -> Command {
        let limits = Limits { wall: Duration::from_secs(60), output: 1 << 20, flood: 8 << 20, ..Limits::tool() };
        let mut command = Command::new(&self.rustc)
            .arg(unit.source)
            .args(["--crate-name", unit.name, "--crate-type", unit.kind])
            .args(OPTIONS)
            .arg("-o")
            .arg(unit.out)
            .limits(limits);
        for (name, path) in unit.externs {
            let mut value = std::ffi::OsString::from(format!("{name}="));
            value.push(path);
            command = command.arg("--extern").arg(value);
        }
        if unit.flavor == Flavor::Asan {
            // The option is unstable, its runtime comes with every toolchain.
            command = command.env("RUSTC_BOOTSTRAP", "1");
        }
        command
    }
}

fn finish(command: &Command) -> Result<Result<(), Rejected>> {
    let outcome = command.run()?;
    match outcome.exit {
        Exit::Exited(0) => Ok(Ok(())),
        Exit::Exited(1) => Ok(Err(rejected(&outcome.stderr)?)),
        exit => Ok(Err(Rejected { message: format!("the compiler {exit}"), codes: Vec::new() })),
    }
}

fn rejected(stderr: &[u8]) -> Result<Rejected> {
    let mut rejected = Rejected::default();
    for line in String::from_utf8_lossy(stderr).lines() {
        let message: Value = serde_json::from_str(line).with_context(|| format!("rustc printed `{line}`"))?;
        if message["level"] == "error" {
            rejected.codes.extend(message["code"]["code"].as_str().map(str::to_owned));
            rejected.message.push_str(message["rendered"].as_str().unwrap_or_default());
        }
    }
    Ok(rejected)
}
