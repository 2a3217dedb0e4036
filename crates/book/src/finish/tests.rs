//! The finish, on books that mdBook itself has built.

use super::{Problem, finish, finish_page};
use mdbook_driver::MDBook;
use std::path::Path;
use tempfile::TempDir;

const SETTINGS: &str = r#"
[book]
title = "Sample"
[output.html]
additional-css = ["theme/css/book.css", "theme/widgets/stack-depth/stack-depth.css"]
additional-js = [
    "theme/js/page.js",
    "theme/widgets/stack-depth/stack-depth.mjs",
    "theme/widgets/code-runner/code-editor.mjs",
    "theme/widgets/code-runner/code-runner.mjs",
]
[output.html.playground]
runnable = false
"#;

const DIAGRAM: &str = "<figure class=\"diagram\" id=\"figure-call\">\n\n<pre class=\"mermaid\">flowchart TD\n  A[call] --&gt; B[return]</pre>\n\n\
    <figcaption><a class=\"number\" href=\"#figure-call\">Figure 1.1</a> A call &amp; its return.</figcaption></figure>";

/// Builds a book of one chapter, between two short ones, with plain mdBook.
fn built(chapter: &str) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = root.path().join(path);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, text).unwrap();
    };
    write("book.toml", SETTINGS);
    for file in [
        "css/book.css",
        "widgets/stack-depth/stack-depth.css",
        "js/page.js",
        "widgets/stack-depth/stack-depth.mjs",
        "widgets/code-runner/code-editor.mjs",
        "widgets/code-runner/code-runner.mjs",
    ] {
        write(&format!("theme/{file}"), "/* sample */");
    }
    write("src/SUMMARY.md", "# Summary\n\n- [Start](README.md)\n- [Chapter](part/chapter.md)\n- [End](end.md)\n");
    write("src/README.md", "# Start\n\nThe first words of the book.\n");
    write("src/end.md", "# End\n\nThe last words.\n");
    write("src/part/chapter.md", chapter);
    MDBook::load(root.path()).unwrap().build().unwrap();
    root
}

fn read(root: &TempDir, page: &str) -> String {
    fs_err::read_to_string(root.path().join("book").join(page)).unwrap()
}

/// The finished chapter.
fn finished(chapter: &str) -> String {
    let root = built(chapter);
    finish(&root.path().join("book")).unwrap();
    read(&root, "part/chapter.html")
}

/// What is wrong with the chapter.
fn problems(chapter: &str) -> Vec<Problem> {
    let root = built(chapter);
    let problems = finish(&root.path().join("book")).unwrap_err();
    problems.into_iter().filter(|problem| problem.page == Path::new("part/chapter.html")).collect()
}

#[test]
fn the_first_thing_on_a_page_leads_to_its_text() {
    let html = finished("# Chapter\n\nWords.\n");
    let body = html.split_once("<body>").unwrap().1.trim_start();
    assert!(body.starts_with(r##"<a class="skip-link" href="#mdbook-content">"##));
    assert_eq!(html.matches(r#"id="mdbook-content""#).count(), 1);
}

#[test]
fn the_sidebar_is_worked_by_a_button_and_reached_without_scripts() {
    let html = finished("# Chapter\n\nWords.\n");
    let button = html.split_once(r#"<button id="mdbook-sidebar-toggle""#).unwrap().1.split_once('>').unwrap().0;
    assert!(button.contains(r#"aria-expanded="false""#) && button.contains(r#"aria-controls="mdbook-sidebar""#));
    assert!(!html.contains("<label"));
    assert!(html.contains(r#"<noscript><a class="contents-link" href="../toc.html">Contents</a></noscript>"#));
    assert!(html.contains(r#"<iframe class="sidebar-iframe-outer" title="Contents" src="../toc.html">"#));
}

#[test]
fn a_page_has_landmarks_and_one_first_heading() {
    let html = finished("# Chapter\n\nWords.\n");
    assert_eq!(html.matches("<h1").count(), 1);
    let header = html.split_once("<header id=\"mdbook-menu-bar\"").unwrap().1.split_once("</header>").unwrap().0;
    assert!(header.contains(r#"<div class="menu-title">Sample</div>"#) && header.contains("mdbook-theme-list"));
    assert!(html.contains(r#"role="search""#) && html.contains(r#"aria-labelledby="help-title""#));
    assert!(html.contains(r#"aria-describedby="mdbook-searchresults-header""#));
}

#[test]
fn nothing_is_fetched_before_the_reader_asks_for_it() {
    let html = finished("# Chapter\n\nWords.\n");
    assert!(!html.contains("prefetch"));
    assert_eq!(html.matches(r#"rel="next""#).count(), 2);
    let scripts: Vec<&str> = html.matches("<script src=").collect();
    assert_eq!(scripts.len(), 3, "the contents, ours and mdBook's own: {html}");
    for needless in ["/highlight-", "/clipboard-", "stack-depth", "fonts/"] {
        assert!(!html.contains(needless), "{needless}");
    }
    let search = html.split_once("data-scripts=\"").unwrap().1.split_once('"').unwrap().0;
    let names: Vec<&str> = search.split(' ').map(|address| address.split(['/', '-']).nth(1).unwrap()).collect();
    assert_eq!(names, ["elasticlunr", "mark", "searcher"]);
}

#[test]
fn a_page_with_code_gets_the_highlighter_and_ours_before_the_script_that_needs_them() {
    let html = finished("# Chapter\n\n```rust\nfn main() {}\n```\n");
    let order = ["clipboard-", "highlight-", "theme/js/page-", "/book-"].map(|name| html.rfind(name).unwrap());
    assert!(order.is_sorted(), "{order:?}");
}

#[test]
fn a_widget_brings_its_module_and_style_to_its_own_page_only() {
    let root = built("# Chapter\n\n<stack-depth><table class=\"frames\"></table></stack-depth>\n");
    finish(&root.path().join("book")).unwrap();
    let html = read(&root, "part/chapter.html");
    let module = html.split_once(r#"<script defer src="../theme/widgets/stack-depth/stack-depth-"#).unwrap().1;
    assert!(module.split_once('"').unwrap().0.ends_with(".mjs"));
    assert_eq!(html.matches("theme/widgets/stack-depth/stack-depth-").count(), 2);
    assert!(!read(&root, "end.html").contains("stack-depth"));
}

#[test]
fn long_lines_get_the_focus_under_the_name_of_their_listing() {
    let long = "let a_rather_long_name = another_rather_long_name + 1;";
    let figure = format!(
        "<figure class=\"listing\" id=\"listing-a\"><pre><code class=\"language-rust\">{long}</code></pre>\
         <figcaption><a class=\"number\" href=\"#listing-a\">Listing 1.1</a> Words.</figcaption></figure>"
    );
    let html =
        finished(&format!("# Chapter\n\n{figure}\n\n```text\n{long}\n```\n\n```text\nshort &lt; entities\n```\n"));
    assert!(html.contains(r#"<code tabindex="0" role="group" aria-label="Listing 1.1" class="language-rust">"#));
    assert!(html.contains(r#"<code tabindex="0" role="group" aria-label="Code" class="language-text">"#));
    assert!(html.contains(r#"<code class="language-text">short"#));
}

#[test]
fn every_table_scrolls_by_itself() {
    let html = finished(
        "# Chapter\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n<div><table><caption>Bytes</caption><tr><td>1</td></tr></table></div>\n",
    );
    assert_eq!(html.matches(r#"<div class="table-wrapper" tabindex="0" role="group""#).count(), 2);
    assert!(html.contains(r#"aria-label="Table""#) && html.contains(r#"aria-label="Bytes""#));
}

#[test]
fn a_diagram_is_drawn_in_the_colors_of_the_page_and_described_by_its_caption() {
    let html = finished(&format!("# Chapter\n\n{DIAGRAM}\n"));
    assert!(!html.contains("<pre class=\"mermaid\">"));
    assert!(html.contains(r#"<title id="figure-call-title">Figure 1.1</title><desc id="figure-call-about">A call &amp; its return.</desc>"#));
    let svg = html.split_once("<svg class=\"mermaid\"").unwrap().1.split_once("</svg>").unwrap().0;
    assert!(svg.contains(">return</text>") && !svg.contains("=\"#"), "no fixed colors: {svg}");
    assert!(svg.contains(r#"id="figure-call-arrow-filled""#) && svg.contains("url(#figure-call-arrow-filled)"));
}

#[test]
fn an_arrow_to_a_box_below_arrives_from_above() {
    let branches = DIAGRAM.replace("A[call] --&gt; B[return]", "A[call] --&gt; B[return]\n  A --&gt; C[abort]");
    let html = finished(&format!("# Chapter\n\n{branches}\n"));
    let arrows: Vec<&str> = html.split("<path d=\"M").skip(1).filter(|path| path.contains("marker-end=")).collect();
    assert_eq!(arrows.len(), 2, "{html}");
    for arrow in arrows {
        let line = arrow.split('"').next().unwrap();
        let points: Vec<&str> = line.split([' ', 'C', 'L']).collect();
        let [.., before, _, x, _] = points[..] else { panic!("{line}") };
        assert_eq!(before, x, "the last piece of {line} is upright");
    }
}

#[test]
fn a_diagram_without_caption_or_with_a_mistake_is_a_problem() {
    let bare = problems("# Chapter\n\n<pre class=\"mermaid\">flowchart TD\n  A --&gt; B</pre>\n");
    assert!(bare[0].expected.contains("no figure with an id and a caption"), "{bare:?}");
    let wrong = problems(&format!("# Chapter\n\n{}\n", DIAGRAM.replace("flowchart", "flowchrt")));
    assert!(wrong[0].expected.contains("`figure-call` cannot be drawn"), "{wrong:?}");
}

#[test]
fn labels_of_a_diagram_that_would_overlap_are_a_problem() {
    let arrows = "A[call] --&gt;|a label that is much too long for its arrow| B[return]\n  A --&gt;|another long label beside it| C[abort]";
    let found = problems(&format!("# Chapter\n\n{}\n", DIAGRAM.replace("A[call] --&gt; B[return]", arrows)));
    assert!(found[0].expected.contains("`a label that is much too long for its arrow` over `another"), "{found:?}");
}

#[test]
fn a_page_is_described_by_its_comment_or_by_its_first_paragraph() {
    let description = |html: &str| {
        let rest = html.split_once(r#"<meta name="description" content=""#).unwrap().1;
        rest.split_once("\">").unwrap().0.to_owned()
    };
    let html = finished("# Chapter\n\n<!-- description: How \"deep\" a call goes. -->\n\nWords.\n");
    assert_eq!(description(&html), "How &quot;deep&quot; a call goes.");
    assert!(!html.contains("<!-- description"));
    let html = finished(&format!("# Chapter\n\nIt *ends* & stops. {}\n", "And goes on. ".repeat(30)));
    let text = description(&html);
    assert!(
        text.starts_with("It ends &amp; stops. And goes on.") && text.ends_with("on.") && text.len() < 170,
        "{text}"
    );
}

#[test]
fn a_second_heading_of_the_first_level_is_a_problem() {
    let found = problems("# Chapter\n\n# Another\n\nWords.\n");
    assert_eq!(
        found[0].to_string(),
        "part/chapter.html: 2 first-level headings; begin the page with one `# Heading` and use `##` below it"
    );
}

#[test]
fn another_host_is_a_problem() {
    let found = problems("# Chapter\n\n<img src=\"https://example.org/a.png\" alt=\"a\">\n");
    assert!(found[0].expected.contains("asks another host"), "{found:?}");
}

#[test]
fn the_page_for_what_is_missing_has_no_link_that_its_base_would_turn() {
    let root = built("# Chapter\n\nWords.\n");
    finish(&root.path().join("book")).unwrap();
    let html = read(&root, "404.html");
    assert!(html.contains("<base "), "this test is about the base");
    assert!(!html.contains("href=\"#"));
}

#[test]
fn the_print_page_and_the_frame_of_contents_are_finished_too() {
    let root = built(&format!("# Chapter\n\n{DIAGRAM}\n"));
    finish(&root.path().join("book")).unwrap();
    let print = read(&root, "print.html");
    assert!(print.contains("<svg class=\"mermaid\"") && print.contains("skip-link"));
    let contents = read(&root, "toc.html");
    assert!(contents.contains("<title>Contents</title>") && contents.contains(r#"<nav aria-label="Contents">"#));
}

#[test]
fn a_template_that_has_changed_is_a_problem_and_leaves_the_page_alone() {
    let fragments = [
        r#"<label id="mdbook-sidebar-toggle""#,
        r#"<h1 class="menu-title">"#,
        r#"<div id="mdbook-help-popup">"#,
        r#"aria-describedby="searchresults-header""#,
        r#"id="mdbook-ayu-highlight-css""#,
        "<!-- Fonts -->",
        r#"rel="next prefetch""#,
        r#"<div id="mdbook-menu-bar" class="menu-bar sticky">"#,
        "<main>",
        "/mark-",
    ];
    let root = built("# Chapter\n\nWords.\n");
    let html = read(&root, "part/chapter.html");
    assert!(finish_page(Path::new("part/chapter.html"), &html).is_ok());
    for fragment in fragments {
        assert!(html.contains(fragment), "the test looks for `{fragment}`, which mdBook does not write");
        let changed = html.replacen(fragment, "<i>", 1);
        assert!(finish_page(Path::new("part/chapter.html"), &changed).is_err(), "`{fragment}` was not missed");
    }
    fs_err::write(root.path().join("book/part/chapter.html"), html.replace("</label>", "</i>")).unwrap();
    let found = finish(&root.path().join("book")).unwrap_err();
    assert_eq!(found.len(), 1);
    assert!(read(&root, "part/chapter.html").contains("<label id="));
}

#[test]
fn a_script_that_nobody_knows_is_a_problem() {
    let root = built("# Chapter\n\nWords.\n");
    let html = read(&root, "end.html")
        .replace("<script src=\"book-", "<script src=\"tracker.js\"></script><script src=\"book-");
    let found = finish_page(Path::new("end.html"), &html).unwrap_err();
    assert!(found[0].expected.contains("tracker.js"), "{found:?}");
}

#[test]
fn the_finish_of_a_large_book_takes_a_small_part_of_the_time_of_its_build() {
    let listing = "```rust\nfn main() {\n    println!(\"a line of code that is about this long, {}\", 1);\n}\n```\n\n";
    let words = "Words, *emphasis* and `code`. ".repeat(20);
    let section = format!("## Section\n\n{words}\n\n{listing}| a | b |\n| - | - |\n| 1 | 2 |\n\n");
    let before = std::time::Instant::now();
    let root = built(&format!("# Chapter\n\n{}", section.repeat(720)));
    let build = before.elapsed();
    let before = std::time::Instant::now();
    finish(&root.path().join("book")).unwrap();
    let taken = before.elapsed();
    assert!(taken * 4 < build, "the finish took {taken:?}, mdBook {build:?}");
}

#[test]
fn what_a_reader_may_never_ask_for_is_only_named_by_the_script_that_loads_it() {
    let root = built("# Chapter\n\n<code-runner></code-runner>\n\n<stack-depth></stack-depth>\n");
    finish(&root.path().join("book")).unwrap();
    let html = read(&root, "part/chapter.html");
    let runner = html.split_once(r#"<script defer src="../theme/widgets/code-runner/code-runner-"#).unwrap().1;
    let (_, rest) = runner.split_once(r#".mjs" data-editor="../theme/widgets/code-runner/code-editor-"#).unwrap();
    assert!(rest.split_once('"').unwrap().0.ends_with(".mjs"));
    assert_eq!(html.matches("data-editor=").count(), 1, "other widgets load nothing later");
    assert_eq!(html.matches("code-editor-").count(), 1);
    assert!(!read(&root, "end.html").contains("code-runner"));
}
