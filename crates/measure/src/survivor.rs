use std::io;
use std::path::{Path, PathBuf};

/// A number that outlives the process that wrote it.
///
/// A parent [creates](Survivor::create) one and hands its [path](Survivor::path) to a child;
/// the child [opens](Survivor::open) it and [sets](Survivor::set) the number again and again;
/// when the child has died, in whatever way, the parent [reads](Survivor::get) what was set
/// last. Setting is one store to memory that both processes share: no system call, no
/// buffer that would have to be written out by a process that is dead.
///
/// The file is removed when the creator drops its `Survivor`.
#[derive(Debug)]
pub struct Survivor {
    path: PathBuf,
    created: bool,
    cell: shared::Cell,
}

impl Survivor {
    /// Makes a new number, zero, in a file of its own in the directory for temporary files.
    ///
    /// # Errors
    ///
    /// Returns what the system says when the file cannot be made or mapped, and `Unsupported`
    /// on a system without shared file mappings.
    pub fn create() -> io::Result<Self> {
        use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
        static MADE: AtomicU32 = AtomicU32::new(0);
        let name = format!("survivor-{}-{}", std::process::id(), MADE.fetch_add(1, Relaxed));
        let path = std::env::temp_dir().join(name);
        let file = std::fs::File::create_new(&path).map_err(|error| at(&path, &error))?;
        let cell = file.set_len(8).and_then(|()| shared::Cell::map(&path)).map_err(|error| {
            let _ = std::fs::remove_file(&path);
            at(&path, &error)
        })?;
        Ok(Self { path, created: true, cell })
    }

    /// Opens the number that another process has created at `path`.
    ///
    /// # Errors
    ///
    /// Returns what the system says when there is no such file or it cannot be mapped, and
    /// `InvalidData` when the file is too short to hold a number.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let length = std::fs::metadata(path).map_err(|error| at(path, &error))?.len();
        if length < 8 {
            let message = format!("{length} bytes are too few for a number of 8 bytes");
            let error = io::Error::new(io::ErrorKind::InvalidData, message);
            return Err(at(path, &error));
        }
        Ok(Self {
            path: path.to_owned(),
            created: false,
            cell: shared::Cell::map(path).map_err(|error| at(path, &error))?,
        })
    }

    /// Where the number is, for the child.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Sets the number, visibly for every process that has it open.
    #[inline]
    pub fn set(&self, value: u64) {
        self.cell.store(value);
    }

    /// The number that was set last, by whichever process.
    #[must_use]
    pub fn get(&self) -> u64 {
        self.cell.load()
    }
}

impl Drop for Survivor {
    fn drop(&mut self) {
        if self.created {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("the survivor at {}: {error}", path.display()))
}

#[cfg(unix)]
mod shared {
    use std::io;
    use std::os::fd::AsRawFd;
    use std::path::Path;
    use std::ptr::NonNull;
    use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

    /// The mapping of a file of at least eight bytes, shared with every process that maps it.
    #[derive(Debug)]
    pub(super) struct Cell {
        number: NonNull<AtomicU64>,
    }

    // SAFETY: the only access is through an atomic that stays mapped as long as the cell lives.
    unsafe impl Send for Cell {}
    // SAFETY: as above.
    unsafe impl Sync for Cell {}

    impl Cell {
        pub(super) fn map(path: &Path) -> io::Result<Self> {
            let file = std::fs::OpenOptions::new().read(true).write(true).open(path)?;
            // SAFETY: a new mapping at an address of the system's choice touches no memory
            // that is in use. It stays valid when the file is closed.
            let address = unsafe {
                libc::mmap(
                    std::ptr::null_mut(),
                    size_of::<AtomicU64>(),
                    libc::PROT_READ | libc::PROT_WRITE,
                    libc::MAP_SHARED,
                    file.as_raw_fd(),
                    0,
                )
            };
            if address == libc::MAP_FAILED {
                return Err(io::Error::last_os_error());
            }
            NonNull::new(address.cast())
                .map(|number| Self { number })
                .ok_or_else(|| io::Error::other("the system mapped the file at address zero"))
        }

        #[inline]
        pub(super) fn store(&self, value: u64) {
            self.atomic().store(value, Relaxed);
        }

        pub(super) fn load(&self) -> u64 {
            self.atomic().load(Relaxed)
        }

        #[inline]
        fn atomic(&self) -> &AtomicU64 {
            // SAFETY: the mapping begins on a page, so it is aligned; it is at least eight
            // bytes long, which the callers of `map` have made sure of; it is unmapped in `drop`.
            unsafe { self.number.as_ref() }
        }
    }

    impl Drop for Cell {
        fn drop(&mut self) {
            // SAFETY: the same address and length that were mapped, and nobody holds a
            // reference into it any more.
            unsafe { libc::munmap(self.number.as_ptr().cast(), size_of::<AtomicU64>()) };
        }
    }
}

#[cfg(not(unix))]
mod shared {
    use std::io;
    use std::path::Path;

    #[derive(Debug)]
    pub(super) enum Cell {}

    impl Cell {
        pub(super) fn map(_: &Path) -> io::Result<Self> {
            Err(io::ErrorKind::Unsupported.into())
        }

        pub(super) fn store(&self, _: u64) {
            match *self {}
        }

        pub(super) fn load(&self) -> u64 {
            match *self {}
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::Survivor;

    #[test]
    fn a_new_survivor_holds_zero() {
        assert_eq!(Survivor::create().unwrap().get(), 0);
    }

    #[test]
    fn what_one_mapping_sets_the_other_sees() {
        let parent = Survivor::create().unwrap();
        let child = Survivor::open(parent.path()).unwrap();
        child.set(u64::MAX - 1);
        assert_eq!(parent.get(), u64::MAX - 1);
        drop(child);
        assert_eq!(parent.get(), u64::MAX - 1);
    }

    #[test]
    fn only_the_creator_removes_the_file() {
        let parent = Survivor::create().unwrap();
        let path = parent.path().to_owned();
        drop(Survivor::open(&path).unwrap());
        assert!(path.exists());
        drop(parent);
        assert!(!path.exists());
    }

    #[test]
    fn a_missing_file_is_an_error_that_names_it() {
        let error = Survivor::open("no/such/survivor").unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
        assert!(error.to_string().contains("no/such/survivor"), "{error}");
    }

    #[test]
    fn a_file_that_is_too_short_is_refused() {
        let path = std::env::temp_dir().join(format!("short-{}", std::process::id()));
        std::fs::write(&path, b"1234").unwrap();
        let error = Survivor::open(&path).unwrap_err();
        std::fs::remove_file(&path).unwrap();
        assert_eq!(error.kind(), std::io::ErrorKind::InvalidData);
        assert!(error.to_string().contains("4 bytes are too few"), "{error}");
    }
}
