//! As much of HTTP/1.1 as a book at a loopback address needs: one request a connection, all of it bounded in size
//! and time. What is not plainly a request is refused, with a sentence.
//!
//! A server library would keep connections, and would take the body before anyone has asked who sends it. Here the
//! head is judged first, and the socket stays at hand: whoever hangs up is noticed.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

/// Bytes of a request line and its headers. Browsers send one or two thousand.
const HEAD: usize = 16 << 10;
/// Time in which a request must be here.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes that are read of what nobody wants, so that its sender gets to read the refusal.
const DREGS: usize = 1 << 20;

/// Why a request is not answered as it wishes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The status code.
    pub status: u16,
    /// What is wrong, as a sentence.
    pub sentence: String,
}

impl Refusal {
    /// A refusal.
    pub fn new(status: u16, sentence: impl Into<String>) -> Self {
        Self { status, sentence: sentence.into() }
    }
}

/// A request whose head has been read.
#[derive(Debug)]
pub struct Request {
    /// `GET`, `POST`, ...
    pub method: String,
    /// The path, as it was sent.
    pub path: String,
    /// What stands behind the question mark.
    pub query: String,
    headers: Vec<(String, String)>,
    stream: TcpStream,
    early: Vec<u8>,
}

/// Reads the head of a request. `None` where nobody can be answered.
pub fn read(mut stream: TcpStream) -> Option<Request> {
    let bytes = match head(&mut stream) {
        Ok(bytes) => bytes,
        Err(None) => return None,
        Err(Some(refusal)) => {
            refuse(stream, &refusal);
            return None;
        }
    };
    match parse(&bytes) {
        Ok((method, path, query, headers, end)) => {
            let early = bytes[end..].to_vec();
            Some(Request { method, path, query, headers, stream, early })
        }
        Err(refusal) => {
            refuse(stream, &refusal);
            None
        }
    }
}

/// The bytes up to the empty line, and what came along behind it.
fn head(stream: &mut TcpStream) -> Result<Vec<u8>, Option<Refusal>> {
    let (mut bytes, mut buffer) = (Vec::new(), [0; 4096]);
    let deadline = Instant::now() + PATIENCE;
    while find(&bytes, b"\r\n\r\n").is_none() {
        if bytes.len() > HEAD {
            return Err(Some(Refusal::new(431, "The headers of the request are too long.")));
        }
        match read_before(deadline, stream, &mut buffer) {
            // A connection that is opened and not used is nothing to tell anybody.
            Ok(0) => return Err(None),
            Ok(count) => bytes.extend_from_slice(&buffer[..count]),
            Err(()) if bytes.is_empty() => return Err(None),
            Err(()) => return Err(Some(Refusal::new(408, "The request did not arrive in time."))),
        }
    }
    Ok(bytes)
}

fn read_before(deadline: Instant, stream: &mut TcpStream, buffer: &mut [u8]) -> Result<usize, ()> {
    let left = deadline.saturating_duration_since(Instant::now()).max(Duration::from_millis(1));
    if Instant::now() >= deadline || stream.set_read_timeout(Some(left)).is_err() {
        return Err(());
    }
    loop {
        match stream.read(buffer) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            other => return other.map_err(drop),
        }
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

type Parsed = (String, String, String, Vec<(String, String)>, usize);

/// Method, path, query, headers, and where the body begins.
fn parse(bytes: &[u8]) -> Result<Parsed, Refusal> {
    let odd = || Refusal::new(400, "This is not a request that can be understood.");
    let end = find(bytes, b"\r\n\r\n").ok_or_else(odd)?;
    let text = std::str::from_utf8(&bytes[..end]).map_err(|_| odd())?;
    let mut lines = text.split("\r\n");
    let words: Vec<&str> = lines.next().unwrap_or_default().split(' ').collect();
    let [method, target, "HTTP/1.1" | "HTTP/1.0"] = words[..] else { return Err(odd()) };
    if !target.starts_with('/') {
        return Err(odd());
    }
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in lines {
        let (name, value) = line.split_once(':').ok_or_else(odd)?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        if name.is_empty() || !name.chars().all(is_name) || value.contains(|c: char| c.is_control() && c != '\t') {
            return Err(odd());
        }
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    Ok((method.to_owned(), path.to_owned(), query.to_owned(), headers, end + 4))
}

impl Request {
    /// A header that must be there once at most: of two, nobody knows which one another program believes.
    ///
    /// # Errors
    /// When it is there twice.
    pub fn header(&self, name: &str) -> Result<Option<&str>, Refusal> {
        let mut found = self.headers.iter().filter(|(other, _)| other == name).map(|(_, value)| value.as_str());
        match (found.next(), found.next()) {
            (_, Some(_)) => Err(Refusal::new(400, format!("The header `{name}` is there twice."))),
            (value, None) => Ok(value),
        }
    }

    /// The body, if it is no longer than `most` bytes.
    ///
    /// # Errors
    /// When it is longer, says no length, or does not arrive.
    pub fn body(&mut self, most: usize) -> Result<Vec<u8>, Refusal> {
        let unsized_body = || Refusal::new(411, "The request must say how long its body is.");
        if self.header("transfer-encoding")?.is_some() {
            return Err(unsized_body());
        }
        let length = self.header("content-length")?.ok_or_else(unsized_body)?;
        if length.is_empty() || !length.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Refusal::new(400, "The length of the body is not a number."));
        }
        let length = length.parse::<usize>().ok().filter(|length| *length <= most);
        let too_long = || Refusal::new(413, format!("That is too long: at most {most} bytes are taken."));
        let length = length.ok_or_else(too_long)?;
        if self.header("expect")?.is_some_and(|value| value.eq_ignore_ascii_case("100-continue")) {
            let _ = self.stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n");
        }
        let mut body = std::mem::take(&mut self.early);
        let (deadline, mut buffer) = (Instant::now() + PATIENCE, [0; 16 << 10]);
        while body.len() < length {
            match read_before(deadline, &mut self.stream, &mut buffer) {
                Ok(count @ 1..) => body.extend_from_slice(&buffer[..count]),
                _ => return Err(Refusal::new(408, "The request did not arrive in time.")),
            }
        }
        body.truncate(length);
        Ok(body)
    }

    /// Whether whoever asked is no longer there to be answered.
    pub fn is_abandoned(&self) -> bool {
        if self.stream.set_nonblocking(true).is_err() {
            return true;
        }
        let gone = match self.stream.peek(&mut [0]) {
            Ok(count) => count == 0,
            Err(error) => !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted),
        };
        gone | self.stream.set_nonblocking(false).is_err()
    }

    /// Answers, and closes the connection. A reader who went away needs no answer.
    pub fn answer(self, status: u16, kind: &str, body: &[u8]) {
        let body: &[u8] = if self.method == "HEAD" { &[] } else { body };
        send(self.stream, status, kind, body);
    }

    /// Answers with a refusal.
    pub fn refuse(self, refusal: &Refusal) {
        refuse(self.stream, refusal);
    }
}

fn refuse(stream: TcpStream, refusal: &Refusal) {
    let body = serde_json::json!({ "refused": refusal.sentence }).to_string();
    send(stream, refusal.status, "application/json", body.as_bytes());
}

/// What holds for every answer: no other site may show it in a frame, take it as a script or picture, or guess that it is
/// something else than it says.
const ALWAYS: &str = "Content-Security-Policy: frame-ancestors 'self'\r\nCross-Origin-Resource-Policy: same-origin\r\n\
    X-Content-Type-Options: nosniff\r\nCache-Control: no-cache\r\nConnection: close\r\n";

fn send(mut stream: TcpStream, status: u16, kind: &str, body: &[u8]) {
    let allow = if status == 405 { "Allow: POST\r\n" } else { "" };
    let head = format!(
        "HTTP/1.1 {status} {}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n{allow}{ALWAYS}\r\n",
        reason(status),
        body.len()
    );
    let _ = stream.set_write_timeout(Some(PATIENCE));
    let sent = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
    if sent.is_err() || stream.shutdown(Shutdown::Write).is_err() {
        return;
    }
    // Closed with bytes unread, a connection is reset, and what was answered is lost.
    let (deadline, mut buffer, mut rest) = (Instant::now() + Duration::from_secs(2), [0; 16 << 10], DREGS);
    while let Ok(count @ 1..) = read_before(deadline, &mut stream, &mut buffer) {
        rest = rest.saturating_sub(count);
        if rest == 0 {
            return;
        }
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        411 => "Length Required",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_request_is_taken_apart_and_what_is_none_is_refused() {
        let (method, path, query, headers, end) = parse(b"GET /a?b HTTP/1.1\r\nHost: x:1\r\n\r\nrest").unwrap();
        assert_eq!((method.as_str(), path.as_str(), query.as_str(), end), ("GET", "/a", "b", 32));
        assert_eq!(headers, [("host".to_owned(), "x:1".to_owned())]);
        for wrong in [
            "GET http://elsewhere/ HTTP/1.1\r\n\r\n",
            "GET /\r\n\r\n",
            "GET / HTTP/2\r\n\r\n",
            "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
            "GET / HTTP/1.1\r\n folded\r\n\r\n",
            "GET / HTTP/1.1\r\nhost: x\ny: z\r\n\r\n",
        ] {
            assert_eq!(parse(wrong.as_bytes()).unwrap_err().status, 400, "{wrong:?}");
        }
    }
}
