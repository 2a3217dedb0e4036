//! `#listing`, `#output`, `#error`, `#asm`: programs and what came of them.

use super::{Context, Rendered, escape, phrase, preformatted, runnable};
use crate::directive::{Argument, Arguments, Directive};
use crate::faults::Fault;
use crate::library::golden::Part;
use crate::library::listing::{Kind, Listing};
use crate::manuscript;
use model::header::{Ending, Profile, Tool};
use model::id::ListingId;
use model::varying::{self, Piece};
use regex::Regex;

/// Finds the listing that an argument names, and its anchor.
pub fn named<'a>(context: &Context<'a>, argument: &Argument) -> Result<(&'a Listing, Option<String>), Fault> {
    let (name, anchor) = match argument.value.split_once(':') {
        Some((name, anchor)) => (name, Some(anchor.to_owned())),
        None => (argument.value.as_str(), None),
    };
    let fault = |message: String| context.fault(argument.span.clone(), message);
    let id: ListingId = name.parse().map_err(|error: model::id::BadId| fault(error.to_string()))?;
    let Some(listing) = context.library.listings.get(&id) else {
        let names: Vec<String> = context.library.listings.keys().map(ToString::to_string).collect();
        return Err(fault(format!("there is no listing `{id}`")).nearest(name, names.iter().map(String::as_str)));
    };
    context.used("listing", id.to_string());
    Ok((listing, anchor))
}

/// `{{#listing chapter/slug[:anchor] "caption"}}`.
pub fn listing(context: &Context, directive: &Directive, mut arguments: Arguments) -> Rendered {
    let name = arguments.word("a listing, `chapter/slug` or `chapter/slug:anchor`")?;
    let caption = arguments.quoted("a caption between quotes, which says what to notice")?;
    arguments.done(&[])?;
    let (listing, anchor) = named(context, &name)?;
    let code = listing.shown(anchor.as_deref()).map_err(|anchors| {
        let wrong = anchor.as_deref().unwrap_or_default();
        context
            .fault(name.span.clone(), format!("listing `{}` has no anchor `{wrong}`", listing.id))
            .nearest(wrong, anchors)
    })?;
    context.used("anchor", &name.value);
    let target = context.manuscript.of_directive(manuscript::Kind::Listing, context.index, directive);
    let target = target.ok_or_else(|| context.shown_twice(directive, &name))?;
    let badge = badge(listing);
    let class = match (&listing.kind, badge.is_empty()) {
        (Kind::MustFail, _) => "listing-fails",
        (_, false) => "listing-dies",
        _ => "listing-runs",
    };
    Ok(format!(
        "<figure class=\"listing {class}\" id=\"{id}\">{badge}{code}{run}<figcaption><a class=\"number\" href=\"#{id}\">Listing {number}</a> \
         {caption} <span class=\"listing-source\">{path}</span></figcaption></figure>",
        id = target.id,
        number = target.number,
        run = runnable::listing(context, listing, &name.value, anchor.as_deref(), &code),
        code = pre(listing.language.class(), &preformatted(&code)),
        caption = phrase(&caption.value),
        path = escape(&listing.source.path.display().to_string()),
    ))
}

fn badge(listing: &Listing) -> String {
    let words = if listing.kind == Kind::MustFail {
        let mut codes: Vec<String> = listing.errors.iter().map(|(_, code)| format!("<code>{code}</code>")).collect();
        codes.dedup();
        format!("does not compile: {}", codes.join(", "))
    } else {
        let [debug, release] = &listing.header.ends;
        match (listing.profiles(), debug.badge(), release.badge()) {
            ([Profile::Release], _, release) => release.unwrap_or_default(),
            ([_], debug, _) => debug.unwrap_or_default(),
            (_, Some(debug), Some(release)) if debug == release => debug,
            (_, Some(debug), Some(release)) => format!("debug: {debug}; release: {release}"),
            (_, Some(debug), None) => format!("{debug} in debug builds"),
            (_, None, Some(release)) => format!("{release} in release builds"),
            _ => String::new(),
        }
    };
    if words.is_empty() { words } else { format!("<div class=\"listing-badge\">{words}</div>") }
}

fn pre(class: &str, code: &str) -> String {
    format!("<pre><code class=\"language-{class}\">{code}</code></pre>")
}

/// `{{#output chapter/slug [profile=release] [match="regex"]}}`.
pub fn output(context: &Context, directive: &Directive, mut arguments: Arguments) -> Rendered {
    let name = arguments.word("a listing, `chapter/slug`")?;
    let profile = arguments.option("profile");
    let pattern = arguments.option("match");
    arguments.done(&["profile", "match"])?;
    let (listing, _) = named(context, &name)?;
    let profile = choose_profile(context, listing, directive, profile)?;
    let (golden, _) = golden(context, &name, listing, Part::Output(profile))?;
    let (shown, excerpt) = match pattern {
        Some(pattern) => (matching(context, &golden, &pattern)?, true),
        None => (golden, false),
    };
    let ending = if listing.profiles().is_empty() { &Ending::Ok } else { listing.header.ending(profile) };
    let build = match listing.header.tools.first() {
        Some(Tool { name, versions: (from, to) }) => format!(", with {name} ({from} or later, before {to})"),
        None => format!(", {profile} build"),
    };
    let caption = format!(
        "{} of {}{}",
        if excerpt { "From the output" } else { "Output" },
        link_above(context, listing, directive.span.start),
        build
    );
    Ok(result("output", &caption, &varying_html(shown.trim_end()), ending.sentence()))
}

fn choose_profile(
    context: &Context,
    listing: &Listing,
    directive: &Directive,
    option: Option<Argument>,
) -> Result<Profile, Fault> {
    let profiles = listing.profiles();
    let names: Vec<&str> = profiles.iter().map(|profile| profile.name()).collect();
    match option {
        Some(option) => {
            let found = profiles.iter().find(|profile| profile.name() == option.value);
            found.copied().ok_or_else(|| {
                let message = format!("listing `{}` is not run in profile `{}`", listing.id, option.value);
                context.fault(option.span.clone(), message).nearest(&option.value, names)
            })
        }
        None if profiles.is_empty() => Err(context
            .fault(directive.span.clone(), format!("listing `{}` is not run, so it has no output", listing.id))
            .help("show its message with `#error`, or its assembly with `#asm`")),
        None => {
            let outputs: Vec<_> =
                profiles.iter().map(|&p| listing.goldens.get(Part::Output(p)).map(|g| &g.path)).collect();
            if outputs.windows(2).any(|pair| pair[0] != pair[1]) {
                return Err(context
                    .fault(directive.span.clone(), format!("the builds of `{}` print different things", listing.id))
                    .help("say which one is meant: `profile=debug` or `profile=release`"));
            }
            Ok(profiles[0])
        }
    }
}

fn golden(context: &Context, name: &Argument, listing: &Listing, part: Part) -> Result<(String, Part), Fault> {
    let found = listing.goldens.get(part).map(|source| (source.text.to_string(), part));
    found.ok_or_else(|| {
        let message = format!("the {} of `{}` was never recorded", part.words(), listing.id);
        context.fault(name.span.clone(), message).help(format!("run `cargo book bless {}`", listing.id))
    })
}

fn matching(context: &Context, golden: &str, pattern: &Argument) -> Result<String, Fault> {
    let regex = regex_of(context, pattern)?;
    let lines: Vec<&str> = golden.lines().filter(|line| regex.is_match(&varying::sample(line))).collect();
    if lines.is_empty() {
        return Err(context
            .fault(pattern.span.clone(), "no line of the output matches this")
            .help(format!("the output begins with `{}`", golden.lines().next().unwrap_or_default())));
    }
    Ok(lines.join("\n"))
}

fn varying_html(marked: &str) -> String {
    varying::pieces(marked)
        .iter()
        .map(|piece| match piece {
            Piece::Fixed(text) => preformatted(text),
            Piece::Varying(_, text) => {
                format!("<span class=\"varies\" title=\"differs from run to run\">{}</span>", preformatted(text))
            }
        })
        .collect()
}

fn result(class: &str, caption: &str, code: &str, ending: Option<String>) -> String {
    let ending = ending.map(|sentence| format!("<p class=\"ending\">{sentence}</p>")).unwrap_or_default();
    let language = if class == "asm" { "x86asm" } else { "text" };
    format!("<figure class=\"{class}\"><figcaption>{caption}</figcaption>{}{ending}</figure>", pre(language, code))
}

/// A link to where a listing is shown; its name where it is not shown as a whole or in part.
pub fn link(context: &Context, listing: &Listing) -> String {
    link_to(context, listing, context.manuscript.find(manuscript::Kind::Listing, &listing.id.to_string()).first())
}

/// The same, for a result that stands at `at`: a link to the part of the listing that stands right above it.
fn link_above(context: &Context, listing: &Listing, at: usize) -> String {
    let shown = context.manuscript.find(manuscript::Kind::Listing, &listing.id.to_string());
    let above = shown.iter().rfind(|target| target.page == context.index && target.at < at);
    link_to(context, listing, above.or(shown.first()))
}

fn link_to(context: &Context, listing: &Listing, target: Option<&&manuscript::Target>) -> String {
    match target {
        Some(target) => {
            let page = &context.manuscript.pages[target.page];
            format!("<a href=\"{}\">Listing {}</a>", context.page.link_to(page, &target.id), target.number)
        }
        None => format!("<code>{}</code>", escape(&listing.source.path.display().to_string())),
    }
}

/// `{{#error chapter/slug}}`.
pub fn error(context: &Context, directive: &Directive, mut arguments: Arguments) -> Rendered {
    let name = arguments.word("a listing, `chapter/slug`")?;
    arguments.done(&[])?;
    let (listing, _) = named(context, &name)?;
    if listing.kind != Kind::MustFail {
        return Err(context
            .fault(directive.span.clone(), format!("listing `{}` compiles, so there is no error to show", listing.id))
            .help("only a listing in `fail/` has a compiler's message"));
    }
    let (golden, _) = golden(context, &name, listing, Part::Error)?;
    let caption = format!("What the compiler says about {}", link_above(context, listing, directive.span.start));
    Ok(result("error", &caption, &preformatted(golden.trim_end()), None))
}

/// `{{#asm chapter/slug [until="regex"]}}`; with `until`, up to the first instruction that matches.
pub fn asm(context: &Context, directive: &Directive, mut arguments: Arguments) -> Rendered {
    let name = arguments.word("a listing, `chapter/slug`")?;
    let until = arguments.option("until");
    arguments.done(&["until"])?;
    let (listing, _) = named(context, &name)?;
    let Some(function) = &listing.header.asm else {
        return Err(context
            .fault(directive.span.clone(), format!("listing `{}` has no assembly to show", listing.id))
            .help("add `asm: FUNCTION` to its header"));
    };
    let (golden, _) = golden(context, &name, listing, Part::Asm)?;
    let (code, what) = match until {
        Some(pattern) => (up_to(context, &golden, &pattern)?, "The beginning of"),
        None => (golden.trim_end().to_owned(), "Assembly of"),
    };
    let caption = format!(
        "{what} <code>{}</code> from {}, optimized build",
        escape(function),
        link_above(context, listing, directive.span.start)
    );
    Ok(result("asm", &caption, &preformatted(&code), None))
}

fn up_to(context: &Context, golden: &str, pattern: &Argument) -> Result<String, Fault> {
    let regex = regex_of(context, pattern)?;
    let Some(last) = golden.lines().position(|line| regex.is_match(line)) else {
        return Err(context
            .fault(pattern.span.clone(), "no line of the assembly matches this")
            .help(format!("the assembly begins with `{}`", golden.lines().next().unwrap_or_default())));
    };
    let lines: Vec<&str> = golden.lines().take(last + 1).collect();
    Ok(lines.join("\n") + "\n    ...")
}

fn regex_of(context: &Context, pattern: &Argument) -> Result<Regex, Fault> {
    Regex::new(&pattern.value)
        .map_err(|error| context.fault(pattern.span.clone(), format!("this is no regular expression: {error}")))
}
