//! Tries to get out of the jail, and says what it managed: the jail's self-test.
//!
//! Standard input holds a file that it must not read, a folder in which it must not write, and a port on which
//! somebody listens. Each attempt that succeeds is a line on standard output; the last line says that all were
//! made, and that honest work could be done.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpStream, UdpSocket};
use std::process::{Command, ExitCode};

type Number = std::ffi::c_long;

unsafe extern "C" {
    fn syscall(number: Number, ...) -> Number;
}

/// A system call with numbers for arguments; whether it succeeded.
fn call(number: Number, arguments: [Number; 4]) -> bool {
    let [a, b, c, d] = arguments;
    // SAFETY: no call that is tried here gets a pointer that the kernel would write through.
    unsafe { syscall(number, a, b, c, d) >= 0 }
}

/// A process that it must not touch: whoever started it.
fn parent() -> Number {
    std::os::unix::process::parent_id().into()
}

fn forks() -> bool {
    const FORK: Number = 57;
    // SAFETY: the child does nothing but end.
    match unsafe { syscall(FORK) } {
        0 => std::process::abort(),
        child => child > 0,
    }
}

/// More memory than any limit of a case, touched page by page.
fn takes_memory() -> bool {
    const BYTES: usize = 3 << 30;
    let mut bytes: Vec<u8> = Vec::new();
    if bytes.try_reserve_exact(BYTES).is_err() {
        return false;
    }
    bytes.resize(BYTES, 1);
    bytes.last() == Some(&1)
}

/// Any process but this one: where `/proc` can be read at all, it may be that of the machine.
fn reads_environments() -> bool {
    let own = fs::read_link("/proc/self").ok();
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let others = entries.filter(|entry| own.as_ref().is_none_or(|own| *own != entry.file_name()));
    others.map(|entry| fs::read(entry.path().join("environ"))).any(|read| read.is_ok_and(|bytes| !bytes.is_empty()))
}

fn does_honest_work() -> bool {
    let threads: Vec<_> =
        (0..8).map(|n: u64| std::thread::spawn(move || vec![n; 1 << 16].iter().sum::<u64>())).collect();
    let sum: u64 = threads.into_iter().filter_map(|thread| thread.join().ok()).sum();
    let panicked = std::panic::catch_unwind(|| Vec::<u8>::new()[1]).is_err();
    sum == 28 << 16 && panicked
}

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|_| {}));
    let mut input = String::new();
    if std::io::stdin().read_to_string(&mut input).is_err() {
        return ExitCode::FAILURE;
    }
    let mut lines = input.lines();
    let (Some(secret), Some(folder), Some(port)) = (lines.next(), lines.next(), lines.next()) else {
        return ExitCode::FAILURE;
    };
    let mine = format!("{folder}/prisoner");
    let attempts: [(&str, &dyn Fn() -> bool); 22] = [
        ("read a hidden file", &|| fs::read(secret).is_ok()),
        ("read /etc/passwd", &|| fs::read("/etc/passwd").is_ok()),
        ("list a folder", &|| fs::read_dir(folder).is_ok()),
        ("read another's environment", &reads_environments),
        ("write its own memory", &|| fs::OpenOptions::new().write(true).open("/proc/self/mem").is_ok()),
        ("write a file", &|| fs::write(&mine, "x").is_ok()),
        ("write where everybody may", &|| {
            let path = std::env::temp_dir().join(format!("prisoner-{}", std::process::id()));
            fs::write(&path, "x").and_then(|()| fs::remove_file(path)).is_ok()
        }),
        ("change a file's mode", &|| {
            fs::set_permissions(secret, fs::metadata(folder).map_or(mode(), |m| m.permissions())).is_ok()
        }),
        ("connect", &|| TcpStream::connect(format!("127.0.0.1:{port}")).is_ok()),
        ("make a socket", &|| UdpSocket::bind("127.0.0.1:0").is_ok()),
        ("make a socket to the host", &|| call(41, [40, 1, 0, 0])),
        ("make a socket of Unix", &|| call(41, [1, 1, 0, 0])),
        ("start a program", &|| Command::new("/bin/true").status().is_ok()),
        ("fork", &forks),
        ("leave its session", &|| call(112, [0; 4])),
        ("signal its parent", &|| call(62, [parent(), 0, 0, 0])),
        // `PTRACE_SEIZE`: it does not stop the one who is traced.
        ("trace its parent", &|| call(101, [0x4206, parent(), 0, 0])),
        ("make namespaces", &|| call(272, [0x1000_0000, 0, 0, 0])),
        ("use keys", &|| call(250, [0, -3, 0, 0])),
        ("make a ring", &|| call(425, [1, 0, 0, 0])),
        ("share memory", &|| call(9, [0, 1 << 20, 3, 0x21])),
        ("take 3 GiB", &takes_memory),
    ];
    let mut said = String::new();
    for (name, attempt) in attempts {
        if attempt() {
            said.push_str(name);
            said.push('\n');
        }
    }
    said.push_str(if does_honest_work() { "done\n" } else { "honest work failed\n" });
    match std::io::stdout().write_all(said.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn mode() -> fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o666)
}
