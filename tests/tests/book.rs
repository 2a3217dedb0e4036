//! The book as it stands: what every page and every row of the ledger must satisfy.

use book::library::Library;
use book::library::excerpt::Excerpt;
use book::library::listing::{Kind, Language, Listing};
use book::{prose, site};
use book_tests::root;
use mdbook_driver::MDBook;
use model::evidence::Verdict;
use runner::{Command, Limits};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tempfile::TempDir;

fn library() -> Library {
    let library = Library::load(&root()).expect("the folders can be listed");
    assert!(library.faults.is_empty(), "{}", library.faults);
    library
}

fn pages(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs_err::read_dir(folder).expect("pages can be listed").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(pages(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// A quantity that was typed can be wrong without any test noticing.
#[test]
fn every_quantity_in_the_prose_was_measured_printed_or_cited() {
    let mut strays = Vec::new();
    for path in pages(&root().join("src"), "md") {
        let text = fs_err::read_to_string(&path).expect("a page can be read");
        let source = book::faults::Source::new(&path, text);
        let found = prose::stray_quantities(&source);
        strays.extend(found.into_iter().map(|stray| format!("{}:{}: {}", path.display(), stray.line, stray.text)));
    }
    assert!(strays.is_empty(), "these need a #value, #given or #calc:\n{}", strays.join("\n"));
}

/// The rows that the curriculum gives to each chapter of the ledger, by verdict. A row that is lost is a
/// claim that nobody answers.
#[test]
fn every_ledger_chapter_has_all_its_rows() {
    let expected: BTreeMap<&str, [usize; 4]> =
        BTreeMap::from([("15", [10, 3, 0, 1]), ("5", [15, 17, 0, 2]), ("6", [12, 10, 1, 4]), ("9", [13, 9, 2, 4])]);
    let library = library();
    let evidence = &library.evidence.as_ref().expect("there is a ledger").data;
    let mut counts: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    for row in &evidence.row {
        let place = match row.verdict {
            Verdict::True => 0,
            Verdict::Nuance => 1,
            Verdict::Outdated => 2,
            Verdict::Wrong => 3,
            Verdict::Subject => continue,
        };
        let chapter = row.id.split('.').next().expect("split gives at least one part");
        counts.entry(chapter).or_default()[place] += 1;
    }
    assert_eq!(counts, expected);
}

/// What every chapter has: enough listings, one that fails on purpose, questions.
#[test]
fn every_chapter_has_what_a_chapter_needs() {
    let library = library();
    for chapter in library.quizzes.keys() {
        let listings: Vec<_> = library.listings.values().filter(|listing| listing.id.chapter == *chapter).collect();
        assert!(listings.len() >= 5, "{chapter} has only {} listings", listings.len());
        assert!(listings.iter().any(
            |listing| listing.kind == Kind::MustFail || listing.header.ends.iter().any(|end| end.badge().is_some())
        ));
        let questions = &library.quizzes[chapter].data.question;
        assert!((5..=8).contains(&questions.len()), "{chapter} asks {} questions", questions.len());
        for question in questions {
            assert!(
                question.choice.len() >= 2 && question.choice.iter().all(|choice| !choice.why.is_empty()),
                "{}",
                question.id
            );
        }
    }
}

/// A line that is cut off at the edge of the column cannot be read on paper.
#[test]
fn listings_fit_the_column() {
    for listing in library().listings.values() {
        let shown = listing.shown(None).expect("the whole listing can be shown");
        let widest = shown.lines().map(|line| line.chars().count()).max().unwrap_or(0);
        assert!(widest <= 80, "{} has a line of {widest} characters", listing.source.path.display());
    }
}

/// A reader who presses Run must not be told of a crate that is not there. Every part stands in its whole program, and the
/// program is compiled alone, as the page sends it.
#[test]
fn what_a_page_offers_to_run_compiles_by_itself() {
    let library = library();
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let (source, out) = (folder.path().join("main.rs"), folder.path().join("main.rmeta"));
    let offered = |listing: &&Listing| listing.runs_alone(&library.crates[&listing.id.chapter]);
    let mut count = 0;
    for listing in library.listings.values().filter(offered) {
        let whole = listing.shown(None).expect("the whole listing can be shown") + "\n";
        for anchor in &listing.anchors {
            let Excerpt { before, indent, after } = listing.excerpt(Some(&anchor.name));
            let part = listing.shown(Some(&anchor.name)).expect("the anchor is there");
            let part = part.lines().map(|line| if line.is_empty() { String::new() } else { " ".repeat(indent) + line });
            let made = before + &part.collect::<Vec<_>>().join("\n") + &after;
            assert_eq!(made, whole, "{}:{}", listing.id, anchor.name);
        }
        fs_err::write(&source, whole).expect("a file can be written");
        let command = Command::new("rustc").args(["--edition=2024", "--emit=metadata", "-o"]).arg(&out).arg(&source);
        let outcome = command.cwd(root()).limits(Limits::tool()).run().expect("rustc runs");
        let message = runner::text::printable(&outcome.stderr);
        assert_eq!(outcome.exit.success(), listing.kind != Kind::MustFail, "{}: {message}", listing.id);
        count += 1;
    }
    assert!(count >= 14, "only {count} listings can be run from their pages");
}

/// Programs in other languages are there to be compared; each says for which versions its output holds.
#[test]
fn listings_in_other_languages_name_their_tools() {
    let library = library();
    let others: Vec<_> = library.listings.values().filter(|listing| listing.language != Language::Rust).collect();
    assert!(others.len() >= 4);
    assert!(others.iter().all(|listing| !listing.header.tools.is_empty()));
}

/// The book as `cargo book build` makes it, in a folder of its own, built once for all tests.
static BUILT: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    site::build_into(&root(), folder.path()).unwrap_or_else(|error| panic!("the book cannot be built: {error:#}"));
    folder
});

#[test]
fn no_directive_survives_into_the_pages() {
    let mut count = 0;
    for path in pages(BUILT.path(), "html") {
        let text = fs_err::read_to_string(&path).expect("a page can be read");
        assert!(!text.contains("{{#"), "{}", path.display());
        count += 1;
    }
    assert!(count > 8, "only {count} pages were built");
}

/// The text of a page without markup, white space made one.
fn words(html: &str) -> String {
    let page = scraper::Html::parse_document(html);
    let main = scraper::Selector::parse("main").expect("the selector is fixed");
    let text: String = page.select(&main).flat_map(|main| main.text()).collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A stock mdBook starts our preprocessor through the tables of book.toml and shows the same text.
#[test]
fn a_stock_build_gives_the_same_text() {
    let scratch = tempfile::tempdir().expect("a temporary folder can be made");
    let mut stock = MDBook::load(root()).expect("the book can be loaded");
    stock.config.build.build_dir = scratch.path().join("stock");
    stock.build().expect("a stock build works");
    for page in [
        "stack-limits/index.html",
        "stack-limits/how-deep.html",
        "recorded-runs/index.html",
        "glossary.html",
        "evidence.html",
    ] {
        let text = |folder: &Path| words(&fs_err::read_to_string(folder.join(page)).expect("the page was built"));
        let (stock, ours) = (text(&scratch.path().join("stock")), text(BUILT.path()));
        assert!(stock.len() > 500, "{page} is almost empty");
        assert_eq!(stock, ours, "{page}");
    }
}
