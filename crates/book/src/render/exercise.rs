//! `#exercise`: a task with everything that a learner needs to begin, and hints that stay folded.

use super::{Context, Rendered, block, escape, phrase, preformatted};
use crate::directive::{Arguments, Directive};
use crate::library::exercise::Task;
use crate::manuscript::{Kind, Target};

/// `{{#exercise chapter/name}}`.
pub fn exercise(context: &Context, directive: &Directive, mut arguments: Arguments) -> Rendered {
    let name = arguments.word("an exercise, `chapter/name`")?;
    arguments.done(&[])?;
    let Some(task) = context.library.exercises.get(&name.value) else {
        let names = context.library.exercises.keys().map(String::as_str);
        let fault = context.fault(name.span.clone(), format!("there is no exercise `{}`", name.value));
        return Err(fault.nearest(&name.value, names));
    };
    context.used("exercise", &name.value);
    let target = context.manuscript.of_directive(Kind::Exercise, context.index, directive);
    let target = target.ok_or_else(|| context.shown_twice(directive, &name))?;
    let about = &task.about.data;
    Ok(format!(
        "\n\n## Exercise {number}: {title}\n\n<section class=\"exercise\" id=\"{id}\">\
         <p class=\"exercise-facts\">{step} · about {minutes} minutes · {points} points</p>{task}{run}{parts}{next}</section>\n\n",
        number = target.number,
        title = about.title,
        id = target.id,
        step = about.step.name(),
        minutes = about.minutes,
        points = about.criterion.iter().map(|criterion| criterion.points).sum::<u32>(),
        task = body(&task.readme.text),
        run = run(about.id.as_str()),
        parts = parts(task),
        next = next(context, target),
    ))
}

/// The task without its heading, which the page has already; its examples are not run here.
fn body(readme: &str) -> String {
    let text = readme.strip_prefix("# ").and_then(|rest| rest.split_once('\n')).map_or(readme, |(_, rest)| rest);
    one_line(&text.replace("```rust,ignore", "```rust"))
}

/// Markdown as HTML that Markdown leaves alone: code keeps its lines as entities.
fn one_line(markdown: &str) -> String {
    let mut out = String::new();
    let mut rest = markdown;
    while let Some((before, after)) = rest.split_once("```") {
        out.push_str(&block(before));
        let (fence, behind) = after.split_once("\n```").unwrap_or((after, ""));
        let (language, code) = fence.split_once('\n').unwrap_or((fence, ""));
        out.push_str(&code_block(language.trim(), code));
        rest = behind.trim_start_matches('`');
    }
    out.push_str(&block(rest));
    out
}

fn code_block(language: &str, code: &str) -> String {
    let language = if language.is_empty() { "text" } else { language };
    format!("<pre><code class=\"language-{language}\">{}</code></pre>", preformatted(code.trim_end()))
}

fn run(id: &str) -> String {
    let folder = "<code>exercises/</code>";
    format!(
        "<p class=\"exercise-run\">In {folder}, run <code>cargo test -p {id}</code>, or <code>wdl check {id}</code>.</p>"
    )
}

/// Starter, tests, what is graded, and the hints, each in a part of its own that opens.
fn parts(task: &Task) -> String {
    let mut out = folded("What you begin with", &source(&task.starter.path, &task.starter.text));
    out.push_str(&folded("The tests that you see", &source(&task.tests.path, &task.tests.text)));
    let criteria: String = task
        .about
        .data
        .criterion
        .iter()
        .map(|criterion| {
            let points =
                if criterion.points == 1 { "1 point".to_owned() } else { format!("{} points", criterion.points) };
            format!("<li>{} ({points}). {}</li>", phrase(&criterion.title), phrase(&criterion.why))
        })
        .collect();
    out.push_str(&folded("What is graded", &format!("<ol>{criteria}</ol>")));
    for (index, (title, text)) in task.hints.iter().enumerate() {
        out.push_str(&folded(&format!("Hint {}: {}", index + 1, escape(title)), &one_line(text)));
    }
    out
}

fn source(path: &std::path::Path, text: &str) -> String {
    let path = escape(&path.display().to_string());
    format!("<p class=\"listing-source\">{path}</p>{}", code_block("rust", text))
}

fn folded(title: &str, html: &str) -> String {
    format!("<details class=\"exercise-part\"><summary>{title}</summary><div>{html}</div></details>")
}

/// A link to the exercise behind this one, in the order of the book.
fn next(context: &Context, target: &Target) -> String {
    let all = context.manuscript.targets.get(&Kind::Exercise).map_or(&[][..], Vec::as_slice);
    let behind = all.iter().skip_while(|other| other.name != target.name).nth(1);
    let Some((next, task)) = behind.and_then(|next| Some((next, context.library.exercises.get(&next.name)?))) else {
        return String::new();
    };
    let page = &context.manuscript.pages[next.page];
    let link = context.page.link_to(page, &next.id);
    format!(
        "<p class=\"exercise-next\">Next: <a href=\"{link}\">{}. {}</a></p>",
        next.number,
        phrase(&task.about.data.title)
    )
}
