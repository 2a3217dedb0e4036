//! How a reader's program is held: in a jail where one holds on this machine, and under limits everywhere.

use runner::{Command, Outcome, RunnerError, Running};
use std::path::{Path, PathBuf};

/// What is started.
#[derive(Clone, Copy, Debug)]
pub enum What<'a> {
    /// The compiler, which reads `source` and writes into the folder `out`.
    Compiler {
        /// The program's text.
        source: &'a Path,
        /// Where everything that it makes goes.
        out: &'a Path,
    },
    /// A program that it made, by its path.
    Program(&'a Path),
}

/// The compiler that makes readers' programs.
#[derive(Clone, Debug)]
pub struct Compiler {
    /// The folder of its toolchain.
    pub sysroot: PathBuf,
    /// The program itself, not the proxy that would look it up.
    pub rustc: PathBuf,
    /// `rustc 1.95.0`.
    pub name: String,
}

/// Something that runs beside us.
#[derive(Debug)]
pub enum Started {
    /// Under limits.
    Open(Running),
    /// In the jail, too.
    #[cfg(all(target_os = "linux", target_arch = "x86_64"))]
    Jailed(runner::jail::Inmate),
}

impl Started {
    /// Whether it has ended.
    pub fn is_finished(&self) -> bool {
        match self {
            Self::Open(running) => running.is_finished(),
            #[cfg(all(target_os = "linux", target_arch = "x86_64"))]
            Self::Jailed(inmate) => inmate.is_finished(),
        }
    }

    /// Waits for its end.
    ///
    /// # Errors
    /// When it was lost, or did not get into the jail.
    pub fn wait(self) -> Result<Outcome, RunnerError> {
        match self {
            Self::Open(running) => running.wait(),
            #[cfg(all(target_os = "linux", target_arch = "x86_64"))]
            Self::Jailed(inmate) => inmate.wait(),
        }
    }
}

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
pub use jailed::Hold;
#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
pub use open::Hold;

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
mod open {
    use super::*;

    /// Limits, and nothing else.
    #[derive(Debug)]
    pub struct Hold {
        /// How programs are held, as the end of a sentence.
        pub words: String,
    }

    impl Hold {
        /// There is no jail for this system.
        pub fn find(_: &Path, _: &Compiler, _: u16) -> Self {
            let words = "under limits of time, memory and output; only x86-64 Linux has a jail for it".to_owned();
            Self { words }
        }

        /// Whether there is a jail.
        pub fn is_jailed(&self) -> bool {
            false
        }

        /// Starts a command under its limits.
        ///
        /// # Errors
        /// When it cannot be started.
        pub fn start(&self, command: &Command, _: What<'_>) -> Result<Started, RunnerError> {
            command.start().map(Started::Open)
        }
    }
}

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod jailed {
    use super::*;
    use anyhow::{Context, Result, bail};
    use runner::jail::{Cell, Grant, Jail, LAUNCHER, Level, PRISONER, Profile, Right, Trial, is_root, missing};

    /// Tasks of a program: threads. It can start no process.
    const TASKS: u32 = 64;
    /// Where we are root, programs run as a user of the server's own: this number and the port. Distributions give away
    /// none so high.
    const FIRST_USER: u32 = 2_000_000_000;

    /// A jail that held when it was tried, or limits.
    #[derive(Debug)]
    pub struct Hold {
        jails: Option<Jails>,
        sysroot: PathBuf,
        /// How programs are held, as the end of a sentence.
        pub words: String,
    }

    #[derive(Debug)]
    struct Jails {
        /// The compiler reads a toolchain that may lie in our own home, so it runs as who we are.
        of_compiler: Jail,
        of_program: Jail,
    }

    impl Hold {
        /// The best that holds here. What the jail needs is compiled into `folder`.
        pub fn find(folder: &Path, compiler: &Compiler, port: u16) -> Self {
            let (found, sysroot) = (jails(folder, compiler, port), compiler.sysroot.clone());
            match found {
                Ok(jails) => {
                    let words = format!("in a jail ({}) without files and network", jails.of_program.level());
                    Self { jails: Some(jails), sysroot, words }
                }
                Err(error) => Self::without(compiler, &format!("{error:#}")),
            }
        }

        /// Limits, and nothing else.
        pub fn without(compiler: &Compiler, why: &str) -> Self {
            let why = why.lines().next().unwrap_or_default();
            let words = format!("under limits of time, memory and output, because no jail holds here: {why}");
            Self { jails: None, sysroot: compiler.sysroot.clone(), words }
        }

        /// Whether there is a jail.
        pub fn is_jailed(&self) -> bool {
            self.jails.is_some()
        }

        /// Starts a command, whose program is an absolute path, under its limits and in the jail.
        ///
        /// # Errors
        /// When it cannot be started.
        pub fn start(&self, command: &Command, what: What<'_>) -> Result<Started, RunnerError> {
            let Some(jails) = &self.jails else { return command.start().map(Started::Open) };
            let (jail, cell) = match what {
                What::Compiler { source, out } => {
                    let view = compilers_view(&self.sysroot, source, out);
                    (&jails.of_compiler, Cell { profile: Profile::Compile, view, tasks: TASKS })
                }
                What::Program(program) => (&jails.of_program, programs_cell(program)),
            };
            jail.start(&command.clone().bare(), &cell).map(Started::Jailed)
        }
    }

    /// The runtime looks into `/proc` for the limits of its stack. What belongs to others there is closed.
    fn programs_cell(program: &Path) -> Cell {
        let view = vec![Grant::new(program, Right::Execute), Grant::new("/proc", Right::Read)];
        Cell { profile: Profile::Sanitized, view, tasks: TASKS }
    }

    /// Where the linker and the libraries of a system may be.
    const SYSTEM: [&str; 6] = ["/usr/bin", "/usr/lib", "/usr/lib64", "/usr/libexec", "/lib", "/lib64"];

    fn compilers_view(sysroot: &Path, source: &Path, out: &Path) -> Vec<Grant> {
        let mut view = vec![
            Grant::new(sysroot, Right::Execute),
            Grant::new("/dev/null", Right::Device),
            Grant::new(source, Right::Read),
            Grant::new(out, Right::Write),
        ];
        view.extend(SYSTEM.map(|path| Grant::new(path, Right::Execute)));
        view
    }

    fn jails(folder: &Path, compiler: &Compiler, port: u16) -> Result<Jails> {
        if let Some(missing) = missing(Level::Launcher) {
            bail!("{missing}");
        }
        for (name, source) in [("launch", LAUNCHER), ("prisoner", PRISONER)] {
            build(folder, compiler, name, source)?;
        }
        let secret = folder.join("secret");
        fs_err::write(&secret, "nobody who is jailed can read this\n")?;
        let trial = Trial { prisoner: folder.join("prisoner"), secret };
        let user = is_root().then(|| FIRST_USER + u32::from(port));
        let mut refused = None;
        for level in [Level::Bubblewrap, Level::Launcher] {
            match held(level, folder, user, &trial) {
                Ok(jails) => return Ok(jails),
                Err(error) => refused = Some(error),
            }
        }
        Err(refused.expect("there are levels").into())
    }

    fn held(level: Level, folder: &Path, user: Option<u32>, trial: &Trial) -> Result<Jails, RunnerError> {
        let jail = |user| Jail::new(level, folder.join("launch"), user);
        let (of_compiler, of_program) = (jail(None)?, jail(user)?);
        trial.hold(&of_compiler, Profile::Compile)?;
        trial.hold(&of_program, Profile::Sanitized)?;
        Ok(Jails { of_compiler, of_program })
    }

    fn build(folder: &Path, compiler: &Compiler, name: &str, text: &str) -> Result<()> {
        let source = folder.join(name).with_extension("rs");
        fs_err::write(&source, text)?;
        let flags = ["--edition=2024", "-Copt-level=1", "-Ctarget-feature=+crt-static", "-Awarnings", "-o"];
        let outcome = Command::new(&compiler.rustc).args(flags).arg(folder.join(name)).arg(&source).run();
        let outcome = outcome.with_context(|| format!("`{name}` of the jail cannot be compiled"))?;
        if !outcome.exit.success() {
            let said = runner::text::printable(&outcome.stderr);
            bail!("static programs cannot be linked here: {}", said.lines().next().unwrap_or_default());
        }
        Ok(())
    }
}
