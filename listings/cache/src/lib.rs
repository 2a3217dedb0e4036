//! What the programs of this chapter share: the work that is compared, and a model of a cache that
//! counts its misses.

pub mod lists;
pub mod maps;
pub mod model;
pub mod ratios;
pub mod rings;
pub mod stations;
pub mod writers;
