//! The only place that prints. Everything else returns what it has to say.

use crate::view::Style;
use std::io::{IsTerminal, Write};

/// Where results and notes go, and how they may look.
#[derive(Clone, Copy, Debug)]
pub struct Console {
    style: Style,
}

impl Console {
    /// Color on a terminal, unless `NO_COLOR` is set or `plain` is asked for; symbols unless `plain` is.
    pub fn new(plain: bool) -> Self {
        let color = !plain && std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        Self { style: Style { color, symbols: !plain } }
    }

    /// How results may look.
    pub fn style(self) -> Style {
        self.style
    }

    /// A part of the result, on standard output. A closed pipe ends nothing but the printing.
    pub fn say(self, text: &str) {
        let mut out = std::io::stdout().lock();
        let _ = out.write_all(text.trim_end_matches('\n').as_bytes());
        let _ = out.write_all(b"\n");
        let _ = out.flush();
    }

    /// Bytes for another program, on standard output.
    pub fn raw(self, bytes: &[u8]) {
        let mut out = std::io::stdout().lock();
        let _ = out.write_all(bytes);
        let _ = out.flush();
    }

    /// Whether notes are read on a terminal.
    pub fn is_terminal(self) -> bool {
        self.style.symbols && std::io::stderr().is_terminal()
    }

    /// How far something is: on a terminal it replaces what was told before it, elsewhere it is a line.
    pub fn status(self, text: &str) {
        if self.is_terminal() {
            let _ = write!(std::io::stderr(), "\r\x1b[K{text}");
        } else {
            self.tell(text);
        }
    }

    /// Takes the last status away.
    pub fn end_status(self) {
        if self.is_terminal() {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }

    /// A note about what is going on or went wrong, on standard error.
    pub fn tell(self, text: &str) {
        let _ = writeln!(std::io::stderr(), "{text}");
    }
}
