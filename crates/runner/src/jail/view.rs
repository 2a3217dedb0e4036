//! Owns what jailed code sees of the file system: a short list of paths, as a Landlock ruleset and as mounts.

use landlock::{
    ABI, AccessFs, AccessNet, BitFlags, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetCreatedAttr,
    RulesetError, Scope, path_beneath_rules,
};
use std::ffi::OsString;
use std::os::fd::OwnedFd;
use std::path::PathBuf;

/// What may be done below a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// Files may be read, folders listed.
    Read,
    /// Files may also be executed.
    Execute,
    /// Files may also be made, written and removed.
    Write,
    /// A device may be read and written, and nothing else.
    Device,
}

/// A path that jailed code sees, by the same name as everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The path. One that does not exist grants nothing.
    pub path: PathBuf,
    /// What may be done there.
    pub right: Right,
}

impl Grant {
    /// A right to a path.
    pub fn new(path: impl Into<PathBuf>, right: Right) -> Self {
        Self { path: path.into(), right }
    }
}

/// Without these rights the kernel's Landlock is too old to be a jail.
const NEEDED: ABI = ABI::V1;
/// Where the kernel knows more, it forbids more: renaming, truncating, TCP, device control, signals.
const WANTED: ABI = ABI::V6;

/// The ruleset, to be put in force by the jailed process. Whatever is not granted is forbidden.
///
/// # Errors
/// When this kernel has no Landlock.
pub(super) fn ruleset(view: &[Grant]) -> Result<OwnedFd, RulesetError> {
    use landlock::Access;
    let mut ruleset = Ruleset::default()
        .set_compatibility(CompatLevel::HardRequirement)
        .handle_access(AccessFs::from_all(NEEDED))?
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(WANTED))?
        .handle_access(AccessNet::from_all(WANTED))?
        .scope(Scope::from_all(WANTED))?
        .create()?;
    for grant in view {
        ruleset = ruleset.add_rules(path_beneath_rules([&grant.path], rights(grant.right)))?;
    }
    let descriptor: Option<OwnedFd> = ruleset.into();
    Ok(descriptor.expect("a ruleset that must be enforced has a descriptor"))
}

fn rights(right: Right) -> BitFlags<AccessFs> {
    use landlock::Access;
    let read = AccessFs::ReadFile | AccessFs::ReadDir;
    match right {
        Right::Read => read,
        Right::Execute => read | AccessFs::Execute,
        Right::Write => {
            let special = AccessFs::MakeChar | AccessFs::MakeBlock | AccessFs::MakeFifo | AccessFs::MakeSock;
            AccessFs::from_all(WANTED) & !(special | AccessFs::Execute | AccessFs::IoctlDev)
        }
        Right::Device => AccessFs::ReadFile | AccessFs::WriteFile,
    }
}

/// The same as options of bubblewrap, for what exists.
pub(super) fn mounts(view: &[Grant]) -> Vec<OsString> {
    let mut options = Vec::new();
    for grant in view.iter().filter(|grant| grant.path.exists()) {
        let option = match grant.right {
            Right::Read | Right::Execute => "--ro-bind",
            Right::Write => "--bind",
            Right::Device => "--dev-bind",
        };
        options.extend([option.into(), grant.path.clone().into(), grant.path.clone().into()]);
    }
    options
}
