//! What a reader sees without scripts and on paper: the listing, a picture of the key step, the questions with
//! their answers folded, and a table of all steps.

use super::scene::{Scene, View};
use crate::render::{escape, preformatted};
use crate::svg;

/// All of it, on one line. `id` is that of the figure.
pub fn html(id: &str, view: &View, key: usize) -> String {
    format!(
        "<div class=\"fallback\">{}{}{}{}</div>",
        code(view),
        picture(id, view, key),
        questions(view),
        table(id, view)
    )
}

fn code(view: &View) -> String {
    let numbers: Vec<String> = (1..=view.code.len()).map(|line| line.to_string()).collect();
    format!(
        "<div class=\"numbered\"><pre class=\"line-numbers\" aria-hidden=\"true\">{}</pre>\
         <pre><code class=\"language-rust\">{}</code></pre></div>",
        numbers.join("&#10;"),
        preformatted(&view.code.join("\n"))
    )
}

fn picture(id: &str, view: &View, key: usize) -> String {
    let scene = &view.scenes[key];
    let when = match scene.line {
        Some(line) => format!("Memory at step {}, before line {line}", key + 1),
        None => "Memory at the end".to_owned(),
    };
    let drawing = svg::memory::draw(&format!("{id}-memory"), &when, scene);
    let arrows: Vec<String> = scene.arrows.iter().map(|arrow| item(arrow.kind.name(), &arrow.say)).collect();
    let arrows =
        if arrows.is_empty() { String::new() } else { format!("<ul class=\"leads\">{}</ul>", arrows.concat()) };
    format!("<p class=\"when\">{when}.</p>{}{arrows}", drawing.svg)
}

/// One arrow as a sentence.
fn item(kind: &str, say: &str) -> String {
    format!("<li class=\"{kind}\">{}</li>", spans(say))
}

/// Text whose code spans become elements.
pub fn spans(text: &str) -> String {
    let mut out = String::new();
    for (place, part) in text.split('`').enumerate() {
        let is_code = place % 2 == 1;
        let part = escape(part);
        out.push_str(&if is_code { format!("<code>{part}</code>") } else { part });
    }
    out
}

fn questions(view: &View) -> String {
    let one = |stop: &super::scene::Stop| {
        let choices: Vec<String> =
            stop.choices.iter().map(|choice| format!("<code>{}</code>", escape(choice))).collect();
        format!(
            "<li><p>Before step {}: {} {}?</p><details><summary>What was recorded</summary><p><code>{}</code>, at step {}.</p></details></li>",
            stop.answered + 1,
            spans(&stop.question),
            choices.join(" or "),
            escape(&stop.choices[stop.right]),
            stop.answered + 1
        )
    };
    match view.stops.as_slice() {
        [] => String::new(),
        stops => format!("<ul class=\"predictions\">{}</ul>", stops.iter().map(one).collect::<String>()),
    }
}

fn table(id: &str, view: &View) -> String {
    let rows: Vec<String> = view.scenes.iter().enumerate().map(|(step, scene)| row(id, step, scene)).collect();
    format!(
        "<table class=\"steps\"><thead><tr><th scope=\"col\">Step</th><th scope=\"col\">Next line</th>\
         <th scope=\"col\">What happened before it</th></tr></thead><tbody>{}</tbody></table>",
        rows.concat()
    )
}

fn row(id: &str, step: usize, scene: &Scene) -> String {
    let line = scene.line.map_or_else(|| "end".to_owned(), |line| line.to_string());
    let remark = scene.remark.as_ref().map(|text| format!(" <em>{}</em>", spans(text))).unwrap_or_default();
    format!(
        "<tr id=\"{id}:step-{0}\"><td>{0}</td><td>{line}</td><td>{1}{remark}</td></tr>",
        step + 1,
        spans(&scene.happened)
    )
}
