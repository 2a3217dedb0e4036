//! The driver's side of a hidden suite: a case draws its inputs from the seed, calls the student's code,
//! and says what it sees.
//!
//! Nothing in the process of a driver knows what would be right, and nothing in it decides. It writes
//! records; the grader, in another process, compares them with those of the reference solution and
//! judges the readings of meters. So code that runs here can only compute the right answers or fail to.
//!
//! ```no_run
//! use obs::Obs;
//!
//! fn sorted(o: &mut Obs) {
//!     let mut numbers: Vec<u64> = (0..o.size()).map(|_| o.below(1000)).collect();
//!     numbers.sort();
//!     o.see::<Vec<u64>>("the sorted numbers", numbers);
//! }
//!
//! obs::main(&[("sorted", sorted)])
//! ```
//!
//! A driver is linked by the grader with the crates `obs` and `probe` and with the student's library, and
//! is started once for each case. It has no dependencies, because everything it links with runs beside
//! code that nobody trusts.

mod channel;
mod cost;
mod fault;
mod random;

use channel::Channel;
pub use channel::{Kind, Record, Records};
pub use cost::{also_count, refusals};
use random::Random;
use std::fmt::Debug;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a case uses to draw inputs and to say what it sees.
#[derive(Debug)]
pub struct Obs {
    channel: Channel,
    random: Random,
    size: u64,
}

/// A case: its name, by which the suite's `criteria.toml` knows it, and what it does.
pub type Case = (&'static str, fn(&mut Obs));

impl Obs {
    /// How large the inputs of this case should be, as `criteria.toml` says.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// A random number below `limit`, drawn from the seed of this grading. 0 for a limit of 0.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.random.below(limit)
    }

    /// A word of one to twelve random lower-case letters.
    pub fn word(&mut self) -> String {
        let length = 1 + self.below(12);
        (0..length).map(|_| char::from(b'a' + self.below(26) as u8)).collect()
    }

    /// Says what a call returned. Give the type, so that another one is refused by the compiler:
    /// `o.see::<Option<u64>>("the value on top", stack.pop())`.
    ///
    /// Let it be a type of the standard library: how a student's type prints itself is the student's
    /// choice.
    pub fn see<T: Debug>(&mut self, label: &str, value: T) {
        self.channel.write(Kind::See, label, &format!("{value:?}"));
    }

    /// Says whether a call panics. What the panic says is not part of it.
    pub fn see_panic<R>(&mut self, label: &str, call: impl FnOnce() -> R) {
        let panicked = quietly(call).is_err();
        self.channel.write(Kind::See, label, if panicked { "it panicked" } else { "it returned" });
    }

    /// Says whether a call panics, and with which text, where the task fixes it.
    pub fn see_panic_text<R>(&mut self, label: &str, call: impl FnOnce() -> R) {
        let text = match quietly(call) {
            Ok(_) => "it returned".to_owned(),
            Err(payload) => format!("it panicked: {}", text_of(&*payload)),
        };
        self.channel.write(Kind::See, label, &text);
    }

    /// Says what something cost. The grader compares it with a bound, not with the reference's bytes.
    pub fn meter(&mut self, label: &str, reading: u64) {
        self.channel.write(Kind::Meter, label, &reading.to_string());
    }

    /// Runs `call` and meters its cost: the basic blocks that it executes, and the bytes that it moves.
    ///
    /// In a build that does not count, the reading is 0. The grader makes a build that counts for the
    /// cases whose growth it judges.
    pub fn cost<R>(&mut self, label: &str, call: impl FnOnce() -> R) -> R {
        let before = cost::reading();
        let result = call();
        let reading = cost::reading() - before;
        self.meter(label, reading);
        result
    }
}

/// Catches a panic and keeps it from printing.
fn quietly<R>(call: impl FnOnce() -> R) -> std::thread::Result<R> {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let result = catch_unwind(AssertUnwindSafe(call));
    std::panic::set_hook(hook);
    result
}

fn text_of(payload: &(dyn std::any::Any + Send)) -> &str {
    let owned = payload.downcast_ref::<String>().map(String::as_str);
    owned.or(payload.downcast_ref::<&str>().copied()).unwrap_or("something that is no text")
}

/// Runs the case that standard input names, as `NAME SEED SIZE`.
///
/// From its first instruction on, standard output belongs to the records; what student code prints goes
/// to standard error, and nobody reads it. A panic of the case is a record as well.
///
/// # Panics
/// When standard input does not name a case: the suite and its `criteria.toml` disagree.
pub fn main(cases: &[Case]) {
    let mut channel = Channel::take_stdout();
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input).expect("the grader writes text to standard input");
    let mut words = input.split_whitespace();
    let (Some(name), Some(seed), Some(size)) = (words.next(), number(words.next()), number(words.next())) else {
        panic!("standard input should be `NAME SEED SIZE`, not `{input}`");
    };
    let Some((_, case)) = cases.iter().find(|(known, _)| *known == name) else {
        panic!("this driver has no case `{name}`");
    };
    fault::watch(&channel);
    start_a_thread();
    let mut o = Obs { channel: channel.clone(), random: Random::new(seed), size };
    match catch_unwind(AssertUnwindSafe(|| case(&mut o))) {
        Ok(()) => channel.write(Kind::End, "", ""),
        Err(payload) => {
            channel.write(Kind::Panic, "", text_of(&*payload));
            // Destructors of student code have nothing more to say.
            std::process::exit(101);
        }
    }
}

/// The standard library keeps a table of threads, whose first block is allocated with the first thread that it knows the
/// stack of. Without `/proc` that is not the main thread, and in a jail the block would be the answer's that is tried.
fn start_a_thread() {
    // Where no thread can be started, the answer cannot start one either.
    let started = std::thread::Builder::new().spawn(|| ());
    drop(started.map(std::thread::JoinHandle::join));
}

fn number(word: Option<&str>) -> Option<u64> {
    word?.parse().ok()
}
