//! `#quiz`: self-check questions. The answers about a program are compared with the program.

use super::{Context, Rendered, block, escape, phrase, preformatted};
use crate::directive::{Argument, Arguments};
use crate::faults::{Fault, Source};
use crate::library::golden::Part;
use crate::library::listing::{Kind, Listing};
use crate::manuscript;
use model::header::{Ending, Profile};
use model::quiz::{Choice, Claim, Question};

/// `{{#quiz chapter}}`.
pub fn quiz(context: &Context, mut arguments: Arguments) -> Rendered {
    let name = arguments.word("a chapter")?;
    arguments.done(&[])?;
    let Some(quiz) = context.library.quizzes.get(&name.value) else {
        let names = context.library.quizzes.keys().map(String::as_str);
        return Err(context
            .fault(name.span, format!("chapter `{}` has no quiz.toml", name.value))
            .nearest(&name.value, names));
    };
    context.used("quiz", &name.value);
    // The page that prints the whole book holds one for each chapter, and no two regions may have the same name.
    let chapter = context.manuscript.page(&name.value).map_or(name.value.as_str(), |page| page.title.as_str());
    let mut html = format!("<section class=\"quiz\" aria-label=\"Questions to check yourself: {}\">", escape(chapter));
    for question in &quiz.data.question {
        html.push_str(&self::question(context, &quiz.source, question, &name)?);
    }
    html.push_str("</section>");
    Ok(html)
}

fn question(context: &Context, file: &Source, question: &Question, name: &Argument) -> Rendered {
    let fault = |message: String| {
        let at = file.text.find(&format!("id = \"{}\"", question.id)).unwrap_or(0);
        Fault::new(file, file.line(file.line_of(at)), message)
    };
    if !question.choice.iter().any(|choice| choice.right) {
        return Err(fault(format!("question `{}` has no right answer", question.id)));
    }
    let (mut code, mut proof) = (String::new(), String::new());
    if let Some(id) = &question.listing {
        let argument = Argument { value: id.to_string(), ..name.clone() };
        let (listing, _) = super::code::named(context, &argument).map_err(|found| fault(found.message))?;
        let claim = check(listing, question).map_err(fault)?;
        code = shown(context, listing).map_err(fault)?;
        proof = proof_html(context, listing, claim);
    }
    let only = question.choice.iter().filter(|choice| choice.right).count() == 1;
    let choices: String = question.choice.iter().map(|choice| choice_html(choice, only)).collect();
    Ok(format!(
        "<div class=\"question\" id=\"question-{id}\" role=\"group\" aria-labelledby=\"ask-{id}\">\
         <div class=\"ask\" id=\"ask-{id}\">{ask}{code}</div><ol class=\"choices\">{choices}</ol>{proof}</div>",
        id = escape(&question.id),
        ask = block(&question.ask),
    ))
}

/// The program itself, unless the reader has it on some page already.
fn shown(context: &Context, listing: &Listing) -> Result<String, String> {
    if !context.manuscript.find(manuscript::Kind::Listing, &listing.id.to_string()).is_empty() {
        return Ok(String::new());
    }
    let anchor = listing.anchors.first().map(|anchor| anchor.name.as_str());
    let code = listing.shown(anchor).map_err(|_| format!("listing `{}` cannot be shown", listing.id))?;
    let class = listing.language.class();
    Ok(format!("<pre><code class=\"language-{class}\">{}</code></pre>", preformatted(&code)))
}

fn choice_html(choice: &Choice, only: bool) -> String {
    let (class, verdict) = match (choice.right, only) {
        (true, true) => ("right", "Right."),
        (true, false) => ("right", "Right, and not the only one."),
        (false, _) => ("wrong", "Wrong."),
    };
    format!(
        "<li><details class=\"{class}\"><summary>{}</summary>\
         <p class=\"why\"><b class=\"verdict\">{verdict}</b> {}</p></details></li>",
        phrase(&choice.text),
        phrase(&choice.why),
    )
}

/// How we know: the program and what it does.
fn proof_html(context: &Context, listing: &Listing, claim: &Claim) -> String {
    let does = match claim {
        Claim::Aborts => "it aborts".to_owned(),
        Claim::Panics => "it panics".to_owned(),
        Claim::Prints(line) => format!("it prints <code>{}</code>", escape(line)),
        Claim::Error(code) => format!("the compiler refuses it with <code>{}</code>", escape(code)),
    };
    let link = super::code::link(context, listing);
    format!("<details class=\"proof\"><summary>How we know</summary><p>{link} answers it: {does}.</p></details>")
}

/// Compares what a question says of a program with what the program is known to do.
fn check<'a>(listing: &Listing, question: &'a Question) -> Result<&'a Claim, String> {
    let Some(claim) = &question.result else {
        return Err(format!("question `{}` names a listing but not its result", question.id));
    };
    let profile = *listing.profiles().first().unwrap_or(&Profile::Debug);
    let holds = match claim {
        Claim::Error(code) => listing.kind == Kind::MustFail && listing.errors.iter().any(|(_, found)| found == code),
        _ if listing.kind == Kind::MustFail => false,
        Claim::Aborts => listing.header.ends.iter().all(|ending| *ending == Ending::Abort),
        Claim::Panics => listing.header.ends.iter().all(|ending| *ending == Ending::Panic),
        Claim::Prints(line) => {
            let golden = listing.goldens.get(Part::Output(profile)).map(|golden| model::varying::sample(&golden.text));
            golden.is_some_and(|golden| golden.lines().any(|found| found == line))
        }
    };
    if holds {
        Ok(claim)
    } else {
        Err(format!("question `{}` says {claim:?}, but listing `{}` does otherwise", question.id, listing.id))
    }
}
