//! A repository with one exercise, `heap/double`, and our own `probe` and `obs`.

#![allow(dead_code, reason = "each test program uses a part")]

use grader::grade::Grader;
use grader::room::Trust;
use grader::task::{Places, Task};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The repository, and a grader for it.
pub(crate) struct Small {
    folder: TempDir,
    /// It trusts the authors.
    pub(crate) grader: Grader,
    /// `heap/double`.
    pub(crate) task: Task,
}

impl Small {
    /// A repository without a mistake.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let places = places(folder.path());
        for (path, text) in FILES {
            write(&folder.path().join(path), text);
        }
        let grader = Grader::open(places, Trust::Author).expect("the kit can be built");
        let task = grader.task("heap/double").expect("the exercise is whole");
        Self { folder, grader, task }
    }

    /// Its folder.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("this crate lies in a repository")
}

fn places(folder: &Path) -> Places {
    Places {
        course: root().join("exercises"),
        exercises: folder.join("exercises"),
        suites: folder.join("suites"),
        obs: root().join("crates/obs"),
        cache: folder.join("cache"),
    }
}

/// Writes a file, and the folders on the way.
pub(crate) fn write(path: &Path, text: &str) {
    fs_err::create_dir_all(path.parent().expect("a file lies in a folder")).expect("folders can be made");
    fs_err::write(path, text).expect("files can be written");
}

const FILES: [(&str, &str); 4] = [
    (
        "exercises/heap/double/exercise.toml",
        "id = \"double\"\nchapter = \"heap\"\ntitle = \"Twice as much\"\nstep = \"check\"\nminutes = 1\nfiles = [\"src/lib.rs\"]\nunsafe = \"forbidden\"\nread = \"heap\"\n\n[limits]\nmemory = \"256 MiB\"\ncpu_seconds = 1\nwall_seconds = 10\n\n[[criterion]]\nid = \"value\"\ntitle = \"It doubles\"\npoints = 2\nwhy = \"A reason.\"\nnext = \"A step.\"\n\n[[criterion]]\nid = \"blocks\"\ntitle = \"It allocates nothing\"\npoints = 1\nneeds = [\"value\"]\nwhy = \"A reason.\"\nnext = \"A step.\"\n",
    ),
    (
        "suites/heap/double/criteria.toml",
        "[[case]]\nname = \"random\"\ncriterion = \"value\"\nsize = 5\n\n[[case]]\nname = \"blocks\"\ncriterion = \"blocks\"\nmeters = { allocations = { most = 0 } }\n",
    ),
    (
        "suites/heap/double/hidden.rs",
        "use double::double;\nuse obs::Obs;\n\nfn random(o: &mut Obs) {\n    for _ in 0..o.size() {\n        let n = o.below(1000);\n        o.see::<u64>(\"the double of a random number\", double(n));\n    }\n}\n\nfn blocks(o: &mut Obs) {\n    let n = o.below(9);\n    let (_, usage) = probe::process(|| double(n));\n    o.meter(\"allocations\", usage.allocations);\n}\n\nfn main() {\n    obs::refusals(probe::refused_requests);\n    obs::main(&[(\"random\", random), (\"blocks\", blocks)])\n}\n",
    ),
    (
        "suites/heap/double/solution.rs",
        "pub fn double(n: u64) -> u64 {\n    // SOLUTION\n    2 * n\n    // STARTER\n    // todo!(\"twice {n}\")\n    // END\n}\n",
    ),
];
