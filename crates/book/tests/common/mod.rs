//! A server of the book in this process, and a client that sends what it is told to, right or wrong.

use book::serve::Server;
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A served book of one page, with a folder of exercises where a test writes some.
pub struct Served {
    folder: TempDir,
    server: Server,
    token: String,
}

impl Served {
    /// Programs may run for so many seconds.
    pub fn new(seconds: u64) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        open(folder.path());
        let pages = folder.path().join("book");
        std::fs::create_dir(&pages).expect("folders can be made");
        std::fs::write(pages.join("index.html"), "<p>page</p>").expect("files can be written");
        std::fs::write(folder.path().join("secret.txt"), "secret").expect("files can be written");
        let server = Server::open(folder.path(), &pages, 0, seconds).expect("the server starts");
        let mut served = Self { folder, server, token: String::new() };
        let (_, page) = served.send(&format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", served.host()), b"");
        served.token = page.split_once("\"token\":\"").expect("a page holds the token").1[..32].to_owned();
        served
    }

    pub fn host(&self) -> String {
        self.server.address().to_string()
    }

    pub fn token(&self) -> &str {
        &self.token
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn is_jailed(&self) -> bool {
        self.server.is_jailed()
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.server.address()).expect("the server listens");
        stream.set_read_timeout(Some(Duration::from_secs(120))).expect("a time can be set");
        stream
    }

    /// Sends bytes as they are; status and body of the answer.
    pub fn send(&self, head: &str, body: &[u8]) -> (u16, String) {
        let mut stream = self.connect();
        stream.write_all(head.as_bytes()).expect("the head is taken");
        // A server that refuses need not read the rest.
        let _ = stream.write_all(body);
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("there is an answer");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
        let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        (status.unwrap_or_else(|| panic!("no answer: {answer:?}")), body.to_owned())
    }

    /// The head of a good request, with its headers changed: a value that is `None` leaves one out.
    pub fn head(&self, start: &str, length: usize, changes: &[(&str, Option<&str>)]) -> String {
        let mut headers = vec![
            ("Host", Some(self.host())),
            ("Origin", Some(format!("http://{}", self.host()))),
            ("X-Book-Token", Some(self.token.clone())),
            ("Content-Type", Some("application/json".to_owned())),
            ("Content-Length", Some(length.to_string())),
        ];
        for (name, value) in changes {
            match headers.iter_mut().find(|(other, _)| other == name) {
                Some(header) => header.1 = value.map(str::to_owned),
                None => headers.push((name, value.map(str::to_owned))),
            }
        }
        let lines = headers.into_iter().filter_map(|(name, value)| Some(format!("{name}: {}\r\n", value?)));
        format!("{start} HTTP/1.1\r\n{}\r\n", lines.collect::<String>())
    }

    /// Asks as a page does.
    pub fn ask(&self, path: &str, body: &Value) -> (u16, Value) {
        let body = body.to_string();
        let (status, answer) = self.send(&self.head(&format!("POST {path}"), body.len(), &[]), body.as_bytes());
        (status, serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{error}: {answer:?}")))
    }

    /// Runs a program, and expects an answer to it.
    pub fn run(&self, code: &str) -> Value {
        let (status, answer) = self.ask("/__run", &serde_json::json!({ "code": code }));
        assert_eq!(status, 200, "{answer}");
        answer
    }

    /// Processes that work for this server: their command line names its folder.
    pub fn processes(&self) -> Vec<String> {
        processes(&self.folder.path().join("target").display().to_string())
    }
}

/// Command lines of processes that hold a text.
pub fn processes(text: &str) -> Vec<String> {
    let entries = std::fs::read_dir("/proc").expect("there is /proc").flatten();
    let lines = entries.filter_map(|entry| std::fs::read(entry.path().join("cmdline")).ok());
    lines.map(|line| String::from_utf8_lossy(&line).replace('\0', " ")).filter(|line| line.contains(text)).collect()
}

/// Waits until something is so.
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(60), "{what} did not happen");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A jailed program may run as somebody else.
fn open(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
}
