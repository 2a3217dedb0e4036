//! Programs that are hard to record: each gives a recording that ends, or an error that says why not.

use std::time::Duration;

use crate::common::{Built, events};
use model::recording::Event;
use runner::Limits;
use trace::{Bounds, Run, TraceError};

pub(crate) fn a_long_run_is_counted_where_it_is_not_recorded() {
    let built = Built::of_text(
        "fn main() {\n    let mut sum = 0_u64;\n    for i in 0..50_000 {\n        sum += i;\n    }\n    println!(\"{sum}\");\n}\n",
    );
    let recording = built.run().record().unwrap_or_else(|error| panic!("{error}"));
    let skipped = recording.skipped.expect("it is long");
    assert_eq!(recording.steps.len(), Bounds::default().recorded);
    assert!(skipped.steps > 99_000 && !skipped.endless, "{skipped:?}");
    let times = skipped.lines.iter().find(|(line, _)| *line == 4).expect("the loop is there").1;
    assert!((49_000..=50_000).contains(&times), "{times}");
    assert_eq!(recording.end.output, "1249975000\n");
}

pub(crate) fn a_program_without_end_is_stopped_and_says_so() {
    let built =
        Built::of_text("fn main() {\n    let mut n = 0_u64;\n    loop {\n        n = n.wrapping_add(1);\n    }\n}\n");
    let bounds = Bounds { recorded: 10, counted: 1000 };
    let recording = Run { bounds, ..built.run() }.record().unwrap_or_else(|error| panic!("{error}"));
    assert!(recording.skipped.expect("it is long").endless);
    assert_eq!(recording.end.how, "was stopped: it has no end, or a late one");
}

pub(crate) fn a_thread_that_waits_in_a_loop_lets_the_others_go_on() {
    let built = Built::of_text(
        "use std::sync::atomic::{AtomicBool, Ordering::SeqCst};\nstatic READY: AtomicBool = AtomicBool::new(false);\nfn main() {\n    let worker = std::thread::spawn(|| {\n        while !READY.load(SeqCst) {\n            std::hint::spin_loop();\n        }\n        7\n    });\n    READY.store(true, SeqCst);\n    println!(\"{}\", worker.join().unwrap());\n}\n",
    );
    let recording = built.run().record().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((recording.end.output.as_str(), recording.skipped), ("7\n", None));
}

pub(crate) fn a_loop_on_one_line_is_ended_by_its_time() {
    let built = Built::of_text("fn main() {\n    loop {}\n}\n");
    let bounds = Bounds { recorded: 10, counted: u64::MAX };
    let limits = Limits { wall: Duration::from_millis(500), ..Limits::listing() };
    match (Run { bounds, limits, ..built.run() }).record() {
        Err(error) if error.is_gap() => {}
        Err(TraceError::Limit { exit }) => assert!(exit.contains("time was over"), "{exit}"),
        other => panic!("{other:?}"),
    }
}

pub(crate) fn memory_that_grows_without_end_ends_the_program_and_not_the_recorder() {
    let built = Built::of_text(
        "fn main() {\n    let mut all = Vec::new();\n    loop {\n        all.push(vec![1_u8; 100 << 20]);\n    }\n}\n",
    );
    let recording = built.run().record().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(recording.end.how, "was killed by SIGABRT (6)");
    assert!(recording.end.stderr.contains("memory allocation of"), "{}", recording.end.stderr);
    assert!(recording.to_json().len() < 1 << 20, "blocks are shown by their first bytes");
}

pub(crate) fn starting_a_process_is_an_error_that_names_the_line() {
    let built = Built::of_text(
        "fn main() {\n    let one = 1;\n    std::process::Command::new(\"true\").status().unwrap();\n    println!(\"{one}\");\n}\n",
    );
    match built.run().record() {
        Err(error) if error.is_gap() => {}
        Err(TraceError::Forks { line }) => assert_eq!(line, 3),
        other => panic!("{other:?}"),
    }
}

pub(crate) fn a_stripped_program_is_an_error_that_says_how_to_build_it() {
    let built = Built::of_text("fn main() {}\n");
    let stripped = built.folder.path().join("stripped");
    let source = built.source.file_name().expect("it has a name");
    let outcome = runner::Command::new("rustc")
        .args(["--edition=2024", "-Cstrip=symbols", "-o"])
        .arg(&stripped)
        .arg(source)
        .cwd(built.folder.path())
        .run()
        .expect("rustc runs");
    assert!(outcome.exit.success());
    let error = Run::new(&stripped, &built.source).record().expect_err("nothing tells its lines");
    assert!(error.is_gap() || error.to_string().contains("rustc -g"), "{error}");
}

pub(crate) fn a_file_that_is_no_program_is_an_error() {
    let built = Built::of_text("fn main() {}\n");
    let error = Run::new(&built.source, &built.source).record().expect_err("it is text");
    assert!(error.is_gap() || matches!(error, TraceError::Unreadable(_)), "{error}");
}

pub(crate) fn a_panic_unwinds_and_is_told_without_ids_of_threads() {
    let built = Built::of_text(
        "struct Loud;\nimpl Drop for Loud {\n    fn drop(&mut self) {\n        println!(\"dropped\");\n    }\n}\nfn main() {\n    let _loud = Loud;\n    panic!(\"at the disco\");\n}\n",
    );
    let recording = built.run().record().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((recording.end.output.as_str(), recording.end.how.as_str()), ("dropped\n", "exited with code 101"));
    assert!(recording.end.stderr.contains("thread 'main' (_) panicked"), "{}", recording.end.stderr);
}

pub(crate) fn a_deep_recursion_shows_the_ends_of_its_stack() {
    let built = Built::of_text(
        "fn down(n: u32) -> u32 {\n    if n == 0 { 0 } else { down(n - 1) + 1 }\n}\nfn main() {\n    println!(\"{}\", down(90));\n}\n",
    );
    let recording = built.run().record().unwrap_or_else(|error| panic!("{error}"));
    let deepest = recording.steps.iter().map(|step| &step.stacks[0]).max_by_key(|stack| stack.hidden_frames);
    let deepest = deepest.expect("there are steps");
    assert_eq!((deepest.frames.len(), deepest.hidden_frames), (64, 28));
}

pub(crate) fn an_overflow_of_the_stack_is_seen_as_its_signal() {
    let built = Built::of_text(
        "#[allow(unconditional_recursion)]\nfn down(n: u64) -> u64 {\n    let wide = [n; 4096];\n    down(n + 1) + wide[7]\n}\nfn main() {\n    println!(\"{}\", down(0));\n}\n",
    );
    let recording = built.run().record().unwrap_or_else(|error| panic!("{error}"));
    let signals: Vec<&str> = events(&recording)
        .into_iter()
        .filter_map(|event| if let Event::Signal { name } = event { Some(name.as_str()) } else { None })
        .collect();
    assert!(signals.starts_with(&["SIGSEGV"]), "{signals:?}");
}
