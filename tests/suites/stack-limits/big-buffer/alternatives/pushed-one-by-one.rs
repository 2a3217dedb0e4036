//! A vector with room for all of them never has to move.

/// A buffer of `N` zeros.
pub fn zeroed<const N: usize>() -> Box<[u8; N]> {
    let zeros: Box<[u8]> = Box::from(vec![0; N]);
    sized(zeros)
}

/// A buffer of `N` values; `make` is called with 0, 1, 2 and so on, once for each place.
pub fn filled<T, const N: usize>(mut make: impl FnMut(usize) -> T) -> Box<[T; N]> {
    let mut values = Vec::new();
    values.reserve_exact(N);
    for place in 0..N {
        values.push(make(place));
    }
    sized(Box::from(values))
}

/// The same values in the same place, with their number as part of the type.
fn sized<T, const N: usize>(values: Box<[T]>) -> Box<[T; N]> {
    match values.try_into() {
        Ok(array) => array,
        Err(_) => unreachable!("there are as many values as asked for"),
    }
}
