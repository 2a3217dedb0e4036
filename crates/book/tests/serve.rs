//! The server of `cargo book serve`, over real sockets: who is refused, what runs, and what is left of it.

#![cfg(target_os = "linux")]

mod common;

use common::{Served, processes, until};
use serde_json::{Value, json};
use std::io::Write;

const HELLO: &str = "fn main() { println!(\"hello\"); }";
/// Tries what a jailed program may not.
const PRY: &str = include_str!("programs/pry.rs");
const FOREVER: &str = "fn main() { loop { std::hint::spin_loop(); } }";

#[test]
fn pages_are_served_and_nothing_beside_them() {
    let served = Served::new(5);
    let get = |path: &str| served.send(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", served.host()), b"");
    let (status, page) = get("/index.html?query");
    assert!(status == 200 && page.contains("<p>page</p>") && page.contains("this-computer"));
    for path in ["/none.html", "/../secret.txt", "/..%2fsecret.txt", "//../secret.txt", "/..\\secret.txt"] {
        let (status, page) = get(path);
        assert!(status == 404 && !page.contains("secret"), "{path}: {page}");
    }
}

#[test]
fn no_other_site_may_show_a_page_in_a_frame_or_take_it_as_a_script() {
    let served = Served::new(5);
    let mut stream = served.connect();
    let head = format!("GET / HTTP/1.1\r\nHost: {}\r\nOrigin: http://rebound.example\r\n\r\n", served.host());
    stream.write_all(head.as_bytes()).expect("the head is taken");
    let mut answer = String::new();
    std::io::Read::read_to_string(&mut stream, &mut answer).expect("there is an answer");
    for header in ["frame-ancestors 'self'", "Cross-Origin-Resource-Policy: same-origin", "nosniff"] {
        assert!(answer.contains(header), "{header}: {answer}");
    }
    assert!(!answer.contains("Access-Control-"), "{answer}");
}

#[test]
fn a_request_under_a_name_that_anybody_can_give_this_machine_is_refused() {
    let served = Served::new(5);
    let port = served.host().rsplit_once(':').expect("an address has a port").1.to_owned();
    let body = json!({ "code": HELLO }).to_string();
    for name in
        ["rebound.example", "127.0.0.1.rebound.example", "localhost.rebound.example", "0.0.0.0", "evil@127.0.0.1", ""]
    {
        let host = format!("{name}:{port}");
        let origin = format!("http://{host}");
        for start in ["GET /", "GET /__news", "POST /__run", "POST /__check"] {
            let head = served.head(start, body.len(), &[("Host", Some(&host)), ("Origin", Some(&origin))]);
            let (status, answer) = served.send(&head, body.as_bytes());
            assert!(status == 403 && answer.contains("only for the machine"), "{start} {host}: {answer}");
            assert!(!answer.contains(served.token()));
        }
    }
    let (status, _) = served.send(&served.head("GET /", 0, &[("Host", None)]), b"");
    assert_eq!(status, 403, "a request that names no host");
    let twice = format!("GET / HTTP/1.1\r\nHost: {0}\r\nHost: rebound.example\r\n\r\n", served.host());
    assert_eq!(served.send(&twice, b"").0, 400);
}

#[test]
fn only_a_page_of_this_server_may_run_something() {
    let served = Served::new(5);
    let body = json!({ "code": HELLO }).to_string();
    let token = "0".repeat(32);
    for (change, status) in [
        (("Origin", None), 403),
        (("Origin", Some("null")), 403),
        (("Origin", Some("http://127.0.0.1:1")), 403),
        (("Origin", Some("http://localhost")), 403),
        (("Origin", Some("https://rebound.example")), 403),
        (("X-Book-Token", None), 403),
        (("X-Book-Token", Some("")), 403),
        (("X-Book-Token", Some(token.as_str())), 403),
        (("Content-Type", None), 415),
        (("Content-Type", Some("text/plain")), 415),
        (("Content-Type", Some("application/x-www-form-urlencoded")), 415),
    ] {
        for path in ["POST /__run", "POST /__check"] {
            let (got, answer) = served.send(&served.head(path, body.len(), &[change]), body.as_bytes());
            assert_eq!(got, status, "{path} with {change:?}: {answer}");
            assert!(answer.contains("\"refused\":"), "{answer}");
        }
    }
}

#[test]
fn another_method_or_a_question_of_another_origin_is_refused() {
    let served = Served::new(5);
    for method in ["GET", "PUT", "DELETE", "OPTIONS", "HEAD"] {
        let head = served.head(&format!("{method} /__run"), 0, &[("Access-Control-Request-Method", Some("POST"))]);
        let mut stream = served.connect();
        stream.write_all(head.as_bytes()).expect("the head is taken");
        let mut answer = String::new();
        std::io::Read::read_to_string(&mut stream, &mut answer).expect("there is an answer");
        assert!(answer.starts_with("HTTP/1.1 405 "), "{method}: {answer}");
        assert!(!answer.to_ascii_lowercase().contains("access-control"), "{answer}");
    }
    assert_eq!(served.send(&served.head("POST /index.html", 0, &[]), b"").0, 405);
}

#[test]
fn what_is_too_long_or_no_request_at_all_is_refused_before_it_is_read() {
    let served = Served::new(5);
    let long = json!({ "code": format!("fn main() {{}}{}", " ".repeat(70_000)) }).to_string();
    let (status, answer) = served.send(&served.head("POST /__run", long.len(), &[]), long.as_bytes());
    assert!(status == 413 && answer.contains("65536"), "{answer}");
    let huge = vec![b' '; 400_000];
    assert_eq!(served.send(&served.head("POST /__run", huge.len(), &[]), &huge).0, 413);
    for (length, status) in [
        (Some("99999999999999999"), 413),
        (Some("99999999999999999999999999"), 413),
        (Some("-1"), 400),
        (Some("+5"), 400),
        (Some(""), 400),
        (None, 411),
    ] {
        let (got, answer) = served.send(&served.head("POST /__run", 0, &[("Content-Length", length)]), b"");
        assert_eq!(got, status, "{length:?}: {answer}");
    }
    let chunked = served.head("POST /__run", 2, &[("Transfer-Encoding", Some("chunked"))]);
    assert_eq!(served.send(&chunked, b"{}").0, 411);
    let headers = format!("GET / HTTP/1.1\r\nHost: {}\r\nX: {}\r\n\r\n", served.host(), "x".repeat(40_000));
    assert_eq!(served.send(&headers, b"").0, 431);
    for (body, status) in
        [("{", 400), ("{}", 400), ("[]", 400), (r#"{"code":"","shell":"x"}"#, 400), (r#"{"code":1}"#, 400)]
    {
        let (got, answer) = served.send(&served.head("POST /__run", body.len(), &[]), body.as_bytes());
        assert_eq!(got, status, "{body}: {answer}");
    }
}

#[test]
fn a_program_is_compiled_and_run_and_its_end_is_told() {
    let served = Served::new(5);
    let answer = served.run("fn main() { println!(\"out\"); eprintln!(\"err\"); std::process::exit(3) }");
    assert_eq!((&answer["stdout"], &answer["stderr"]), (&json!("out\n"), &json!("err\n")));
    assert_eq!((&answer["end"], &answer["isGood"]), (&json!("It ended with exit code 3."), &json!(false)));
    let answer = served.run("fn main() {\n    let n: u8 = \"\";\n}\n");
    let said = answer["compiler"].as_str().expect("a text");
    assert!(said.contains("error[E0308]") && said.contains("--> src/main.rs:2:17"), "{said}");
    assert!(answer.get("end").is_none(), "it did not run");
    let answer = served.run("fn main() {\n    let none: Option<u8> = None;\n    none.unwrap();\n}\n");
    let said = answer["stderr"].as_str().expect("a text");
    assert!(said.contains("panicked at src/main.rs:3:10:"), "{said}");
    let answer = served
        .run("fn deeper(n: u64) -> u64 { let m = deeper(n + 1); m + n }\nfn main() { println!(\"{}\", deeper(0)); }");
    assert!(answer["stderr"].as_str().is_some_and(|said| said.contains("has overflowed its stack")), "{answer}");
    let (_, answer) = served
        .ask("/__run", &json!({ "code": "fn main() { print!(\"{}\", cfg!(debug_assertions)) }", "release": true }));
    assert_eq!(answer["stdout"], "false");
}

#[test]
fn loops_floods_and_hoards_are_ended_with_a_sentence() {
    let served = Served::new(3);
    let end = |code: &str| served.run(code)["end"].as_str().unwrap_or_default().to_owned();
    assert_eq!(end(FOREVER), "It was still running after 3 seconds, and was stopped.");
    assert_eq!(
        end("fn main() { std::thread::sleep(std::time::Duration::MAX) }"),
        "It was still running after 3 seconds, and was stopped."
    );
    let flood = served.run("fn main() { loop { println!(\"{}\", \"flood \".repeat(100)); } }");
    assert!(flood["end"].as_str().is_some_and(|end| end.starts_with("It wrote more than 1 MiB")), "{}", flood["end"]);
    assert!(flood["isCut"] == true && flood["stdout"].as_str().is_some_and(|text| text.len() <= 64 << 10));
    let hoard = served.run("fn main() { let mut all = Vec::new(); loop { all.push(vec![1_u8; 1 << 20]); } }");
    assert!(hoard["stderr"].as_str().is_some_and(|said| said.contains("memory allocation of")), "{hoard}");
    assert_eq!(served.processes(), [""; 0]);
}

#[test]
fn a_program_that_starts_others_leaves_none_behind() {
    let served = Served::new(5);
    let mark = format!("61.{}", std::process::id());
    let code = format!(
        "fn main() {{ let mut begun = 0; for _ in 0..200 {{ begun += usize::from(std::process::Command::new(\"/bin/sleep\").arg(\"{mark}\").spawn().is_ok()); }} println!(\"{{begun}} begun\"); }}"
    );
    let answer = served.run(&code);
    if served.is_jailed() {
        assert_eq!(answer["stdout"], "0 begun\n", "{answer}");
    }
    assert_eq!(processes(&mark), [""; 0]);
    assert_eq!(served.run(HELLO)["stdout"], "hello\n");
}

#[test]
fn a_jailed_program_sees_no_files_no_network_and_no_other_process() {
    let served = Served::new(5);
    if !served.is_jailed() {
        assert!(std::env::var_os("WDL_REQUIRE_ALL").is_none(), "no jail holds here: {}", served.run(HELLO)["held"]);
        return;
    }
    let answer = served.run(PRY);
    let said = answer["stdout"].as_str().unwrap_or_default();
    assert!(said.matches("Err(").count() == 6 && !said.contains("Ok(") && said.ends_with("false\n"), "{answer}");
    let answer = served.run("fn main() { print!(\"{}\", include_str!(\"/etc/passwd\")); }");
    assert!(answer["compiler"].as_str().is_some_and(|said| said.contains("couldn't read")), "{answer}");
    assert!(answer["held"].as_str().is_some_and(|held| held.contains("in a jail")), "{answer}");
}

#[test]
fn a_client_that_hangs_up_ends_its_run() {
    let served = Served::new(300);
    assert_eq!(served.run(HELLO)["stdout"], "hello\n");
    let body = json!({ "code": FOREVER }).to_string();
    let mut client = served.connect();
    client.write_all(served.head("POST /__run", body.len(), &[]).as_bytes()).expect("the head is taken");
    client.write_all(body.as_bytes()).expect("the body is taken");
    until("the program begins", || {
        served.processes().iter().any(|line| line.contains("out/main") && !line.contains("rustc"))
    });
    // One that waits for its turn is forgotten, too.
    let mut waiting = served.connect();
    waiting.write_all(served.head("POST /__run", body.len(), &[]).as_bytes()).expect("the head is taken");
    waiting.write_all(body.as_bytes()).expect("the body is taken");
    drop(waiting);
    drop(client);
    until("the program's end", || served.processes().is_empty());
    assert_eq!(served.run(HELLO)["stdout"], "hello\n", "the next one has its turn");
}

#[test]
fn of_many_that_ask_at_once_a_few_run_and_the_others_are_told_to_wait() {
    let served = Served::new(1);
    served.is_jailed();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let asked: Vec<_> =
            (0..12).map(|_| scope.spawn(|| served.ask("/__run", &json!({ "code": FOREVER })).0)).collect();
        asked.into_iter().map(|thread| thread.join().expect("every one is answered")).collect()
    });
    let count = |status| statuses.iter().filter(|other| **other == status).count();
    assert!(count(200) >= 5 && count(503) > 0 && count(200) + count(503) == 12, "{statuses:?}");
    assert_eq!(served.processes(), [""; 0]);
}

const MANIFEST: &str = "[package]\nname = \"drops\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
const ABOUT: &str = r#"id = "drops"
chapter = "heap"
title = "Drops"
step = "apply"
minutes = 5
files = ["src/lib.rs"]
unsafe = "forbidden"
read = "heap"

[[criterion]]
id = "values"
title = "It counts"
points = 1
why = "w"
next = "n"
tests = ["it_counts", "it_is_deep", "it_is_patient"]
"#;
const LIBRARY: &str = "//! A learner's own.\npub fn count() -> usize { 2 }\n";
const TESTS: &str = r#"use drops::count;
fn deeper(n: u64) -> u64 { let m = deeper(std::hint::black_box(n) + 1); m + n }
#[test] fn it_counts() { assert_eq!(count(), 3, "of three"); }
#[test] fn it_is_deep() { assert!(deeper(0) > 0); }
#[test] fn it_is_patient() { assert_eq!(count(), 2); }
#[test] #[ignore = "the learner is not there yet"] fn my_own() {}
"#;

/// A course with one exercise.
fn with_exercise(library: &str) -> Served {
    let served = Served::new(5);
    let write = |path: &str, text: &str| {
        let path = served.root().join("exercises").join(path);
        std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("folders can be made");
        std::fs::write(path, text).expect("files can be written");
    };
    write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"heap/*\"]\n");
    for (path, text) in
        [("Cargo.toml", MANIFEST), ("exercise.toml", ABOUT), ("src/lib.rs", library), ("tests/visible.rs", TESTS)]
    {
        write(&format!("heap/drops/{path}"), text);
    }
    served
}

fn statuses(answer: &Value) -> Vec<(&str, &str)> {
    let tests = answer["tests"].as_array().expect("a list of tests");
    tests.iter().map(|test| (test["name"].as_str().unwrap_or("?"), test["status"].as_str().unwrap_or("?"))).collect()
}

#[test]
fn the_visible_tests_of_an_exercise_are_run_on_the_learners_own_files() {
    let served = with_exercise(LIBRARY);
    let (status, answer) = served.ask("/__check", &json!({ "exercise": "heap/drops" }));
    assert_eq!(status, 200, "{answer}");
    let expected =
        [("it_counts", "failed"), ("it_is_deep", "failed"), ("it_is_patient", "passed"), ("my_own", "ignored")];
    assert!(statuses(&answer)[..3] == expected[..3], "{answer}");
    let said = |index: usize| answer["tests"][index]["said"].as_str().unwrap_or_default().to_owned();
    assert!(said(0).contains("of three") && said(0).contains("left: 2"), "{answer}");
    assert!(said(1).contains("has overflowed its stack") && said(1).contains("SIGABRT"), "{answer}");
    assert_eq!(answer["tests"][0]["title"], "It counts");
    let own = std::fs::read_to_string(served.root().join("exercises/heap/drops/src/lib.rs")).expect("it is there");
    assert_eq!(own, LIBRARY, "nothing of the learner's is written to");
}

#[test]
fn an_exercise_that_does_not_compile_or_does_not_exist_is_told() {
    let served = with_exercise("pub fn count() -> usize { \"\" }\n");
    let (status, answer) = served.ask("/__check", &json!({ "exercise": "heap/drops" }));
    let said = answer["compiler"].as_str().unwrap_or_default();
    assert!(status == 200 && said.contains("error[E0308]") && said.contains("src/lib.rs:1:27"), "{answer}");
    for name in ["heap/none", "../exercises/heap/drops", "heap/drops/..", "", "heap/drops; true"] {
        let (status, answer) = served.ask("/__check", &json!({ "exercise": name }));
        assert!(
            status == 404 && answer["refused"].as_str().is_some_and(|said| said.contains("no such exercise")),
            "{answer}"
        );
    }
}

/// A whole book, as small as one can be built.
fn small_book() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../theme/js/page.js");
    let script = std::fs::read_to_string(script).expect("the theme has a script");
    for (path, text) in [
        ("book.toml", "[book]\ntitle = \"Small\"\n\n[output.html]\nadditional-js = [\"theme/js/page.js\"]\n"),
        ("src/SUMMARY.md", "# Summary\n\n- [Start](README.md)\n"),
        ("src/README.md", "# Start\n\nWords.\n"),
        ("theme/js/page.js", &script),
        ("listings/none.txt", ""),
        ("exercises/none.txt", ""),
        ("data/none.txt", ""),
    ] {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("folders can be made");
        std::fs::write(path, text).expect("files can be written");
    }
    folder
}

#[test]
fn ctrl_c_ends_the_server_with_the_program_that_it_runs() {
    let folder = small_book();
    let running =
        runner::Command::new(env!("CARGO_BIN_EXE_book")).args(["serve", "--port", "0"]).cwd(folder.path()).start();
    let running = running.expect("the program starts");
    let said = || String::from_utf8_lossy(&running.output_so_far()).into_owned();
    until("serving", || said().contains("http://"));
    let said = said();
    let host = said.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("it says where");
    let mut stream = std::net::TcpStream::connect(host).expect("it listens");
    stream.write_all(format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes()).expect("it reads");
    let mut page = String::new();
    std::io::Read::read_to_string(&mut stream, &mut page).expect("it answers");
    let token = &page.split_once("\"token\":\"").expect("a page holds the token").1[..32];
    let body = json!({ "code": FOREVER }).to_string();
    let mut stream = std::net::TcpStream::connect(host).expect("it listens");
    let head = format!("POST /__run HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nX-Book-Token: {token}\r\n");
    let rest = format!("Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    stream.write_all((head + &rest).as_bytes()).expect("it reads");
    let place = folder.path().join("target").display().to_string();
    until("the program begins", || {
        processes(&place).iter().any(|line| line.contains("out/main") && !line.contains("rustc"))
    });
    let pid = rustix::process::Pid::from_raw(running.pid().cast_signed()).expect("a process has a number");
    rustix::process::kill_process(pid, rustix::process::Signal::INT).expect("it can be signaled");
    let outcome = running.wait().expect("it ends");
    assert_eq!(outcome.exit, runner::Exit::Exited(130), "{}", String::from_utf8_lossy(&outcome.stderr));
    assert_eq!(outcome.survivors, 0);
    assert_eq!(processes(&place), [""; 0]);
}
