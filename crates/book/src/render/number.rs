//! `#value`, `#given`, `#calc`: every number of the prose, with where it comes from.

use super::{Context, Rendered, escape, text};
use crate::calc;
use crate::directive::{Argument, Arguments, Directive};
use crate::faults::Fault;
use crate::library::golden::Part;
use crate::library::listing::Listing;
use model::header::Profile;
use model::id::ListingId;
use model::quantity::{bytes_per, group, parse_number};
use std::ops::Range;

/// A number and where it comes from.
struct Quoted {
    value: f64,
    unit: String,
    origin: String,
}

/// `{{#value chapter/key [show=x] [as=MiB] [digits=1]}}`.
pub fn value(context: &Context, mut arguments: Arguments) -> Rendered {
    let name = arguments.word("what it quotes, `chapter/series.x` or `chapter/slug.name`")?;
    let format = Format::take(context, &mut arguments)?;
    let position = arguments.option("show");
    arguments.done(&["as", "digits", "show"])?;
    let quoted = match position {
        Some(show) if show.value == "x" => position_of(context, &name)?,
        Some(show) => return Err(context.fault(show.span, "only the position can be shown instead: `show=x`")),
        None => look_up(context, &name.value, name.span.clone())?,
    };
    let shown = format.apply(context, quoted.value, &quoted.unit, &name)?;
    Ok(format!("<span class=\"value\" title=\"{}\">{shown}</span>", escape(&quoted.origin)))
}

/// Where on the horizontal axis a record stands, in bytes where that is what the axis counts.
fn position_of(context: &Context, name: &Argument) -> Result<Quoted, Fault> {
    let (chapter, key) = name.value.split_once('/').unwrap_or(("", &name.value));
    let x = context.library.records.get(chapter, key).and_then(|record| record.x);
    let value = x.ok_or_else(|| {
        context.fault(name.span.clone(), format!("no record with a position is called `{}`", name.value))
    })?;
    Ok(Quoted { value, unit: "bytes".into(), origin: format!("a position of the series {}", name.value) })
}

/// `{{#given "8 MiB" src=key ["page or section"]}}`.
pub fn given(context: &Context, mut arguments: Arguments) -> Rendered {
    let number = arguments.quoted("the number between quotes")?;
    let key = arguments.option("src");
    let place = arguments.optional_quoted();
    arguments.done(&["src"])?;
    let Some(key) = key else {
        return Err(context.fault(number.span, "a given number needs its source").help("add `src=KEY`"));
    };
    let source = text::source(context, &key.value, key.span)?;
    let place = place.as_ref().map(|place| place.value.as_str());
    let link = text::citation(context, &key.value, source, place);
    Ok(format!("<span class=\"given\">{}</span>{link}", escape(&number.value)))
}

/// `{{#calc round(8 MiB / @chapter/key) [as=MiB] [digits=1]}}`.
pub fn calc(context: &Context, directive: &Directive) -> Rendered {
    let start = directive.raw_span.start;
    let (formula, options) = split_options(&directive.raw);
    if !formula.contains('@') {
        return Err(context
            .fault(directive.raw_span.clone(), "nothing in this formula was measured or printed")
            .help("name a value like `@chapter/key`; a number that is known from elsewhere is a `#given`"));
    }
    let fault = |span: Range<usize>, message: String| context.fault(start + span.start..start + span.end, message);
    let mut wrong = None;
    let mut reader = |name: &str, span: Range<usize>| match look_up(context, name, start + span.start..start + span.end)
    {
        Ok(quoted) => Some(quoted.value),
        Err(fault) => {
            wrong = Some(fault);
            None
        }
    };
    let result = calc::evaluate(formula, &mut reader);
    if let Some(fault) = wrong {
        return Err(fault);
    }
    let value = result.map_err(|error| fault(error.span, error.message))?;
    let unit = options.unit.map(str::to_owned);
    let format = Format { unit, digits: options.digits.unwrap_or(0) };
    let whole = Argument { key: None, value: formula.into(), quoted: false, span: directive.raw_span.clone() };
    let shown = format.apply(context, value, "bytes", &whole)?;
    Ok(format!("<span class=\"value\" title=\"computed: {}\">{shown}</span>", escape(formula)))
}

struct Options<'a> {
    unit: Option<&'a str>,
    digits: Option<usize>,
}

fn split_options(raw: &str) -> (&str, Options<'_>) {
    let (mut rest, mut options) = (raw, Options { unit: None, digits: None });
    while let Some((before, last)) = rest.rsplit_once(char::is_whitespace) {
        if let Some(unit) = last.strip_prefix("as=") {
            options.unit = Some(unit);
        } else if let Some(digits) = last.strip_prefix("digits=").and_then(|digits| digits.parse().ok()) {
            options.digits = Some(digits);
        } else {
            break;
        }
        rest = before.trim_end();
    }
    (rest, options)
}

struct Format {
    unit: Option<String>,
    digits: usize,
}

impl Format {
    fn take(context: &Context, arguments: &mut Arguments) -> Result<Self, Fault> {
        let unit = arguments.option("as").map(|argument| argument.value);
        let digits = match arguments.option("digits") {
            None => 0,
            Some(argument) => argument
                .value
                .parse()
                .map_err(|_| context.fault(argument.span, format!("`{}` is no number of digits", argument.value)))?,
        };
        Ok(Self { unit, digits })
    }

    fn apply(&self, context: &Context, value: f64, unit: &str, whole: &Argument) -> Rendered {
        let Some(wanted) = &self.unit else { return Ok(group(value, self.digits)) };
        match (bytes_per(wanted), bytes_per(unit)) {
            (Some(to), Some(from)) => Ok(format!("{}\u{a0}{wanted}", group(value * from / to, self.digits))),
            (None, _) => Err(context.fault(whole.span.clone(), format!("`{wanted}` is no unit of size"))),
            (_, None) => Err(context.fault(whole.span.clone(), format!("this is counted in {unit}, not in bytes"))),
        }
    }
}

/// Finds a number: a record of `data/`, or a part of a listing's output.
fn look_up(context: &Context, name: &str, span: Range<usize>) -> Result<Quoted, Fault> {
    let (chapter, key) = name.split_once('/').unwrap_or(("", name));
    let record = context.library.records.get(chapter, key);
    let listing = key.split_once('.').and_then(|(slug, part)| {
        let id = ListingId::new(chapter, slug);
        context.library.listings.get(&id).map(|listing| (listing, part))
    });
    match (record, listing) {
        (Some(record), None) => {
            context.used("series", format!("{chapter}/{}", record.series));
            let stamp = record.stamp.as_ref();
            let origin =
                stamp.map(|stamp| format!("measured on {}, {}, {}", stamp.machine, stamp.compiler, stamp.date));
            Ok(Quoted { value: record.value, unit: record.unit.clone(), origin: origin.unwrap_or_default() })
        }
        (None, Some((listing, part))) => {
            context.used("listing", listing.id.to_string());
            printed(context, listing, part, span)
        }
        (Some(_), Some(_)) => {
            Err(context.fault(span, format!("`{name}` is both a measurement and a listing's number")))
        }
        (None, None) => {
            let names = quotable(context, chapter);
            Err(context
                .fault(span, format!("nothing is called `{name}`"))
                .nearest(name, names.iter().map(String::as_str)))
        }
    }
}

fn quotable(context: &Context, chapter: &str) -> Vec<String> {
    let records = context.library.records.of(chapter).iter().map(|record| format!("{chapter}/{}", record.key()));
    let listings = context.library.listings.values().flat_map(|listing| {
        names_of(listing).into_iter().map(|part| format!("{}.{part}", listing.id)).collect::<Vec<_>>()
    });
    records.chain(listings).collect()
}

fn names_of(listing: &Listing) -> Vec<String> {
    let values = listing.header.values.iter().map(|value| value.name.clone());
    values.chain(listing.header.varies.iter().map(|rule| rule.name.clone())).collect()
}

/// The number that a listing printed under a name of its header; `release.depth` picks a profile. Where
/// the output does not have it, the assembly and then the source may.
fn printed(context: &Context, listing: &Listing, part: &str, span: Range<usize>) -> Result<Quoted, Fault> {
    let (profile, name) = match part.split_once('.') {
        Some(("debug", name)) => (Profile::Debug, name),
        Some(("release", name)) => (Profile::Release, name),
        _ => (*listing.profiles().first().unwrap_or(&Profile::Debug), part),
    };
    let values = listing.header.values.iter().map(|value| (&value.name, &value.pattern));
    let varies = listing.header.varies.iter().map(|rule| (&rule.name, &rule.pattern));
    let Some((_, pattern)) = values.chain(varies).find(|(found, _)| *found == name) else {
        let names = names_of(listing);
        return Err(context
            .fault(span, format!("listing `{}` has no number called `{name}`", listing.id))
            .nearest(name, names.iter().map(String::as_str)));
    };
    let golden = |part| listing.goldens.get(part).map(|golden| model::varying::sample(&golden.text));
    let path = listing.source.path.display();
    let places = [
        (golden(Part::Output(profile)), format!("printed by {path}, {profile} build")),
        (golden(Part::Asm), format!("in the assembly of {path}")),
        (listing.shown(None).ok(), format!("in the source {path}")),
    ];
    let found = places.into_iter().find_map(|(text, origin)| {
        let text = text?;
        let number = parse_number(pattern.captures(&text)?.get(1)?.as_str())?;
        Some((number, origin))
    });
    match found {
        Some((value, origin)) => Ok(Quoted { value, unit: "bytes".into(), origin }),
        None => Err(context
            .fault(span, format!("the recorded output of `{}` has no number where `{name}` should be", listing.id))
            .help(format!("run `cargo book bless {}`", listing.id))),
    }
}
