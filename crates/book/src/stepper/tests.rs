//! What readers see of the recorded runs of the book.

use super::scene::{Kind, Scene, View};
use super::*;
use crate::faults::Source;
use crate::library::listing::{Kind as ListingKind, Language};
use model::id::ListingId;

macro_rules! run {
    ($slug:literal) => {
        shown(
            $slug,
            include_str!(concat!("../../../../listings/recorded-runs/src/bin/", $slug, ".rs")),
            include_str!(concat!("../../../../listings/recorded-runs/traces/", $slug, ".json")),
        )
    };
}

fn shown(slug: &str, text: &str, recording: &str) -> View {
    let source = Source::new(format!("{slug}.rs"), text);
    let id = ListingId::new("recorded-runs", slug);
    let (listing, faults) = Listing::parse(id, source, Language::Rust, ListingKind::Program);
    assert!(faults.is_empty(), "{faults:?}");
    let recording = Recording::parse(recording).expect("it was kept");
    view(&listing, &recording).unwrap_or_else(|wrong| panic!("{wrong:?}"))
}

fn all() -> Vec<View> {
    vec![
        run!("call-add"),
        run!("count-down"),
        run!("vec-grows"),
        run!("string-moves"),
        run!("drop-order"),
        run!("rc-cycle"),
        run!("use-after-free"),
        run!("double-free"),
        run!("thread-writes"),
    ]
}

/// The scene before the first line that holds `code`.
fn before<'v>(view: &'v View, code: &str) -> &'v Scene {
    let is_it = |scene: &&Scene| scene.line.is_some_and(|line| view.code[line as usize - 1].contains(code));
    view.scenes.iter().find(is_it).expect("the line is reached")
}

fn says(scene: &Scene) -> Vec<(Kind, &str)> {
    scene.arrows.iter().map(|arrow| (arrow.kind, arrow.say.as_str())).collect()
}

#[test]
fn every_arrow_leads_from_a_word_that_is_shown_to_a_box_that_is_shown_and_is_told() {
    for view in all() {
        for scene in &view.scenes {
            for arrow in &scene.arrows {
                let (from, to) = (scene.part(&arrow.from), scene.part(&arrow.to));
                assert!(from.is_some() && to.is_some(), "{arrow:?}");
                assert!(arrow.say.ends_with('.') && arrow.say.len() > 10, "{arrow:?}");
            }
            assert!(scene.say.ends_with('.'), "{}", scene.say);
        }
    }
}

#[test]
fn a_call_is_told_with_its_arguments_and_its_frame_is_below_that_of_its_caller() {
    let view = run!("call-add");
    let scene = before(&view, "let mut sum");
    assert_eq!(scene.happened, "`add` is called with `morning` = `2` and `evening` = `40`.");
    let frames: Vec<(&str, bool)> =
        scene.stacks[0].frames.iter().map(|frame| (frame.title.as_str(), frame.is_running)).collect();
    assert_eq!(frames, [("main", false), ("add", true)]);
    assert_eq!(scene.waiting, [10]);
    let sum = before(&view, "    sum += evening");
    assert_eq!(sum.happened, "`sum` is `2`.");
}

#[test]
fn variables_stand_in_the_order_of_their_addresses() {
    for view in all() {
        for frame in view.scenes.iter().flat_map(|scene| &scene.stacks).flat_map(|stack| &stack.frames) {
            let own = frame.rows.iter().filter(|row| !row.states.iter().any(|state| state.starts_with("in the frame")));
            let addresses: Vec<u64> = own
                .map(|row| u64::from_str_radix(row.address.trim_start_matches("0x"), 16).expect("it is an address"))
                .collect();
            assert!(addresses.is_sorted_by(|high, low| high >= low), "{frame:?}");
        }
    }
}

#[test]
fn two_calls_in_one_place_are_two_calls() {
    let view = run!("drop-order");
    let called = view.scenes.iter().filter(|scene| scene.happened.contains("is called with `self`")).count();
    assert_eq!(called, 3);
    assert!(view.scenes.iter().all(|scene| !scene.happened.contains("`self` changes")));
}

#[test]
fn a_move_leaves_old_bytes_that_nobody_follows() {
    let view = run!("string-moves");
    let scene = before(&view, "{sign}");
    assert!(scene.happened.starts_with("`station` is moved to `sign`."), "{}", scene.happened);
    assert_eq!(
        says(scene),
        [
            (Kind::Stale, "`station` was moved; its old bytes still lead to block 1, and nobody uses them."),
            (Kind::Owns, "`sign` owns block 1."),
        ]
    );
    let letters: String = scene.heap[0].cells.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(letters, "harbor");
}

#[test]
fn a_block_that_grows_tells_whether_it_had_to_move() {
    let view = run!("vec-grows");
    assert!(before(&view, "extend").happened.contains("where it is."));
    let moved = before(&view, "println");
    assert!(moved.happened.contains("Block 1 grows from 16 bytes to 32 bytes and moves"), "{}", moved.happened);
    let block = moved.part("b1").expect("it is there");
    assert_eq!(
        (block.news.as_slice(), block.states.as_slice()),
        (&["moved to a new place"][..], &["12 bytes unused".to_owned()][..])
    );
    assert_eq!(moved.heap[0].name, "block 2", "low addresses first");
}

#[test]
fn a_freed_block_is_shown_as_long_as_a_pointer_dangles_and_nothing_else_is_there() {
    let view = run!("use-after-free");
    let scene = before(&view, "let new");
    assert!(says(scene).contains(&(Kind::Dangling, "`pointer` dangles: it leads to block 1, which was freed.")));
    assert!(scene.heap[0].is_stale && scene.heap[0].cells.is_empty());
    let taken = before(&view, "let read");
    assert_eq!(taken.heap.iter().map(|block| block.name.as_str()).collect::<Vec<_>>(), ["block 2"]);
    let end = run!("double-free");
    assert_eq!(end.scenes.last().expect("there are scenes").heap[0].states, ["freed twice"]);
}

#[test]
fn a_leak_is_named_from_the_step_on_at_which_nothing_leads_to_it() {
    let view = run!("rc-cycle");
    let is_leak = |scene: &Scene| scene.heap.iter().any(|block| block.states.iter().any(|s| s.starts_with("leaked")));
    assert!(!is_leak(before(&view, "owners")));
    assert!(is_leak(before(&view, "    line();")));
    let weak = before(&view, "owner\"");
    assert!(says(weak).contains(&(Kind::Weak, "`back` in block 4 is a weak pointer to block 3.")), "{:?}", says(weak));
    let end = view.scenes.last().expect("there are scenes");
    assert!(end.say.ends_with("Block 1 and block 2 were never freed."), "{}", end.say);
    assert_eq!(end.arrows.len(), 2, "they own each other");
}

#[test]
fn what_a_closure_has_captured_is_the_variable_of_another_stack() {
    let view = run!("thread-writes");
    let scene = before(&view, "total +=");
    assert_eq!(scene.stacks.len(), 2);
    let say = "`total` of `main::{closure}::{closure}` borrows `total` of `main`: the closure has captured it.";
    assert!(says(scene).contains(&(Kind::Borrows, say)), "{:?}", says(scene));
}

#[test]
fn answers_are_those_of_the_recording() {
    let answers: Vec<(String, String)> = all()
        .iter()
        .flat_map(|view| view.stops.iter().map(|stop| (stop.question.clone(), stop.choices[stop.right].clone())))
        .collect();
    let of = |word: &str| answers.iter().find(|(question, _)| question.contains(word)).map(|(_, right)| right.as_str());
    assert_eq!(of("one more push"), Some("4"));
    assert_eq!(of("pointer of the vector"), Some("yes"));
    assert_eq!(of("deepest point"), Some("5"));
    assert_eq!(of("never be freed"), Some("2"));
    assert_eq!(of("end of `main` print"), Some("sensor 1 off, sensor 2 off"));
    assert_eq!(of("old box"), Some("2222"));
    assert_eq!(of("frame of `main`"), Some("42"));
}

#[test]
fn of_a_long_run_the_rest_is_counted_and_what_was_told_to_stderr_is_said() {
    let text = include_str!("../../../../listings/recorded-runs/src/bin/call-add.rs");
    let source = Source::new("call-add.rs", text);
    let id = ListingId::new("recorded-runs", "call-add");
    let (listing, _) = Listing::parse(id, source, Language::Rust, ListingKind::Program);
    let mut recording =
        Recording::parse(include_str!("../../../../listings/recorded-runs/traces/call-add.json")).expect("it was kept");
    recording.skipped =
        Some(model::recording::Skipped { steps: 123_456, lines: vec![(6, 123_456)], allocations: 0, endless: true });
    recording.end.stderr = "\nthread 'main' (_) panicked:\nno more\n".to_owned();
    let view = view(&listing, &recording).expect("it fits");
    let end = &view.scenes.last().expect("there is an end").say;
    assert!(
        end.starts_with("123,456 more steps were counted and not recorded. The program was still running"),
        "{end}"
    );
    assert!(end.ends_with("It says `thread 'main' (_) panicked: no more`."), "{end}");
}

/// Reads the JSON as the script does, and compares with what was written.
#[test]
fn what_is_left_out_of_a_step_is_as_it_was() {
    for view in all() {
        let data: serde_json::Value = serde_json::from_str(&encode::json(&view)).expect("it is JSON");
        let (mut heap, mut arrows, mut stacks) = (vec![], vec![], serde_json::Value::Null);
        let parts = data["parts"].as_array().expect("it is a list");
        for (scene, step) in view.scenes.iter().zip(data["steps"].as_array().expect("it is a list")) {
            let places = |value: &serde_json::Value| -> Vec<usize> {
                value.as_array().into_iter().flatten().filter_map(|v| usize::try_from(v.as_u64()?).ok()).collect()
            };
            if step.get("heap").is_some() {
                heap = places(&step["heap"]);
            }
            if step.get("arrows").is_some() {
                arrows = places(&step["arrows"]);
            }
            if let Some(changed) = step.get("stacks") {
                stacks = changed.clone();
            }
            let names: Vec<&str> = heap.iter().filter_map(|&place| parts[place]["name"].as_str()).collect();
            assert_eq!(names, scene.heap.iter().map(|block| block.name.as_str()).collect::<Vec<_>>());
            let said: Vec<&str> = arrows.iter().filter_map(|&place| data["arrows"][place]["say"].as_str()).collect();
            assert_eq!(said, scene.arrows.iter().map(|arrow| arrow.say.as_str()).collect::<Vec<_>>());
            assert_eq!(stacks.as_array().map_or(0, Vec::len), scene.stacks.len());
            assert_eq!(step["say"], scene.say);
        }
    }
}

#[test]
fn the_data_are_small_and_end_no_element() {
    for view in all() {
        let json = encode::json(&view);
        assert!(!json.contains('<') && !json.contains("{{"), "{json}");
        let each = json.len() / view.scenes.len();
        assert!(each < 1_000, "{each} bytes for a step");
    }
}

#[test]
fn a_picture_says_what_it_shows_and_holds_a_line_for_each_arrow() {
    for view in all() {
        for (place, scene) in view.scenes.iter().enumerate() {
            let svg = crate::svg::memory::draw(&format!("p{place}"), "Memory", scene).svg;
            assert_eq!(svg.matches("<path class=\"arrow ").count(), 2 * scene.arrows.len());
            assert!(svg.contains("<desc") && !svg.contains("NaN") && !svg.contains('\n'), "{svg}");
            for part in scene.parts() {
                let name: String = part.name.chars().take(15).collect();
                assert!(svg.contains(&crate::svg::escape(&name)), "{name}");
            }
        }
    }
}

#[test]
fn a_page_that_stands_alone_allows_nothing_but_itself() {
    let page = alone::page("a<b>.rs", &run!("vec-grows"), "rustc");
    assert!(page.contains("default-src 'none'") && page.contains("The memory of <code>a&lt;b&gt;.rs</code>"));
    for outside in ["http:", "src=\"", "url(", "@import", "import("] {
        let found = page.lines().find(|line| line.contains(outside) && !line.contains("http://www.w3.org/2000/svg"));
        assert_eq!(found, None, "{outside}");
    }
    assert_eq!(page, alone::page("a<b>.rs", &run!("vec-grows"), "rustc"), "the same run gives the same file");
}
