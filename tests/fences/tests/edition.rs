//! skeptic compiles with an older edition; the same fences must also be programs of edition 2024.

use mdbook_markdown::pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use runner::{Command, Limits};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The Rust fences of a page.
fn fences(text: &str) -> Vec<String> {
    let (mut found, mut open) = (Vec::new(), None);
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if info.split(',').next() == Some("rust") => {
                open = Some(String::new());
            }
            Event::Text(part) => open.iter_mut().for_each(|code| code.push_str(&part)),
            Event::End(TagEnd::CodeBlock) => found.extend(open.take()),
            _ => {}
        }
    }
    found
}

fn pages(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the pages can be listed").flatten() {
        let path = entry.path();
        if path.is_dir() {
            pages(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
}

#[test]
fn every_fence_is_a_program_of_at_most_five_lines_in_edition_2024() {
    let mut files = vec![root().join("README.md")];
    pages(&root().join("src"), &mut files);
    let scratch = tempfile::tempdir().expect("a temporary folder can be made");
    let mut count = 0;
    for file in files {
        for code in fences(&std::fs::read_to_string(&file).expect("a page can be read")) {
            count += 1;
            let lines = code.lines().filter(|line| !line.trim().is_empty()).count();
            assert!(lines <= 5, "{}: a fence of {lines} lines should be a listing:\n{code}", file.display());
            let source = scratch.path().join(format!("fence-{count}.rs"));
            std::fs::write(&source, &code).expect("the fence can be written");
            let outcome = Command::new("rustc")
                .args(["--edition", "2024", "--emit=metadata", "--crate-type=bin", "-o", "-"])
                .arg(&source)
                .limits(Limits::tool())
                .run()
                .expect("rustc runs");
            let message = runner::text::printable(&outcome.stderr);
            assert!(outcome.exit.success(), "{}:\n{code}\n{message}", file.display());
        }
    }
    assert!(count > 0, "neither README nor pages have a fence left to test");
}
