//! Owns the system calls that are left to jailed code.
//!
//! A program that is *run* gets a short list of what a computation needs: memory, threads, clocks, and the
//! descriptors that it began with. It opens no file, makes no socket, starts no process, and can signal nobody
//! but itself. A *compiler* starts other programs and opens files, so it gets everything but a list; files and
//! signals are Landlock's business there.

use libc::c_long;
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule, TargetArch,
};
use std::collections::BTreeMap;

use super::Profile;

/// Stand for what only the jailed process knows; `bin/launch.rs` fills them in.
const OUR_PID: u64 = 0x7f5a_0001;
const OUR_PROGRAM: u64 = 0x7f5a_0002;

/// The bit that marks numbers of the x32 interface, behind which a list of forbidden calls would be passed by.
const X32: c_long = 0x4000_0000;

type Rules = BTreeMap<c_long, Vec<SeccompRule>>;
type Made<T> = Result<T, seccompiler::BackendError>;

/// The filters of a profile, each as its number of instructions and the instructions.
pub(super) fn bytes(profile: Profile) -> Made<Vec<u8>> {
    let main = match profile {
        Profile::Compile => filter(forbidden(), SeccompAction::Errno(eperm()), SeccompAction::Allow)?,
        Profile::Run => filter(computation()?, SeccompAction::Allow, SeccompAction::Errno(eperm()))?,
        Profile::Sanitized => {
            let mut rules = computation()?;
            rules.extend(reading()?);
            filter(rules, SeccompAction::Allow, SeccompAction::Errno(eperm()))?
        }
    };
    // The C library then makes its threads by `clone`, whose flags a filter can see.
    let no_clone3 = [(libc::SYS_clone3, Vec::new())].into();
    let no_clone3 = filter(no_clone3, SeccompAction::Errno(libc::ENOSYS.unsigned_abs()), SeccompAction::Allow)?;
    let filters = if profile == Profile::Compile { vec![main] } else { vec![no_clone3, main] };
    Ok(filters.iter().flat_map(flat).collect())
}

fn eperm() -> u32 {
    libc::EPERM.unsigned_abs()
}

fn filter(rules: Rules, matched: SeccompAction, otherwise: SeccompAction) -> Made<BpfProgram> {
    SeccompFilter::new(rules, otherwise, matched, TargetArch::x86_64)?.try_into()
}

fn flat(program: &BpfProgram) -> Vec<u8> {
    let mut bytes = u32::try_from(program.len()).unwrap_or(u32::MAX).to_le_bytes().to_vec();
    for step in program {
        bytes.extend(step.code.to_le_bytes());
        bytes.extend([step.jt, step.jf]);
        bytes.extend(step.k.to_le_bytes());
    }
    bytes
}

/// Calls that every computation may make, whatever their arguments.
#[rustfmt::skip]
const HARMLESS: &[c_long] = &[
    // Descriptors that are open already.
    libc::SYS_read, libc::SYS_write, libc::SYS_readv, libc::SYS_writev, libc::SYS_close, libc::SYS_lseek,
    libc::SYS_fstat, libc::SYS_dup, libc::SYS_dup2, libc::SYS_dup3, libc::SYS_pipe, libc::SYS_pipe2, libc::SYS_poll,
    libc::SYS_ppoll,
    // Memory.
    libc::SYS_munmap, libc::SYS_mprotect, libc::SYS_mremap, libc::SYS_madvise, libc::SYS_mincore, libc::SYS_brk,
    // Threads and signals of its own. The launcher's `seccomp` comes before this filter.
    libc::SYS_futex, libc::SYS_set_robust_list, libc::SYS_get_robust_list, libc::SYS_rseq,
    libc::SYS_set_tid_address, libc::SYS_clone3, libc::SYS_membarrier, libc::SYS_arch_prctl, libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity, libc::SYS_rt_sigaction, libc::SYS_rt_sigprocmask, libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack, libc::SYS_restart_syscall, libc::SYS_exit, libc::SYS_exit_group,
    // Clocks and chance.
    libc::SYS_clock_gettime, libc::SYS_clock_getres, libc::SYS_gettimeofday, libc::SYS_time, libc::SYS_nanosleep,
    libc::SYS_clock_nanosleep, libc::SYS_getrandom,
    // What it may know of itself.
    libc::SYS_getpid, libc::SYS_gettid, libc::SYS_getppid, libc::SYS_getuid, libc::SYS_geteuid, libc::SYS_getgid,
    libc::SYS_getegid, libc::SYS_getrlimit, libc::SYS_getrusage, libc::SYS_times, libc::SYS_sysinfo, libc::SYS_uname,
];

fn computation() -> Made<Rules> {
    let mut rules: Rules = HARMLESS.iter().map(|call| (*call, Vec::new())).collect();
    // What is shared is no data, and no limit of data would count it.
    rules.insert(libc::SYS_mmap, vec![masked(3, bits(libc::MAP_SHARED), 0)?]);
    let thread = bits(libc::CLONE_THREAD);
    rules.insert(libc::SYS_clone, vec![masked(0, thread, thread)?]);
    // To ask, not to set.
    rules.insert(libc::SYS_prlimit64, vec![equal(2, SeccompCmpArgLen::Qword, 0)?]);
    rules.insert(libc::SYS_prctl, any_of(0, &[libc::PR_SET_NAME, libc::PR_GET_NAME])?);
    let flags = [libc::F_DUPFD, libc::F_DUPFD_CLOEXEC, libc::F_GETFD, libc::F_SETFD, libc::F_GETFL, libc::F_SETFL];
    rules.insert(libc::SYS_fcntl, any_of(1, &flags)?);
    // An abort is a signal to oneself. Who is killed by SIGKILL in here was killed from outside.
    let ours = condition(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, OUR_PID)?;
    let not = |signal| condition(2, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, bits(signal));
    rules.insert(libc::SYS_tgkill, vec![SeccompRule::new(vec![ours, not(libc::SIGKILL)?, not(libc::SIGSTOP)?])?]);
    // The launcher's own last step.
    let program = condition(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, OUR_PROGRAM)?;
    let empty = condition(4, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, bits(libc::AT_EMPTY_PATH))?;
    rules.insert(libc::SYS_execveat, vec![SeccompRule::new(vec![program, empty])?]);
    Ok(rules)
}

/// What the sanitizer's runtime and the dynamic linker read besides; which files, Landlock decides.
fn reading() -> Made<Rules> {
    let calls = [libc::SYS_pread64, libc::SYS_newfstatat, libc::SYS_readlink, libc::SYS_access, libc::SYS_getcwd];
    let mut rules: Rules = calls.iter().map(|call| (*call, Vec::new())).collect();
    let writing = bits(libc::O_ACCMODE | libc::O_CREAT | libc::O_TRUNC);
    rules.insert(libc::SYS_openat, vec![masked(2, writing, 0)?]);
    rules.insert(libc::SYS_open, vec![masked(1, writing, 0)?]);
    Ok(rules)
}

/// Calls that no compiler needs: other processes, other machines, the system's own settings, and interfaces
/// that have often been found broken.
#[rustfmt::skip]
const FORBIDDEN: &[c_long] = &[
    libc::SYS_ptrace, libc::SYS_process_vm_readv, libc::SYS_process_vm_writev, libc::SYS_process_madvise,
    libc::SYS_pidfd_open, libc::SYS_pidfd_getfd, libc::SYS_pidfd_send_signal, libc::SYS_kcmp,
    libc::SYS_socket, libc::SYS_connect, libc::SYS_bind, libc::SYS_listen,
    // Landlock does not rule who may change owners, modes and times of files.
    libc::SYS_chmod, libc::SYS_fchmod, libc::SYS_fchmodat, FCHMODAT2, libc::SYS_chown, libc::SYS_fchown,
    libc::SYS_lchown, libc::SYS_fchownat, libc::SYS_utime, libc::SYS_utimes, libc::SYS_utimensat,
    libc::SYS_futimesat, libc::SYS_setxattr, libc::SYS_lsetxattr, libc::SYS_fsetxattr, libc::SYS_removexattr,
    libc::SYS_lremovexattr, libc::SYS_fremovexattr,
    // Whoever leaves the group would have to be searched for.
    libc::SYS_setsid, libc::SYS_setpgid,
    libc::SYS_shmget, libc::SYS_msgget, libc::SYS_semget, libc::SYS_mq_open, libc::SYS_memfd_create,
    libc::SYS_unshare, libc::SYS_setns, libc::SYS_mount, libc::SYS_umount2, libc::SYS_pivot_root, libc::SYS_chroot,
    libc::SYS_move_mount, libc::SYS_open_tree, libc::SYS_fsopen, libc::SYS_fspick, libc::SYS_mount_setattr,
    libc::SYS_open_by_handle_at, libc::SYS_name_to_handle_at, libc::SYS_fanotify_init, libc::SYS_quotactl,
    libc::SYS_bpf, libc::SYS_io_uring_setup, libc::SYS_io_uring_enter, libc::SYS_io_uring_register,
    libc::SYS_perf_event_open, libc::SYS_userfaultfd, libc::SYS_keyctl, libc::SYS_add_key, libc::SYS_request_key,
    libc::SYS_personality, libc::SYS_acct, libc::SYS_swapon, libc::SYS_swapoff, libc::SYS_reboot, libc::SYS_syslog,
    libc::SYS_settimeofday, libc::SYS_clock_settime, libc::SYS_adjtimex, libc::SYS_init_module,
    libc::SYS_finit_module, libc::SYS_delete_module, libc::SYS_kexec_load, libc::SYS_kexec_file_load,
    libc::SYS_iopl, libc::SYS_ioperm, libc::SYS_modify_ldt, libc::SYS_sched_setscheduler, libc::SYS_sched_setattr,
];

/// Newer than the list of the crate `libc`.
const FCHMODAT2: c_long = 452;

/// `ptrace`, `process_vm_readv` and `process_vm_writev` have numbers of their own there.
const FORBIDDEN_IN_X32: [c_long; 3] = [521, 539, 540];

fn forbidden() -> Rules {
    let x32 = FORBIDDEN.iter().chain(&FORBIDDEN_IN_X32).map(|call| call | X32);
    FORBIDDEN.iter().copied().chain(x32).map(|call| (call, Vec::new())).collect()
}

fn bits(flags: libc::c_int) -> u64 {
    u64::from(flags.cast_unsigned())
}

fn condition(argument: u8, length: SeccompCmpArgLen, compare: SeccompCmpOp, value: u64) -> Made<SeccompCondition> {
    SeccompCondition::new(argument, length, compare, value)
}

fn masked(argument: u8, mask: u64, value: u64) -> Made<SeccompRule> {
    SeccompRule::new(vec![condition(argument, SeccompCmpArgLen::Qword, SeccompCmpOp::MaskedEq(mask), value)?])
}

fn equal(argument: u8, length: SeccompCmpArgLen, value: u64) -> Made<SeccompRule> {
    SeccompRule::new(vec![condition(argument, length, SeccompCmpOp::Eq, value)?])
}

fn any_of(argument: u8, values: &[libc::c_int]) -> Made<Vec<SeccompRule>> {
    values.iter().map(|value| equal(argument, SeccompCmpArgLen::Dword, bits(*value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A filter that lists what is forbidden is passed by where the kernel has a second set of numbers.
    #[test]
    fn what_is_forbidden_is_forbidden_by_its_other_number_too() {
        let rules = forbidden();
        for call in FORBIDDEN {
            assert!(rules.contains_key(call) && rules.contains_key(&(call | X32)), "{call}");
        }
        assert!(FORBIDDEN_IN_X32.iter().all(|call| rules.contains_key(&(call | X32))));
    }

    #[test]
    fn filters_are_as_long_as_they_say_and_short_enough_for_the_kernel() {
        for profile in Profile::ALL {
            let bytes = bytes(profile).expect("the rules are in order");
            let mut rest = &bytes[..];
            while let Some((count, after)) = rest.split_first_chunk::<4>() {
                let count = u32::from_le_bytes(*count) as usize;
                assert!((1..=4096).contains(&count), "{profile:?}: {count}");
                rest = &after[8 * count..];
            }
            assert!(rest.is_empty());
        }
    }
}
