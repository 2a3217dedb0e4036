//! What the programs of this chapter share: a watcher that does what `strace` does, the memory
//! that a process has in use, and the work that is measured.

pub mod status;
pub mod watch;
pub mod work;
