//! Compiling and running a reader's program.

use super::hold::{Compiler, Hold, Started, What};
use anyhow::{Context, Result};
use runner::{Command, Exit, Limits, Outcome};
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

/// The longest program that is taken.
pub const LONGEST: usize = 64 << 10;
/// Time on the clock that a program may take, unless somebody says otherwise.
pub const SECONDS: u64 = 10;
/// What is kept of each stream, and what ends a program that writes without end.
const KEPT: u64 = 64 << 10;
const FLOOD: u64 = 1 << 20;
/// Memory of a program that it can write to.
const MEMORY: u64 = 512 << 20;
/// Processes of a program where no jail keeps it from starting any.
const PROCESSES: usize = 16;
/// How often a run is looked at.
const TICK: Duration = Duration::from_millis(10);

/// What a page asks for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Job {
    /// A whole program.
    pub code: String,
    /// Whether it is optimized.
    #[serde(default)]
    pub release: bool,
}

/// A place for compiling and running.
#[derive(Debug)]
pub struct Workshop {
    compiler: Compiler,
    folder: PathBuf,
    port: u16,
    seconds: u64,
    hold: OnceLock<Hold>,
}

impl Workshop {
    /// A place of the server at `port`, for the book at `root`.
    ///
    /// # Errors
    /// When there is no compiler, or no folder can be made.
    pub fn open(root: &Path, port: u16, seconds: u64) -> Result<Self> {
        let folder = root.join("target/serve").join(port.to_string());
        if folder.exists() {
            // A server that was ended leaves what it worked on.
            fs_err::remove_dir_all(&folder)?;
        }
        fs_err::create_dir_all(&folder)?;
        let sysroot = Command::new("rustc").args(["--print", "sysroot"]).cwd(root).run()?;
        let sysroot = PathBuf::from(String::from_utf8_lossy(&sysroot.output).trim());
        let direct = sysroot.join("bin").join(format!("rustc{}", std::env::consts::EXE_SUFFIX));
        let rustc = if direct.exists() { direct } else { runner::tool::find("rustc").context("there is no rustc")? };
        let version = Command::new(&rustc).arg("--version").run()?;
        let version = String::from_utf8_lossy(&version.output).into_owned();
        let name = version.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
        Ok(Self { compiler: Compiler { sysroot, rustc, name }, folder, port, seconds, hold: OnceLock::new() })
    }

    /// How programs are held here. Finding out takes a second or two, the first time.
    pub fn hold(&self) -> &Hold {
        self.hold.get_or_init(|| Hold::find(&self.folder, &self.compiler, self.port))
    }

    /// Removes what was compiled for the jail, and whatever was left of programs.
    pub fn close(&self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }

    /// Compiles and runs a program. `None` when `is_gone` came true meanwhile; nothing of it is left then.
    ///
    /// # Errors
    /// When we cannot do our part.
    pub fn run(&self, job: &Job, is_gone: &dyn Fn() -> bool) -> Result<Option<Value>> {
        let hold = self.hold();
        let place = tempfile::Builder::new().prefix("run-").tempdir_in(&self.folder)?;
        open_to_all(place.path())?;
        let (source, out) = (place.path().join("src/main.rs"), place.path().join("out"));
        fs_err::create_dir_all(place.path().join("src"))?;
        fs_err::create_dir_all(&out)?;
        fs_err::write(&source, &job.code)?;
        let program = out.join(format!("main{}", std::env::consts::EXE_SUFFIX));
        let compile = self.compile(place.path(), &source, &program, job.release);
        let compiling = hold.start(&compile, What::Compiler { source: &source, out: &out })?;
        let Some(compiled) = follow(compiling, is_gone)? else { return Ok(None) };
        let held = format!("by {} on this computer, {}", self.compiler.name, hold.words);
        let compiler = runner::text::printable(&compiled.stderr);
        if !compiled.exit.success() {
            return Ok(Some(json!({ "compiler": explained(compiler, compiled.exit), "held": held })));
        }
        // In its jail the linker may not make anything executable.
        open_to_all(&program)?;
        let command = Command::new(&program).bare().cwd(&out).limits(of_program(self.seconds, hold.is_jailed()));
        let Some(ran) = follow(hold.start(&command, What::Program(&program))?, is_gone)? else { return Ok(None) };
        Ok(Some(json!({
            "compiler": compiler,
            "stdout": runner::text::printable(&ran.output),
            "stderr": runner::text::printable(&ran.stderr),
            "isCut": ran.dropped > 0,
            "end": sentence(ran.exit, self.seconds),
            "isGood": ran.exit.success(),
            "held": held,
        })))
    }

    fn compile(&self, place: &Path, source: &Path, program: &Path, release: bool) -> Command {
        let level = if release {
            ["-Copt-level=3", "-Cdebug-assertions=off"]
        } else {
            ["-Copt-level=0", "-Cdebug-assertions=on"]
        };
        let mut command = Command::new(&self.compiler.rustc)
            .arg(source)
            .args(["--crate-name", "main", "--crate-type", "bin", "--edition=2024", "--color=never"])
            .args(level)
            // Messages and panics name the file as every Rust project does.
            .arg(format!("--remap-path-prefix={}=", place.display()))
            .arg("-o")
            .arg(program)
            .cwd(place)
            .limits(of_compiler());
        // Its own path: the usual one leads through links of the system's that the jail does not show.
        let linker = runner::tool::find("cc").and_then(|path| path.canonicalize().ok());
        if let Some(linker) = linker.filter(|_| self.hold().is_jailed()) {
            // What is linked into it needs no file later; and the toolchain's own linker would look for itself in `/proc`.
            command = command
                .args(["-Ctarget-feature=+crt-static", "-Clinker-features=-lld"])
                .arg(format!("-Clinker={}", linker.display()))
                .env("PATH", "/usr/bin:/bin")
                .env("LD_LIBRARY_PATH", self.compiler.sysroot.join("lib"))
                .env("TMPDIR", program.parent().unwrap_or(place));
        }
        command
    }
}

/// A jailed program may run as somebody else.
fn open_to_all(path: &Path) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs_err::set_permissions(path, std::fs::Permissions::from_mode(0o755))?;
    }
    let _ = path;
    Ok(())
}

/// Waits for the end; ends it when nobody wants it any more.
fn follow(started: Started, is_gone: &dyn Fn() -> bool) -> Result<Option<Outcome>> {
    while !started.is_finished() {
        if is_gone() {
            // Dropping it ends it, and waits until nothing of it is left.
            return Ok(None);
        }
        std::thread::sleep(TICK);
    }
    Ok(Some(started.wait()?))
}

fn of_compiler() -> Limits {
    Limits {
        wall: Duration::from_secs(60),
        grace: Duration::ZERO,
        cpu_seconds: Some(30),
        data: Some(2 << 30),
        open_files: 1024,
        file_size: 256 << 20,
        output: KEPT,
        flood: FLOOD,
        processes: 64,
        ..Limits::tool()
    }
}

fn of_program(seconds: u64, is_jailed: bool) -> Limits {
    Limits {
        wall: Duration::from_secs(seconds),
        grace: Duration::ZERO,
        cpu_seconds: Some(2 * seconds),
        // A static program has threads with arenas that it reserves and does not use.
        address_space: if is_jailed { None } else { Some(4 << 30) },
        data: Some(MEMORY),
        open_files: 64,
        file_size: if is_jailed { 0 } else { 16 << 20 },
        output: KEPT,
        flood: FLOOD,
        processes: PROCESSES,
        ..Limits::listing()
    }
}

/// What a compiler said, and how it ended where that says more.
fn explained(said: String, exit: Exit) -> String {
    match exit {
        Exit::Exited(1) if !said.is_empty() => said,
        _ => format!("{said}\nerror: the compiler {exit}\n"),
    }
}

fn sentence(exit: Exit, seconds: u64) -> String {
    match exit {
        Exit::Exited(101) => "It ended by a panic, with exit code 101.".to_owned(),
        Exit::Exited(code) => format!("It ended with exit code {code}."),
        Exit::Signaled(signal) => format!("It was ended by signal {signal}."),
        Exit::TimedOut | Exit::OutOfCpu => format!("It was still running after {seconds} seconds, and was stopped."),
        Exit::TooMuchOutput => {
            format!("It wrote more than {} MiB, and was stopped. The first {} KiB are shown.", FLOOD >> 20, KEPT >> 10)
        }
        Exit::TooMuchMemory => "It used too much memory, and was stopped.".to_owned(),
        Exit::TooManyProcesses => format!("It started more than {PROCESSES} processes, and all of them were stopped."),
        Exit::Interrupted | Exit::Canceled => "It was stopped before its end.".to_owned(),
    }
}

#[cfg(all(test, target_os = "linux", target_arch = "x86_64"))]
mod tests {
    use super::*;

    /// Other systems have limits alone; here they are tried by doing without the jail.
    #[test]
    fn where_no_jail_holds_the_limits_do_and_the_page_says_so() {
        let root = tempfile::tempdir().unwrap();
        let workshop = Workshop::open(root.path(), 1, 3).unwrap();
        workshop.hold.set(Hold::without(&workshop.compiler, "this kernel has no Landlock\nat all")).unwrap();
        let run = |code: &str| {
            workshop.run(&Job { code: code.to_owned(), release: false }, &|| false).unwrap().expect("nobody hung up")
        };
        let answer = run("fn main() { print!(\"{:?}\", std::env::var(\"HOME\").is_ok()) }");
        assert_eq!(answer["stdout"], "false");
        let held = answer["held"].as_str().unwrap();
        assert!(
            held.ends_with(
                "under limits of time, memory and output, because no jail holds here: this kernel has no Landlock"
            ),
            "{held}"
        );
        let end = |code: &str| run(code)["end"].as_str().unwrap().to_owned();
        assert_eq!(end("fn main() { loop {} }"), "It was still running after 3 seconds, and was stopped.");
        let many = "fn main() { for _ in 0..100 { let _ = std::process::Command::new(\"/bin/sleep\").arg(\"97.5\").spawn(); } std::thread::sleep(std::time::Duration::from_secs(1)) }";
        assert_eq!(end(many), "It started more than 16 processes, and all of them were stopped.");
        assert!(end("fn main() { let mut all = vec![]; loop { all.push(vec![1_u8; 1 << 20]); } }").contains("SIGABRT"));
        workshop.close();
        assert!(!root.path().join("target/serve/1").exists());
    }
}
