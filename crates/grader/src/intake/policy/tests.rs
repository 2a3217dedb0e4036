use super::*;
use model::exercise::UnsafeCode;
use std::collections::BTreeMap;

fn exercise() -> Exercise {
    let text = "id = \"a\"\nchapter = \"c\"\ntitle = \"t\"\nstep = \"check\"\nminutes = 1\nfiles = [\"src/lib.rs\", \"src/list.rs\", \"src/list/node.rs\"]\ncrates = [\"small-vec\"]\nunsafe = \"forbidden\"\nread = \"c\"\ncriterion = []\n";
    toml::from_str(text).expect("the exercise is whole")
}

fn told(code: &str) -> String {
    message(&faults(&Submission::of_text(code), &exercise()).expect("the check works"))
}

/// Every code must be refused for something that its fault quotes.
fn refused(cases: &[(&str, &str)]) {
    for (code, part) in cases {
        let told = told(code);
        assert!(told.contains(part), "{code}\n{told:?}");
    }
}

fn accepted(cases: &[&str]) {
    for code in cases {
        assert_eq!(told(code), "", "{code}");
    }
}

#[test]
fn attributes_that_reach_beyond_the_program_are_refused_wherever_they_stand() {
    refused(&[
        ("#[global_allocator]\nstatic A: System = System;", "src/lib.rs:1: `global_allocator` takes the place"),
        ("#[no_mangle] pub fn f() {}", "`no_mangle`"),
        ("#[unsafe(no_mangle)] pub fn f() {}", "`no_mangle`"),
        ("#[r#no_mangle] pub fn f() {}", "`no_mangle`"),
        ("#[cfg_attr(all(), no_mangle)] pub fn f() {}", "`no_mangle`"),
        ("#[cfg_attr(all(), inline, cfg_attr(all(), unsafe(export_name = \"exit\")))] fn f() {}", "`export_name`"),
        ("fn f() { #[link_section = \".init_array\"] static F: fn() = g; }", "`link_section`"),
        ("mod m { impl S { #[export_name = \"w\"] fn f() {} } }", "`export_name`"),
        ("#[core::prelude::v1::global_allocator] static A: System = System;", "`global_allocator`"),
        ("#[link(name = \"c\")] fn f() {}", "`link`"),
        ("#[link_name = \"x\"] fn f() {}", "`link_name`"),
        ("#[used] static A: u8 = 0;", "`used`"),
        ("#[naked] fn f() {}", "`naked`"),
        ("#[macro_export] macro_rules! m { () => {} }", "`macro_export`"),
        ("#[panic_handler] fn f() {}", "`panic_handler`"),
        ("#[alloc_error_handler] fn f() {}", "`alloc_error_handler`"),
        ("#[lang = \"x\"] fn f() {}", "`lang`"),
        ("#[rustc_main] fn f() {}", "`rustc_main`"),
        ("#[proc_macro_derive(X)] pub fn f() {}", "`proc_macro_derive`"),
    ]);
}

#[test]
fn attributes_in_macros_are_refused_too() {
    refused(&[
        ("macro_rules! m { () => { #[no_mangle] pub fn f() {} } }", "`no_mangle`"),
        ("m!(#[no_mangle] fn f() {});", "`no_mangle`"),
        ("println!(\"{}\", { #[used] static A: u8 = 0; A });", "`used`"),
        ("m!(no_mangle);", "`no_mangle` in a macro"),
        ("m! { all(), export_name = \"exit\" }", "`export_name` in a macro"),
        ("use m as vec; vec![no_mangle];", "`no_mangle` in a macro"),
        ("macro_rules! vec { ($x:ident) => {} } vec![no_mangle];", "`no_mangle` in a macro"),
        ("macro_rules! m { ($n:ident) => { macro_rules! $n { () => {} } } } println!(no_mangle)", "`no_mangle`"),
        ("macro_rules! m { ($x:ident) => { #[$x] fn f() {} } }", "an attribute whose name a macro fills in"),
        ("macro_rules! m { ($($x:meta)*) => { $(#[$x])* fn f() {} } }", "an attribute whose name a macro fills in"),
        ("macro_rules! m { ($x:meta) => { #[cfg_attr(all(), $x)] fn f() {} } }", "a macro fills in"),
        ("macro_rules! m { ($x:tt) => { #[cfg_attr $x] fn f() {} } }", "a macro fills in"),
        ("macro_rules! m { ($x:ident) => { #[unsafe($x)] fn f() {} } }", "a macro fills in"),
        ("macro_rules! m { ($x:tt) => { # $x fn f() {} } }", "a macro fills in"),
        ("m!(#, [link(name = \"c\")]);", "a macro fills in"),
    ]);
    accepted(&[
        "macro_rules! m { ($x:ident) => { #[derive(Debug)] #[doc = \"x\"] struct $x; } }\nm!(A);",
        "macro_rules! m { ($($d:ident),*) => { #[derive($($d),*)] struct S; } }",
        "fn f(link: u8, used: u8, path: u8, include: bool) -> String { format!(\"{link}{}\", used + path) }",
        "fn f(include: bool, x: bool) -> bool { assert!(include); if !(include) { x } else { !x } }",
    ]);
}

#[test]
fn attributes_of_the_whole_crate_are_refused_but_for_lints_and_documentation() {
    for name in ["no_std", "no_main", "feature(test)", "crate_type = \"bin\"", "recursion_limit = \"9\"", "x::y"] {
        assert_ne!(told(&format!("//! Doc.\n#![{name}]\n")), "", "{name}");
    }
    refused(&[("#![cfg_attr(all(), recursion_limit = \"9\")]", "`#![recursion_limit]` is an attribute of the whole")]);
    accepted(&[
        "//! Doc.\n#![doc = \"more\"]\n#![allow(dead_code)]\n#![warn(clippy::all)]\n#![deny(x)]\n#![forbid(unsafe_code)]\n#![expect(unused)]",
        "#![cfg_attr(test, allow(dead_code))]",
        "mod m { #![allow(dead_code)] fn f() { #![rustfmt::skip] } }",
    ]);
}

#[test]
fn foreign_functions_and_crates_are_refused_and_functions_for_others_are_not() {
    refused(&[
        ("extern \"C\" { fn exit(code: i32); }", "an `extern` block"),
        ("unsafe extern { safe fn exit(code: i32); }", "an `extern` block"),
        ("fn f() { extern \"C\" { fn exit(code: i32); } }", "an `extern` block"),
        ("macro_rules! m { () => { extern \"C\" { fn exit(); } } }", "an `extern` block"),
        ("macro_rules! m { ($abi:literal) => { extern $abi { } } }", "`extern` in a macro"),
        ("extern crate libc;", "`extern crate libc`"),
    ]);
    accepted(&[
        "pub extern \"C\" fn f(g: extern \"C\" fn(u8)) {}\nextern fn h() {}",
        "macro_rules! m { ($n:ident) => { extern \"C\" fn $n() {} extern fn f() {} } }",
        "extern crate alloc; extern crate core; extern crate std; extern crate small_vec; extern crate self as me;",
    ]);
}

#[test]
fn other_files_and_the_environment_are_refused_also_under_another_name() {
    refused(&[
        ("#[path = \"/etc/passwd\"] mod m;", "`path` takes a module"),
        ("const A: &str = include_str!(\"/etc/passwd\");", "`include_str!`"),
        ("#[doc = include_str!(\"x\")] fn f() {}", "`include_str!`"),
        ("fn f() { println!(\"{}\", core::include_str ! [\"x\"]); }", "`include_str!`"),
        ("include! { \"x.rs\" }", "`include!`"),
        ("const A: &[u8] = std::include_bytes!(\"x\");", "`include_bytes!`"),
        ("const A: &str = env!(\"HOME\");", "`env!`"),
        ("const A: Option<&str> = option_env!(\"HOME\");", "`option_env!`"),
        ("use core::include as read; read!(\"x\");", "`use include as`"),
        ("use std::{env as e, vec}; const A: &str = e!(\"HOME\");", "`use env as`"),
        ("use core::prelude::v1::{global_allocator as g};", "`use global_allocator as`"),
        ("macro_rules! m { ($m:ident) => { $m!(\"x\") } }", "`$m!` calls a macro"),
        ("m!(include, !, (\"x\"));", "`include` in a macro"),
    ]);
    accepted(&[
        "use std::env;\nfn f(env: u8, args: bool) -> bool { println!(\"{:?}\", env::args()); env != 3 && args }",
        "use a::b;\nfn f(env: u8) -> u32 { env as u32 }",
        "macro_rules! m { ($a:expr) => { if $a != 3 { $crate::m!(4) } } }",
    ]);
}

#[test]
fn assembly_is_refused() {
    refused(&[
        ("fn f() { core::arch::asm!(\"nop\"); }", "`asm!`"),
        ("core::arch::global_asm!(\".incbin \\\"/driver.rs\\\"\");", "`global_asm!`"),
        ("fn f() { naked_asm!(\"ret\") }", "`naked_asm!`"),
        ("use std::arch::asm as a;", "`use asm as`"),
    ]);
}

#[test]
fn a_module_stands_in_the_file_or_in_one_that_is_listed() {
    refused(&[
        ("mod other;", "`mod other;` names a file"),
        ("#[cfg(test)]\nmod tests;", "src/lib.rs:2: `mod tests;`"),
        ("mod list { mod other; }", "`mod other;`"),
        ("macro_rules! m { ($x:ident) => { mod $x; } }", "`mod` in a macro"),
        ("macro_rules! m { ($h:tt $x:tt $p:tt) => { $h $p mod list; } }", "`mod` in a macro"),
    ]);
    accepted(&[
        "macro_rules! m { ($n:ident) => { mod $n {} mod a {} } }",
        "mod list;",
        "mod list { mod node; }",
        "#[cfg(test)]\nmod tests { use super::*; #[test] fn t() {} }",
    ]);
    let files = BTreeMap::from([("src/list.rs".to_owned(), "pub mod node;\nmod list;".to_owned())]);
    let faults = faults(&Submission { files }, &exercise()).expect("the check works");
    assert!(message(&faults).starts_with("src/list.rs:2: `mod list;` names"), "{faults:?}");
}

#[test]
fn unsafe_is_refused_where_it_is_forbidden_also_in_macros() {
    let code = "fn f() {\n    unsafe {}\n}\nmacro_rules! m { () => { unsafe {} } }";
    assert_eq!(
        told(code),
        "src/lib.rs:2: `unsafe` is not allowed in this exercise\nsrc/lib.rs:4: `unsafe` is not allowed in this exercise"
    );
    let allowed = Exercise { unsafe_code: UnsafeCode::Allowed, ..exercise() };
    assert_eq!(faults(&Submission::of_text(code), &allowed).expect("the check works"), []);
}

#[test]
fn comments_strings_and_names_are_not_code() {
    accepted(&[
        "// unsafe #[no_mangle]\n/* include!(\"x\") /* asm! */ */\n/// unsafe\nfn f() -> &'static str { \"unsafe #[no_mangle]\" }",
        "const A: &str = r##\"#[no_mangle] \"# unsafe\"##; const B: char = '\"'; const C: &str = \"unsafe\";",
        "fn f() { let link = 1; let path = link; let no_mangle_count = path; let r#unsafe = 1; }",
        "#[inline] #[must_use] #[derive(Debug, Clone)] #[repr(C)] #[cfg(debug_assertions)] #[allow(unsafe_code)] struct S;",
    ]);
}

#[test]
fn the_first_line_cannot_hide_the_others() {
    refused(&[
        ("#!/*\n#[no_mangle] fn f() {}\n// */", "src/lib.rs:2: `no_mangle`"),
        ("#!/bin/it's\n#[no_mangle] fn f() {}", "src/lib.rs:2: `no_mangle`"),
        ("#! /* */ [no_main]", "`no_main`"),
    ]);
    accepted(&[
        "#!/usr/bin/env cargo\nfn f() {}",
        "#![allow(dead_code)]\nfn f() {}",
        "#![doc = \"a\nno_mangle\n\"]\nfn f() {}",
    ]);
    let each_once = told("#!/usr/bin/env cargo\nextern crate a;\nextern crate b;");
    assert_eq!(each_once.lines().count(), 2, "{each_once}");
}

#[test]
fn what_does_not_parse_is_left_to_the_compiler_but_not_its_words() {
    accepted(&["fn f( {", "fn f() { let = ; }", "\"", "fn f() { ) }", "'"]);
    refused(&[("fn f( { // no_mangle\n#[no_mangle]", "src/lib.rs:2: `no_mangle`"), ("fn fn #[used] struct", "`used`")]);
}

#[test]
fn deep_nesting_is_refused_and_long_chains_are_no_danger() {
    let nested = |depth: usize| format!("fn f() {}{}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(told(&nested(NESTING - 1)), "");
    for depth in [NESTING + 1, 100_000] {
        assert!(told(&nested(depth)).starts_with("src/lib.rs:1: brackets nest more than 200 deep"), "{depth}");
    }
    assert_eq!(told(&"[{(".repeat(80_000)), "");
    let chains = [
        ("!", "x"),
        ("&", "x"),
        ("-", "x"),
        ("*", "x"),
        ("a + ", "b"),
        ("|| ", "b"),
        ("if a {} else ", "{}"),
        ("Box<", "u8"),
        ("a = ", "b"),
        ("return ", "b"),
        ("a::", "b"),
        ("'a: ", "b"),
        ("use ", "a;"),
        ("#[inline] ", "b"),
        ("# ", "b"),
        ("mod ", "b;"),
        ("extern ", "b"),
        ("$ ", "b"),
    ];
    for (link, end) in chains {
        let length = 200_000 / link.len();
        told(&format!("fn f() {{ {}{end} }}", link.repeat(length)));
    }
}

#[test]
fn a_long_list_of_faults_ends_with_a_count() {
    let told = told(&"#[used] static A: u8 = 0;\n".repeat(SHOWN + 5));
    assert_eq!(told.lines().count(), SHOWN + 1);
    assert!(told.ends_with("\nand 5 more"), "{told}");
}
