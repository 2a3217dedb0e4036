//! The longer side is halved until a piece is small: nothing in it knows the size of the cache.

use std::ops::Range;

/// Elements in rows and columns, of which one can be read or written at a time.
pub trait Matrix {
    /// How many rows there are.
    fn rows(&self) -> usize;

    /// How many elements are in each row.
    fn columns(&self) -> usize;

    /// The element in a row and a column, both counted from 0.
    fn get(&self, row: usize, column: usize) -> u64;

    /// Puts a value in the place of an element.
    fn set(&mut self, row: usize, column: usize, value: u64);
}

/// What is at most so high and wide is not divided any more.
const SMALL: usize = 16;

/// Puts the element in row `r` and column `c` of the source into row `c` and column `r`
/// of the target, for all of them.
///
/// The target has as many rows as the source has columns, and the other way around.
pub fn transpose(source: &impl Matrix, target: &mut impl Matrix) {
    let whole = (0..source.rows(), 0..source.columns());
    divide(source, target, whole);
}

fn divide(
    source: &impl Matrix,
    target: &mut impl Matrix,
    (rows, columns): (Range<usize>, Range<usize>),
) {
    let half = |range: &Range<usize>| {
        let middle = (range.start + range.len() / 2).next_multiple_of(8);
        middle.min(range.end - 1)
    };
    if rows.len() > SMALL && rows.len() >= columns.len() {
        let middle = half(&rows);
        divide(source, target, (rows.start..middle, columns.clone()));
        divide(source, target, (middle..rows.end, columns));
    } else if columns.len() > SMALL {
        let middle = half(&columns);
        divide(source, target, (rows.clone(), columns.start..middle));
        divide(source, target, (rows, middle..columns.end));
    } else {
        carry(source, target, rows, columns);
    }
}

fn carry(
    source: &impl Matrix,
    target: &mut impl Matrix,
    rows: Range<usize>,
    columns: Range<usize>,
) {
    let mut piece = [[0; SMALL]; SMALL];
    for row in rows.clone() {
        for column in columns.clone() {
            piece[row - rows.start][column - columns.start] = source.get(row, column);
        }
    }
    for column in columns.clone() {
        for row in rows.clone() {
            target.set(column, row, piece[row - rows.start][column - columns.start]);
        }
    }
}
