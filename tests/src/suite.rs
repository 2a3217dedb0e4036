//! Running listings as named tests: one trial for each, whatever the harness decides to run.

use anyhow::Result;
use book::engine::{Check, Engine, Gap, Reuse, Verdict};
use book::library::Library;
use book::tracing;
use libtest_mimic::{Arguments, Failed, Trial};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// The engine with everything prepared, shared by the trials.
struct Shared {
    engine: Engine,
    library: Library,
    checks: BTreeMap<String, Check>,
    counts: Mutex<Counts>,
    /// What could not be recorded again: the reasons, each with the listings.
    refused: Mutex<BTreeMap<String, Vec<String>>>,
}

/// How many listings were run, and how many had not changed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Built and run now.
    pub run: usize,
    /// Passed in an earlier run with the same hash.
    pub unchanged: usize,
}

/// The trials, and what to ask for the counts when they are over.
pub struct Suite {
    shared: Arc<Shared>,
    /// One for each listing.
    pub trials: Vec<Trial>,
}

impl Suite {
    /// Prepares the listings that `wanted` accepts and the arguments select. Under
    /// `WDL_REQUIRE_ALL=1` nothing is reused.
    ///
    /// # Errors
    /// When the listings' sources have mistakes, or cargo fails.
    pub fn new(arguments: &Arguments, wanted: impl Fn(&Check, &Library) -> bool) -> Result<Self> {
        let root = crate::root();
        let library = Library::load(&root)?;
        library.faults.clone().into_result()?;
        let mut engine = Engine::open(&root, &library)?;
        let reuse = if crate::require_all() { Reuse::Nothing } else { Reuse::Unchanged };
        let mut checks = engine.checks(&library, reuse);
        checks.retain(|check| wanted(check, &library));
        if !arguments.list {
            engine.prepare(&library, checks.iter().filter(|check| selected(arguments, &check.id.to_string())))?;
        }
        let checks = checks.into_iter().map(|check| (check.id.to_string(), check)).collect();
        let shared = Arc::new(Shared { engine, library, checks, counts: Mutex::default(), refused: Mutex::default() });
        let recordings = shared.checks.keys().filter_map(|name| recording(&shared, name));
        let trials = shared.checks.keys().map(|name| trial(&shared, name)).chain(recordings).collect();
        Ok(Self { shared, trials })
    }

    /// What cannot be tested in full on this machine: the reasons, each with the listings.
    pub fn gaps(&self) -> BTreeMap<String, Vec<String>> {
        let mut gaps: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, check) in &self.shared.checks {
            if let Some(gap) = check.gap() {
                gaps.entry(gap.reason().to_owned()).or_default().push(name.clone());
            }
        }
        gaps.extend(self.shared.refused.lock().expect("no trial panics while it counts").clone());
        gaps
    }

    /// How many listings were run and how many were not.
    pub fn counts(&self) -> Counts {
        *self.shared.counts.lock().expect("no trial panics while it counts")
    }
}

/// The last lines of a run: what was run, and what was not tested, why, and what to install.
pub fn summary(counts: Counts, gaps: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let mut lines = vec![format!("{} run, {} unchanged", counts.run, counts.unchanged)];
    lines.extend(gaps.iter().map(|(reason, tests)| format!("not tested: {} ({reason})", tests.join(", "))));
    lines
}

fn selected(arguments: &Arguments, name: &str) -> bool {
    let skipped = arguments.skip.iter().any(|skip| name.contains(skip.as_str()));
    let fits = arguments
        .filter
        .as_ref()
        .is_none_or(|filter| if arguments.exact { name == filter } else { name.contains(filter.as_str()) });
    fits && !skipped
}

/// One more for a listing whose memory is recorded: it is recorded again, and compared byte by byte.
fn recording(shared: &Arc<Shared>, name: &str) -> Option<Trial> {
    let is_recorded = |listing: &&book::library::listing::Listing| listing.header.trace;
    let id = shared.library.listings.get(&shared.checks[name].id).filter(is_recorded)?.id.clone();
    let shared = shared.clone();
    Some(Trial::test(format!("{name} recording"), move || {
        let listing = &shared.library.listings[&id];
        match tracing::compare(&crate::root(), listing, shared.engine.foreign()) {
            Verdict::Failed(message) => Err(Failed::from(message)),
            Verdict::Gap(reason) if crate::require_all() => Err(Failed::from(reason)),
            Verdict::Gap(reason) => {
                let mut refused = shared.refused.lock().expect("no trial panics while it counts");
                refused.entry(reason).or_default().push(format!("{id} recording"));
                Ok(())
            }
            _ => Ok(()),
        }
    }))
}

fn trial(shared: &Arc<Shared>, name: &str) -> Trial {
    let (shared, name) = (shared.clone(), name.to_owned());
    let missing = matches!(shared.checks[&name].gap(), Some(Gap::Missing(_)));
    let trial = Trial::test(name.clone(), move || {
        let verdict = shared.engine.verify(&shared.library, &shared.checks[&name]);
        let mut counts = shared.counts.lock().expect("no trial panics while it counts");
        match verdict {
            Verdict::Unchanged => counts.unchanged += 1,
            _ => counts.run += 1,
        }
        match verdict {
            Verdict::Passed | Verdict::Unchanged => Ok(()),
            Verdict::Failed(message) => Err(Failed::from(message)),
            Verdict::Gap(reason) if crate::require_all() => Err(Failed::from(reason)),
            Verdict::Gap(_) => Ok(()),
        }
    });
    trial.with_ignored_flag(missing && !crate::require_all())
}
