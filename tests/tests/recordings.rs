//! `cargo book trace`: recordings as goldens, and what is told when they are missing, stray or different.

use book::engine::Verdict;
use book::library::Library;
use book::tracing;
use book_tests::SmallBook;
use model::id::ListingId;

const PROGRAM: &str =
    "//@ trace\n\nfn main() {\n    let mut list = vec![1, 2, 3];\n    list.push(4);\n    println!(\"{list:?}\");\n}\n";
const PATH: &str = "listings/heap/traces/list.json";

fn book(text: &str) -> SmallBook {
    let book = SmallBook::with_listing();
    book.write("listings/heap/src/bin/list.rs", text);
    book.write("listings/heap/expected/list.txt", "[1, 2, 3, 4]\n");
    book
}

fn compare(book: &SmallBook) -> Verdict {
    let library = Library::load(book.root()).expect("the folders can be listed");
    tracing::compare(book.root(), &library.listings[&ListingId::new("heap", "list")], None)
}

/// Whether this machine lets nobody watch a program, and may.
fn is_gap(error: &anyhow::Error) -> bool {
    let refused = error.downcast_ref::<trace::TraceError>().is_some_and(trace::TraceError::is_gap);
    refused && !book_tests::require_all()
}

/// Records the listing and keeps the recording; `false` where this machine lets nobody watch a program.
fn keep(book: &SmallBook) -> bool {
    let library = Library::load(book.root()).expect("the folders can be listed");
    match tracing::record(book.root(), &library.listings[&ListingId::new("heap", "list")]) {
        Ok(recording) => book.write(PATH, recording.to_json()),
        Err(error) => {
            assert!(is_gap(&error), "{error:#}")
        }
    }
    book.root().join(PATH).exists()
}

#[test]
fn a_recording_that_is_kept_is_made_again_byte_by_byte() {
    let book = book(PROGRAM);
    if keep(&book) {
        assert_eq!(compare(&book), Verdict::Passed);
    }
}

#[test]
fn a_recording_that_is_missing_or_old_is_a_failure_that_names_the_command() {
    let book = book(PROGRAM);
    let Verdict::Failed(message) = compare(&book) else { panic!("there is no recording") };
    assert!(message.contains("cargo book trace heap/list"), "{message}");
    if keep(&book) {
        book.write("listings/heap/src/bin/list.rs", PROGRAM.replace("push(4)", "push(5)"));
        let Verdict::Failed(message) = compare(&book) else { panic!("it differs") };
        assert!(message.contains("differs") && message.contains("at line"), "{message}");
    }
}

#[test]
fn a_recording_that_no_listing_asks_for_is_a_fault() {
    let book = book(&PROGRAM.replace("//@ trace\n", ""));
    book.write(PATH, "{}");
    let library = Library::load(book.root()).expect("the folders can be listed");
    let faults: Vec<String> = library.faults.sorted().iter().map(|fault| fault.message.to_string()).collect();
    assert!(faults.iter().any(|fault| fault.contains("no listing asks")), "{faults:?}");
}

/// Records a program of the reader's own; `false` where this machine lets nobody watch a program.
fn own(source: &std::path::Path) -> anyhow::Result<bool> {
    match tracing::own(source, book::console::Console::new()) {
        Ok(()) => Ok(true),
        Err(error) if is_gap(&error) => Ok(false),
        Err(error) => Err(error),
    }
}

#[test]
fn a_program_of_the_readers_own_gets_a_recording_and_a_page_beside_its_source() {
    let folder = tempfile::tempdir().expect("there is room");
    let source = folder.path().join("mine.rs");
    let text = "fn main() {\n    // SAY: A number.\n    let n = 1;\n    println!(\"{n}</script>\");\n}\n";
    fs_err::write(&source, text).expect("there is room");
    if own(&source).expect("it can be recorded") {
        let text = fs_err::read_to_string(folder.path().join("mine.trace.json")).expect("it was written");
        let recording = model::recording::Recording::parse(&text).expect("it is a recording");
        assert_eq!(recording.end.output, "1</script>\n");
        let page = fs_err::read_to_string(folder.path().join("mine.trace.html")).expect("it was written");
        assert!(page.contains("default-src 'none'") && page.contains("A number.") && !page.contains("SAY:"));
        assert_eq!(
            page.matches("</script>").count(),
            page.matches("<script").count(),
            "the program cannot end a script"
        );
    }
}

#[test]
fn a_question_that_cannot_be_answered_is_told_to_the_reader_with_its_line() {
    let folder = tempfile::tempdir().expect("there is room");
    let source = folder.path().join("mine.rs");
    let text = "fn main() {\n    // ASK: How much? | m | 2\n    let n = 1;\n    println!(\"{n}\");\n}\n";
    fs_err::write(&source, text).expect("there is room");
    let Err(error) = own(&source) else { return };
    assert!(error.to_string().contains("no value of `m`") && error.to_string().contains("mine.rs:2"), "{error}");
}
