//! fails: misses
//! misconception: A target must be cleared before it is filled.

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

/// Rows and columns of a piece: as many elements as a line holds.
const SIDE: usize = 8;

/// Puts the element in row `r` and column `c` of the source into row `c` and column `r`
/// of the target, for all of them.
///
/// The target has as many rows as the source has columns, and the other way around.
pub fn transpose(source: &impl Matrix, target: &mut impl Matrix) {
    for row in 0..target.rows() {
        for column in 0..target.columns() {
            target.set(row, column, 0);
        }
    }
    for top in (0..source.rows()).step_by(SIDE) {
        let rows = top..source.rows().min(top + SIDE);
        for left in (0..source.columns()).step_by(SIDE) {
            let columns = left..source.columns().min(left + SIDE);
            let mut piece = [[0; SIDE]; SIDE];
            for row in rows.clone() {
                for column in columns.clone() {
                    piece[column - left][row - top] = source.get(row, column);
                }
            }
            for column in columns {
                for row in rows.clone() {
                    target.set(column, row, piece[column - left][row - top]);
                }
            }
        }
    }
}
