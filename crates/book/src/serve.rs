//! `cargo book serve`: the book at a loopback address, built again on every change; and the place where its readers'
//! programs run.
//!
//! A page learns of a new build by asking for it: one request waits until there is one. What a failed
//! build has to say is shown on the page, over the last good one.

mod check;
mod gate;
mod guard;
mod hold;
mod http;
mod pages;
mod workshop;

use crate::cli::Exit;
use crate::console::Console;
use crate::faults::Faults;
use crate::site;
use anyhow::{Context, Result};
use clap::Args;
use gate::Gate;
use guard::Token;
use http::{Refusal, Request};
use notify::{Config, Event, PollWatcher, RecursiveMode, Watcher};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;
use workshop::Workshop;

/// How to serve.
#[derive(Args, Debug)]
pub struct Options {
    /// Port on the loopback address; 0 takes any that is free.
    #[arg(long, default_value_t = 3000)]
    port: u16,
}

/// What may change the pages, relative to the root.
const WATCHED: [&str; 6] = ["src", "listings", "exercises", "data", "theme", "book.toml"];

/// Quiet time after a change: an editor writes a file in several steps.
const SETTLE: Duration = Duration::from_millis(40);

/// How long a page waits for a new build before it asks again.
const PATIENCE: Duration = Duration::from_secs(25);

/// Connections at the same time. Waiting pages hold one each; a reader has a few of them open.
const CONNECTIONS: usize = 64;

/// The newest build, which waiting pages are told of.
#[derive(Debug, Default)]
struct News {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Clone, Debug, Default)]
struct State {
    version: u64,
    fault: String,
}

/// A server at a loopback address. It answers as long as the process lives; who drops it, wants no more programs to run.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

/// What all connections share.
#[derive(Debug)]
struct Shared {
    root: PathBuf,
    pages: PathBuf,
    token: Token,
    news: News,
    gate: Gate,
    workshop: Workshop,
    connections: AtomicUsize,
}

/// Serves until it is interrupted.
///
/// # Errors
/// When the first build fails, or the address is taken.
pub fn run(root: &Path, options: &Options, console: Console) -> Result<Exit> {
    let pages = site::build(root)?;
    let server = Server::open(root, &pages, options.port, workshop::SECONDS)?;
    let (changes, _watcher) = watch(root, console)?;
    console.say(&format!("the book is at http://{}/ (stop it with Ctrl-C)", server.address()));
    let shared = server.shared.clone();
    std::thread::spawn(move || shared.workshop.hold().is_jailed());
    while changes.recv().is_ok() {
        while changes.recv_timeout(SETTLE).is_ok() {}
        rebuild(root, &server.shared.news, console);
    }
    Ok(Exit::Good)
}

impl Server {
    /// Serves the built `pages` of the book at `root`; port 0 takes any that is free. A program may run for so many
    /// `seconds`.
    ///
    /// # Errors
    /// When the address is taken, or there is no compiler.
    pub fn open(root: &Path, pages: &Path, port: u16, seconds: u64) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port))
            .with_context(|| format!("port {port} cannot be used; choose another with --port"))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            root: root.to_owned(),
            pages: pages.to_owned(),
            token: Token::draw()?,
            news: News::default(),
            gate: Gate::default(),
            workshop: Workshop::open(root, address.port(), seconds)?,
            connections: AtomicUsize::new(0),
        });
        let ours = shared.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = ours.clone();
                // Above the limit, a connection is closed at once.
                if shared.connections.fetch_add(1, Ordering::Relaxed) >= CONNECTIONS {
                    shared.connections.fetch_sub(1, Ordering::Relaxed);
                    continue;
                }
                std::thread::spawn(move || {
                    if let Some(request) = http::read(stream) {
                        shared.answer(request);
                    }
                    shared.connections.fetch_sub(1, Ordering::Relaxed);
                });
            }
        });
        Ok(Self { address, shared })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Whether programs run in a jail here.
    pub fn is_jailed(&self) -> bool {
        self.shared.workshop.hold().is_jailed()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.workshop.close();
    }
}

/// Where programs, and where the tests of exercises, are sent to.
const RUN: &str = "/__run";
const CHECK: &str = "/__check";

/// The longest body: a program in which every character is escaped.
const BODY: usize = 2 * workshop::LONGEST + 1024;

impl Shared {
    fn answer(&self, mut request: Request) {
        let done = match (request.path.as_str(), request.method.as_str()) {
            (RUN | CHECK, _) => self.work(&mut request),
            (_, "GET" | "HEAD") => guard::is_local(&request).map(|()| None),
            _ => guard::is_local(&request).and(Err(Refusal::new(405, "A page can only be read."))),
        };
        match done {
            Err(refusal) => request.refuse(&refusal),
            Ok(Some(Some(value))) => request.answer(200, "application/json", value.to_string().as_bytes()),
            // Whoever asked for it has hung up.
            Ok(Some(None)) => {}
            Ok(None) if request.path == "/__news" => {
                let text = wait(&self.news, &request.query);
                request.answer(200, "application/json", text.as_bytes());
            }
            Ok(None) => {
                let (status, kind, bytes) = pages::find(&self.pages, &request.path, &self.token);
                request.answer(status, kind, &bytes);
            }
        }
    }

    /// Runs what a page asks for. `None` inside when its reader is gone.
    fn work(&self, request: &mut Request) -> Result<Option<Option<Value>>, Refusal> {
        guard::may_run(request, &self.token)?;
        let body = request.body(BODY)?;
        let is_gone = || request.is_abandoned();
        let Some(_turn) = self.gate.enter(&is_gone)? else { return Ok(Some(None)) };
        let done = if request.path == RUN {
            let job: workshop::Job = read(&body)?;
            if job.code.len() > workshop::LONGEST {
                let sentence = format!("The program is too long: at most {} bytes are taken.", workshop::LONGEST);
                return Err(Refusal::new(413, sentence));
            }
            self.workshop.run(&job, &is_gone).map(Ok)
        } else {
            check::run(&self.root, &read(&body)?, &is_gone)
        };
        match done {
            Ok(Ok(value)) => Ok(Some(value)),
            Ok(Err(refusal)) => Err(refusal),
            Err(error) => {
                Err(Refusal::new(500, format!("This could not be run, which is no fault of the program: {error:#}")))
            }
        }
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body)
        .map_err(|error| Refusal::new(400, format!("What was sent is not understood: {error}.")))
}

fn rebuild(root: &Path, news: &News, console: Console) {
    let fault = match site::build(root) {
        Ok(_) => String::new(),
        Err(error) => {
            let report =
                error.downcast_ref::<Faults>().map_or_else(|| format!("{error:#}"), |faults| faults.report(false));
            console.tell(&report);
            report
        }
    };
    let mut state = news.state.lock().unwrap_or_else(PoisonError::into_inner);
    *state = State { version: state.version + 1, fault };
    news.changed.notify_all();
}

/// Watches the sources; where the system cannot tell of changes, looks for them once a second.
fn watch(root: &Path, console: Console) -> Result<(Receiver<()>, Box<dyn Watcher>)> {
    let (sender, receiver) = channel();
    let handler = move |event: notify::Result<Event>| {
        // Whoever solves an exercise while reading builds it there.
        let built = |path: &PathBuf| path.components().any(|part| part.as_os_str() == "target");
        if event.is_ok_and(|event| !event.kind.is_access() && !event.paths.iter().all(built)) {
            let _ = sender.send(());
        }
    };
    let watch_all = |watcher: &mut dyn Watcher| -> notify::Result<()> {
        for name in WATCHED {
            watcher.watch(&root.join(name), RecursiveMode::Recursive)?;
        }
        Ok(())
    };
    if let Ok(mut watcher) = notify::recommended_watcher(handler.clone())
        && watch_all(&mut watcher).is_ok()
    {
        return Ok((receiver, Box::new(watcher)));
    }
    console.tell("this system does not tell of changed files; looking for them once a second instead");
    let mut watcher = PollWatcher::new(handler, Config::default().with_poll_interval(Duration::from_secs(1)))?;
    watch_all(&mut watcher)?;
    Ok((receiver, Box::new(watcher)))
}

/// The newest version, as soon as it is newer than the page's.
fn wait(news: &News, query: &str) -> String {
    let seen = query.strip_prefix("after=").and_then(|seen| seen.parse::<u64>().ok());
    let state = news.state.lock().unwrap_or_else(PoisonError::into_inner);
    let state = match seen {
        None => state.clone(),
        Some(seen) => {
            let waited = news.changed.wait_timeout_while(state, PATIENCE, |state| state.version == seen);
            waited.unwrap_or_else(PoisonError::into_inner).0.clone()
        }
    };
    serde_json::json!({ "version": state.version, "fault": state.fault }).to_string()
}
