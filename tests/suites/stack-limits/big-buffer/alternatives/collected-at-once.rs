//! A range knows its length, so `collect` asks for the right block at once.

/// A buffer of `N` zeros.
pub fn zeroed<const N: usize>() -> Box<[u8; N]> {
    let zeros = vec![0; N];
    zeros
        .try_into()
        .unwrap_or_else(|_| unreachable!("there are N zeros"))
}

/// A buffer of `N` values; `make` is called with 0, 1, 2 and so on, once for each place.
pub fn filled<T, const N: usize>(make: impl FnMut(usize) -> T) -> Box<[T; N]> {
    let values: Box<[T]> = (0..N).map(make).collect();
    match Box::try_from(values) {
        Ok(array) => array,
        Err(_) => unreachable!("there are N values"),
    }
}
