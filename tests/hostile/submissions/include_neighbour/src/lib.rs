include!("../../alice/src/lib.rs");
