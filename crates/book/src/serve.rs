//! `cargo book serve`: the book at a loopback address, built again on every change.
//!
//! A page learns of a new build by asking for it: one request waits until there is one. What a failed
//! build has to say is shown on the page, over the last good one.

use crate::cli::Exit;
use crate::console::Console;
use crate::faults::Faults;
use crate::site;
use anyhow::{Context, Result};
use clap::Args;
use notify::{Config, Event, PollWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;
use tiny_http::{Header, Request, Response, Server};

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

/// Serves until it is interrupted.
///
/// # Errors
/// When the first build fails, or the address is taken.
pub fn run(root: &Path, options: &Options, console: Console) -> Result<Exit> {
    let pages = site::build(root)?;
    let server = Server::http(("127.0.0.1", options.port))
        .map_err(|error| anyhow::anyhow!("{error}"))
        .with_context(|| format!("port {} cannot be used; choose another with --port", options.port))?;
    let news = Arc::new(News::default());
    let (changes, _watcher) = watch(root, console)?;
    console.say(&format!("the book is at http://{}/ (stop it with Ctrl-C)", server.server_addr()));
    let server = Arc::new(server);
    for _ in 0..WORKERS {
        let (server, news, pages) = (server.clone(), news.clone(), pages.clone());
        std::thread::spawn(move || {
            while let Ok(request) = server.recv() {
                answer(request, &pages, &news);
            }
        });
    }
    while changes.recv().is_ok() {
        while changes.recv_timeout(SETTLE).is_ok() {}
        rebuild(root, &news, console);
    }
    Ok(Exit::Good)
}

/// Waiting pages hold a worker each; a reader has a few of them open.
const WORKERS: usize = 16;

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
    let mut state = news.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
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

fn answer(request: Request, pages: &Path, news: &News) {
    // Another site's page must not read what is served here, whatever name it gives this machine.
    let local = request.headers().iter().any(|header| {
        header.field.equiv("Host")
            && ["127.0.0.1", "localhost"].contains(&header.value.as_str().split(':').next().unwrap_or(""))
    });
    let url = request.url().to_owned();
    let (path, query) = url.split_once('?').unwrap_or((&url, ""));
    // A reader who went away needs no answer.
    let _ = match path {
        _ if !local => request.respond(Response::from_string("only for this machine").with_status_code(403)),
        "/__news" => request.respond(wait(news, query)),
        _ => request.respond(file(pages, path)),
    };
}

/// Answers with the newest version as soon as it is newer than the page's.
fn wait(news: &News, query: &str) -> Response<std::io::Cursor<Vec<u8>>> {
    let seen = query.strip_prefix("after=").and_then(|seen| seen.parse::<u64>().ok());
    let state = news.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let state = match seen {
        None => state.clone(),
        Some(seen) => {
            let waited = news.changed.wait_timeout_while(state, PATIENCE, |state| state.version == seen);
            waited.unwrap_or_else(std::sync::PoisonError::into_inner).0.clone()
        }
    };
    let text = serde_json::json!({ "version": state.version, "fault": state.fault }).to_string();
    Response::from_string(text).with_header(content_type("application/json"))
}

fn file(pages: &Path, path: &str) -> Response<std::io::Cursor<Vec<u8>>> {
    let found = local_file(pages, path).and_then(|file| Some((std::fs::read(&file).ok()?, file)));
    let Some((mut bytes, file)) = found else {
        let page = std::fs::read(pages.join("404.html")).unwrap_or_default();
        return Response::from_data(page).with_status_code(404).with_header(content_type("text/html; charset=utf-8"));
    };
    let kind = kind_of(&file);
    if kind.starts_with("text/html") {
        bytes.extend_from_slice(RELOAD.as_bytes());
    }
    Response::from_data(bytes).with_header(content_type(kind))
}

/// The file that a path names, if it lies below the pages.
fn local_file(pages: &Path, path: &str) -> Option<PathBuf> {
    let mut file = pages.to_owned();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        if part == ".." || part.contains('\\') {
            return None;
        }
        file.push(part);
    }
    Some(if file.is_dir() { file.join("index.html") } else { file })
}

fn kind_of(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("wasm") => "application/wasm",
        _ => "text/plain; charset=utf-8",
    }
}

fn content_type(kind: &str) -> Header {
    Header::from_bytes("Content-Type", kind).expect("the kinds of files are plain ASCII")
}

/// Asks for the next build, loads the page again when it is there, and shows what a failed one says.
const RELOAD: &str = r#"<script type="module">
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const ask = async (query) => (await fetch("/__news" + query)).json();
const box = document.createElement("pre");
box.setAttribute("role", "alert");
box.style.cssText = "position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;margin:0;padding:1em;background:#fff;color:#a00;border-top:3px solid #a00;z-index:999";
for (let seen = null; ; ) {
  try {
    const news = await ask(seen === null ? "" : "?after=" + seen);
    if (seen !== null && news.version !== seen && !news.fault) location.reload();
    box.textContent = news.fault;
    if (news.fault) document.body.append(box); else box.remove();
    seen = news.version;
  } catch {
    await wait(1000);
  }
}
</script>"#;
