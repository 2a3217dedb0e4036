//! fails: misses
//! misconception: What is written in its order in memory is written well, and reading is cheap.

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
    for column in 0..source.columns() {
        for row in 0..source.rows() {
            target.set(column, row, source.get(row, column));
        }
    }
}
