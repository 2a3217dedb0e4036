//! Makes one test of every Rust fence in the README and the pages.

fn main() {
    let mut files = vec!["../../README.md".to_owned()];
    files.extend(skeptic::markdown_files_of_directory("../../src").iter().map(|path| path.display().to_string()));
    files.sort();
    let names: Vec<&str> = files.iter().map(String::as_str).collect();
    skeptic::generate_doc_tests(&names);
}
