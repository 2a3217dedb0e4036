//! Paths as a person clicks on them: `path:line`, seen from the current directory.

use std::fmt;
use std::path::{Component, Path, PathBuf};

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The file.
    pub path: PathBuf,
    /// The line, counted from 1.
    pub line: u32,
}

impl Location {
    /// Reads `path:line` or `path:line:column`; relative paths are relative to `folder`.
    pub fn parse(text: &str, folder: &Path) -> Option<Self> {
        let mut path = text.trim();
        let mut numbers = Vec::new();
        while numbers.len() < 2
            && let Some((rest, number)) = path.rsplit_once(':')
            && let Ok(number) = number.parse::<u32>()
        {
            numbers.push(number);
            path = rest;
        }
        let line = *numbers.last()?;
        Some(Self { path: folder.join(path), line })
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", shown(&self.path), self.line)
    }
}

/// The path as seen from the current directory; whole where that would have to climb more than three folders.
pub fn shown(path: &Path) -> String {
    let from = std::env::current_dir().ok().and_then(|folder| relative(path, &folder));
    from.unwrap_or_else(|| path.to_owned()).display().to_string()
}

/// Faults with their places as seen from the current directory.
#[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
pub fn seen_from_here(faults: grader::fault::Faults) -> grader::fault::Faults {
    let seen = |fault: grader::fault::Fault| match Path::new(&fault.place).is_absolute() {
        true => grader::fault::Fault { place: shown(Path::new(&fault.place)), ..fault },
        false => fault,
    };
    grader::fault::Faults(faults.0.into_iter().map(seen).collect())
}

fn relative(path: &Path, from: &Path) -> Option<PathBuf> {
    let (path, from): (Vec<Component>, Vec<Component>) = (path.components().collect(), from.components().collect());
    let common = path.iter().zip(&from).take_while(|(a, b)| a == b).count();
    let up = from.len() - common;
    if up > 3 || common == 0 {
        return None;
    }
    let climb = std::iter::repeat_n(Component::ParentDir, up);
    let relative: PathBuf = climb.chain(path[common..].iter().copied()).collect();
    Some(if relative.as_os_str().is_empty() { PathBuf::from(".") } else { relative })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_is_a_path_a_line_and_perhaps_a_column() {
        let parse = |text| Location::parse(text, Path::new("/c"));
        let location = Location { path: "/c/a/b.rs".into(), line: 12 };
        assert_eq!(parse("a/b.rs:12:5"), Some(location.clone()));
        assert_eq!(parse("a/b.rs:12"), Some(location));
        assert_eq!(parse("a/b.rs"), None);
    }

    #[test]
    fn a_path_is_shown_from_where_one_stands() {
        let relative = |path: &str, from: &str| relative(Path::new(path), Path::new(from)).map(PathBuf::into_os_string);
        assert_eq!(relative("/a/b/c", "/a/b"), Some("c".into()));
        assert_eq!(relative("/a/x", "/a/b/c"), Some("../../x".into()));
        assert_eq!(relative("/a", "/a"), Some(".".into()));
        assert_eq!(relative("/a/x", "/a/b/c/d/e"), None);
    }
}
