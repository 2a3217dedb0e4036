/// The size of a `T` in machine words, rounded up. A word is as large as a `usize`: 8 bytes on
/// a 64-bit machine.
///
/// It sees the value itself, not what the value points to.
///
/// ```
/// assert_eq!(probe::words::<&u8>(), 1);
/// assert_eq!(probe::words::<&[u8]>(), 2); // address, length
/// assert_eq!(probe::words::<Vec<u8>>(), 3); // address, length, capacity
/// assert_eq!(probe::words::<()>(), 0);
/// assert_eq!(probe::words::<u8>(), 1); // rounded up
/// ```
#[must_use]
pub const fn words<T>() -> usize {
    size_of::<T>().div_ceil(size_of::<usize>())
}

/// The address of a value, as a number, to compare with others: did it move, what lies next to
/// it?
///
/// It keeps nothing alive: another value may have the same address later. Values without a
/// size may share an address with others at any time.
///
/// ```
/// let mut names = vec!["Ada", "Grace"];
/// let first = probe::address_of(&names[0]);
/// assert_eq!(probe::address_of(&names[1]) - first, size_of::<&str>());
/// names.pop();
/// assert_eq!(probe::address_of(&names[0]), first);
/// ```
#[must_use]
pub fn address_of<T: ?Sized>(value: &T) -> usize {
    std::ptr::from_ref(value).addr()
}
