//! The rules of drivers, checked on their text: a driver that breaks one can be forged, or is not
//! repeatable.

use regex::Regex;

/// A rule, why it is one, and the pattern that breaks it.
const FORBIDDEN: [(&str, &str); 5] = [
    (r"use \w+::\*", "imports everything: a student's item may shadow ours; import by name"),
    (r"\bassert(_eq|_ne)?!", "asserts: nothing in the child may decide; say what is seen"),
    (r"\.see\(", "does not name the type at `see`: write `see::<T>(...)`"),
    (r"\b(SystemTime|Instant)::", "reads a clock: the reference would see another time"),
    (r"\bHash(Map|Set)\b", "uses a hash table, whose order differs from run to run; use a BTreeMap or sort"),
];

/// What is wrong with a driver, a sentence for each mistake, with its line.
pub fn driver(text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for (pattern, reason) in FORBIDDEN {
        let pattern = Regex::new(pattern).expect("the patterns are fixed");
        for (index, line) in text.lines().enumerate() {
            if !line.trim_start().starts_with("//") && pattern.is_match(line) {
                wrong.push(format!("line {}: {reason}", index + 1));
            }
        }
    }
    if !text.contains(".below(") && !text.contains(".word(") {
        wrong.push("no input is random: a right answer could be learned by heart".into());
    }
    if !text.contains("obs::refusals(probe::refused_requests)") {
        wrong
            .push("`main` does not name the counter of refusals: call `obs::refusals(probe::refused_requests)`".into());
    }
    if !text.contains("obs::main(") {
        wrong.push("`main` does not call `obs::main`".into());
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_driver_that_keeps_the_rules_is_accepted() {
        let good = "use obs::Obs;\nfn c(o: &mut Obs) {\n    let n = o.below(9);\n    o.see::<u64>(\"n\", n);\n}\nfn main() {\n    obs::refusals(probe::refused_requests);\n    obs::main(&[(\"c\", c)])\n}\n";
        assert_eq!(driver(good), Vec::<String>::new());
    }

    #[test]
    fn each_broken_rule_is_told_with_its_line() {
        let bad = "use my_vec::*;\nfn c(o: &mut Obs) {\n    assert_eq!(1, 1);\n    o.see(\"n\", 1);\n}\n";
        let wrong = driver(bad);
        for part in ["line 1: imports", "line 3: asserts", "line 4: does not name", "no input is random", "obs::main"] {
            assert!(wrong.iter().any(|found| found.contains(part)), "{part}: {wrong:?}");
        }
    }
}
