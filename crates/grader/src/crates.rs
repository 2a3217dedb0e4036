//! Crates that an exercise may use besides the standard library: those of the course's lock file, compiled once for
//! each toolchain and flavor. Their sources are the ones that cargo fetched for the lock and compared with its checksums.

use crate::compile::{Compiler, Flavor, Links};
use crate::fault::Fault;
use crate::workplace::renamed;
use anyhow::{Context, Result, bail, ensure};
use runner::Command;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use toml::Table;

/// The compiled crates of one course, in a folder that nobody writes to again.
#[derive(Clone, Debug)]
pub(crate) struct Crates {
    folder: PathBuf,
    by_name: BTreeMap<String, Built>,
}

/// Where a crate lies, below the folder of a flavor.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Built {
    /// The name by which code knows it.
    library: String,
    /// Its own folder first, then those of the crates that it needs.
    folders: Vec<String>,
}

/// The list of what was built.
const LIST: &str = "crates.json";
/// What drivers run on. The grader runs nowhere else.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";

impl Crates {
    /// Finds the crates in the cache, or compiles them there.
    ///
    /// # Errors
    /// When their sources cannot be had, or they do not compile.
    pub(crate) fn prepare(course: &Path, folder: PathBuf, compiler: &Compiler) -> Result<Self> {
        if !folder.is_dir() {
            let packages = packages(course)?;
            let parent = folder.parent().context("the cache is a folder")?;
            let scratch = tempfile::Builder::new().prefix("crates-").tempdir_in(parent)?;
            build(&packages, scratch.path(), compiler)?;
            fs_err::set_permissions(scratch.path(), Permissions::from_mode(0o755))?;
            renamed(scratch, &folder)?;
        }
        let by_name = serde_json::from_slice(&fs_err::read(folder.join(LIST))?)?;
        Ok(Self { folder, by_name })
    }

    /// Adds crates to what is linked, with what they need themselves.
    ///
    /// # Errors
    /// When there is none of a name.
    pub(crate) fn add(&self, names: &[String], flavor: Flavor, links: &mut Links) -> Result<()> {
        for name in names {
            let built = self.by_name.get(name).with_context(|| {
                format!("no exercise of the course depends on a crate `{name}`, so it is not in the kit")
            })?;
            let place = |folder: &String| self.folder.join(flavor.name()).join(folder);
            let own = built.folders.first().context("a crate has a folder")?;
            links.externs.push((built.library.clone(), place(own).join(file(&built.library))));
            let new = built.folders.iter().map(place).filter(|folder| !links.folders.contains(folder));
            let new: Vec<PathBuf> = new.collect();
            links.folders.extend(new);
        }
        Ok(())
    }
}

fn file(library: &str) -> String {
    format!("lib{library}.rlib")
}

/// A crate as it is compiled.
#[derive(Clone, Debug)]
pub(crate) struct Package {
    name: String,
    /// Name and version: two versions of a crate lie beside each other.
    folder: String,
    /// The name by which code knows it.
    pub(crate) library: String,
    /// Where its sources begin.
    pub(crate) source: PathBuf,
    pub(crate) edition: String,
    pub(crate) features: Vec<String>,
    /// Crates that it uses: the names by which it knows them, and their places in the list.
    needs: Vec<(String, usize)>,
    /// Whether an exercise depends on it itself.
    is_direct: bool,
}

fn build(packages: &[Package], folder: &Path, compiler: &Compiler) -> Result<()> {
    let folders = |package: &Package| {
        let mut folders = vec![package.folder.clone()];
        let mut open: Vec<usize> = package.needs.iter().map(|(_, place)| *place).collect();
        while let Some(place) = open.pop() {
            if !folders.contains(&packages[place].folder) {
                folders.push(packages[place].folder.clone());
                open.extend(packages[place].needs.iter().map(|(_, place)| *place));
            }
        }
        folders
    };
    for flavor in Flavor::ALL {
        let place = |folder: &str| folder_of(folder, flavor);
        let at = |name: &str| folder.join(place(name));
        for package in packages {
            let used = |(name, place): &(String, usize)| {
                let needed = &packages[*place];
                (name.clone(), at(&needed.folder).join(file(&needed.library)))
            };
            let links = Links {
                externs: package.needs.iter().map(used).collect(),
                folders: folders(package).iter().skip(1).map(|folder| at(folder)).collect(),
            };
            fs_err::create_dir_all(at(&package.folder))?;
            compiler.foreign(package, &links, flavor, &at(&package.folder).join(file(&package.library)))?;
        }
    }
    let direct = packages.iter().filter(|package| package.is_direct);
    let list: BTreeMap<&str, Built> = direct
        .map(|package| (package.name.as_str(), Built { library: package.library.clone(), folders: folders(package) }))
        .collect();
    Ok(fs_err::write(folder.join(LIST), serde_json::to_vec_pretty(&list)?)?)
}

fn folder_of(package: &str, flavor: Flavor) -> PathBuf {
    Path::new(flavor.name()).join(package)
}

/// What the manifests and the lock of a course say of crates from elsewhere, as cargo understands it, each behind those
/// that it needs.
fn packages(course: &Path) -> Result<Vec<Package>> {
    let words = ["metadata", "--format-version=1", "--locked", "--filter-platform", PLATFORM];
    let cargo = || Command::new("cargo").args(words).cwd(course);
    // What was fetched before needs no network, and a network that does not answer is not waited for.
    let mut outcome = cargo().arg("--offline").run()?;
    if !outcome.exit.success() {
        outcome = cargo().pass(runner::NETWORK).run()?;
    }
    ensure!(
        outcome.exit.success(),
        "cargo cannot say where the crates are that exercises use; if they were never fetched, run `cargo fetch --locked` \
         in {} while there is a network:\n{}",
        course.display(),
        runner::text::printable(&outcome.stderr)
    );
    let metadata: Value = serde_json::from_slice(&outcome.output).context("cargo describes a workspace as JSON")?;
    let mut graph = Graph { metadata: &metadata, places: BTreeMap::new(), packages: Vec::new() };
    for member in list(&metadata["workspace_members"]) {
        for (_, id) in graph.needs(member, Kinds::All) {
            if let Some(place) = graph.visit(&id)? {
                graph.packages[place].is_direct = true;
            }
        }
    }
    Ok(graph.packages)
}

/// Dependencies that are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kinds {
    /// What is compiled into a library.
    Normal,
    /// What its tests use, too.
    All,
}

/// What `cargo metadata` tells, and what was taken from it so far.
struct Graph<'a> {
    metadata: &'a Value,
    places: BTreeMap<String, usize>,
    packages: Vec<Package>,
}

impl Graph<'_> {
    /// Names and ids of what a package depends on.
    fn needs(&self, id: &Value, kinds: Kinds) -> Vec<(String, Value)> {
        let node = list(&self.metadata["resolve"]["nodes"]).iter().find(|node| node["id"] == *id);
        let followed =
            |need: &&Value| kinds == Kinds::All || list(&need["dep_kinds"]).iter().any(|kind| kind["kind"].is_null());
        let needs = node.into_iter().flat_map(|node| list(&node["deps"])).filter(followed);
        needs.map(|need| (text(&need["name"]), need["pkg"].clone())).collect()
    }

    /// The place of a package in the list; `None` for one of the course's own.
    fn visit(&mut self, id: &Value) -> Result<Option<usize>> {
        if let Some(place) = self.places.get(&text(id)) {
            return Ok(Some(*place));
        }
        let about = list(&self.metadata["packages"]).iter().find(|about| about["id"] == *id);
        let about = about.context("cargo describes every package that it names")?;
        if about["source"].is_null() {
            return Ok(None);
        }
        let mut needs = Vec::new();
        for (name, id) in self.needs(id, Kinds::Normal) {
            needs.extend(self.visit(&id)?.map(|place| (name, place)));
        }
        let node = list(&self.metadata["resolve"]["nodes"]).iter().find(|node| node["id"] == *id);
        let features = node.into_iter().flat_map(|node| list(&node["features"])).map(text).collect();
        self.packages.push(package(about, features, needs)?);
        self.places.insert(text(id), self.packages.len() - 1);
        Ok(Some(self.packages.len() - 1))
    }
}

fn package(about: &Value, features: Vec<String>, needs: Vec<(String, usize)>) -> Result<Package> {
    let (name, version) = (text(&about["name"]), text(&about["version"]));
    let is_a = |target: &&Value, kind: &str| list(&target["kind"]).iter().any(|found| found == kind);
    let targets = list(&about["targets"]);
    if targets.iter().any(|target| is_a(&target, "custom-build") || is_a(&target, "proc-macro")) {
        bail!("crate `{name}` runs code while it is compiled, which the kit does for nobody; exercises cannot use it");
    }
    let library = targets.iter().find(|target| is_a(target, "lib") || is_a(target, "rlib"));
    let library = library.with_context(|| format!("crate `{name}` has no library"))?;
    Ok(Package {
        folder: format!("{name}-{version}"),
        library: text(&library["name"]).replace('-', "_"),
        source: PathBuf::from(text(&library["src_path"])),
        edition: text(&library["edition"]),
        features,
        needs,
        is_direct: false,
        name,
    })
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Everything in a course that decides which crates are compiled, and how.
///
/// # Errors
/// When manifest or lock cannot be understood.
pub(crate) fn decided(course: &Path) -> Result<String> {
    let asked = read(&course.join("Cargo.toml"))?;
    let asked = asked.get("workspace").and_then(|workspace| workspace.get("dependencies")).map(ToString::to_string);
    let locked: Vec<String> = locked(course)?.iter().map(ToString::to_string).collect();
    Ok(format!("{}\n{}", asked.unwrap_or_default(), locked.join("\n")))
}

/// The packages of a lock file that come from elsewhere.
fn locked(course: &Path) -> Result<Vec<Table>> {
    let lock = read(&course.join("Cargo.lock"))?;
    let all = lock.get("package").and_then(|all| all.as_array()).into_iter().flatten();
    Ok(all.filter_map(|one| one.as_table()).filter(|one| one.contains_key("source")).cloned().collect())
}

/// A file that need not be there.
fn read(path: &Path) -> Result<Table> {
    if !path.is_file() {
        return Ok(Table::new());
    }
    toml::from_str(&fs_err::read_to_string(path)?).with_context(|| format!("in {}", path.display()))
}

/// The crates that an exercise names and the lock of its course does not, each with its line in `file`.
///
/// # Errors
/// When the lock cannot be understood.
pub(crate) fn unknown(crates: &[String], file: &Path, course: &Path) -> Result<Vec<Fault>> {
    if crates.is_empty() {
        return Ok(Vec::new());
    }
    let locked = locked(course)?;
    let known: Vec<&str> = locked.iter().filter_map(|one| one.get("name")?.as_str()).collect();
    let written = fs_err::read_to_string(file)?;
    let fault = |name: &String| {
        let quoted = format!("\"{name}\"");
        let key = written.lines().position(|line| line.trim_start().starts_with("crates"));
        let behind = key.unwrap_or(0);
        let line = written.lines().skip(behind).position(|line| line.contains(&quoted)).map(|line| behind + line);
        let lock = course.join("Cargo.lock");
        let told = format!("crate `{name}` is not in {}; in it {}", lock.display(), are(&known));
        Fault::on(file, 1 + line.or(key).unwrap_or(0), told)
    };
    Ok(crates.iter().filter(|name| !known.contains(&name.as_str())).map(fault).collect())
}

fn are(names: &[&str]) -> String {
    match names {
        [] => "is no crate".to_owned(),
        [one] => format!("is `{one}`"),
        more => format!("are {}", more.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn about(kinds: &[&str]) -> Value {
        let target =
            |kind: &&str| json!({ "kind": [kind], "name": "a-b", "src_path": "/a/src/lib.rs", "edition": "2018" });
        json!({ "name": "a-b", "version": "1.2.3", "targets": kinds.iter().map(target).collect::<Vec<_>>() })
    }

    #[test]
    fn a_crate_that_runs_code_while_it_is_compiled_is_refused() {
        for kinds in [["lib", "custom-build"], ["proc-macro", "test"]] {
            let error = package(&about(&kinds), Vec::new(), Vec::new()).unwrap_err().to_string();
            assert!(error.contains("crate `a-b` runs code while it is compiled"), "{error}");
        }
        let package = package(&about(&["lib", "bench"]), Vec::new(), Vec::new()).unwrap();
        assert_eq!((package.folder.as_str(), package.library.as_str()), ("a-b-1.2.3", "a_b"));
    }

    #[test]
    fn another_version_makes_another_kit_and_another_exercise_does_not() {
        let course = tempfile::tempdir().unwrap();
        let lock = "[[package]]\nname = \"one\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"a-b\"\nversion = \"1.2.3\"\nsource = \"registry\"\n";
        let decided_by = |lock: &str| {
            fs_err::write(course.path().join("Cargo.lock"), lock).unwrap();
            decided(course.path()).unwrap()
        };
        let first = decided_by(lock);
        assert!(first.contains("a-b") && !first.contains("one"), "{first}");
        assert_eq!(decided_by(&lock.replace("\"one\"", "\"two\"")), first);
        assert_ne!(decided_by(&lock.replace("1.2.3", "1.2.4")), first);
    }
}
