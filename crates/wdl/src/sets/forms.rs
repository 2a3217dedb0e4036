//! The forms in which a handout is written. The same files give the same bytes in each of them.

use anyhow::{Result, bail};
use clap::ValueEnum;
use fs_err as fs;
use model::time::Time;
use runner::Command;
use std::io::Write;
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::place;
use super::workspace::Files;

/// What a handout is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// A folder.
    Folder,
    /// An archive.
    Zip,
    /// A folder that is a git repository with one commit.
    Git,
}

/// Writes a handout: whole, or not at all.
///
/// # Errors
/// When it cannot be written.
pub fn write(path: &Path, files: &Files, form: Form, name: &str, due: Option<&Time>) -> Result<()> {
    place::whole(path, |made| match form {
        Form::Folder => place::write(made, files),
        Form::Zip => Ok(fs::write(made, archive(files, name)?)?),
        Form::Git => {
            place::write(made, files)?;
            commit(made, name, due.map_or(0, Time::second))
        }
    })
}

/// In one folder, in the order of names, without times, and not compressed: no compressor's version shows.
fn archive(files: &Files, name: &str) -> Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (path, bytes) in files {
        archive.start_file(format!("{name}/{path}"), options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// One commit on `main`, by nobody in particular and at a fixed time: the same files have the same id. Nobody's own
/// configuration of git counts.
fn commit(folder: &Path, name: &str, second: i64) -> Result<()> {
    // The files may lie in the folder of another repository, which is none of ours.
    let git = |arguments: &[&str]| -> Result<()> {
        let mut command = Command::new("git").args(["-c", "core.autocrlf=false", "-c", "core.fileMode=false"]);
        for (key, value) in [("CONFIG_GLOBAL", "/dev/null"), ("CONFIG_NOSYSTEM", "1"), ("TEMPLATE_DIR", "")] {
            command = command.env(format!("GIT_{key}"), value);
        }
        for who in ["AUTHOR", "COMMITTER"] {
            command = command
                .env(format!("GIT_{who}_NAME"), "Where Data Lives")
                .env(format!("GIT_{who}_EMAIL"), "wdl@localhost")
                .env(format!("GIT_{who}_DATE"), format!("@{} +0000", second.max(0)));
        }
        let outcome = command.args(arguments).cwd(folder).run()?;
        if !outcome.exit.success() {
            bail!("git {} {}:\n{}", arguments.join(" "), outcome.exit, runner::text::printable(&outcome.stderr));
        }
        Ok(())
    };
    git(&["init", "--quiet", "--initial-branch=main", "--object-format=sha1"])?;
    git(&["add", "--all", "--force"])?;
    git(&["commit", "--quiet", "--no-verify", "--no-gpg-sign", "--message", name])
}
