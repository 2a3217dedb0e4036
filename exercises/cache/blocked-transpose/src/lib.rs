//! A matrix is transposed in square pieces, so that every line is fetched once.

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

/// Puts the element in row `r` and column `c` of the source into row `c` and column `r`
/// of the target, for all of them.
///
/// The target has as many rows as the source has columns, and the other way around.
pub fn transpose(source: &impl Matrix, target: &mut impl Matrix) {
    todo!(
        "transpose {} rows of {} elements into {} rows",
        source.rows(),
        source.columns(),
        target.rows()
    )
}
