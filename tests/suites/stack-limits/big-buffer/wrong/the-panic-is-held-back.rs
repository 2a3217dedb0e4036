//! fails: panic
//! misconception: A panic must be caught and passed on at the end, so that every place has its value.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// A buffer of `N` zeros.
pub fn zeroed<const N: usize>() -> Box<[u8; N]> {
    sized(vec![0; N].into_boxed_slice())
}

/// A buffer of `N` values; `make` is called with 0, 1, 2 and so on, once for each place.
pub fn filled<T, const N: usize>(mut make: impl FnMut(usize) -> T) -> Box<[T; N]> {
    let mut panic = None;
    let mut values = Vec::with_capacity(N);
    for place in 0..N {
        match catch_unwind(AssertUnwindSafe(|| make(place))) {
            Ok(value) => values.push(value),
            Err(caught) => panic = Some(caught),
        }
    }
    if let Some(panic) = panic {
        resume_unwind(panic);
    }
    sized(values.into_boxed_slice())
}

/// The same values in the same place, with their number as part of the type.
fn sized<T, const N: usize>(values: Box<[T]>) -> Box<[T; N]> {
    match values.try_into() {
        Ok(array) => array,
        Err(_) => unreachable!("there are as many values as asked for"),
    }
}
