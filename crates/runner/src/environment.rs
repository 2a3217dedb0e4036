//! Owns the environment that a child gets: never ours, always one that is written down here.
//!
//! Because our own environment is that of whoever started us (a shell, `cargo test`, a CI
//! system), what a child prints would otherwise depend on it. So the names below are all that
//! passes. What does not, on purpose:
//!
//! - `RUST_BACKTRACE`, `RUST_LOG`, `RUST_MIN_STACK`: they change what a Rust program prints or
//!   how much stack its threads have;
//! - `CARGO_MANIFEST_DIR`, `CARGO_PKG_*`, `CARGO`, `OUT_DIR` of an outer cargo: build scripts and
//!   `env!` would see the wrong package, and cargo would rebuild because they changed;
//! - `RUSTFLAGS`, `CARGO_ENCODED_RUSTFLAGS`, `CARGO_TARGET_DIR`, `CARGO_BUILD_*`,
//!   `CARGO_PROFILE_*`, `RUSTC_WRAPPER`: code and place of the result are the caller's decision,
//!   who says it with arguments. A learner's cargo configuration file still counts;
//! - `LD_PRELOAD`, `LD_LIBRARY_PATH`, `DYLD_*`, `MALLOC_*`, `GLIBC_TUNABLES`: they change the
//!   allocator and the addresses that the book talks about;
//! - `PYTHON*`, `NODE_OPTIONS`, `JAVA_TOOL_OPTIONS`: they change, or announce themselves in, the
//!   output of the other languages.

use std::ffi::{OsStr, OsString};

use crate::Command;
use crate::tag::Tag;

/// Variables that every child gets with these values: one language for messages, one time zone.
///
/// `C` and not `C.UTF-8`, because not every system has the latter, and a locale that is missing
/// changes messages from machine to machine.
pub const FIXED: &[(&str, &str)] = &[("LC_ALL", "C"), ("LANG", "C"), ("TZ", "UTC")];

/// Variables that pass from our environment to every child, where they are set: where programs
/// are, where files may be written, and which Rust toolchain is meant.
#[cfg(not(windows))]
pub const PASSED: &[&str] = &["PATH", "HOME", "TMPDIR", "CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN"];

/// Variables that pass from our environment to every child, where they are set: where programs
/// are, where files may be written, which Rust toolchain is meant, and the ones without which
/// Windows programs and the linker do not start.
#[cfg(windows)]
pub const PASSED: &[&str] = &[
    "PATH",
    "CARGO_HOME",
    "RUSTUP_HOME",
    "RUSTUP_TOOLCHAIN",
    "APPDATA",
    "COMSPEC",
    "LOCALAPPDATA",
    "PATHEXT",
    "ProgramData",
    "ProgramFiles",
    "ProgramFiles(x86)",
    "SystemDrive",
    "SystemRoot",
    "TEMP",
    "TMP",
    "USERPROFILE",
];

/// Variables for a child that may use the network (a cargo that downloads crates): proxies and
/// certificates, as curl, OpenSSL and cargo name them. Pass them with [`Command::pass`].
pub const NETWORK: &[&str] = &[
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "no_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "CARGO_HTTP_CAINFO",
    "CARGO_HTTP_PROXY",
    "CARGO_NET_OFFLINE",
];

/// Variables for a child that writes to our terminal (see [`Command::inherit`]).
pub const TERMINAL: &[&str] = &["TERM", "COLORTERM", "NO_COLOR"];

/// The variable by which a child's descendants are found after they left its process group. Its
/// value differs from run to run and always has the same length, so that it does not move the
/// child's stack.
pub const TAG: &str = "WDL_RUN";

/// Replaces the environment of `child` by the fixed one, `command`'s additions and the tag.
pub(crate) fn apply(command: &Command, tag: &Tag, child: &mut std::process::Command) {
    child.env_clear();
    child.envs(FIXED.iter().copied());
    let passed = PASSED.iter().filter(|_| !command.is_bare).map(OsStr::new);
    for name in passed.chain(command.passed.iter().map(OsString::as_os_str)) {
        if let Some(value) = std::env::var_os(name) {
            child.env(name, value);
        }
    }
    child.envs(command.env.iter().map(|(name, value)| (name, value)));
    child.env(TAG, tag.value());
}
