//! The only place that prints. Everything else returns what it has to say.

use std::io::{IsTerminal, Write};

/// Where results go, and whether they may be colored.
#[derive(Clone, Copy, Debug)]
pub struct Console {
    color: bool,
}

impl Console {
    /// Color if standard error is a terminal and `NO_COLOR` is not set.
    pub fn new() -> Self {
        Self { color: std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none() }
    }

    /// Whether reports should be colored.
    pub fn color(self) -> bool {
        self.color
    }

    /// A line of the result, on standard output. A closed pipe ends nothing but the printing.
    pub fn say(self, line: &str) {
        let _ = writeln!(std::io::stdout(), "{line}");
    }

    /// Bytes of a protocol, on standard output.
    ///
    /// # Errors
    /// When nobody reads them.
    pub fn raw(self, bytes: &[u8]) -> std::io::Result<()> {
        let mut out = std::io::stdout().lock();
        out.write_all(bytes)?;
        out.flush()
    }

    /// A line about what went wrong or what is going on, on standard error.
    pub fn tell(self, line: &str) {
        let _ = writeln!(std::io::stderr(), "{line}");
    }
}

impl Default for Console {
    fn default() -> Self {
        Self::new()
    }
}
