//! What the programs of this chapter share: an allocator that counts, the work that is compared, and the ratios that are asserted.

pub mod blocks;
pub mod count;
pub mod items;
pub mod model;
pub mod ratios;
pub mod trees;
pub mod work;
