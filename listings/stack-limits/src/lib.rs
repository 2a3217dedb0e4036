//! What the measuring program and the benches of this chapter share. The listings do not use
//! it: each of them is a whole program.

pub mod frames;
pub mod walks;
