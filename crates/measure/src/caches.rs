use std::path::Path;

/// Where Linux describes the caches of the first core.
const FOLDER: &str = "/sys/devices/system/cpu/cpu0/cache";

/// What the system says of a cache that holds data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CacheLevel {
    /// 1 is the one that a core asks first.
    pub level: u64,
    /// How much it holds.
    pub bytes: u64,
    /// Lines in each of its sets.
    pub ways: u64,
}

/// The caches of the first core that hold data, the first one first; none where the system does not describe them (anywhere
/// but Linux, and on some of its virtual machines). A virtual machine is told what its host likes to tell.
#[must_use]
pub fn caches() -> Vec<CacheLevel> {
    let mut found = described(Path::new(FOLDER));
    found.sort_by_key(|cache| cache.level);
    found
}

fn described(folder: &Path) -> Vec<CacheLevel> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| one(&entry.path())).collect()
}

fn one(folder: &Path) -> Option<CacheLevel> {
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).ok().map(|text| text.trim().to_owned());
    if read("type")? == "Instruction" {
        return None;
    }
    let kib: u64 = read("size")?.strip_suffix('K')?.parse().ok()?;
    let ways = read("ways_of_associativity")?.parse().ok()?;
    Some(CacheLevel { level: read("level")?.parse().ok()?, bytes: kib << 10, ways })
}

#[cfg(test)]
mod tests {
    use super::{CacheLevel, described};

    #[test]
    fn caches_of_instructions_and_what_cannot_be_read_are_left_out() {
        let folder = folder_of(&[
            ("index0", &[("level", "1\n"), ("type", "Data\n"), ("size", "48K\n"), ("ways_of_associativity", "12\n")]),
            (
                "index1",
                &[("level", "1\n"), ("type", "Instruction\n"), ("size", "32K\n"), ("ways_of_associativity", "8\n")],
            ),
            (
                "index2",
                &[("level", "2\n"), ("type", "Unified\n"), ("size", "much\n"), ("ways_of_associativity", "16\n")],
            ),
        ]);
        assert_eq!(described(&folder), [CacheLevel { level: 1, bytes: 49_152, ways: 12 }]);
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(described(&folder), []);
    }

    fn folder_of(caches: &[(&str, &[(&str, &str)])]) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("caches-{}", std::process::id()));
        for (cache, files) in caches {
            std::fs::create_dir_all(folder.join(cache)).unwrap();
            for (file, text) in *files {
                std::fs::write(folder.join(cache).join(file), text).unwrap();
            }
        }
        folder
    }
}
