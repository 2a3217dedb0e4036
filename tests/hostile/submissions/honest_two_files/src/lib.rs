mod names;

pub use names::initials;

//@ honest: largest
