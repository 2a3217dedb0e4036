include!("again.rs");
