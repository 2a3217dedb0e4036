use std::ops::Range;

/// One line of the process's memory map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// The addresses that it covers, the end not included.
    pub range: Range<usize>,
    /// What may be done there, as four letters: `rw-p`, or `---p` for nothing at all.
    pub access: String,
    /// The file it shows, a name in brackets such as `[stack]`, or nothing.
    pub name: String,
}

impl Mapping {
    /// Its length in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.range.len()
    }
}

/// The memory map of this process, from low addresses to high ones; `None` where the system
/// does not show it (anywhere but Linux).
#[must_use]
pub fn mappings() -> Option<Vec<Mapping>> {
    parse_mappings(&std::fs::read_to_string("/proc/self/maps").ok()?)
}

/// The mapping of this process that holds `address`; `None` when there is none, or where the
/// system does not show its memory map.
#[must_use]
pub fn mapping_of(address: usize) -> Option<Mapping> {
    mappings()?.into_iter().find(|mapping| mapping.range.contains(&address))
}

/// Reads the text of a `/proc/<pid>/maps` file; `None` when a line is not of that form.
#[must_use]
pub fn parse_mappings(text: &str) -> Option<Vec<Mapping>> {
    text.lines().map(parse_mapping).collect()
}

fn parse_mapping(line: &str) -> Option<Mapping> {
    let mut fields = line.split_ascii_whitespace();
    let (start, end) = fields.next()?.split_once('-')?;
    let hexadecimal = |digits| usize::from_str_radix(digits, 16).ok();
    let range = hexadecimal(start)?..hexadecimal(end)?;
    let access = fields.next()?.to_owned();
    let name = fields.skip(3).collect::<Vec<_>>().join(" ");
    Some(Mapping { range, access, name })
}

/// The pages that this process has touched for the first time so far, without reading from a
/// disk ("minor page faults"). `None` where the system does not count them.
#[must_use]
pub fn faults() -> Option<u64> {
    #[cfg(unix)]
    {
        let mut usage = std::mem::MaybeUninit::<libc::rusage>::uninit();
        // SAFETY: `getrusage` writes a whole `rusage` when it returns 0.
        let usage = unsafe {
            if libc::getrusage(libc::RUSAGE_SELF, usage.as_mut_ptr()) != 0 {
                return None;
            }
            usage.assume_init()
        };
        u64::try_from(usage.ru_minflt).ok()
    }
    #[cfg(not(unix))]
    None
}

/// The limit that the system puts on the main thread's stack, in bytes; `None` when there is no
/// limit, or no such reading.
#[must_use]
pub fn stack_limit() -> Option<u64> {
    #[cfg(unix)]
    {
        let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
        // SAFETY: `getrlimit` writes to the one struct that it is given.
        let failed = unsafe { libc::getrlimit(libc::RLIMIT_STACK, &raw mut limit) != 0 };
        (!failed && limit.rlim_cur != libc::RLIM_INFINITY).then_some(limit.rlim_cur)
    }
    #[cfg(not(unix))]
    None
}

/// The stack that the system's C library gives a thread whose creator asks for no size, in
/// bytes; `None` where there is no such reading. Rust's standard library does ask for one.
#[must_use]
pub fn default_thread_stack() -> Option<u64> {
    #[cfg(unix)]
    {
        let mut attributes = std::mem::MaybeUninit::<libc::pthread_attr_t>::uninit();
        let mut size = 0;
        // SAFETY: the attributes are initialized before they are read, and destroyed once.
        unsafe {
            if libc::pthread_attr_init(attributes.as_mut_ptr()) != 0 {
                return None;
            }
            let failed = libc::pthread_attr_getstacksize(attributes.as_ptr(), &raw mut size) != 0;
            libc::pthread_attr_destroy(attributes.as_mut_ptr());
            (!failed).then_some(size as u64)
        }
    }
    #[cfg(not(unix))]
    None
}

/// Keeps the calling thread on one core, so that it does not find cold caches on another.
/// Says whether it worked; only Linux can.
pub fn pin(core: usize) -> bool {
    #[cfg(target_os = "linux")]
    {
        if core >= libc::CPU_SETSIZE as usize {
            return false;
        }
        // SAFETY: a set of zeros is a valid, empty set; `core` is inside it.
        unsafe {
            let mut set: libc::cpu_set_t = std::mem::zeroed();
            libc::CPU_SET(core, &mut set);
            libc::sched_setaffinity(0, size_of_val(&set), &raw const set) == 0
        }
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = core;
        false
    }
}

#[cfg(test)]
mod tests {
    use super::{Mapping, parse_mappings};

    #[test]
    fn a_memory_map_is_read_line_by_line() {
        let text = "\
00400000-00452000 r-xp 00000000 08:02 173521      /usr/bin/a name
7ffd0000-7ffd1000 ---p 00000000 00:00 0
7ffd1000-7fff0000 rw-p 00000000 00:00 0           [stack]
";
        let mappings = parse_mappings(text).unwrap();
        assert_eq!(mappings[0].name, "/usr/bin/a name");
        assert_eq!(mappings[1].access, "---p");
        assert_eq!(mappings[1].name, "");
        assert_eq!(
            mappings[2],
            Mapping { range: 0x7ffd_1000..0x7fff_0000, access: "rw-p".to_owned(), name: "[stack]".to_owned() }
        );
        assert_eq!(mappings[2].bytes(), 0x1_f000);
    }

    #[test]
    fn a_line_of_another_form_is_not_guessed_at() {
        assert_eq!(parse_mappings("stack at 0x7ffd1000\n"), None);
        assert_eq!(parse_mappings("7ffd1000-zz rw-p 0 00:00 0\n"), None);
    }

    #[cfg(target_os = "linux")]
    mod on_linux {
        use super::super::{default_thread_stack, faults, mapping_of, mappings, pin, stack_limit};

        #[test]
        fn a_local_lies_in_a_writable_mapping() {
            let local = 1_u8;
            let mapping = mapping_of(std::ptr::from_ref(&local).addr()).unwrap();
            assert_eq!(mapping.access, "rw-p");
            assert!(mappings().unwrap().contains(&mapping));
        }

        #[test]
        fn no_mapping_holds_the_address_zero() {
            assert_eq!(mapping_of(0), None);
        }

        #[test]
        fn touching_a_page_for_the_first_time_is_one_fault() {
            let pages = 256;
            let mut block = vec![0_u8; (pages + 2) * 4096];
            let before = faults().unwrap();
            for page in 0..=pages {
                block[page * 4096] = 1;
            }
            let touched = faults().unwrap() - before;
            assert!(touched >= pages as u64, "{touched} faults");
            std::hint::black_box(&block);
        }

        #[test]
        fn the_limits_of_stacks_are_whole_pages() {
            let limits = [stack_limit(), default_thread_stack()];
            for bytes in limits.into_iter().flatten() {
                assert_eq!(bytes % 4096, 0);
                assert!(bytes >= 16_384);
            }
            assert!(default_thread_stack().is_some());
        }

        #[test]
        fn a_thread_can_be_pinned_to_a_core_that_exists_and_to_no_other() {
            // In a thread of its own, because the setting outlives the call.
            let (first, none) = std::thread::spawn(|| (pin(0), pin(usize::MAX))).join().unwrap();
            assert!(first);
            assert!(!none);
        }
    }
}
