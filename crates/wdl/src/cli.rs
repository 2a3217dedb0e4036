//! The commands of `wdl`, and what its exit codes mean.

use anyhow::Result;
use clap::{CommandFactory, Parser, Subcommand};
use std::path::PathBuf;

use crate::Usage;
use crate::check::Patience;
#[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
use crate::commands::class;
use crate::commands::{self, Session, doctor, hint, list, manifest, reset, solution, submit, work};
use crate::console::Console;
use crate::course::nearest;

/// Does the exercises of *Where Data Lives* with you.
///
/// Without a command it shows an exercise, the one that you name, or the one of this folder, or the next that is
/// not passed, and checks it each time you save. Ctrl-C ends it. Every exercise can be done without this program,
/// with `cargo test` in its folder.
#[derive(Debug, Parser)]
#[command(name = "wdl", version, override_usage = "wdl [OPTIONS] [ID]\n       wdl [OPTIONS] <COMMAND>")]
pub struct Cli {
    /// Write line by line: no color, and words without symbols.
    #[arg(long, global = true)]
    pub plain: bool,
    /// An exercise to work on.
    id: Option<String>,
    /// What follows a word that is no command: taken so that the word can be told, and not what follows.
    #[arg(hide = true, allow_hyphen_values = true)]
    rest: Vec<String>,
    #[command(flatten)]
    work: Options,
    #[command(subcommand)]
    command: Option<Command>,
}

/// How to work on an exercise.
#[derive(Debug, clap::Args)]
struct Options {
    /// Check once, instead of on every change.
    #[arg(long)]
    once: bool,
    /// Look for changes once a second, instead of asking the system.
    #[arg(long)]
    poll: bool,
    /// Time that the tests may take [default: what the exercise allows].
    #[arg(long, global = true, value_parser = clap::value_parser!(u64).range(1..))]
    seconds: Option<u64>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the exercises and how far you are.
    List {
        /// For another program.
        #[arg(long)]
        json: bool,
    },
    /// Run the visible tests of an exercise, and say what is not right yet.
    Check {
        /// An exercise; without it the one of this folder, or else the next.
        id: Option<String>,
        /// With the hidden suite, where it is there, instead of the visible tests.
        #[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
        #[arg(long)]
        as_grader: bool,
        /// The seed of the hidden suite's input, to repeat a grading.
        #[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
        #[arg(long, requires = "as_grader")]
        seed: Option<u64>,
    },
    /// Show the last hint that you have seen, or the first.
    Hint {
        /// An exercise; without it the one of this folder, or else the next.
        id: Option<String>,
        /// Show one hint more.
        #[arg(long)]
        next: bool,
    },
    /// Bring an exercise back to its beginning; your files are kept as a copy.
    Reset {
        /// An exercise.
        id: String,
        /// Only what is not yours: the tests and Cargo.toml.
        #[arg(long)]
        tests: bool,
        /// Bring back the newest copy instead, and keep one of what is there now.
        #[arg(long, conflicts_with = "tests")]
        undo: bool,
    },
    /// Say how far you are.
    Progress {
        /// For another program.
        #[arg(long)]
        json: bool,
    },
    /// Look for what keeps the exercises from working on this machine.
    Doctor,
    /// Check and pack what is to be handed in: `submission-<ID>.zip` in the current folder.
    Submit {
        /// Exercises; without any the one of this folder, or else all that are passed.
        ids: Vec<String>,
    },
    /// Print the completions of a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Show a solution, after you passed.
    Solution {
        /// An exercise.
        id: String,
        /// Before you passed, too: give it twice.
        #[arg(long, action = clap::ArgAction::Count)]
        anyway: u8,
    },
    /// For teachers: grade a class, from the download of a learning platform.
    #[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
    Grade(#[command(flatten)] Box<class::grade::Options>),
    /// For teachers: grade the same submissions again, after a suite was mended.
    #[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
    Regrade(#[command(flatten)] Box<class::regrade::Options>),
    /// For teachers: tell everything about one student's work on one exercise.
    #[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
    Explain(#[command(flatten)] Box<class::explain::Options>),
    /// For teachers: write a graded class in the form of whoever reads it.
    #[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
    Report(#[command(flatten)] Box<class::report::Options>),
    /// For teachers: put submissions side by side, for programs that look for copies.
    #[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
    Similar(#[command(flatten)] Box<class::similar::Options>),
    /// For platforms that start a grader: grade one submission of a set, and write its result.
    #[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
    Autograde(#[command(flatten)] Box<class::autograde::Options>),
    /// For teachers: grade one submission of one exercise, in the jail, and keep the verdict.
    #[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
    GradeOne(#[command(flatten)] Box<commands::grade_one::Options>),
    /// For teachers: begin, check and give out a graded set.
    #[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
    Set {
        /// What to do.
        #[command(subcommand)]
        command: commands::set::SetCommand,
    },
    /// Write down the exercises as they are now, for those who make the course.
    #[command(hide = true)]
    Manifest {
        /// Where to, instead of the course's own folder.
        #[arg(long)]
        to: Option<PathBuf>,
    },
}

/// Exit codes, which other programs may rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All went well; for a check: passed.
    Passed = 0,
    /// Not passed yet, or not possible yet.
    NotYet = 1,
    /// The command line cannot be right. clap uses this number, too.
    Usage = 2,
    /// A check ran out of time or memory.
    Limit = 3,
    /// The course, this program or the machine is at fault, not the exercise.
    Fault = 70,
    /// Ctrl-C.
    Interrupted = 130,
}

/// Does what the command line asks for.
pub fn run(cli: Cli, console: Console) -> Exit {
    execute(cli, console).unwrap_or_else(|error| {
        if runner::interrupt::requested() {
            return Exit::Interrupted;
        }
        console.tell(&format!("error: {error:#}"));
        if error.is::<Usage>() { Exit::Usage } else { Exit::Fault }
    })
}

/// What needs no course, or finds it by itself.
fn without_session(command: &Command, console: Console) -> Option<Result<Exit>> {
    match command {
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "wdl", &mut script);
            console.raw(&script);
            Some(Ok(Exit::Passed))
        }
        #[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
        Command::GradeOne(options) => Some(commands::grade_one::run(options, console)),
        #[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
        Command::Grade(options) => Some(class::grade::run(options, console)),
        #[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
        Command::Regrade(options) => Some(class::regrade::run(options, console)),
        #[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
        Command::Explain(options) => Some(class::explain::run(options, console)),
        #[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
        Command::Report(options) => Some(class::report::run(options, console)),
        #[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
        Command::Similar(options) => Some(class::similar::run(options, console)),
        #[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
        Command::Autograde(options) => Some(class::autograde::run(options, console)),
        #[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
        Command::Set { command } => Some(commands::set::run(command, console)),
        Command::Doctor => Some(doctor::run(console)),
        _ => None,
    }
}

fn execute(cli: Cli, console: Console) -> Result<Exit> {
    if let Some(done) = cli.command.as_ref().and_then(|command| without_session(command, console)) {
        return done;
    }
    let mut session = Session::begin(console, Patience::new(cli.work.seconds))?;
    if let Some(id) = &cli.id {
        check_name(&session, id, cli.command.is_none() && cli.rest.is_empty())?;
    }
    let exit = match cli.command {
        None => work::run(&mut session, cli.id.as_deref(), cli.work.once, cli.work.poll),
        #[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
        Some(Command::Check { id, as_grader: true, seed }) => {
            commands::as_grader::run(&mut session, id.as_deref(), seed)
        }
        Some(Command::Check { id, .. }) => commands::check::run(&mut session, id.as_deref()),
        Some(Command::List { json }) => list::run(&session, json),
        Some(Command::Hint { id, next }) => hint::run(&mut session, id.as_deref(), next),
        Some(Command::Reset { id, undo: true, .. }) => reset::undo(&mut session, &id),
        Some(Command::Reset { id, tests, .. }) => reset::run(&mut session, &id, tests),
        Some(Command::Progress { json }) => list::progress(&session, json),
        Some(Command::Submit { ids }) => submit::run(&mut session, &ids),
        Some(Command::Solution { id, anyway }) => solution::run(&session, &id, anyway),
        Some(Command::Manifest { to }) => manifest::run(&session, to),
        // Done above, before there is a session.
        Some(_) => Ok(Exit::Passed),
    };
    session.tell_notes();
    exit
}

/// A first word that is no command must be an exercise, and the last word.
fn check_name(session: &Session, id: &str, is_last: bool) -> Result<()> {
    if session.course.lookup(id)?.is_none() {
        return Err(Usage(unknown(session, id)).into());
    }
    if !is_last {
        let like = format!("a command comes before the exercise, as in `wdl check {id}`");
        return Err(Usage(format!("nothing may follow the exercise `{id}`; {like}")).into());
    }
    Ok(())
}

fn unknown(session: &Session, word: &str) -> String {
    let mut cli = Cli::command();
    cli.build();
    let commands = cli.get_subcommands().filter(|command| !command.is_hide_set());
    let command = nearest(word, commands.map(clap::Command::get_name)).map(|name| format!("the command `{name}`"));
    let exercise = session.course.nearest(word).map(|id| format!("the exercise `{id}`"));
    let meant: Vec<String> = command.into_iter().chain(exercise).collect();
    let advice = if meant.is_empty() {
        "`wdl --help` shows the commands, and `wdl list` the exercises".to_owned()
    } else {
        format!("is it {}?", meant.join(", or "))
    };
    format!("there is neither a command nor an exercise `{word}`; {advice}")
}
