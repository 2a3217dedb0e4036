//! How results look: words first, symbols and color only beside them.

use model::report::{CriterionReport, Finding, Outcome};

use crate::check::Verdict;
use crate::entry::Entry;
use crate::progress::State;

/// What a terminal, or the one who reads it, can bear.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// ANSI colors.
    pub color: bool,
    /// A symbol before a word.
    pub symbols: bool,
}

/// Width of the labels, so that what they label stands in a column.
const LABEL: usize = 10;

impl Style {
    fn paint(self, color: &str, text: &str) -> String {
        if self.color { format!("\x1b[{color}m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// A heading.
    pub fn strong(self, text: &str) -> String {
        self.paint("1", text)
    }

    fn mark(self, symbol: &str, color: &str, words: &str) -> String {
        let text = if self.symbols { format!("{symbol} {words}") } else { words.to_owned() };
        self.paint(color, &text)
    }

    /// An outcome.
    pub fn outcome(self, outcome: Outcome) -> String {
        match outcome {
            Outcome::Passed => self.good(outcome.words()),
            Outcome::NotRun => self.open(outcome.words()),
            _ => self.bad(outcome.words()),
        }
    }

    /// Something that is as it should be.
    pub fn good(self, words: &str) -> String {
        self.mark("✓", "32", words)
    }

    /// Something that is not.
    pub fn bad(self, words: &str) -> String {
        self.mark("✗", "31", words)
    }

    /// Something that is not known yet.
    pub fn open(self, words: &str) -> String {
        self.mark("·", "2", words)
    }

    /// How far an exercise has come, padded to a column.
    pub fn state(self, state: State) -> String {
        let words = format!("{:<7}", state.words());
        match state {
            State::Passed => self.good(&words),
            State::Started => self.mark("…", "33", &words),
            State::New => self.open(&words),
        }
    }

    /// A labeled text; further lines stand below the first.
    pub fn row(self, label: &str, text: &str) -> String {
        let indent = format!("\n{:width$}", "", width = LABEL + 2);
        let text = text.trim_end().replace('\n', &indent);
        format!("  {}{text}", self.paint("2", &format!("{label:<LABEL$}")))
    }
}

/// A verdict in one line.
pub fn headline(entry: &Entry, verdict: &Verdict, style: Style) -> String {
    let outcome = style.outcome(verdict.summary());
    let title = format!("{}: {}", entry.id(), entry.about.title);
    format!("{outcome}{}, {}", tally(entry, &verdict.report.criteria), style.strong(&title))
}

/// How many of the criteria hold. What no visible test checks is named, so that nothing looks complete that is not.
fn tally(entry: &Entry, criteria: &[CriterionReport]) -> String {
    let (seen, later): (Vec<_>, Vec<_>) = criteria.iter().partition(|criterion| is_seen(entry, criterion));
    let passed = seen.iter().filter(|criterion| criterion.outcome == Outcome::Passed).count();
    match (seen.len(), later.len()) {
        (0, _) => String::new(),
        (total, 0) => format!(" ({passed} of {total})"),
        (total, later) => format!(" ({passed} of {total} visible, {later} graded later)"),
    }
}

/// A verdict, as the learner reads it: the first thing that is wrong in full, the rest in a line each.
pub fn verdict(entry: &Entry, verdict: &Verdict, style: Style) -> String {
    let report = &verdict.report;
    let mut lines = vec![headline(entry, verdict, style)];
    if report.criteria.iter().any(|criterion| is_seen(entry, criterion)) {
        lines.extend(report.criteria.iter().map(|criterion| line(entry, criterion, style)));
    }
    if !report.message.is_empty() {
        lines.push(format!("\n{}", report.message));
    }
    let first = verdict.first();
    let at = verdict.at.as_ref().map(ToString::to_string);
    if let Some((criterion, found)) = first {
        lines.push(format!("\n{}", style.strong(&criterion.title)));
        lines.extend(finding(found, at.as_deref(), ("test", &entry.test_command(&found.case)), style));
    } else if let Some(at) = at {
        lines.push(format!("\n{}", style.row("where", &at)));
    } else if verdict.next.is_some() {
        lines.push(String::new());
    }
    if let Some(next) = &verdict.next {
        lines.push(style.row(if first.is_some() { "or" } else { "next" }, next));
    }
    lines.extend(verdict.note.as_ref().map(|note| format!("\n{note}")));
    lines.join("\n")
}

/// The report of a hidden suite, as the learner reads it: points, and the first thing that is wrong in full.
#[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
pub fn graded(title: &str, report: &model::report::Report, style: Style) -> String {
    let title = style.strong(title);
    let outcome = style.outcome(report.outcome);
    let mut lines =
        vec![format!("{outcome}, {} of {} points, {title} (seed {})", report.points, report.of, report.seed)];
    for criterion in &report.criteria {
        let points = format!("{} of {}", criterion.points, criterion.of);
        lines.push(format!("  {}: {} ({points})", style.outcome(criterion.outcome), criterion.title));
    }
    if !report.message.is_empty() {
        lines.push(format!("\n{}", report.message));
    }
    let first = report.criteria.iter().find_map(|criterion| Some((criterion, criterion.finding.as_ref()?)));
    if let Some((criterion, found)) = first {
        lines.push(format!("\n{}", style.strong(&criterion.title)));
        lines.extend(finding(found, None, ("case", &found.case), style));
    }
    lines.join("\n")
}

/// Whether a visible test checks it.
fn is_seen(entry: &Entry, report: &CriterionReport) -> bool {
    entry.about.criterion.iter().any(|criterion| criterion.id == report.id && !criterion.tests.is_empty())
}

fn line(entry: &Entry, criterion: &CriterionReport, style: Style) -> String {
    if is_seen(entry, criterion) {
        let test = criterion.finding.as_ref().map(|finding| format!(" ({})", finding.case));
        format!("  {}: {}{}", style.outcome(criterion.outcome), criterion.title, test.unwrap_or_default())
    } else {
        format!("  {}: {}", style.open("graded later"), criterion.title)
    }
}

/// What went wrong, row by row; `(label, check)` says what found it.
fn finding(finding: &Finding, at: Option<&str>, (label, check): (&str, &str), style: Style) -> Vec<String> {
    let mut rows = vec![
        style.row("tried", &finding.tried),
        style.row("expected", &finding.expected),
        style.row("got", &finding.got),
    ];
    rows.extend(at.map(|at| style.row("where", at)));
    rows.push(style.row(label, check));
    rows.push(style.row("why", &finding.why));
    rows.push(style.row("read", &finding.read));
    rows.push(style.row("next", &finding.next));
    rows
}
