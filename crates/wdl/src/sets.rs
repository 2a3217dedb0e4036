//! Graded sets as a teacher makes them and gives them out: the folder of a set, and the handout that is made from it.
//!
//! Both are put together in memory, file by file, looked over, and then written whole or not at all.

pub mod assignment;
pub mod draft;
pub mod forms;
pub mod handout;
pub mod leak;
pub mod place;
pub mod text;
pub mod trial;
pub mod workspace;
