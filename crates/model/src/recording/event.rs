//! What happens between two steps.

use super::Address;
use serde::{Deserialize, Serialize};

/// Something that happened between two steps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// A block was asked for.
    Alloc {
        /// Its number.
        block: u32,
        /// Where it is.
        address: Address,
        /// Bytes.
        size: u64,
        /// Line that asked.
        line: u32,
    },
    /// A block got another size.
    Realloc {
        /// Its number.
        block: u32,
        /// Where it was.
        from: Address,
        /// Where it is.
        to: Address,
        /// Bytes before.
        old_size: u64,
        /// Bytes now.
        size: u64,
        /// Line that asked.
        line: u32,
    },
    /// A block was given back.
    Free {
        /// Its number.
        block: u32,
        /// Where it was.
        address: Address,
        /// Bytes.
        size: u64,
        /// Line that did.
        line: u32,
    },
    /// A block was given back that was given back before.
    DoubleFree {
        /// Its number.
        block: u32,
        /// Where it was.
        address: Address,
        /// Line that did.
        line: u32,
    },
    /// The value of a variable was moved elsewhere.
    Moved {
        /// Function and name of the variable, as in `main.s`.
        variable: String,
        /// Line that did.
        line: u32,
    },
    /// The value of a variable was dropped.
    Dropped {
        /// Function and name of the variable.
        variable: String,
        /// Line that did.
        line: u32,
    },
    /// A thread began.
    ThreadBegan {
        /// Its number.
        thread: u32,
    },
    /// A thread ended.
    ThreadEnded {
        /// Its number.
        thread: u32,
    },
    /// A signal arrived.
    Signal {
        /// Its name.
        name: String,
    },
}
