//! Large buffers that are made where they stay: on the heap.

/// A buffer of `N` zeros.
pub fn zeroed<const N: usize>() -> Box<[u8; N]> {
    todo!("make {N} zeros on the heap, without a stop on the stack")
}

/// A buffer of `N` values; `make` is called with 0, 1, 2 and so on, once for each place.
pub fn filled<T, const N: usize>(make: impl FnMut(usize) -> T) -> Box<[T; N]> {
    drop(make);
    todo!("make {N} values on the heap, without a stop on the stack")
}
