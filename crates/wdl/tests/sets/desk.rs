//! A teacher's desk: a folder outside of the course, and `wdl` run in it.

use grader::set::SetFolder;
use grader::task::Places;
use runner::{Command, Exit};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tempfile::TempDir;

/// What is built once for all tests, in a folder that jailed users may enter.
static CACHE: LazyLock<TempDir> = LazyLock::new(open_folder);

fn open_folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(folder.path(), open).expect("it is ours");
    folder
}

/// The root of this repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("this crate lies in a repository")
}

/// The folder.
pub(crate) struct Desk {
    folder: TempDir,
}

/// What `wdl` answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Desk {
    /// An empty one.
    pub(crate) fn new() -> Self {
        Self { folder: open_folder() }
    }

    /// One with a set `week`, made with these words behind its name.
    pub(crate) fn with_set(words: &str) -> Self {
        let desk = Self::new();
        let answer = desk.set(&format!("new week --exercise {words}"));
        assert_eq!(answer.code, 0, "{answer:#?}");
        desk
    }

    /// A path on it.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Reads a file.
    #[track_caller]
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Writes a file.
    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("folders can be made");
        fs::write(path, text).expect("files can be written");
    }

    /// Changes a file, in which a text must stand once.
    #[track_caller]
    pub(crate) fn change(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert_eq!(text.matches(from).count(), 1, "`{from}` in\n{text}");
        self.write(name, &text.replace(from, to));
    }

    /// The names of what lies in a folder, also of what is hidden.
    pub(crate) fn names(&self, name: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(name)).expect("it is a folder").flatten();
        let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// Runs `wdl set`, with the course of this repository.
    pub(crate) fn set(&self, line: &str) -> Answer {
        self.wdl(&format!("set {line}"), &root().join("exercises"), Path::new(""))
    }

    /// Runs `wdl set check` on `week`.
    pub(crate) fn check(&self) -> Answer {
        self.set(&format!("check week --cache {}", CACHE.path().display()))
    }

    /// Runs `wdl` with a course, in a folder.
    pub(crate) fn wdl(&self, line: &str, course: &Path, folder: &Path) -> Answer {
        let command = Command::new(env!("CARGO_BIN_EXE_wdl")).arg("--plain").args(line.split_whitespace());
        run(&command.env("WDL_COURSE", course).cwd(self.folder.path().join(folder)))
    }

    /// The set `week` as the library reads it.
    pub(crate) fn loaded(&self) -> SetFolder {
        SetFolder::load(&self.path("week"), &Places::of_repository(&root())).expect("the set is right")
    }
}

/// Runs a command to its end.
pub(crate) fn run(command: &Command) -> Answer {
    let outcome = command.run().expect("it can be started");
    let Exit::Exited(code) = outcome.exit else { panic!("it {}", outcome.exit) };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Answer { code, stdout: text(&outcome.output), stderr: text(&outcome.stderr) }
}

impl Answer {
    /// Compares everything, with `[..]` for what varies.
    #[track_caller]
    pub(crate) fn is(&self, code: i32, stdout: impl snapbox::IntoData, stderr: impl snapbox::IntoData) {
        snapbox::assert_data_eq!(self.stderr.clone(), stderr);
        snapbox::assert_data_eq!(self.stdout.clone(), stdout);
        assert_eq!(self.code, code);
    }
}
