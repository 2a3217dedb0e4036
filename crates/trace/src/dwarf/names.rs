//! Names as a reader writes them: without the paths of modules, without default allocators.

/// `core::option::Option<alloc::boxed::Box<i32, alloc::alloc::Global>>` becomes `Option<Box<i32>>`.
pub(crate) fn short(name: &str) -> String {
    let mut result = String::with_capacity(name.len());
    let mut word = 0;
    let mut rest = name;
    while let Some(next) = rest.chars().next() {
        if rest.starts_with("::") && result.len() > word {
            result.truncate(word);
            rest = &rest[2..];
            continue;
        }
        result.push(next);
        if !(next.is_alphanumeric() || next == '_') {
            word = result.len();
        }
        rest = &rest[next.len_utf8()..];
    }
    result.replace(", Global", "")
}

/// The name of a function without its crate and its hash: `<Point as Drop>::drop`, `main::{closure}`.
pub(crate) fn function(linkage: &str) -> String {
    let full = format!("{:#}", rustc_demangle::demangle(linkage)).replace("{{closure}}", "{closure}");
    match full.strip_prefix('<').and_then(|rest| rest.rsplit_once(">::")) {
        Some((implementation, method)) => format!("<{}>::{method}", short(implementation)),
        None => {
            let path = full.split_once("::").map_or(full.as_str(), |(_, path)| path);
            path.split("::<").next().unwrap_or(path).to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_lose_their_paths_and_default_allocators() {
        for (full, written) in [
            ("core::option::Option<alloc::boxed::Box<i32, alloc::alloc::Global>>", "Option<Box<i32>>"),
            ("&mut alloc::string::String", "&mut String"),
            ("(i32, &[moves::Point])", "(i32, &[Point])"),
            ("dyn core::fmt::Debug", "dyn Debug"),
            ("Vec<u8, alloc::alloc::Global>", "Vec<u8>"),
        ] {
            assert_eq!(short(full), written);
        }
    }

    #[test]
    fn functions_lose_their_crate() {
        for (linkage, written) in [
            ("_ZN5calls3add17h0123456789abcdefE", "add"),
            ("_ZN5calls4main28_$u7b$$u7b$closure$u7d$$u7d$17h0123456789abcdefE", "main::{closure}"),
            ("_ZN46_$LT$a..P$u20$as$u20$core..ops..drop..Drop$GT$4drop17h0123456789abcdefE", "<P as Drop>::drop"),
            ("_ZN5calls5Point3new17h0123456789abcdefE", "Point::new"),
        ] {
            assert_eq!(function(linkage), written, "{linkage}");
        }
    }
}
