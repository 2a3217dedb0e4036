//! Plain data shared by every crate: names, the metadata of listings, records of measurements.
//!
//! This crate reads no file and starts no process. What it parses, it parses from text that somebody
//! else has read, and what it refuses, it refuses with the line on which the mistake stands.

pub mod chart;
pub mod class;
pub mod evidence;
pub mod exercise;
pub mod figure;
pub mod graded;
pub mod header;
pub mod id;
pub mod late;
pub mod mutation;
pub mod points;
pub mod quantity;
pub mod quiz;
pub mod record;
pub mod recording;
pub mod redact;
pub mod reference;
pub mod report;
pub mod set;
pub mod settle;
pub mod sheet;
pub mod starter;
pub mod time;
pub mod variant;
pub mod varying;
