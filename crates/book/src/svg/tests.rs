//! What holds for every picture, checked on the parsed SVG.

use super::{Drawing, chart, stack, width_of};
use model::chart::{ChartSpec, Point};
use model::figure::StackSpec;
use scraper::{ElementRef, Html, Selector};

/// Depth of recursion by frame size: two series that nearly meet, and a third far below.
const DEPTHS: [&[(f64, f64)]; 3] = [
    &[(64.0, 87_212.0), (128.0, 52_318.0), (256.0, 29_072.0), (1024.0, 7_932.0), (4096.0, 2_039.0), (65_536.0, 127.0)],
    &[(64.0, 86_004.0), (128.0, 51_870.0), (256.0, 28_990.0), (1024.0, 7_930.0), (4096.0, 2_039.0), (65_536.0, 126.0)],
    &[(64.0, 21_796.0), (128.0, 13_081.0), (1024.0, 1_983.0), (65_536.0, 31.0)],
];

fn points(series: &[(f64, f64)]) -> Vec<Point> {
    series.iter().map(|(x, value)| Point { x: Some(*x), label: None, value: *value }).collect()
}

fn spec(kind: &str, log: bool) -> ChartSpec {
    let text = format!(
        r#"{{"kind": "{kind}", "title": "How deep a call goes", "description": "Half the depth for twice the frame.",
            "x": {{"label": "frame", "unit": "bytes", "log": {log}}}, "y": {{"label": "depth", "unit": "calls", "log": {log}}},
            "series": [{{"data": "a/b", "label": "main thread, 8 MiB"}}, {{"data": "a/c", "label": "a child with 8 MiB"}},
                       {{"data": "a/d", "label": "thread, 2 MiB"}}]}}"#
    );
    serde_json::from_str(&text).unwrap()
}

fn depth_chart(kind: &str, log: bool) -> Drawing {
    let series: Vec<Vec<Point>> = DEPTHS.iter().map(|series| points(series)).collect();
    chart::draw("chart-depth", &spec(kind, log), &series).unwrap()
}

fn select<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

fn number(element: &ElementRef<'_>, attribute: &str) -> f64 {
    element.attr(attribute).unwrap().parse().unwrap()
}

struct TextBox {
    words: String,
    left: f64,
    right: f64,
    base: f64,
    size: f64,
}

fn text_boxes(svg: ElementRef<'_>) -> Vec<TextBox> {
    let texts = Selector::parse("text").unwrap();
    let boxes = svg.select(&texts).map(|text| {
        let words: String = text.text().collect();
        let class = text.attr("class").unwrap();
        let size = if matches!(class, "label" | "name" | "frame-name") { 13.0 } else { 12.0 };
        let width =
            width_of(&words, if matches!(class, "address" | "size" | "frame-name") { size * 1.06 } else { size });
        let x = number(&text, "x");
        let left = match text.attr("text-anchor") {
            Some("middle") => x - width / 2.0,
            Some("end") => x - width,
            _ => x,
        };
        TextBox { words, left, right: left + width, base: number(&text, "y"), size }
    });
    boxes.collect()
}

fn assert_texts_stand_clear(drawing: &Drawing) {
    let html = Html::parse_fragment(&drawing.svg);
    let pictures = select(&html, "svg");
    assert!(!pictures.is_empty());
    for svg in pictures {
        let view: Vec<f64> = svg.attr("viewBox").unwrap().split(' ').map(|n| n.parse().unwrap()).collect();
        let boxes = text_boxes(svg);
        assert!(boxes.len() > 4);
        for (i, a) in boxes.iter().enumerate() {
            assert!(a.left > -1.0 && a.right < view[2] + 1.0 && a.base < view[3], "`{}` leaves the picture", a.words);
            for b in &boxes[i + 1..] {
                let apart = a.right <= b.left || b.right <= a.left || (a.base - b.base).abs() >= a.size.min(b.size);
                assert!(apart, "`{}` touches `{}`", a.words, b.words);
            }
        }
    }
}

#[test]
fn no_text_of_a_chart_touches_another_or_leaves_the_picture() {
    for log in [false, true] {
        assert_texts_stand_clear(&depth_chart("line", log));
    }
    assert_texts_stand_clear(&depth_chart("points", true));
    assert_texts_stand_clear(&depth_chart("bars", false));
}

#[test]
fn a_picture_has_a_name_a_description_and_no_color() {
    let drawing = depth_chart("line", true);
    let html = Html::parse_fragment(&drawing.svg);
    for svg in select(&html, "svg") {
        let names: Vec<&str> = svg.attr("aria-labelledby").unwrap().split(' ').collect();
        for id in names {
            assert_eq!(select(&html, &format!("#{id}")).len(), 1, "{id} is unique");
        }
        assert_eq!(svg.attr("role"), Some("img"));
    }
    for attribute in ["fill=\"#", "stroke=", "style=", "rgb"] {
        assert!(!drawing.svg.contains(attribute), "{attribute}");
    }
    assert!(!drawing.svg.contains('\n'), "a blank line would end the HTML block in Markdown");
}

#[test]
fn every_series_has_its_own_marker_and_every_point_its_numbers() {
    let drawing = depth_chart("line", true);
    let html = Html::parse_fragment(&drawing.svg);
    let mut shapes = std::collections::BTreeSet::new();
    for series in 1..=3 {
        let markers = select(&html, &format!("svg.wide .series-{series} .marker"));
        assert_eq!(markers.len(), DEPTHS[series - 1].len());
        let path = markers[0].attr("d").unwrap();
        shapes.insert(path[path.find('m').unwrap()..].to_owned());
    }
    assert_eq!(shapes.len(), 3);
    assert!(drawing.svg.contains("<title>thread, 2 MiB, 1 KiB: 1,983</title>"));
}

#[test]
fn the_table_holds_every_number_and_says_where_there_is_none() {
    let table = depth_chart("line", true).table.unwrap();
    let html = Html::parse_fragment(&table);
    assert_eq!(select(&html, "tbody tr").len(), 6);
    let cells: Vec<String> = select(&html, "tbody tr:nth-child(3) td").iter().map(|td| td.text().collect()).collect();
    assert_eq!(cells, ["29,072", "28,990", "–"]);
    assert!(table.contains(r#"<th scope="row">64 KiB</th>"#));
}

#[test]
fn higher_values_stand_higher_and_equal_factors_equally_far() {
    let drawing = depth_chart("line", true);
    let html = Html::parse_fragment(&drawing.svg);
    let path = select(&html, "svg.wide .series-1 .line")[0].attr("d").unwrap().to_owned();
    let places: Vec<(f64, f64)> = path[1..]
        .split('L')
        .map(|place| place.split_once(' ').unwrap())
        .map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap()))
        .collect();
    assert!(places.is_sorted_by(|a, b| a.1 < b.1), "the depth falls, so the line goes down");
    assert!((places[1].0 - places[0].0 - (places[2].0 - places[1].0)).abs() < 0.2, "64, 128, 256");
}

#[test]
fn what_an_axis_cannot_show_is_refused_with_its_place() {
    let with = |kind: &str, log: bool, last: Point| {
        let mut series: Vec<Vec<Point>> = DEPTHS.iter().map(|series| points(series)).collect();
        series[1].push(last);
        chart::draw("c", &spec(kind, log), &series).unwrap_err().to_string()
    };
    let zero = Point { x: Some(32.0), label: None, value: 0.0 };
    assert_eq!(
        with("line", true, zero.clone()),
        "`a/c` has 0 at 32, which the axis `depth` cannot show; use a linear axis, or leave the point out"
    );
    assert!(with("line", false, Point { x: None, ..zero.clone() }).contains("has no x"));
    assert!(with("bars", true, zero).contains("start at zero"));
    assert!(chart::draw("c", &spec("line", true), &[]).unwrap_err().to_string().contains("one to 4 series"));
}

const DESCENT: &str = "\
main    has its frame at 0x7fffffffe110, 96 bytes
descend has its frame at 0x7fffffffe0b0, 1,120 bytes
descend has its frame at 0x7fffffffdc50, 1,120 bytes
the_innermost_function_of_this_program::and_its_closure has its frame at 0x7fffffffd7f0, 48 bytes
the guard page is at 0x7fffff7fe000, 4096 bytes
";

fn stack_spec(frame: &str) -> StackSpec {
    let guard = Some(r"guard page is at 0x(?<address>[0-9a-f]+), (?<size>\d+)".to_owned());
    let (caption, description) = ("Three calls.".to_owned(), "Frames from high to low addresses.".to_owned());
    StackSpec { listing: "a/descent".into(), profile: None, caption, description, frame: frame.into(), guard }
}

const FRAME: &str = r"(?m)^(?<name>[\w:]+) +has its frame at 0x(?<address>[0-9a-f]+), (?<size>[\d,]+) bytes";

#[test]
fn frames_are_drawn_from_high_to_low_addresses_above_the_guard_page() {
    let spec = stack_spec(FRAME);
    let drawing = stack::draw("figure-descent", &spec, &stack::read(&spec, DESCENT).unwrap());
    assert_texts_stand_clear(&drawing);
    let html = Html::parse_fragment(&drawing.svg);
    let tops: Vec<f64> = select(&html, "rect").iter().map(|rect| number(rect, "y")).collect();
    assert_eq!(tops.len(), 5);
    assert!(tops.is_sorted());
    let names: Vec<String> = select(&html, ".frame-name").iter().map(|name| name.text().collect()).collect();
    assert_eq!(names[..3], ["main", "descend", "descend"]);
    assert!(names[3].contains('…'), "a long name is shortened in the middle");
    assert!(drawing.svg.contains("<title>main at 0x7fffffffe110, 96 bytes</title>"), "and whole in the title");
    assert!(drawing.svg.contains("8,382,448 bytes free"));
}

#[test]
fn a_size_that_is_not_printed_is_the_distance_to_the_next_frame() {
    let spec = stack_spec(r"(?m)^(?<name>\w+) +has its frame at 0x(?<address>[0-9a-f]+)");
    let sizes: Vec<Option<u64>> = stack::read(&spec, DESCENT).unwrap().frames.iter().map(|frame| frame.size).collect();
    assert_eq!(sizes, [Some(0x60), Some(0x460), None]);
}

#[test]
fn of_many_frames_the_middle_ones_are_counted() {
    let spec = StackSpec { guard: None, ..stack_spec(FRAME) };
    let line = |i: u64| format!("descend has its frame at {:#x}, 96 bytes\n", 0x7fff_0000 - i * 96);
    let output: String = (0..1000).map(line).collect();
    let drawing = stack::draw("f", &spec, &stack::read(&spec, &output).unwrap());
    assert_texts_stand_clear(&drawing);
    assert!(drawing.svg.contains("… 994 more frames …"));
    assert!(!drawing.svg.contains("guard"));
}

#[test]
fn an_expression_that_finds_nothing_or_lacks_a_group_is_refused() {
    let error = |frame: &str| stack::read(&stack_spec(frame), DESCENT).unwrap_err().to_string();
    assert!(error(r"(?<name>\w+) at (?<address>q)").contains("finds nothing in the output of `a/descent`"));
    assert!(error(r"(?<name>\w+) at").contains("has no group `address`"));
    assert!(error("(").contains("no regular expression"));
    assert!(error(r"(?<name>main) +(?<address>has)").contains("no hexadecimal address"));
}
