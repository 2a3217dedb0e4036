//! fails: once
//! misconception: A little room more than needed does no harm, because the box takes only what it needs.

/// A buffer of `N` zeros.
pub fn zeroed<const N: usize>() -> Box<[u8; N]> {
    let mut zeros = vec![0; N + usize::from(N > 0)];
    zeros.truncate(N);
    sized(zeros.into_boxed_slice())
}

/// A buffer of `N` values; `make` is called with 0, 1, 2 and so on, once for each place.
pub fn filled<T, const N: usize>(make: impl FnMut(usize) -> T) -> Box<[T; N]> {
    let mut values = Vec::with_capacity(N + usize::from(N > 0));
    values.extend((0..N).map(make));
    sized(values.into_boxed_slice())
}

/// The same values in the same place, with their number as part of the type.
fn sized<T, const N: usize>(values: Box<[T]>) -> Box<[T; N]> {
    match values.try_into() {
        Ok(array) => array,
        Err(_) => unreachable!("there are as many values as asked for"),
    }
}
