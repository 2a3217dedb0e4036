//! Large buffers that are made where they stay: on the heap.

/// A buffer of `N` zeros.
pub fn zeroed<const N: usize>() -> Box<[u8; N]> {
    // SOLUTION
    sized(vec![0; N].into_boxed_slice())
    // STARTER
    // todo!("make {N} zeros on the heap, without a stop on the stack")
    // END
}

/// A buffer of `N` values; `make` is called with 0, 1, 2 and so on, once for each place.
pub fn filled<T, const N: usize>(make: impl FnMut(usize) -> T) -> Box<[T; N]> {
    // SOLUTION
    let mut values = Vec::with_capacity(N);
    values.extend((0..N).map(make));
    sized(values.into_boxed_slice())
    // STARTER
    // drop(make);
    // todo!("make {N} values on the heap, without a stop on the stack")
    // END
}
// SOLUTION

/// The same values in the same place, with their number as part of the type.
fn sized<T, const N: usize>(values: Box<[T]>) -> Box<[T; N]> {
    match values.try_into() {
        Ok(array) => array,
        Err(_) => unreachable!("there are as many values as asked for"),
    }
}
// END
