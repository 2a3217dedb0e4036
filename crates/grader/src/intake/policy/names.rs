//! The names that are refused, each with its reason.

const SYMBOL: &str = "gives a symbol a name, and could so take the place of another";
const COMPILER: &str = "belongs to the compiler and its library";
const MACHINE: &str = "is assembly, which cannot be judged";
const READS: &str = "reads a file while compiling";
const ENVIRONMENT: &str = "reads the environment of the compiler";

/// Attributes whose names nobody uses for anything else: in the tokens of a macro, they are refused wherever
/// they stand, since a macro can make an attribute of them.
const ATTRIBUTES: [(&str, &str); 13] = [
    ("global_allocator", "takes the place of the allocator that counts"),
    ("no_mangle", SYMBOL),
    ("export_name", SYMBOL),
    ("link_section", "places code or data where the linker acts on it"),
    ("link_name", SYMBOL),
    ("link_ordinal", SYMBOL),
    ("macro_export", "exports a macro, which no exercise asks for"),
    ("panic_handler", COMPILER),
    ("alloc_error_handler", COMPILER),
    ("proc_macro", "makes code that runs inside of the compiler"),
    ("proc_macro_derive", "makes code that runs inside of the compiler"),
    ("proc_macro_attribute", "makes code that runs inside of the compiler"),
    ("no_main", "changes how the whole crate is built"),
];

/// Attributes whose names are ordinary words: refused as attributes only.
const ORDINARY: [(&str, &str); 11] = [
    ("link", "links a foreign library"),
    ("used", "keeps data for the linker"),
    ("naked", MACHINE),
    ("path", "takes a module from another file"),
    ("lang", COMPILER),
    ("start", COMPILER),
    ("linkage", SYMBOL),
    ("feature", "changes how the whole crate is built"),
    ("no_std", "changes how the whole crate is built"),
    ("no_core", "changes how the whole crate is built"),
    ("no_implicit_prelude", "changes what names mean"),
];

/// Macros.
const MACROS: [(&str, &str); 8] = [
    ("include", READS),
    ("include_str", READS),
    ("include_bytes", READS),
    ("env", ENVIRONMENT),
    ("option_env", ENVIRONMENT),
    ("asm", MACHINE),
    ("global_asm", MACHINE),
    ("naked_asm", MACHINE),
];

/// Macros of the standard library that take code and do nothing else with it.
const KNOWN: [&str; 40] = [
    "addr_of",
    "addr_of_mut",
    "assert",
    "assert_eq",
    "assert_ne",
    "cfg",
    "column",
    "compile_error",
    "concat",
    "dbg",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "env",
    "eprint",
    "eprintln",
    "file",
    "format",
    "format_args",
    "include",
    "include_bytes",
    "include_str",
    "line",
    "matches",
    "module_path",
    "offset_of",
    "option_env",
    "panic",
    "pin",
    "print",
    "println",
    "ready",
    "stringify",
    "thread_local",
    "todo",
    "unimplemented",
    "unreachable",
    "vec",
    "write",
    "writeln",
];

/// Attributes that a crate may begin with.
const OF_A_CRATE: [&str; 6] = ["allow", "warn", "deny", "forbid", "expect", "doc"];

fn reason(table: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == name).map(|(_, why)| *why)
}

/// Why an attribute of this name is refused, if it is.
pub(super) fn attribute(name: &str) -> Option<&'static str> {
    let internal = name.starts_with("rustc_").then_some(COMPILER);
    own_attribute(name).or(reason(&ORDINARY, name)).or(internal)
}

/// Why a macro of this name is refused, if it is.
pub(super) fn macro_call(name: &str) -> Option<&'static str> {
    reason(&MACROS, name)
}

/// Why a name that nobody uses for anything but an attribute is refused.
pub(super) fn own_attribute(name: &str) -> Option<&'static str> {
    reason(&ATTRIBUTES, name)
}

/// Why a name is refused wherever it stands in the tokens of a macro. `env` is a module, too.
pub(super) fn anywhere(name: &str) -> Option<&'static str> {
    own_attribute(name).or_else(|| macro_call(name).filter(|_| name != "env"))
}

/// Why a name must not be imported under another.
pub(super) fn renamed(name: &str) -> Option<&'static str> {
    own_attribute(name).or_else(|| macro_call(name))
}

/// Whether the tokens of a macro call of this name are code, as far as the standard library goes.
pub(super) fn is_known(name: &str) -> bool {
    KNOWN.contains(&name)
}

/// Whether a crate may begin with an attribute of this name.
pub(super) fn may_begin_a_crate(name: &str) -> bool {
    OF_A_CRATE.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_in_one_table() {
        let names: Vec<&str> = ATTRIBUTES.iter().chain(&ORDINARY).chain(&MACROS).map(|(name, _)| *name).collect();
        for (index, name) in names.iter().enumerate() {
            assert!(!names[..index].contains(name), "{name}");
        }
        assert!(attribute("link").is_some() && anywhere("link").is_none());
        assert!(macro_call("env").is_some() && anywhere("env").is_none());
    }
}
