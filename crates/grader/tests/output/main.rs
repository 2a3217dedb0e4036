//! Every format, against the rules of whoever reads it and against what it was when somebody last looked.

mod fixture;
mod gradebooks;
mod hostile;
mod pages;
mod rules;
mod students;
mod tables;
