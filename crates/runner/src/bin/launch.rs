//! The last step into the jail, taken by the jailed process itself: it gives up what it may not keep, and
//! becomes the program.
//!
//! ```text
//! launch TASKS RULES FILTERS READY PROGRAM [ARGUMENT ...]
//! ```
//!
//! `TASKS` is the number of tasks that its user may have, 0 for no change. The other numbers are open
//! descriptors: a Landlock ruleset, the seccomp filters, and the pipe on which it says that it is ready.
//! Everything was prepared by the parent, so that little can go wrong here; and because a file of its own
//! without dependencies is linked statically, it runs where there is nothing else.

use std::ffi::{CString, c_char, c_int, c_long, c_ulong};
use std::os::fd::{FromRawFd, IntoRawFd, RawFd};
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::process::ExitCode;
use std::{env, fs, io};

const O_PATH: c_int = 0o10000000;
const PR_SET_NO_NEW_PRIVS: c_int = 38;
const RLIMIT_NPROC: c_int = 6;
const SYS_SECCOMP: c_long = 317;
const SECCOMP_SET_MODE_FILTER: c_long = 1;
const SYS_EXECVEAT: c_long = 322;
const AT_EMPTY_PATH: c_long = 0x1000;
const SYS_CLOSE_RANGE: c_long = 436;
const CLOSE_RANGE_CLOEXEC: c_long = 4;
const SYS_LANDLOCK_RESTRICT_SELF: c_long = 446;

/// Stand in the filters for what only this process knows; the same numbers stand in `jail/filter.rs`.
const OUR_PID: u32 = 0x7f5a_0001;
const OUR_PROGRAM: u32 = 0x7f5a_0002;
/// Bytes of one instruction of a filter, and where its constant stands.
const INSTRUCTION: usize = 8;
const CONSTANT: usize = 4;

unsafe extern "C" {
    fn prctl(option: c_int, ...) -> c_int;
    fn setrlimit(resource: c_int, limit: *const [c_ulong; 2]) -> c_int;
    fn syscall(number: c_long, ...) -> c_long;
    fn write(fd: c_int, bytes: *const u8, length: usize) -> isize;
    static environ: *const *const c_char;
}

/// A list of instructions as the kernel takes it.
#[repr(C)]
struct Program {
    instructions: u16,
    code: *const u8,
}

fn main() -> ExitCode {
    match launch() {
        Ok(never) => match never {},
        Err(error) => {
            // The parent reads it from here, and knows from the silent pipe that it is ours.
            let text = format!("launch: {error}\n");
            // SAFETY: the bytes are live for the call.
            unsafe { write(2, text.as_ptr(), text.len()) };
            ExitCode::FAILURE
        }
    }
}

fn launch() -> io::Result<std::convert::Infallible> {
    let mut words = env::args_os().skip(1);
    let mut number = || -> io::Result<c_int> {
        let word = words.next().and_then(|word| word.to_str()?.parse().ok());
        word.ok_or_else(|| io::Error::other("usage: launch TASKS RULES FILTERS READY PROGRAM [ARGUMENT ...]"))
    };
    let (tasks, rules, filters, ready) = (number()?, number()?, number()?, number()?);
    let words: Vec<CString> =
        words.map(|word| CString::new(word.into_vec())).collect::<Result<_, _>>().map_err(io::Error::other)?;
    let program = words.first().ok_or_else(|| io::Error::other("no program is named"))?;
    let path = program.to_str().map_err(io::Error::other)?;
    let program = fs::OpenOptions::new().read(true).custom_flags(O_PATH).open(path)?.into_raw_fd();
    let filters = read_filters(filters, program)?;
    let mut arguments: Vec<*const c_char> = words.iter().map(|word| word.as_ptr()).collect();
    arguments.push(std::ptr::null());
    give_up(tasks, rules)?;
    for filter in &filters {
        install(filter)?;
    }
    // SAFETY: the byte is live for the call.
    unsafe { write(ready, b"r".as_ptr(), 1) };
    // SAFETY: both lists end with null, and their strings live until the program is replaced.
    unsafe { syscall(SYS_EXECVEAT, program, c"".as_ptr(), arguments.as_ptr(), environ, AT_EMPTY_PATH) };
    let error = io::Error::last_os_error();
    // SAFETY: as above. A second byte says that it did not begin.
    unsafe { write(ready, b"x".as_ptr(), 1) };
    Err(error)
}

/// Two lists of instructions, each behind its number as four bytes; what only we know is filled in.
fn read_filters(descriptor: RawFd, program: RawFd) -> io::Result<Vec<Vec<u8>>> {
    // SAFETY: the parent opened it for this process alone.
    let file = unsafe { fs::File::from_raw_fd(descriptor) };
    let mut bytes = vec![0; usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?];
    // Others read the same open file, so its position is nobody's.
    file.read_exact_at(&mut bytes, 0)?;
    let (mut filters, mut rest) = (Vec::new(), &bytes[..]);
    while let Some((count, after)) = rest.split_first_chunk::<4>() {
        let length = u32::from_le_bytes(*count) as usize * INSTRUCTION;
        let (code, after) = after.split_at_checked(length).ok_or_else(|| io::Error::other("a filter is cut off"))?;
        filters.push(filled_in(code, program));
        rest = after;
    }
    Ok(filters)
}

fn filled_in(code: &[u8], program: RawFd) -> Vec<u8> {
    let mut code = code.to_vec();
    for instruction in code.chunks_exact_mut(INSTRUCTION) {
        let constant = &mut instruction[CONSTANT..];
        if constant == OUR_PID.to_le_bytes() {
            constant.copy_from_slice(&std::process::id().to_le_bytes());
        } else if constant == OUR_PROGRAM.to_le_bytes() {
            constant.copy_from_slice(&program.to_le_bytes());
        }
    }
    code
}

/// No new rights by other programs, no more tasks, no files but those of the ruleset, no open descriptors.
fn give_up(tasks: c_int, rules: RawFd) -> io::Result<()> {
    // SAFETY: the calls take numbers, and one pointer to a live pair of numbers.
    unsafe {
        done(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0).into())?;
        if let Ok(most @ 1..) = c_ulong::try_from(tasks) {
            done(setrlimit(RLIMIT_NPROC, &[most, most]).into())?;
        }
        done(syscall(SYS_LANDLOCK_RESTRICT_SELF, rules, 0))?;
        done(syscall(SYS_CLOSE_RANGE, 3, c_long::from(c_int::MAX), CLOSE_RANGE_CLOEXEC))
    }
}

fn install(filter: &[u8]) -> io::Result<()> {
    let instructions = u16::try_from(filter.len() / INSTRUCTION).map_err(io::Error::other)?;
    let program = Program { instructions, code: filter.as_ptr() };
    // SAFETY: the program and its instructions are live for the call.
    done(unsafe { syscall(SYS_SECCOMP, SECCOMP_SET_MODE_FILTER, 0, &raw const program) })
}

fn done(result: c_long) -> io::Result<()> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}
