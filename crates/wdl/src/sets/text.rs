//! The text of a new `set.toml`: every key is explained once, and the optional ones stand in comments.

use grader::task::Task;
use std::fmt::Write;

/// What is known of a set when it begins.
#[derive(Clone, Debug)]
pub struct About {
    /// Its stable name.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// When it is due, as RFC 3339 writes it.
    pub due: Option<String>,
    /// Whether it has exercises of its own.
    pub own_exercises: bool,
    /// Whether it has suites of its own.
    pub own_suites: bool,
    /// From which number its variants were drawn.
    pub variant: Option<u64>,
}

const HEAD: &str = "#:schema ./set.schema.json
# A graded set. `wdl set check` says what is wrong with this file, and on which line; an editor that knows TOML and
# schemas completes it. Paths are relative to this file.
";

const REST: &str = "
# What students see of their reports: \"nothing\"; \"criterion\", points and the exercise's own texts; \"message\", also what
# was tried; \"all\", also what was expected and what came, which tells of hidden inputs.
visibility = \"criterion\"

# What a gradebook gets for a student who handed in nothing: \"zero\", or \"blank\" for what stands there already.
missing = \"zero\"

# What handing in late costs. Without this table, nothing.
# [late]
# grace_minutes = 15    # so late it costs nothing
# percent_per_day = 10  # of the points that were earned, for each day begun since it was due
# cap_percent = 50      # never more than this
# last_day = 7          # after so many days nothing earns points any more

# Which attempt counts: the \"last\", or the \"best\" after lateness.
[attempts]
counts = \"last\"
# at_most = 3  # only the first so many are looked at

# What single students were promised, by their id in the class list: more days, or a due time of their own. It needs
# `due`. The reason is shown nowhere.
# [extension.s1234567]
# days = 2
# reason = \"ill\"
# [extension.s7654321]
# until = \"2026-12-01T12:00:00+01:00\"
";

/// Writes the file. `drawn` says for each exercise which options its variant has.
pub fn set(about: &About, tasks: &[Task], drawn: &[Vec<String>]) -> String {
    let mut text = HEAD.to_owned();
    let mut key = |why: &str, line: String, given: bool| {
        let _ = writeln!(text, "\n# {why}\n{}{line}", if given { "" } else { "# " });
    };
    key(
        "Its name in reports and files. It stays the same when the title changes.",
        format!("id = {:?}", about.id),
        true,
    );
    key("What students read above it.", format!("title = {}", quoted(&about.title)), true);
    let due = about.due.as_deref().unwrap_or("2026-11-27T23:59:00+01:00");
    let why = "When it is due, with the offset from UTC. Without it, nothing is late.";
    key(why, format!("due = \"{due}\""), about.due.is_some());
    key("The class list.", "students = \"students.csv\"".to_owned(), true);
    let why = "The exercises, where they are not the course's own.";
    key(why, "exercises = \"exercises\"".to_owned(), about.own_exercises);
    let why = "The hidden suites, where they are not the course's own, which anybody can read.";
    key(why, "suites = \"suites\"".to_owned(), about.own_suites);
    let why = "The number from which the variants in both folders were drawn. A record: changing it draws nothing.";
    key(why, format!("variant = {}", about.variant.unwrap_or(7)), about.variant.is_some());
    text += REST;
    for (at, task) in tasks.iter().enumerate() {
        text += &exercise(task, at == 0, drawn.get(at).map_or(&[], Vec::as_slice));
    }
    text
}

fn exercise(task: &Task, first: bool, drawn: &[String]) -> String {
    let mut text = String::new();
    if first {
        text += "\n# The exercises, in the order in which they are to be done. `weight` multiplies all points of an exercise, `points`\n\
                 # changes those of single criteria, and what a person grades has a table `exercise.manual` for each criterion.\n";
    }
    let points: Vec<String> =
        task.exercise.criterion.iter().map(|one| format!("{} = {}", one.id, one.points)).collect();
    let (id, points) = (&task.name, points.join(", "));
    text += &format!("\n[[exercise]]\nid = \"{id}\"\n");
    drawn.iter().for_each(|option| text += &format!("# {}\n", option.replace('\n', " ")));
    text += &format!("# weight = 1.5\n# points = {{ {points} }}\n");
    if first {
        text +=
            "# [[exercise.manual]]\n# id = \"names\"\n# title = \"Names say what a value is for\"\n# points = 2.5\n";
    }
    text
}

/// As TOML writes a text.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// The name of a set, made from what its folder is called.
pub fn id(folder: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let name: String = folder.chars().map(plain).collect();
    let parts: Vec<&str> = name.split('-').filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "set".to_owned() } else { parts.join("-") }
}

/// What a set is called that has only a name.
pub fn title(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut signs = words.chars();
    signs.next().map_or(String::new(), |first| first.to_uppercase().chain(signs).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_its_set_a_name_and_a_title() {
        assert_eq!([id("Week 5: the stack"), id("..."), title("week-5")], ["week-5-the-stack", "set", "Week 5"]);
    }

    #[test]
    fn a_title_with_quotation_marks_is_written_so_that_it_is_read_again() {
        for title in ["The \"stack\"", "It's \\ a", "two\nlines"] {
            let read: toml::Table = toml::from_str(&format!("title = {}", quoted(title))).unwrap();
            assert_eq!(read["title"].as_str(), Some(title));
        }
    }
}
