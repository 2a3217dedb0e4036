//! `#exercise`: a task with everything that a learner needs to begin, and hints that stay folded; and
//! `#suites`: how good the tests are that nobody sees.

use super::{Context, Rendered, block, escape, phrase, preformatted, runnable};
use crate::directive::{Arguments, Directive};
use crate::library::exercise::Task;
use crate::manuscript::{Kind, Target};
use model::mutation::SuiteResult;

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
         <p class=\"exercise-facts\">{step} · about {minutes} minutes · {points} points</p>{task}{run}{tests}{parts}{next}</section>\n\n",
        number = target.number,
        title = about.title,
        id = target.id,
        step = about.step.name(),
        minutes = about.minutes,
        points = about.criterion.iter().map(|criterion| criterion.points).sum::<u32>(),
        task = body(&task.readme.text),
        run = run(about.id.as_str()),
        tests = runnable::exercise(&name.value),
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
        out.push_str(&folded(&format!("Hint {}: {}", index + 1, phrase(title)), &one_line(text)));
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

/// `{{#suites}}`: for every exercise, what its hidden suite tells apart.
pub fn suites(context: &Context, arguments: Arguments) -> Rendered {
    arguments.done(&[])?;
    let rows: String = context.library.suites.0.iter().map(|(name, result)| suite_row(context, name, result)).collect();
    Ok(format!(
        "<table class=\"suites\"><thead><tr><th scope=\"col\">Exercise</th><th scope=\"col\" class=\"number\">Right answers</th>\
         <th scope=\"col\" class=\"number\">Wrong answers</th><th scope=\"col\" class=\"number\">Mutants caught</th></tr></thead>\
         <tbody>{rows}</tbody></table>{}",
        missed(context)
    ))
}

fn suite_row(context: &Context, name: &str, result: &SuiteResult) -> String {
    let title = context.library.exercises.get(name).map_or(name, |task| task.about.data.title.as_str());
    let shown = context.manuscript.find(Kind::Exercise, name).first().map(|target| {
        let page = &context.manuscript.pages[target.page];
        format!("<a href=\"{}\">{}</a>", context.page.link_to(page, &target.id), escape(title))
    });
    format!(
        "<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"number\">{} of {}</td></tr>",
        shown.unwrap_or_else(|| escape(title)),
        result.alternatives + 1,
        result.wrong,
        result.caught + result.timeout,
        result.viable(),
    )
}

/// What no suite can tell apart, with the reason.
fn missed(context: &Context) -> String {
    let results = context.library.suites.0.iter();
    let items: String = results
        .flat_map(|(name, result)| result.missed.iter().map(move |missed| (name, missed)))
        .map(|(name, missed)| {
            format!("<li>{}, <code>{}</code>: {}</li>", escape(name), escape(&missed.mutant), phrase(&missed.reason))
        })
        .collect();
    if items.is_empty() { items } else { format!("<p>Mutants that pass, and why they may:</p><ul>{items}</ul>") }
}
