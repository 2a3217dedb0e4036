//! fails: values
//! misconception: There is always a first value, and it tells what kind of buffer to make.

/// A buffer of `N` zeros.
pub fn zeroed<const N: usize>() -> Box<[u8; N]> {
    sized(vec![0; N].into_boxed_slice())
}

/// A buffer of `N` values; `make` is called with 0, 1, 2 and so on, once for each place.
pub fn filled<T, const N: usize>(mut make: impl FnMut(usize) -> T) -> Box<[T; N]> {
    let first = make(0);
    let mut values = Vec::with_capacity(N);
    values.push(first);
    values.extend((1..N).map(make));
    values.truncate(N);
    sized(values.into_boxed_slice())
}

/// The same values in the same place, with their number as part of the type.
fn sized<T, const N: usize>(values: Box<[T]>) -> Box<[T; N]> {
    match values.try_into() {
        Ok(array) => array,
        Err(_) => unreachable!("there are as many values as asked for"),
    }
}
