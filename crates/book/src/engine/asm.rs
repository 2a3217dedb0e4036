//! The assembly of one function, without what only the assembler needs.

use super::toolchain::Toolchain;
use crate::library::listing::{Language, Listing};
use anyhow::{Result, bail};
use runner::{Command, Limits};
use std::path::Path;

/// Compiles a listing to assembly and cuts out its function.
///
/// # Errors
/// When the compiler cannot be run or refuses the program, or the function is not in what it makes.
pub fn of_function(toolchain: &Toolchain, root: &Path, listing: &Listing, function: &str) -> Result<String> {
    let compiler = match listing.language {
        Language::Rust => Command::new(&toolchain.rustc).args([
            "--edition",
            "2024",
            "-Copt-level=3",
            "-Cllvm-args=-x86-asm-syntax=intel",
            "--crate-type=bin",
            "--emit=asm",
            "-o",
            "-",
        ]),
        Language::C => Command::new("gcc")
            .args(["-S", "-masm=intel", "-fno-asynchronous-unwind-tables", "-o", "-"])
            .args(&listing.header.cflags),
        other => bail!("there is no assembly of a {} listing", other.name()),
    };
    let outcome = compiler.arg(&*listing.source.path).cwd(root).limits(Limits::tool()).run()?;
    if !outcome.exit.success() {
        bail!("the compiler {}:\n{}", outcome.exit, runner::text::printable(&outcome.stderr));
    }
    let text = String::from_utf8_lossy(&outcome.output).into_owned();
    match cut(&text, function) {
        Some(code) => Ok(code),
        None => {
            bail!("the assembly has no function `{function}`; is it `#[unsafe(no_mangle)]` and `#[inline(never)]`?")
        }
    }
}

/// The instructions between a function's label and its end: labels and instructions, no directives.
fn cut(text: &str, function: &str) -> Option<String> {
    let label = format!("{function}:");
    let mut lines = text.lines().skip_while(|line| line.trim_end() != label);
    let mut code = vec![lines.next()?.to_owned()];
    for line in lines {
        let line = line.trim_end();
        let word = line.trim_start();
        if word.starts_with(".Lfunc_end") || word.starts_with(".size") {
            break;
        }
        let is_label = word.ends_with(':') && !word.contains(char::is_whitespace);
        let is_directive = word.starts_with('.') && !is_label;
        let is_comment = word.starts_with('#');
        if !word.is_empty() && !is_directive && !is_comment {
            code.push(aligned(line.split('#').next().unwrap_or(line)));
        }
    }
    Some(without_idle_labels(&code).join("\n") + "\n")
}

/// A label as it is; an instruction with its operands in a column of their own.
fn aligned(line: &str) -> String {
    let line = line.trim_end();
    if !line.starts_with(char::is_whitespace) {
        return line.to_owned();
    }
    match line.trim_start().split_once(char::is_whitespace) {
        Some((name, operands)) => format!("    {name:<6} {}", operands.trim_start()),
        None => format!("    {}", line.trim_start()),
    }
}

/// Drops labels that no instruction jumps to.
fn without_idle_labels(code: &[String]) -> Vec<String> {
    let is_target = |label: &str| code.iter().any(|line| line.starts_with(' ') && line.contains(label));
    let keep = |(index, line): &(usize, &String)| {
        *index == 0 || line.starts_with(' ') || is_target(line.trim_end_matches(':'))
    };
    code.iter().enumerate().filter(keep).map(|(_, line)| line.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_instructions_of_the_function_are_left() {
        let text = "other:\n\tret\nspin:\n.Lfunc_begin1:\n\t.cfi_startproc\n.LBB1_1:\n\tinc\trdi\n\tjmp\t.LBB1_1\n.Lfunc_end1:\n\t.size\tspin, 4\n";
        assert_eq!(cut(text, "spin").unwrap(), "spin:\n.LBB1_1:\n    inc    rdi\n    jmp    .LBB1_1\n");
        assert_eq!(cut(text, "spun"), None);
    }
}
