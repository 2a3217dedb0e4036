//! `#chart`, `#figure`, `#widget`: what is drawn from data and from recorded runs.

use super::{Context, Rendered, code, escape, phrase};
use crate::directive::{Argument, Arguments, Directive};
use crate::faults::Fault;
use crate::library::Parsed;
use crate::library::golden::Part;
use crate::manuscript::{Kind, Target};
use crate::svg::{self, Drawing, Undrawable};
use model::chart::Point;
use model::figure::{FigureSpec, MermaidSpec, StackSpec};
use model::header::Profile;
use model::quantity::group;
use std::collections::BTreeMap;

/// Finds `chapter/name` in a file of specifications.
fn specified<'a, T>(
    context: &Context<'a>,
    kind: &'static str,
    name: &Argument,
    files: &'a BTreeMap<String, Parsed<BTreeMap<String, T>>>,
) -> Result<&'a T, Fault> {
    let (chapter, key) = name.value.split_once('/').unwrap_or(("", &name.value));
    let found = files.get(chapter).and_then(|file| file.data.get(key));
    found.inspect(|_| context.used(kind, &name.value)).ok_or_else(|| {
        let names: Vec<String> = files
            .iter()
            .flat_map(|(chapter, file)| file.data.keys().map(move |key| format!("{chapter}/{key}")))
            .collect();
        context
            .fault(name.span.clone(), format!("there is no {kind} `{}` in src/{chapter}/{kind}s.toml", name.value))
            .nearest(&name.value, names.iter().map(String::as_str))
    })
}

/// Number and fragment of what a directive shows.
pub(super) fn target<'a>(context: &Context<'a>, directive: &Directive, name: &Argument) -> Result<&'a Target, Fault> {
    let found = context.manuscript.of_directive(Kind::Figure, context.index, directive);
    found.ok_or_else(|| context.shown_twice(directive, name))
}

fn undrawable(context: &Context, name: &Argument, error: Undrawable) -> Fault {
    context.fault(name.span.clone(), format!("`{}` cannot be drawn: {}", name.value, error.wrong)).help(error.advice)
}

/// The caption of a numbered figure.
pub(super) fn caption(target: &Target, text: &str) -> String {
    format!(
        "<figcaption><a class=\"number\" href=\"#{}\">Figure {}</a> {}</figcaption>",
        target.id,
        target.number,
        phrase(text)
    )
}

/// `{{#chart chapter/name}}`.
pub fn chart(context: &Context, directive: &Directive, mut arguments: Arguments) -> Rendered {
    let name = arguments.word("a chart, `chapter/name`")?;
    arguments.done(&[])?;
    let spec = specified(context, "chart", &name, &context.library.charts)?;
    let target = target(context, directive, &name)?;
    let mut points = Vec::new();
    for series in &spec.series {
        points.push(points_of(context, &series.data, &name)?);
    }
    let drawing = svg::chart::draw(&target.id, spec, &points).map_err(|error| undrawable(context, &name, error))?;
    Ok(format!(
        "<figure class=\"chart\" id=\"{}\">{}{}{}</figure>",
        target.id,
        drawing.svg,
        numbers(&drawing),
        caption(target, &spec.description)
    ))
}

fn numbers(drawing: &Drawing) -> String {
    let table = drawing.table.as_deref();
    let details = |table| format!("<details class=\"data\"><summary>The numbers</summary>{table}</details>");
    table.map(details).unwrap_or_default()
}

fn points_of(context: &Context, data: &str, name: &Argument) -> Result<Vec<Point>, Fault> {
    let (chapter, series) = data.split_once('/').unwrap_or(("", data));
    let records = context.library.records.series(chapter, series);
    context.used("series", data);
    if records.is_empty() {
        let mut names: Vec<String> =
            context.library.records.of(chapter).iter().map(|record| format!("{chapter}/{}", record.series)).collect();
        names.dedup();
        return Err(context
            .fault(name.span.clone(), format!("nothing was measured as `{data}`"))
            .nearest(data, names.iter().map(String::as_str)));
    }
    Ok(records.into_iter().map(Point::from).collect())
}

/// `{{#figure chapter/name}}`.
pub fn figure(context: &Context, directive: &Directive, mut arguments: Arguments) -> Rendered {
    let name = arguments.word("a figure, `chapter/name`")?;
    arguments.done(&[])?;
    let spec = specified(context, "figure", &name, &context.library.figures)?;
    let target = target(context, directive, &name)?;
    match spec {
        FigureSpec::Stack(spec) => stack(context, &name, target, spec),
        FigureSpec::Mermaid(spec) => mermaid(context, &name, target, spec),
    }
}

/// A stack as a listing's recorded run saw it.
fn stack(context: &Context, name: &Argument, target: &Target, spec: &StackSpec) -> Rendered {
    let listing = Argument { value: spec.listing.clone(), ..name.clone() };
    let (listing, _) = code::named(context, &listing)?;
    let profile = match spec.profile.as_deref() {
        Some("release") => Profile::Release,
        _ => Profile::Debug,
    };
    let golden = listing.goldens.get(Part::Output(profile)).ok_or_else(|| {
        let message = format!("the {profile} build of `{}` was never recorded", listing.id);
        context.fault(name.span.clone(), message).help(format!("run `cargo book bless {}`", listing.id))
    })?;
    let output = model::varying::sample(&golden.text);
    let recorded = svg::stack::read(spec, &output).map_err(|error| undrawable(context, name, error))?;
    let drawing = svg::stack::draw(&target.id, spec, &recorded);
    Ok(format!(
        "<figure class=\"diagram\" id=\"{}\">{}{}{}</figure>",
        target.id,
        drawing.svg,
        numbers(&drawing),
        caption(target, &format!("{} Drawn from the output of {}.", spec.caption, code::link(context, listing)))
    ))
}

/// A diagram of structure: a fence for mdbook-mermaid, which the finish turns into a picture.
fn mermaid(context: &Context, name: &Argument, target: &Target, spec: &MermaidSpec) -> Rendered {
    let chapter = name.value.split('/').next().unwrap_or_default();
    let path = context.library.root.join("src").join(chapter).join(&spec.file);
    let text = fs_err::read_to_string(&path)
        .map_err(|error| context.fault(name.span.clone(), error.to_string()).help("name a file beside figures.toml"))?;
    Ok(format!(
        "<figure class=\"diagram\" id=\"{}\">\n\n```mermaid\n{}\n```\n\n{}</figure>",
        target.id,
        text.trim_end(),
        caption(target, &spec.caption)
    ))
}

/// The widgets that there are; each has a folder below `theme/widgets`.
const WIDGETS: [&str; 1] = ["stack-depth"];

/// `{{#widget stack-depth data=chapter/series "caption"}}`.
pub fn widget(context: &Context, mut arguments: Arguments) -> Rendered {
    let name = arguments.word("a widget")?;
    let data = arguments.option("data");
    let caption = arguments.quoted("a caption between quotes")?;
    arguments.done(&["data"])?;
    if !WIDGETS.contains(&name.value.as_str()) {
        let message = format!("there is no widget `{}`", name.value);
        return Err(context.fault(name.span, message).nearest(&name.value, WIDGETS));
    }
    let Some(data) = data else {
        return Err(context.fault(name.span, "a widget needs its data").help("add `data=chapter/series`"));
    };
    let table = frames(context, &data)?;
    Ok(format!(
        "<figure class=\"widget\" id=\"widget-{0}\"><{0}>{table}</{0}><figcaption>{1}</figcaption></figure>",
        name.value,
        phrase(&caption.value)
    ))
}

/// A table of the bytes that one call of each measured function takes, in both builds.
fn frames(context: &Context, data: &Argument) -> Rendered {
    let series = |profile: Profile| {
        let name = Argument { value: format!("{}-{profile}", data.value), ..data.clone() };
        points_of(context, &name.value, &name)
    };
    let (debug, release) = (series(Profile::Debug)?, series(Profile::Release)?);
    let mut rows = String::new();
    for point in &debug {
        let label = point.label.as_deref().unwrap_or("unnamed");
        let other = release.iter().find(|other| other.label == point.label).map(|other| other.value);
        rows.push_str(&format!(
            "<tr><th scope=\"row\">{}</th>{}{}</tr>",
            escape(label),
            bytes_cell(Some(point.value)),
            bytes_cell(other)
        ));
    }
    Ok(format!(
        "<table class=\"frames\"><thead><tr><th scope=\"col\">Function</th><th scope=\"col\">Debug build</th>\
         <th scope=\"col\">Release build</th></tr></thead><tbody>{rows}</tbody></table>"
    ))
}

/// A frame that is not there has no bytes to compute with.
fn bytes_cell(bytes: Option<f64>) -> String {
    match bytes {
        Some(bytes) if bytes > 0.0 => format!("<td data-bytes=\"{bytes}\">{} bytes</td>", group(bytes, 0)),
        _ => "<td>no frame of its own</td>".into(),
    }
}
