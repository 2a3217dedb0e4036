//! `#trace`: a recorded run, step by step.

use super::{Context, Rendered, code, drawing, runnable};
use crate::directive::{Argument, Arguments, Directive};
use crate::faults::Fault;
use crate::library::listing::Listing;
use crate::stepper::scene::View;
use crate::stepper::{self, alone, encode, fallback};
use model::recording::Recording;
use regex::Regex;

/// `{{#trace chapter/slug [key="regex"] [first="regex"] "caption"}}`: `key` matches the line before which memory
/// is drawn for paper, `first` the one at which the reader begins; `end` is the end of the run.
pub fn trace(context: &Context, directive: &Directive, mut arguments: Arguments) -> Rendered {
    let name = arguments.word("a recorded listing, `chapter/slug`")?;
    let (listing, anchor) = code::named(context, &name)?;
    context.used("trace", listing.id.to_string());
    let key = arguments.option("key");
    let first = arguments.option("first");
    let caption = arguments.quoted("a caption between quotes, which says what to notice")?;
    arguments.done(&["key", "first"])?;
    if anchor.is_some() {
        let fault = context.fault(name.span.clone(), "a recorded run is shown as a whole");
        return Err(fault.help("leave the anchor out"));
    }
    let target = drawing::target(context, directive, &name)?;
    let recording = recording(context, &name, listing)?;
    let view = stepper::view(listing, &recording).map_err(|wrong| at_listing(context, listing, wrong))?;
    let at = |option: Option<Argument>| option.map(|option| scene_at(context, &view, &option)).transpose();
    let (key, first) = (at(key)?, at(first)?.unwrap_or(0));
    let key = key.unwrap_or_else(|| alone::fullest(&view));
    Ok(format!(
        "<figure class=\"trace\" id=\"{id}\"><memory-stepper figure=\"{id}\" first=\"{first}\">{fallback}\
         <script type=\"application/json\">{data}</script></memory-stepper>{run}{caption}</figure>",
        id = target.id,
        fallback = fallback::html(&target.id, &view, key),
        data = encode::json(&view),
        run = runnable::listing(context, listing, &name.value, None, &listing.shown(None).unwrap_or_default()),
        caption =
            drawing::caption(target, &format!("{} Recorded from `{}`.", caption.value, listing.source.path.display())),
    ))
}

fn recording(context: &Context, name: &Argument, listing: &Listing) -> Result<Recording, Fault> {
    let fault = |message: String| context.fault(name.span.clone(), message);
    if !listing.header.trace {
        let fault = fault(format!("listing `{}` does not ask to be recorded", listing.id));
        return Err(fault.help("add `//@ trace` to its header"));
    }
    let help = format!("run `cargo book trace {}`", listing.id);
    let path = listing.trace_path();
    let Ok(text) = fs_err::read_to_string(context.library.root.join(&path)) else {
        return Err(fault(format!("the memory of `{}` was never recorded", listing.id)).help(help));
    };
    Recording::parse(&text).map_err(|error| fault(format!("{path}: {error}")).help(help))
}

/// What is wrong between a listing and its recording is told where the listing says it.
fn at_listing(context: &Context, listing: &Listing, wrong: Vec<stepper::Wrong>) -> Fault {
    let help = format!("look at the recording; if the listing has changed, run `cargo book trace {}`", listing.id);
    let fault = |wrong: stepper::Wrong| Fault::at_line(&listing.source, wrong.line, wrong.message).help(help.as_str());
    let mut faults = wrong.into_iter().map(fault);
    let first = faults.next().expect("something is wrong");
    context.more.borrow_mut().extend(faults);
    first
}

fn scene_at(context: &Context, view: &View, option: &Argument) -> Result<usize, Fault> {
    let regex = Regex::new(&option.value)
        .map_err(|error| context.fault(option.span.clone(), format!("this is no regular expression: {error}")))?;
    stepper::scene_at(view, &regex).ok_or_else(|| {
        let fault = context.fault(option.span.clone(), "no line that the recording reaches matches this");
        fault.help("match the code of a line, or write `end`")
    })
}
