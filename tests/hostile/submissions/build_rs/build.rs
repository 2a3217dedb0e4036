fn main() {
    let _ = std::fs::write("ran-at-compile-time", "by build.rs");
}
