//! Starts every process of the project: compilers, listings, interpreters, browsers.
//!
//! This crate owns what a child gets (a fixed environment, limits, its own process group), what
//! is kept of its output (a capped capture), and how it ends (deadline, SIGTERM, grace, SIGKILL,
//! and the same for whatever it left behind). It knows nothing of listings, goldens or pages,
//! prints nothing and never exits.
//!
//! "The child failed" is an [`Exit`]; "we failed" is a [`RunnerError`]. The two never mix.
//!
//! ```
//! use runner::{Command, Exit};
//!
//! let outcome = Command::new("rustc").args(["--print", "sysroot"]).run()?;
//! assert_eq!(outcome.exit, Exit::Exited(0));
//! # Ok::<(), runner::RunnerError>(())
//! ```

mod capture;
mod command;
mod environment;
mod error;
pub mod interrupt;
#[cfg(all(feature = "jail", target_os = "linux", target_arch = "x86_64"))]
pub mod jail;
mod limits;
mod outcome;
mod running;
mod signal;
mod supervise;
#[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "only /proc shows who carries a tag"))]
mod tag;
pub mod text;
pub mod tool;
#[cfg(all(feature = "trace", target_os = "linux", target_arch = "x86_64"))]
pub mod traced;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(all(unix, not(target_os = "linux")))]
#[path = "other_unix.rs"]
mod linux;
#[cfg(not(unix))]
#[path = "portable.rs"]
mod platform;
#[cfg(unix)]
#[path = "unix.rs"]
mod platform;

pub use command::{Capture, Command};
pub use environment::{FIXED, NETWORK, PASSED, TAG, TERMINAL};
pub use error::RunnerError;
pub use limits::{Limits, Unsupported};
pub use outcome::{Exit, Outcome};
pub use running::Running;
pub use signal::Signal;
