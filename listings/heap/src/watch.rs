//! Watches a child process from the outside, as `strace` and debuggers do: it is stopped at every
//! system call, or after every instruction, between two marks that it sets itself.
//!
//! The watched process is this program, started again with arguments. Linux on x86-64 only;
//! elsewhere nothing is counted, and the functions say so with `None`.

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
pub use linux::{calls, instructions, watched};

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
pub use elsewhere::{calls, instructions, watched};

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
mod elsewhere {
    use std::io;

    /// Runs `work` without being watched.
    pub fn watched<R>(work: impl FnOnce() -> R) -> R {
        work()
    }

    /// No reading on this system.
    pub fn calls(
        _args: &[&str],
        _names: &[&str],
    ) -> io::Result<Option<Vec<u64>>> {
        Ok(None)
    }

    /// No reading on this system.
    pub fn instructions(_args: &[&str]) -> io::Result<Option<u64>> {
        Ok(None)
    }
}

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod linux {
    use std::ffi::c_long;
    use std::io;
    use std::process::{Child, Command, Stdio};
    use std::ptr::null_mut;

    const MARK: c_long = libc::SYS_getppid;

    /// System calls that can be asked for by name.
    const NAMES: [(&str, c_long); 6] = [
        ("brk", libc::SYS_brk),
        ("mmap", libc::SYS_mmap),
        ("munmap", libc::SYS_munmap),
        ("mremap", libc::SYS_mremap),
        ("madvise", libc::SYS_madvise),
        ("getpid", libc::SYS_getpid),
    ];

    /// In the child: does `work` between two marks. What is done before is not counted, and the
    /// process may be stopped by its parent from here on.
    pub fn watched<R>(work: impl FnOnce() -> R) -> R {
        // SAFETY: neither call touches memory of ours.
        unsafe {
            libc::ptrace(libc::PTRACE_TRACEME, 0, 0, 0);
            libc::raise(libc::SIGSTOP);
        }
        mark();
        let done = work();
        mark();
        done
    }

    #[inline(never)]
    fn mark() {
        // SAFETY: asks for a number and changes nothing.
        unsafe { libc::syscall(MARK) };
    }

    /// In the parent: starts this program again with `args` and counts the system calls that it makes
    /// between its marks: those in `names`, in their order, and behind them all together.
    ///
    /// # Errors
    /// When the child cannot be started or watched.
    ///
    /// # Panics
    /// When a name is unknown, or the child ends before its second mark.
    pub fn calls(
        args: &[&str],
        names: &[&str],
    ) -> io::Result<Option<Vec<u64>>> {
        let number = |name: &&str| {
            NAMES
                .iter()
                .find(|(known, _)| known == name)
                .unwrap_or_else(|| panic!("no call is named {name}"))
                .1
        };
        let numbers: Vec<c_long> = names.iter().map(number).collect();
        let mut counts = vec![0; names.len() + 1];
        let child = start(args)?;
        let pid = child.id().cast_signed();
        let (mut marks, mut entering) = (0, true);
        while marks < 2 {
            advance(libc::PTRACE_SYSCALL, pid)?;
            if entering {
                let call = registers(pid)?.orig_rax.cast_signed();
                if call == MARK {
                    marks += 1;
                } else if marks == 1 {
                    *counts.last_mut().expect("one for all together") += 1;
                    if let Some(at) =
                        numbers.iter().position(|number| *number == call)
                    {
                        counts[at] += 1;
                    }
                }
            }
            entering = !entering;
        }
        let_go(child)?;
        Ok(Some(counts))
    }

    /// In the parent: starts this program again with `args` and counts the instructions that it
    /// executes between its marks, those of the marks included.
    ///
    /// # Errors
    /// When the child cannot be started or watched.
    ///
    /// # Panics
    /// When the child ends before its second mark.
    pub fn instructions(args: &[&str]) -> io::Result<Option<u64>> {
        let child = start(args)?;
        let pid = child.id().cast_signed();
        // To the end of the call that is the first mark.
        loop {
            advance(libc::PTRACE_SYSCALL, pid)?;
            let call = registers(pid)?.orig_rax.cast_signed();
            advance(libc::PTRACE_SYSCALL, pid)?;
            if call == MARK {
                break;
            }
        }
        let mut count = 0;
        while !about_to_mark(pid)? {
            advance(libc::PTRACE_SINGLESTEP, pid)?;
            count += 1;
        }
        let_go(child)?;
        Ok(Some(count))
    }

    /// Whether the next instruction is the system call that marks the end.
    fn about_to_mark(pid: i32) -> io::Result<bool> {
        let registers = registers(pid)?;
        if registers.rax.cast_signed() != MARK {
            return Ok(false);
        }
        // SAFETY: reads the memory of the child; its answer is a number.
        let word = unsafe {
            libc::ptrace(libc::PTRACE_PEEKTEXT, pid, registers.rip, 0)
        };
        // `syscall` is 0f 05.
        Ok(word & 0xffff == 0x050f)
    }

    fn start(args: &[&str]) -> io::Result<Child> {
        let child = Command::new(std::env::current_exe()?)
            .args(args)
            .stdout(Stdio::null())
            .spawn()?;
        wait(child.id().cast_signed(), libc::WUNTRACED)?;
        Ok(child)
    }

    fn advance(request: libc::c_uint, pid: i32) -> io::Result<()> {
        // SAFETY: the child is stopped and is ours to move on; no signal is passed to it.
        check(unsafe {
            libc::ptrace(request, pid, null_mut::<u8>(), null_mut::<u8>())
        })?;
        wait(pid, 0)
    }

    fn wait(pid: i32, options: i32) -> io::Result<()> {
        let mut status = 0;
        // SAFETY: writes to the number that it is given.
        check(
            unsafe { libc::waitpid(pid, &raw mut status, options) }.into(),
        )?;
        assert!(
            libc::WIFSTOPPED(status),
            "the child ended while it was watched"
        );
        Ok(())
    }

    fn registers(pid: i32) -> io::Result<libc::user_regs_struct> {
        // SAFETY: zeros are valid registers, and the call writes to this one struct.
        unsafe {
            let mut registers: libc::user_regs_struct = std::mem::zeroed();
            check(libc::ptrace(
                libc::PTRACE_GETREGS,
                pid,
                null_mut::<u8>(),
                &raw mut registers,
            ))?;
            Ok(registers)
        }
    }

    fn let_go(mut child: Child) -> io::Result<()> {
        // SAFETY: the child is stopped and is ours to let go.
        check(unsafe {
            libc::ptrace(
                libc::PTRACE_DETACH,
                child.id().cast_signed(),
                null_mut::<u8>(),
                null_mut::<u8>(),
            )
        })?;
        child.wait().map(drop)
    }

    fn check(answer: c_long) -> io::Result<()> {
        if answer == -1 { Err(io::Error::last_os_error()) } else { Ok(()) }
    }
}
