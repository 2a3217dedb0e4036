//! A map of rain, one number for each field of a grid, kept row behind row in one vector.

use std::hint::black_box;

/// A map of `width` times `width` fields.
#[must_use]
pub fn map(width: usize) -> Vec<u32> {
    (0..width * width).map(|field| field as u32 % 7).collect()
}

/// The sum of all fields, visited row by row.
#[inline(never)]
#[must_use]
pub fn by_rows(map: &[u32], width: usize) -> u32 {
    let mut sum = 0;
    for y in 0..width {
        for x in 0..width {
            sum += map[y * width + x];
        }
    }
    sum
}

/// The sum of all fields, visited column by column.
#[inline(never)]
#[must_use]
pub fn by_columns(map: &[u32], width: usize) -> u32 {
    let mut sum = 0;
    for x in 0..width {
        for y in 0..width {
            sum += map[y * width + x];
        }
    }
    sum
}

/// Adds one to every `stride`th byte.
#[inline(never)]
pub fn touch(bytes: &mut [u8], stride: usize) {
    for byte in bytes.iter_mut().step_by(stride) {
        *black_box(byte) += 1;
    }
}

/// Adds one to every `step`th number.
#[inline(never)]
pub fn add(numbers: &mut [u64], step: usize) {
    if step == 1 {
        numbers.iter_mut().for_each(|number| *number += 1);
    } else {
        numbers.iter_mut().step_by(step).for_each(|number| *number += 1);
    }
}
