//! What a signal struck at, told to the grader: a stack overflow is known by its address, and want of memory
//! by what the allocator refused, never by text.
//!
//! The handler replaces Rust's own, runs on the thread's alternate stack, writes one record, and lets the
//! access happen again under the system's handling, so that the process dies of the signal itself.

#[cfg(not(all(target_os = "linux", target_arch = "x86_64", not(asan))))]
pub(crate) fn watch(_channel: &crate::channel::Channel) {}

#[cfg(all(target_os = "linux", target_arch = "x86_64", not(asan)))]
pub(crate) use handler::watch;

#[cfg(all(target_os = "linux", target_arch = "x86_64", not(asan)))]
mod handler {
    use crate::channel::Channel;
    use std::ffi::{c_int, c_void};
    use std::sync::atomic::{AtomicI32, Ordering::Relaxed};

    const SIGABRT: c_int = 6;
    const SIGBUS: c_int = 7;
    const SIGSEGV: c_int = 11;
    const SA_SIGINFO: c_int = 4;
    const SA_ONSTACK: c_int = 0x0800_0000;
    /// `SA_RESETHAND`: the second time, the system's own handling.
    const SA_RESETHAND: c_int = 0x8000_0000_u32 as c_int;
    /// Where glibc's `siginfo_t` holds the address of a fault.
    const SI_ADDR: usize = 16;
    /// Where glibc's `ucontext_t` for x86-64 holds the stack pointer: register 15 behind 40 bytes.
    const UC_RSP: usize = 40 + 15 * 8;

    /// glibc's `struct sigaction` for x86-64.
    #[repr(C)]
    struct Action {
        handler: extern "C" fn(c_int, *const u8, *const u8),
        mask: [u64; 16],
        flags: c_int,
        restorer: *const c_void,
    }

    unsafe extern "C" {
        fn sigaction(signal: c_int, new: *const Action, old: *mut Action) -> c_int;
        fn write(fd: c_int, bytes: *const u8, length: usize) -> isize;
    }

    static CHANNEL: AtomicI32 = AtomicI32::new(-1);

    /// Watches for accesses to memory that is not there, and for aborts.
    pub(crate) fn watch(channel: &Channel) {
        CHANNEL.store(channel.number(), Relaxed);
        let flags = SA_SIGINFO | SA_ONSTACK | SA_RESETHAND;
        let action = Action { handler: tell, mask: [0; 16], flags, restorer: std::ptr::null() };
        for signal in [SIGABRT, SIGBUS, SIGSEGV] {
            // SAFETY: the action is a live value of the shape that glibc wants, and its handler does only
            // what a handler may do.
            unsafe { sigaction(signal, &action, std::ptr::null_mut()) };
        }
    }

    /// Writes the record; only system calls and the handler's own stack are touched.
    extern "C" fn tell(signal: c_int, info: *const u8, context: *const u8) {
        // SAFETY: with SA_SIGINFO the kernel hands over both structures, and they are larger than this.
        let (mut address, stack) = unsafe {
            (info.add(SI_ADDR).cast::<u64>().read_unaligned(), context.add(UC_RSP).cast::<u64>().read_unaligned())
        };
        if signal == SIGABRT {
            address = crate::cost::refused();
        }
        // `f`, a label of two digits, a value of twice sixteen digits with a blank between.
        let mut record = [b'0'; 1 + 4 + 2 + 4 + 33];
        record[0] = b'f';
        record[1..5].copy_from_slice(&2_u32.to_le_bytes());
        decimal(&mut record[5..7], signal.unsigned_abs().into());
        record[7..11].copy_from_slice(&33_u32.to_le_bytes());
        hexadecimal(&mut record[11..27], address);
        record[27] = b' ';
        hexadecimal(&mut record[28..44], stack);
        // SAFETY: the bytes are live for the call. If it fails there is nobody to tell.
        unsafe { write(CHANNEL.load(Relaxed), record.as_ptr(), record.len()) };
    }

    fn decimal(place: &mut [u8], mut number: u64) {
        for digit in place.iter_mut().rev() {
            *digit = b'0' + (number % 10) as u8;
            number /= 10;
        }
    }

    fn hexadecimal(place: &mut [u8], mut number: u64) {
        for digit in place.iter_mut().rev() {
            *digit = b"0123456789abcdef"[(number % 16) as usize];
            number /= 16;
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn numbers_fill_their_places_with_zeros_in_front() {
            let mut place = [0; 4];
            decimal(&mut place, 11);
            assert_eq!(&place, b"0011");
            hexadecimal(&mut place, 0xbeef);
            assert_eq!(&place, b"beef");
        }
    }
}
