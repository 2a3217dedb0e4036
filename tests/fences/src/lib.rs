//! Nothing but tests: `tests/skeptic.rs` runs the fences, `tests/edition.rs` compiles them again.
