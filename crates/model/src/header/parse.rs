//! Reading a header: every mistake with its line.

use super::{Ending, GoldenProof, Header, HeaderFault, Profile, Quotable, Tool, Version};
use crate::quantity::parse_bytes;
use crate::varying::Rule;
use regex::Regex;

const UNKNOWN: &str = "a header has no key";

/// Every key that a header may use.
pub const KEYS: [&str; 19] = [
    "ends",
    "ends debug",
    "ends release",
    "profiles",
    "args",
    "env",
    "stack",
    "memory",
    "timeout",
    "aslr",
    "run",
    "asm",
    "cflags",
    "warns",
    "tool",
    "trace",
    "varies NAME",
    "value NAME",
    "proves ROWS",
];

/// Reads the header of a source file; `marker` is `//@` or `#@`.
///
/// # Errors
/// All mistakes of the header at once.
pub fn parse(source: &str, marker: &str) -> Result<Header, Vec<HeaderFault>> {
    let mut header = Header::default();
    let mut faults = Vec::new();
    for (index, text) in source.lines().enumerate() {
        let Some(rest) = text.strip_prefix(marker) else { break };
        let line = index + 1;
        header.lines = line;
        if let Err(message) = apply(&mut header, rest.trim(), line) {
            let names = if message.starts_with(UNKNOWN) { &KEYS[..] } else { &[] };
            faults.push(HeaderFault { line, text: rest.trim().to_owned(), message, names });
        }
    }
    if faults.is_empty() { Ok(header) } else { Err(faults) }
}

fn apply(header: &mut Header, text: &str, line: usize) -> Result<(), String> {
    if text == "trace" {
        header.trace = true;
        return Ok(());
    }
    let (key, value) = text.split_once(':').ok_or("expected `key: value`")?;
    let (key, value) = (key.trim(), value.trim());
    let (word, name) = key.split_once(' ').map_or((key, ""), |(word, name)| (word, name.trim()));
    match (word, name) {
        ("ends", "") => header.ends = [ending(value)?, ending(value)?],
        ("ends", "debug") => header.ends[0] = ending(value)?,
        ("ends", "release") => header.ends[1] = ending(value)?,
        ("profiles", "") => header.profiles = profiles(value)?,
        ("args", "") => header.args = words(value),
        ("cflags", "") => header.cflags = words(value),
        ("env", "") => header.env.push(pair(value)?),
        ("stack", "") => header.stack = Some(size(value)?),
        ("memory", "") => header.memory = Some(size(value)?),
        ("timeout", "") => header.timeout = seconds(value)?,
        ("aslr", "") => header.aslr = switch(value, "on", "off")?,
        ("run", "") => header.run = switch(value, "yes", "no")?,
        ("asm", "") => header.asm = Some(value.to_owned()),
        ("warns", "") => header.warns.push(value.to_owned()),
        ("trace", "") => return Err("`trace` has no value; write it alone on its line".to_owned()),
        ("tool", "") => header.tools.push(tool(value)?),
        ("varies", name) if !name.is_empty() => header.varies.push(rule(name, value, line)?),
        ("value", name) if !name.is_empty() => {
            header.values.push(Quotable { name: slug(name)?, pattern: one_group(value)? });
        }
        ("proves", rows) if !rows.is_empty() => header.proves.push(golden_proof(rows, value, line)?),
        _ => return Err(format!("{UNKNOWN} `{key}`")),
    }
    Ok(())
}

fn ending(value: &str) -> Result<Ending, String> {
    Ending::parse(value)
        .ok_or_else(|| format!("`{value}` is no ending; write ok, exit N, panic, abort, signal SIGNAME or timeout"))
}

fn profiles(value: &str) -> Result<Vec<Profile>, String> {
    value
        .split(',')
        .map(|word| match word.trim() {
            "debug" => Ok(Profile::Debug),
            "release" => Ok(Profile::Release),
            other => Err(format!("`{other}` is no profile; write debug, release or both")),
        })
        .collect()
}

fn words(value: &str) -> Vec<String> {
    value.split_whitespace().map(str::to_owned).collect()
}

fn pair(value: &str) -> Result<(String, String), String> {
    let (name, value) = value.split_once('=').ok_or("expected `NAME=VALUE`")?;
    Ok((name.to_owned(), value.to_owned()))
}

fn size(value: &str) -> Result<u64, String> {
    parse_bytes(value).ok_or_else(|| format!("`{value}` is no size; write it like 8 MiB"))
}

fn seconds(value: &str) -> Result<f64, String> {
    let number = value.strip_suffix('s').unwrap_or(value).trim();
    number
        .parse()
        .ok()
        .filter(|seconds| (0.1..=120.0).contains(seconds))
        .ok_or_else(|| format!("`{value}` is no time between 0.1 s and 120 s"))
}

fn switch(value: &str, yes: &str, no: &str) -> Result<bool, String> {
    match value {
        _ if value == yes => Ok(true),
        _ if value == no => Ok(false),
        _ => Err(format!("`{value}` is neither {yes} nor {no}")),
    }
}

fn tool(value: &str) -> Result<Tool, String> {
    let wrong = || format!("`{value}` is no tool; write it like `python3 3.9..3.14` (from, up to but not with)");
    let (name, range) = value.split_once(' ').ok_or_else(wrong)?;
    let (from, to) = range.trim().split_once("..").ok_or_else(wrong)?;
    let versions = Version::parse(from).zip(Version::parse(to)).ok_or_else(wrong)?;
    Ok(Tool { name: name.to_owned(), versions })
}

fn slug(name: &str) -> Result<String, String> {
    if crate::id::is_slug(name) {
        Ok(name.to_owned())
    } else {
        Err(format!("`{name}` is no name; write lower-case letters, digits and hyphens"))
    }
}

fn one_group(pattern: &str) -> Result<Regex, String> {
    let regex = multi_line(pattern)?;
    if regex.captures_len() == 2 {
        Ok(regex)
    } else {
        Err(format!("`{pattern}` needs exactly one capture group, around the part that is meant"))
    }
}

/// In a header `\d` is one of ten digits. The digits of all scripts would take most of the time in which
/// the headers of a book are read.
fn multi_line(pattern: &str) -> Result<Regex, String> {
    Regex::new(&format!("(?m){}", pattern.replace(r"\d", "[0-9]")))
        .map_err(|error| format!("`{pattern}` is no regular expression: {error}"))
}

fn rule(name: &str, value: &str, line: usize) -> Result<Rule, String> {
    let (pattern, range) = match value.rsplit_once(" in ") {
        Some((pattern, range)) if range.contains("..") => (pattern, Some(range)),
        _ => (value, None),
    };
    let range = range
        .map(|range| {
            let ends = range
                .split_once("..")
                .and_then(|(low, high)| Some(low.trim().parse::<f64>().ok()?..=high.trim().parse::<f64>().ok()?));
            ends.ok_or_else(|| format!("`{range}` is no range; write it like 80000..90000"))
        })
        .transpose()?;
    Ok(Rule { name: slug(name)?, pattern: one_group(pattern)?, range, line })
}

fn golden_proof(rows: &str, pattern: &str, line: usize) -> Result<GoldenProof, String> {
    Ok(GoldenProof { rows: parse_rows(rows)?, pattern: multi_line(pattern)?, line })
}

/// Reads the rows of a proof mark: `5.04, 5.05`.
///
/// # Errors
/// When there are none or more than three: a mark that proves everything proves nothing.
pub fn parse_rows(text: &str) -> Result<Vec<String>, String> {
    let rows: Vec<String> = text.split(',').map(|row| row.trim().to_owned()).collect();
    if rows.iter().any(|row| row.is_empty() || row.contains(' ')) {
        return Err(format!("`{text}` is no list of ledger rows; write it like 5.04, 5.05"));
    }
    if rows.len() > 3 {
        return Err(format!("`{text}` names {} rows; a mark may prove at most three", rows.len()));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_says_how_a_program_ends_in_each_profile() {
        let source = "//@ profiles: debug, release\n//@ ends: abort\n//@ ends release: timeout\n//@ timeout: 2 s\n\nfn main() {}\n";
        let header = parse(source, "//@").unwrap();
        assert_eq!(header.ending(Profile::Debug), &Ending::Abort);
        assert_eq!(header.ending(Profile::Release), &Ending::Timeout);
        assert_eq!((header.timeout, header.lines), (2.0, 4));
    }

    #[test]
    fn a_varying_part_may_have_a_range() {
        let header = parse("#@ varies depth: depth (\\d+) in 10..20\n#@ varies tid: \\((\\d+)\\)", "#@").unwrap();
        assert_eq!(header.varies[0].range, Some(10.0..=20.0));
        assert_eq!(header.varies[1].range, None);
    }

    #[test]
    fn a_recording_is_asked_for_by_one_word() {
        assert!(parse("//@ trace\n", "//@").unwrap().trace);
        assert!(!parse("//@ ends: ok\n", "//@").unwrap().trace);
        assert!(parse("//@ trace: yes\n", "//@").unwrap_err()[0].message.contains("alone"));
    }

    #[test]
    fn all_mistakes_are_told_at_once_with_their_lines() {
        let source =
            "//@ ends: badly\n//@ endings: ok\n//@ varies x: no group\n//@ proves 1, 2, 3, 4: a\n//@ stack: much\n";
        let lines: Vec<usize> = parse(source, "//@").unwrap_err().iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [1, 2, 3, 4, 5]);
    }

    #[test]
    fn a_tool_has_a_half_open_range_of_versions() {
        let tools = parse("#@ tool: python3 3.9..3.14\n#@ tool: gcc 9..16", "#@").unwrap().tools;
        assert_eq!(tools[1].name, "gcc");
        let tool = &tools[0];
        let inside = |text| {
            let version = Version::parse(text).unwrap();
            tool.versions.0 <= version && version < tool.versions.1
        };
        assert!(inside("3.11.7") && inside("3.9") && !inside("3.8.10") && !inside("3.14.0"));
    }
}
