//! fails: small-stack
//! misconception: `Box::new` puts its argument on the heap, so the array is made there.

/// A buffer of `N` zeros.
pub fn zeroed<const N: usize>() -> Box<[u8; N]> {
    Box::new([0; N])
}

/// A buffer of `N` values; `make` is called with 0, 1, 2 and so on, once for each place.
pub fn filled<T, const N: usize>(make: impl FnMut(usize) -> T) -> Box<[T; N]> {
    Box::new(std::array::from_fn(make))
}
