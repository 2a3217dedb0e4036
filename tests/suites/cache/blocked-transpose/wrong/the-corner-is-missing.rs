//! fails: values
//! misconception: When the strip below and the strip at the right are done, nothing is left.

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
    let (rows, columns) = (source.rows(), source.columns());
    let (down, across) = (rows - rows % SIDE, columns - columns % SIDE);
    for top in (0..down).step_by(SIDE) {
        for left in (0..across).step_by(SIDE) {
            let mut piece = [[0; SIDE]; SIDE];
            for row in top..top + SIDE {
                for column in left..left + SIDE {
                    piece[column - left][row - top] = source.get(row, column);
                }
            }
            for (column, line) in piece.iter().enumerate() {
                for (row, value) in line.iter().enumerate() {
                    target.set(left + column, top + row, *value);
                }
            }
        }
    }
    for row in down..rows {
        for column in 0..across.max(columns.min(SIDE)) {
            target.set(column, row, source.get(row, column));
        }
    }
    for row in 0..down {
        for column in across..columns {
            target.set(column, row, source.get(row, column));
        }
    }
}
