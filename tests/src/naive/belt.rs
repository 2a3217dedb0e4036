//! The safety belt: an unprivileged user whom nobody else is, limits, and the end of everything that this user started.

use anyhow::{Context, Result, bail, ensure};
use runner::{Capture, Command, Exit, Limits};
use rustix::process::{Pid, Signal, kill_process};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::{MetadataExt, PermissionsExt, lchown};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The user. Nobody has this number on an ordinary system.
pub const USER: u32 = 59_999;

/// The port at which the grader's machine listens, on the loopback device only.
pub const PORT: u16 = 45_997;

/// What must not be in the output: a line of the hidden tests, a secret of the environment, a file of the system.
pub const SECRETS: [&str; 3] = ["canary-5b1e-of-the-hidden-tests", TOKEN, "root:x:0:0:"];

const TOKEN: &str = "canary-83c0-of-the-environment";

/// Folders into which everybody may write.
const OPEN_FOLDERS: [&str; 3] = ["/tmp", "/var/tmp", "/dev/shm"];

/// How one run ended, and what was seen from outside.
#[derive(Debug)]
pub struct Ran {
    /// How it ended.
    pub exit: Exit,
    /// Both streams.
    pub output: Vec<u8>,
    /// Whether a process was left.
    pub survivors: bool,
    /// Whether somebody connected to [`PORT`].
    pub connected: bool,
    /// Bytes that all processes of the user had resident at the same time, at most.
    pub resident: u64,
}

/// A toolchain that the user can read, and a place for folders that the user may write to.
#[derive(Debug)]
pub struct Belt {
    scratch: TempDir,
    listener: TcpListener,
}

impl Belt {
    /// Prepares the toolchain.
    ///
    /// # Errors
    /// When not started as root, when the user is not unused, or a tool is missing.
    pub fn put_on(root: &Path) -> Result<Self> {
        ensure!(
            rustix::process::geteuid().is_root(),
            "`cargo gate naive` runs hostile code as user {USER}, and only root can become another user: start it as root, on a machine that may be thrown away"
        );
        for tool in ["setpriv", "prlimit", "env", "cp"] {
            ensure!(runner::tool::find(tool).is_some(), "`{tool}` is missing; install util-linux and coreutils");
        }
        ensure!(living()?.is_empty(), "user {USER} has processes; wait until the other `cargo gate naive` is over");
        let scratch = tempfile::Builder::new().prefix("naive-").tempdir()?;
        fs_err::set_permissions(scratch.path(), std::fs::Permissions::from_mode(0o755))?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, PORT))
            .context("the port of the belt is taken: is another `cargo gate naive` running?")?;
        listener.set_nonblocking(true)?;
        let belt = Self { scratch, listener };
        belt.copy_toolchain(root)?;
        Ok(belt)
    }

    /// A hard-linked copy: the home of root is closed to others. rustup stands in front of it, as on a teacher's machine.
    fn copy_toolchain(&self, root: &Path) -> Result<()> {
        let sysroot = Command::new("rustc").args(["--print", "sysroot"]).cwd(root).run()?;
        let sysroot = fs_err::canonicalize(String::from_utf8_lossy(&sysroot.output).trim())?;
        let toolchains = self.scratch.path().join("rustup/toolchains");
        fs_err::create_dir_all(&toolchains)?;
        let copied = Command::new("cp").arg("-al").arg(&sysroot).arg(toolchains.join("ours")).run()?;
        if !copied.exit.success() {
            // Another file system: the copy takes a gigabyte instead of nothing.
            let _ = fs_err::remove_dir_all(toolchains.join("ours"));
            let copied = Command::new("cp").arg("-a").arg(&sysroot).arg(toolchains.join("ours")).run()?;
            ensure!(
                copied.exit.success(),
                "the toolchain cannot be copied: {}",
                runner::text::printable(&copied.stderr)
            );
        }
        let bin = self.scratch.path().join("bin");
        fs_err::create_dir_all(&bin)?;
        match runner::tool::find("rustup") {
            Some(rustup) => {
                for name in ["cargo", "rustc", "rustdoc"] {
                    fs_err::copy(&rustup, bin.join(name))?;
                }
                let settings = self.scratch.path().join("rustup/settings.toml");
                fs_err::write(
                    settings,
                    "default_toolchain = \"ours\"\nprofile = \"default\"\nversion = \"12\"\n\n[overrides]\n",
                )?;
            }
            None => {
                for name in ["cargo", "rustc", "rustdoc"] {
                    std::os::unix::fs::symlink(toolchains.join("ours/bin").join(name), bin.join(name))?;
                }
            }
        }
        Ok(())
    }

    /// A new folder for one submission. It belongs to the user once it is [handed over](Self::hand_over).
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn folder(&self) -> Result<TempDir> {
        let folder = tempfile::Builder::new().prefix("run-").tempdir_in(self.scratch.path())?;
        fs_err::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755))?;
        Ok(folder)
    }

    /// Gives a folder and everything in it to the user. Links are given, not followed.
    ///
    /// # Errors
    /// When something cannot be given.
    pub fn hand_over(&self, folder: &Path) -> Result<()> {
        lchown(folder, Some(USER), Some(USER)).with_context(|| folder.display().to_string())?;
        if fs_err::symlink_metadata(folder)?.is_dir() {
            for entry in fs_err::read_dir(folder)? {
                self.hand_over(&entry?.path())?;
            }
        }
        Ok(())
    }

    /// Runs a program as the user, in a folder, until it ends or the belt ends it. Afterwards no process of the user is left.
    ///
    /// # Errors
    /// When it cannot be started, or something cannot be killed.
    pub fn run(&self, home: &Path, cwd: &Path, words: &[&str], limits: Limits) -> Result<Ran> {
        let command = self.command(home, cwd, words, limits);
        while self.listener.accept().is_ok() {}
        let over = AtomicBool::new(false);
        let (outcome, resident) = thread::scope(|scope| {
            let sampler = scope.spawn(|| largest_resident(&over));
            let outcome = command.run();
            over.store(true, Ordering::Relaxed);
            (outcome, sampler.join().unwrap_or_default())
        });
        let connected = self.listener.accept().is_ok();
        let escaped = !living()?.is_empty() && {
            thread::sleep(Duration::from_secs(1));
            !living()?.is_empty()
        };
        end_all()?;
        let outcome = outcome?;
        // Where a signal ended the first process, the others may just be about to follow.
        let survivors = matches!(outcome.exit, Exit::Exited(_)) && outcome.survivors > 0 || escaped;
        Ok(Ran { exit: outcome.exit, output: outcome.output, survivors, connected, resident })
    }

    fn command(&self, home: &Path, cwd: &Path, words: &[&str], limits: Limits) -> Command {
        let scratch = self.scratch.path();
        let user = format!("{USER}");
        Command::new("prlimit")
            .arg("--nproc=64")
            .args(["env", "-u", "RUSTUP_TOOLCHAIN"])
            .args(["setpriv", "--reuid", &user, "--regid", &user, "--clear-groups", "--no-new-privs"])
            .args(words)
            .cwd(cwd)
            .env("PATH", format!("{}/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", scratch.display()))
            .env("HOME", home)
            .env("CARGO_HOME", home.join(".cargo"))
            .env("RUSTUP_HOME", scratch.join("rustup"))
            .env("TMPDIR", home.join("tmp"))
            .env("GRADER_TOKEN", TOKEN)
            .capture(Capture::Merged)
            .limits(limits)
    }

    /// The limits of a grading.
    pub fn limits() -> Limits {
        Limits {
            wall: Duration::from_secs(20),
            cpu_seconds: Some(30),
            address_space: Some(3 << 30),
            open_files: 1024,
            file_size: 64 << 20,
            output: 2 << 20,
            flood: 64 << 20,
            processes: 256,
            aslr: true,
            ..Limits::listing()
        }
    }

    /// Removes files of the user that lie where everybody may write, and tells which.
    ///
    /// # Errors
    /// When one cannot be removed.
    pub fn remove_strays(&self) -> Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        for folder in OPEN_FOLDERS {
            strays(Path::new(folder), self.scratch.path(), &mut found);
        }
        for path in &found {
            if fs_err::symlink_metadata(path)?.is_dir() {
                fs_err::remove_dir_all(path)?;
            } else {
                fs_err::remove_file(path)?;
            }
        }
        Ok(found)
    }
}

impl Drop for Belt {
    fn drop(&mut self) {
        // Whatever went wrong before: nothing of the user shall go on. There is nobody left to tell.
        let _ = end_all();
    }
}

/// Others remove files while we look, so what cannot be read is passed over.
fn strays(folder: &Path, except: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let Ok(metadata) = path.symlink_metadata() else { continue };
        if metadata.uid() == USER {
            found.push(path);
        } else if metadata.is_dir() && path != except {
            strays(&path, except, found);
        }
    }
}

/// A process of the user.
#[derive(Debug)]
struct Process {
    pid: Pid,
    resident: u64,
    /// It has ended, and nobody has asked how. It still counts as one of the user's.
    ended: bool,
}

fn living() -> Result<Vec<Process>> {
    let mut all = processes()?;
    all.retain(|process| !process.ended);
    Ok(all)
}

fn processes() -> Result<Vec<Process>> {
    let mut found = Vec::new();
    for entry in fs_err::read_dir("/proc")?.flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse().ok()).and_then(Pid::from_raw) else {
            continue;
        };
        let (Ok(metadata), Ok(status)) = (entry.metadata(), std::fs::read_to_string(entry.path().join("status")))
        else {
            continue;
        };
        let line = |key: &str| status.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default().trim();
        let user = line("Uid:").split_whitespace().next().and_then(|number| number.parse().ok());
        if metadata.uid() == USER || user == Some(USER) {
            let kibibytes: u64 = line("VmRSS:").trim_end_matches(" kB").parse().unwrap_or(0);
            found.push(Process { pid, resident: kibibytes * 1024, ended: line("State:").starts_with(['Z', 'X']) });
        }
    }
    Ok(found)
}

/// Kills all processes of the user one by one. They are stopped first, so that none of them can start another meanwhile. Then
/// it waits until the system has forgotten them: they would count against the next run.
fn end_all() -> Result<()> {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let all = processes()?;
        if all.is_empty() {
            return Ok(());
        }
        for signal in [Signal::STOP, Signal::KILL] {
            for process in all.iter().filter(|process| !process.ended) {
                // One that is gone already is what we want.
                let _ = kill_process(process.pid, signal);
            }
        }
        if Instant::now() > deadline {
            bail!("these processes of user {USER} do not end: {all:?}");
        }
        thread::sleep(Duration::from_millis(5));
    }
}

fn largest_resident(over: &AtomicBool) -> u64 {
    let mut largest = 0;
    while !over.load(Ordering::Relaxed) {
        let sum: u64 = living().unwrap_or_default().iter().map(|process| process.resident).sum();
        largest = largest.max(sum);
        thread::sleep(Duration::from_millis(50));
    }
    largest
}
