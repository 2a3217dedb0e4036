//! Pages for people: HTML and Markdown.

use crate::fixture::class;
use grader::output::statistics::Statistics;
use grader::output::{Book, html, markdown};
use model::points::Points;
use model::redact::Visibility;
use scraper::{ElementRef, Html, Selector};
use snapbox::{assert_data_eq, file};
use std::collections::BTreeSet;

fn book() -> Book {
    Book::at("../book").expect("an address")
}

fn select(text: &str) -> Selector {
    Selector::parse(text).expect("a selector")
}

fn pages() -> Vec<String> {
    let mut class = class();
    let mut pages = vec![html::class(&class, &book()).unwrap(), html::class(&class, &Book::default()).unwrap()];
    for visibility in [Visibility::Nothing, Visibility::Criterion, Visibility::Message, Visibility::All] {
        class.set.visibility = visibility;
        pages.extend(class.rows.iter().map(|row| html::student(&class.for_student(row), &book()).unwrap()));
    }
    pages
}

#[test]
fn a_student_and_a_class_as_pages() {
    let class = class();
    let sheet = class.for_student(&class.rows[1]);
    assert_data_eq!(html::student(&sheet, &book()).unwrap(), file!["golden/student.html": Text].raw());
    assert_data_eq!(html::class(&class, &book()).unwrap(), file!["golden/class.html": Text].raw());
    assert_data_eq!(markdown::student(&sheet, &book()).unwrap(), file!["golden/student.md": Text].raw());
    assert_data_eq!(markdown::class(&class, &book()).unwrap(), file!["golden/class.md": Text].raw());
}

#[test]
fn every_page_is_html_without_a_parse_error() {
    for page in pages() {
        let document = Html::parse_document(&page);
        assert_eq!(document.errors, [""; 0], "{page}");
        let ids: Vec<&str> = document.select(&select("[id]")).filter_map(|element| element.attr("id")).collect();
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "an id stands twice: {ids:?}");
    }
}

#[test]
fn no_page_runs_or_loads_anything() {
    for page in pages() {
        let document = Html::parse_document(&page);
        let active = "script, iframe, object, embed, link, img, form, input, svg a, [src], [style], base";
        assert_eq!(document.select(&select(active)).count(), 0);
        for element in document.select(&select("*")) {
            let handler = element.value().attrs().find(|(name, _)| name.starts_with("on"));
            assert_eq!(handler, None, "{}", element.html());
        }
        for link in document.select(&select("a")) {
            let address = link.attr("href").expect("a link leads somewhere");
            assert!(address.starts_with("../book/") && address.ends_with(".html"), "{address}");
        }
        let policy = document.select(&select("meta[http-equiv='Content-Security-Policy']")).next().expect("a policy");
        assert!(policy.attr("content").unwrap().starts_with("default-src 'none'"));
    }
}

#[test]
fn a_screen_reader_finds_its_way() {
    let label = |document: &Html, element: ElementRef<'_>| {
        let Some(id) = element.attr("aria-labelledby") else {
            assert!(element.attr("aria-label").is_some_and(|label| !label.is_empty()), "{}", element.html());
            return;
        };
        assert_eq!(document.select(&select(&format!("#{id}"))).count(), 1, "{id}");
    };
    for page in pages() {
        let document = Html::parse_document(&page);
        let count = |text: &str| document.select(&select(text)).count();
        assert_eq!((count("html[lang=en]"), count("main"), count("header"), count("h1")), (1, 1, 1, 1));
        assert!(count("title") >= 1 && count("meta[name=viewport]") == 1);
        assert_eq!(count("table"), count("table > caption"));
        assert_eq!(count("th"), count("th[scope]"));
        assert_eq!(count("tbody tr"), count("tbody tr > th[scope=row]:first-child"));
        for element in document.select(&select("section, svg")) {
            label(&document, element);
        }
        assert_eq!(count("svg"), count("svg[role=img] > title"));
    }
}

#[test]
fn pages_are_readable_in_print_and_in_the_dark() {
    for page in pages() {
        assert!(page.contains("@media print") && page.contains("prefers-color-scheme: dark"));
    }
}

#[test]
fn what_is_not_released_is_not_on_the_page() {
    let mut class = class();
    class.set.visibility = Visibility::Nothing;
    let sheet = class.for_student(&class.rows[1]);
    for page in [html::student(&sheet, &book()).unwrap(), markdown::student(&sheet, &book()).unwrap()] {
        assert!(
            page.contains("not released yet") && !page.contains("points") && !page.contains("Who frees it"),
            "{page}"
        );
    }
}

#[test]
fn the_class_page_says_what_most_people_missed() {
    let page = html::class(&class(), &book()).unwrap();
    let document = Html::parse_document(&page);
    let row =
        document.select(&select("section[aria-labelledby=missed] tbody tr")).next().expect("somebody missed something");
    let text: Vec<String> = row.text().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect();
    assert_eq!(
        text,
        ["A long list can be dropped in a small stack", "A list that does not recurse", "1 of 2", "stack-limits/cures"]
    );
}

#[test]
fn the_statistics_are_of_those_who_handed_in() {
    let mut class = class();
    let statistics = Statistics::of(&class);
    assert_eq!((statistics.students, statistics.handed_in, statistics.open), (5, 4, 1));
    // Of 0, 0.8, 13 and 22 points.
    assert_eq!(statistics.median, Points::hundredths(690));
    let counts: Vec<usize> = statistics.bins.iter().map(|bin| bin.count).collect();
    assert_eq!(counts, [2, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
    class.rows.remove(2);
    assert_eq!(Statistics::of(&class).median, Points::whole(13));
    class.rows.clear();
    let empty = Statistics::of(&class);
    assert_eq!((empty.handed_in, empty.median, empty.missed.len()), (0, Points::ZERO, 0));
    assert!(html::class(&class, &book()).unwrap().contains("Nobody missed anything"));
}
