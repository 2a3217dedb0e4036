//! `wdl set`: from an empty folder to what students receive, on the exercises of this course.

#![cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]

mod checks;
mod desk;
mod folders;
mod handouts;
mod leaks;
mod variants;
