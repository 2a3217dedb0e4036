//! The compiler that builds the listings, and whether goldens can be compared with what it makes.

use anyhow::{Context, Result};
use runner::Command;
use std::path::{Path, PathBuf};

/// What is on this machine.
#[derive(Clone, Debug)]
pub struct Toolchain {
    /// The `rustc` that cargo uses in this repository.
    pub rustc: PathBuf,
    /// The whole of `rustc -vV`.
    pub version: String,
    /// Why goldens are shown but not compared here, if that is so.
    pub foreign: Option<String>,
}

impl Toolchain {
    /// Asks the compiler of the repository at `root` for its version, and compares it with the pin.
    ///
    /// # Errors
    /// When there is no compiler, or no `rust-toolchain.toml` with a channel.
    pub fn find(root: &Path) -> Result<Self> {
        let rustc = sysroot_rustc(root)?;
        let outcome = Command::new(&rustc).arg("-vV").cwd(root).run()?;
        let version = String::from_utf8_lossy(&outcome.output).into_owned();
        let pinned = pinned_channel(root)?;
        let foreign = foreign(&version, &pinned);
        Ok(Self { rustc, version, foreign })
    }
}

/// The compiler itself, not the proxy that would look up the toolchain again at every call.
fn sysroot_rustc(root: &Path) -> Result<PathBuf> {
    let outcome = Command::new("rustc").args(["--print", "sysroot"]).cwd(root).run()?;
    let sysroot = PathBuf::from(String::from_utf8_lossy(&outcome.output).trim());
    let direct = sysroot.join("bin").join(format!("rustc{}", std::env::consts::EXE_SUFFIX));
    Ok(if direct.exists() { direct } else { PathBuf::from("rustc") })
}

fn pinned_channel(root: &Path) -> Result<String> {
    let path = root.join("rust-toolchain.toml");
    let table: toml::Table = toml::from_str(&fs_err::read_to_string(&path)?)?;
    let channel =
        table.get("toolchain").and_then(|toolchain| toolchain.get("channel")).and_then(|channel| channel.as_str());
    Ok(channel.with_context(|| format!("{} names no channel", path.display()))?.to_owned())
}

fn foreign(version: &str, pinned: &str) -> Option<String> {
    let field = |name: &str| version.lines().find_map(|line| line.strip_prefix(name)).unwrap_or("unknown").trim();
    let (release, host) = (field("release:"), field("host:"));
    if release != pinned {
        Some(format!("outputs are recorded with rustc {pinned}, this is {release}"))
    } else if host != "x86_64-unknown-linux-gnu" {
        Some(format!("outputs are recorded on x86_64-unknown-linux-gnu, this is {host}"))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goldens_are_compared_only_with_the_pinned_compiler_on_its_platform() {
        let version = |release, host| format!("rustc\nhost: {host}\nrelease: {release}\n");
        assert_eq!(foreign(&version("1.95.0", "x86_64-unknown-linux-gnu"), "1.95.0"), None);
        assert!(foreign(&version("1.96.0", "x86_64-unknown-linux-gnu"), "1.95.0").unwrap().contains("1.96.0"));
        assert!(foreign(&version("1.95.0", "aarch64-apple-darwin"), "1.95.0").unwrap().contains("apple"));
    }
}
