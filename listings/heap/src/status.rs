//! Readings of the running process that the system gives. `None` where it gives none.

/// Physical memory that the process has in use, in KiB ("resident set size").
#[must_use]
pub fn resident_kib() -> Option<u64> {
    field("VmRSS:")
}

/// Addresses that the process may use, in KiB, with or without memory behind them.
#[must_use]
pub fn virtual_kib() -> Option<u64> {
    field("VmSize:")
}

fn field(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(name))?;
    line.split_ascii_whitespace().nth(1)?.parse().ok()
}
