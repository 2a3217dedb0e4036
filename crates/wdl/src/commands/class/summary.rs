//! How a class stands, in a few lines.

use grader::class::ledger::Folder;
use grader::output::statistics::Statistics;
use model::class::Class;
use model::report::Outcome;

use crate::place::shown;

/// What was graded, exercise by exercise, and where it goes from here.
pub(super) fn of(class: &Class, of_list: usize, folder: &Folder) -> String {
    let all = Statistics::of(class);
    let left_out = match of_list - all.students {
        0 => String::new(),
        1 => ", one is left out".to_owned(),
        many => format!(", {many} are left out"),
    };
    let mut lines =
        vec![format!("{}: {} of {of_list} students handed in something{left_out}", class.set.title, all.handed_in)];
    let width = class.set.exercises.iter().map(|exercise| exercise.exercise.len()).max().unwrap_or_default();
    for (place, exercise) in class.set.exercises.iter().enumerate() {
        let counted: Vec<_> = class.rows.iter().filter_map(|row| row.entries[place].counted()).collect();
        let passed = counted.iter().filter(|attempt| attempt.graded.report.outcome == Outcome::Passed).count();
        lines.push(format!("  {:width$}  {:>4} handed in, {passed} with everything", exercise.exercise, counted.len()));
    }
    if all.handed_in > 0 {
        lines.push(format!("  half of them have at least {} of {} points", all.median, all.of));
    }
    if all.open > 0 {
        let table = shown(&folder.manual());
        let many = if all.open == 1 { "one waits" } else { &format!("{} wait", all.open) };
        lines.push(format!("  {many} for a person: fill in {table}, and report again"));
    }
    lines.push(format!("kept in {}; next: wdl report --format html", shown(folder.path())));
    lines.join("\n")
}
