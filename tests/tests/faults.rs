//! Mistakes that an author makes, and what the build says to them. Each message is a snapshot in
//! `tests/snapshots/faults`; `SNAPSHOTS=overwrite cargo test` records them anew.

use book_tests::{LISTING, PAGE, SmallBook};
use snapbox::{Data, assert_data_eq};

/// Breaks the small book, and compares what is said of it.
fn says(name: &str, files: &[(&str, &str)]) {
    let book = SmallBook::with_listing();
    for (path, text) in files {
        book.write(path, text);
    }
    compare(name, &book);
}

fn compare(name: &str, book: &SmallBook) {
    let faults = book.resolve().expect_err("the mistake must be found");
    let path = book_tests::root().join("tests/snapshots/faults").join(format!("{name}.txt"));
    assert_data_eq!(faults.report(false) + "\n", Data::read_from(&path, None).raw());
}

fn page(directive: &str) -> String {
    format!("{PAGE}\n{directive}\n")
}

#[test]
fn a_book_without_mistakes_is_built_and_no_directive_is_left_in_it() {
    let pages = SmallBook::with_listing().resolve().expect("nothing is wrong");
    assert!(pages.iter().all(|page| !page.contains("{{#")), "{pages:#?}");
    assert!(pages[0].contains("capacity 3") && pages[0].contains("Listing 1.1"));
}

#[test]
fn a_misspelt_anchor_is_told_with_the_nearest_name() {
    says(
        "misspelt-anchor",
        &[("src/heap/README.md", "# Heap\n\n{{#listing heap/grow:boddy \"It grows.\"}}\n\n{{#output heap/grow}}\n")],
    );
}

#[test]
fn a_missing_listing_is_told_with_the_nearest_name() {
    says("missing-listing", &[("src/heap/README.md", &page("{{#output heap/grown}}"))]);
}

#[test]
fn an_anchor_that_is_never_closed_is_told() {
    says(
        "unclosed-anchor",
        &[("listings/heap/src/bin/grow.rs", "fn main() {\n    // ANCHOR: body\n    println!(\"capacity 3\");\n}\n")],
    );
}

#[test]
fn lines_are_never_chosen_by_number() {
    says(
        "lines-past-the-end",
        &[("src/heap/README.md", &page("{{#include ../../listings/heap/src/bin/grow.rs:90:99}}"))],
    );
}

#[test]
fn a_pattern_that_matches_no_line_of_the_output_is_told() {
    says("pattern-without-a-line", &[("src/heap/README.md", &page("{{#output heap/grow match=\"capacity 99\"}}"))]);
}

#[test]
fn a_misspelt_directive_is_told_with_the_nearest_name() {
    says("misspelt-directive", &[("src/heap/README.md", &page("{{#lising heap/grow}}"))]);
}

#[test]
fn an_option_that_a_directive_does_not_have_is_told() {
    says("unknown-option", &[("src/heap/README.md", &page("{{#value heap/grow.capacity digit=1}}"))]);
}

#[test]
fn a_listing_that_no_page_shows_is_told() {
    says("unused-listing", &[("listings/heap/src/bin/idle.rs", "fn main() {}\n")]);
}

#[test]
fn an_anchor_that_no_page_shows_is_told() {
    says(
        "unused-anchor",
        &[("src/heap/README.md", "# Heap\n\n{{#listing heap/grow \"It grows.\"}}\n\n{{#output heap/grow}}\n")],
    );
}

#[test]
fn an_output_that_was_never_recorded_is_told_with_the_command_that_records_it() {
    says(
        "missing-golden",
        &[
            ("listings/heap/src/bin/shrink.rs", "fn main() {}\n"),
            ("src/heap/README.md", &page("{{#listing heap/shrink \"It shrinks.\"}}\n\n{{#output heap/shrink}}")),
        ],
    );
}

#[test]
fn a_recorded_output_that_nothing_prints_is_told() {
    says(
        "unused-golden",
        &[("listings/heap/expected/grow.release.txt", "capacity 3\n"), ("listings/heap/expected/gone.txt", "x\n")],
    );
}

#[test]
fn an_output_that_differs_between_builds_must_say_which_one_it_is() {
    let both = format!("//@ profiles: debug, release\n{LISTING}");
    says(
        "ambiguous-profile",
        &[("listings/heap/src/bin/grow.rs", &both), ("listings/heap/expected/grow.release.txt", "capacity 4\n")],
    );
}

#[test]
fn a_value_that_nothing_printed_or_measured_is_told() {
    says("unknown-value", &[("src/heap/README.md", &page("{{#value heap/grow.capaciti}} and {{#value heap/none}}"))]);
}

#[test]
fn a_given_number_needs_a_source_that_exists() {
    says(
        "given-without-source",
        &[
            ("data/sources.toml", "[manual]\ntitle = \"Manual\"\nauthor = \"Somebody\"\n"),
            (
                "src/heap/README.md",
                &page("{{#given \"8 MiB\"}} and {{#given \"8 MiB\" src=manuel}} and {{#cite manual}}"),
            ),
        ],
    );
}

#[test]
fn a_formula_that_has_no_value_is_told() {
    says(
        "formula",
        &[(
            "src/heap/README.md",
            &page(
                "{{#calc 8 MiB / @heap/grow.capacity / }} and {{#calc @heap/grow.capacity / 0}} and {{#calc 8 MiB / 2}} and {{#calc 2 * @heap/nothing.here}}",
            ),
        )],
    );
}

#[test]
fn a_reference_to_what_no_page_shows_is_told() {
    says(
        "dangling-reference",
        &[(
            "src/heap/README.md",
            &page("{{#ref listing:heap/grew}}, {{#ref page:heep}} and {{#ref lising:heap/grow}}"),
        )],
    );
}

#[test]
fn a_reference_to_a_listing_that_is_shown_twice_must_name_the_part() {
    let listing = LISTING
        .replace("    // ANCHOR: body\n", "    // ANCHOR: body\n    // ANCHOR: first\n")
        .replace("    println!", "    // ANCHOR_END: first\n    println!");
    says(
        "ambiguous-reference",
        &[
            ("listings/heap/src/bin/grow.rs", &listing),
            (
                "src/heap/README.md",
                &page("{{#listing heap/grow:first \"The first line.\"}}\n\n{{#ref listing:heap/grow}}"),
            ),
        ],
    );
}

#[test]
fn a_listing_that_is_shown_twice_in_the_same_way_is_told() {
    says("shown-twice", &[("src/heap/README.md", &page("{{#listing heap/grow:body \"Again.\"}}"))]);
}

#[test]
fn a_term_must_be_in_the_glossary_and_be_explained_once() {
    says(
        "terms",
        &[
            (
                "data/glossary.toml",
                "[[term]]\nname = \"chunk\"\ntext = \"A block.\"\n\n[[term]]\nname = \"arena\"\ntext = \"A place.\"\n",
            ),
            ("src/heap/README.md", &page("{{#term chunk}} and {{#term chuck}}")),
        ],
    );
}

#[test]
fn an_answer_that_the_program_contradicts_is_told() {
    says(
        "wrong-answer",
        &[
            (
                "src/heap/quiz.toml",
                "[[question]]\nid = \"how-many\"\nask = \"How many?\"\nlisting = \"heap/grow\"\nresult = { prints = \"capacity 4\" }\nchoice = [{ text = \"4\", right = true, why = \"So.\" }]\n",
            ),
            ("src/heap/README.md", &page("{{#quiz heap}}")),
        ],
    );
}

#[test]
fn a_row_of_the_ledger_without_proof_is_told() {
    says(
        "unproved-row",
        &[(
            "data/evidence.toml",
            "[[row]]\nid = \"6.01\"\nverdict = \"TRUE\"\nclaim = \"c\"\nstatement = \"s\"\nlisting = \"heap/grow\"\npage = \"heap/README\"\n\n[[row]]\nid = \"6.02\"\nverdict = \"WRONG\"\nclaim = \"c\"\nstatement = \"s\"\npage = \"heap/gone\"\n",
        )],
    );
}

#[test]
fn a_key_that_a_data_file_does_not_have_is_told() {
    says("unknown-key", &[("data/glossary.toml", "[[term]]\nname = \"chunk\"\ntekst = \"A block.\"\n")]);
}

#[test]
fn a_header_line_that_means_nothing_is_told() {
    says(
        "bad-header",
        &[("listings/heap/src/bin/grow.rs", &format!("//@ ends: badly\n//@ profile: debug\n{LISTING}"))],
    );
}

#[test]
fn a_source_that_is_not_utf8_is_told_with_its_line() {
    let book = SmallBook::with_listing();
    book.write("listings/heap/src/bin/grow.rs", b"fn main() {\n    println!(\"caf\xE9\");\n}\n");
    compare("not-utf8", &book);
}

#[test]
fn a_slug_that_two_chapters_use_is_told() {
    says(
        "double-slug",
        &[
            ("listings/stack/Cargo.toml", "[package]\nname = \"stack\"\nversion = \"0.1.0\"\nedition = \"2024\"\n"),
            ("listings/stack/src/bin/grow.rs", "fn main() {}\n"),
        ],
    );
}

#[test]
fn a_directive_or_a_quote_that_is_never_closed_is_told() {
    says(
        "unclosed",
        &[("src/heap/README.md", &page("{{#value heap/grow.capacity\n\n{{#output heap/grow match=\"cap}}"))],
    );
}

#[test]
fn every_mistake_of_a_run_is_told_at_once() {
    says(
        "all-at-once",
        &[
            ("listings/heap/src/bin/grow.rs", "//@ ends: never\nfn main() {}\n"),
            ("listings/heap/src/bin/idle.rs", "fn main() {}\n"),
            ("src/heap/README.md", "# Heap\n\n{{#lissting heap/idle}} {{#value heap/x}}\n"),
        ],
    );
}

/// The files of a small exercise that no page shows yet.
fn exercise() -> [(&'static str, &'static str); 5] {
    let about = "id = \"my-vec\"\nchapter = \"heap\"\ntitle = \"A vector\"\nstep = \"apply\"\nminutes = 9\nfiles = [\"src/lib.rs\"]\nunsafe = \"allowed\"\nread = \"heap\"\n\n[[criterion]]\nid = \"values\"\ntitle = \"It holds values\"\npoints = 1\nwhy = \"w\"\nnext = \"n\"\n";
    [
        ("exercises/heap/my-vec/exercise.toml", about),
        ("exercises/heap/my-vec/README.md", "# A vector\n\nWrite one.\n"),
        ("exercises/heap/my-vec/src/lib.rs", "//! Yours.\n"),
        ("exercises/heap/my-vec/tests/visible.rs", "//! Tests.\n"),
        (
            "exercises/heap/my-vec/hints.md",
            "# Hints\n\n## 1. One?\n\nYes.\n\n## 2. Two?\n\nNo.\n\n## 3. Three?\n\nYes.\n",
        ),
    ]
}

#[test]
fn an_exercise_that_no_page_shows_and_one_that_does_not_exist_are_told() {
    let mut files = exercise().to_vec();
    let shown = page("{{#exercise heap/my-vek}}");
    files.push(("src/heap/README.md", &shown));
    says("missing-exercise", &files);
}

#[test]
fn an_exercise_is_shown_with_its_task_and_its_hints_folded() {
    let book = SmallBook::with_listing();
    for (path, text) in exercise() {
        book.write(path, text);
    }
    book.write("src/heap/README.md", page("{{#exercise heap/my-vec}} and {{#ref exercise:heap/my-vec}}"));
    let text = book.resolve().unwrap_or_else(|faults| panic!("{}", faults.report(false))).join("\n");
    for part in [
        "## Exercise 1.1: A vector",
        "<p>Write one.</p>",
        "<summary>Hint 3: Three?</summary>",
        "cargo test -p my-vec",
        ">Exercise 1.1</a>",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

/// A recorded listing with its recording and a page that shows it; `marks` stand above its second line.
fn recorded(marks: &str, directive: &str) -> [(&'static str, String); 4] {
    let listing = format!("//@ trace\n\nfn main() {{\n    let shelf = 3;\n{marks}    println!(\"{{shelf}}\");\n}}\n");
    let last = 5 + marks.lines().count();
    let step = |line: usize, locals: &str, printed: &str| {
        format!(
            r#"{{"line":{line},"thread":1,"printed":"{printed}","stacks":[{{"thread":1,"frames":[{{"function":"main","line":{line},"pointer":"0x7000","offset":16,"size":16,"return_address":"0x10","locals":[{locals}]}}]}}],"heap":[]}}"#
        )
    };
    let shelf = r#"{"name":"shelf","type":"i32","value":"3","address":"0x7004","offset":12,"size":4,"bytes":"03000000","words":[{"at":0,"size":4,"path":"","type":"i32","value":"3"}]}"#;
    let steps = [step(4, "", ""), step(last, shelf, ""), step(last + 1, shelf, "3\\n")].join(",");
    let recording = format!(
        r#"{{"version":1,"file":"shelf.rs","compiler":"rustc","stack_base":"0x7010","steps":[{steps}],"end":{{"how":"exited with code 0","output":"3\n","stderr":"","leaked":[]}}}}"#
    );
    [
        ("listings/heap/src/bin/shelf.rs", listing),
        ("listings/heap/expected/shelf.txt", "3\n".to_owned()),
        ("listings/heap/traces/shelf.json", recording),
        ("src/heap/README.md", page(directive)),
    ]
}

fn says_of_recorded(name: &str, marks: &str, directive: &str) {
    let files = recorded(marks, directive);
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    says(name, &files);
}

const TRACE: &str = "{{#trace heap/shelf \"A number.\"}}";

#[test]
fn a_recorded_run_is_shown_with_its_sentences_and_can_be_referred_to() {
    let book = SmallBook::with_listing();
    let marks = "    // SAY: It is `3` now.\n    // ASK: What is printed? | printed | 4\n";
    for (path, text) in recorded(marks, &format!("{TRACE} and {{{{#ref trace:heap/shelf}}}}")) {
        book.write(path, text);
    }
    let text = book.resolve().unwrap_or_else(|faults| panic!("{}", faults.report(false))).join("\n");
    for part in [
        "<figure class=\"trace\" id=\"trace-shelf\">",
        "<a href=\"#trace-shelf\">Figure 1.1</a>",
        "<td><code>shelf</code> is <code>3</code>. <em>It is <code>3</code> now.</em></td>",
        "<code>3</code> or <code>4</code>",
        "\"choices\":[\"3\",\"4\"],\"right\":0",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert!(!text.contains("SAY:") && !text.contains("ASK:"), "readers see no marks");
}

#[test]
fn a_run_that_was_never_recorded_is_told_with_the_command_that_records_it() {
    let mut files = recorded("", TRACE).to_vec();
    files.remove(2);
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    says("missing-recording", &files);
}

#[test]
fn a_listing_that_is_not_recorded_cannot_be_shown_step_by_step() {
    says("not-recorded", &[("src/heap/README.md", &page("{{#trace heap/grow \"It grows.\"}}"))]);
}

#[test]
fn a_recording_that_no_page_shows_is_told() {
    says_of_recorded("unused-recording", "", "{{#listing heap/shelf \"A number.\"}}");
}

#[test]
fn an_option_that_a_run_does_not_have_is_told() {
    says_of_recorded("trace-option", "", "{{#trace heap/shelf kee=\"println\" \"A number.\"}}");
}

#[test]
fn a_key_step_that_the_recording_never_reaches_is_told() {
    says_of_recorded("trace-key", "", "{{#trace heap/shelf key=\"shelv\" \"A number.\"}}");
}

#[test]
fn a_remark_at_a_line_that_is_never_reached_is_told() {
    says_of_recorded("unreached-remark", "    // SAY: Never.\n    if shelf > 4 {}\n", TRACE);
}

#[test]
fn a_question_that_the_recording_cannot_answer_is_told() {
    let marks = "    // ASK: How many? | shelves | 4\n    // ASK: How many? | how many | 4\n";
    says_of_recorded("unanswered-question", marks, TRACE);
}

#[test]
fn a_wrong_answer_that_the_recording_gives_is_told() {
    says_of_recorded("right-wrong-answer", "    // ASK: How many? | shelf | 4 | 3\n", TRACE);
}

#[test]
fn a_remark_or_half_a_question_in_a_listing_that_is_not_recorded_is_told() {
    let text = LISTING.replace("    println!", "    // SAY: It is full.\n    // ASK: Is it?\n    println!");
    says("stray-remark", &[("listings/heap/src/bin/grow.rs", &text)]);
}
