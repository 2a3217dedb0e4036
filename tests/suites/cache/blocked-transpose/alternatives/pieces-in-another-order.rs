//! The pieces are taken column by column, and two local lines are enough.

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
    for left in (0..source.columns()).step_by(SIDE) {
        let wide = SIDE.min(source.columns() - left);
        for top in (0..source.rows()).step_by(SIDE) {
            let high = SIDE.min(source.rows() - top);
            let mut piece = [0; SIDE * SIDE];
            for place in 0..high * wide {
                let (row, column) = (place / wide, place % wide);
                piece[column * high + row] = source.get(top + row, left + column);
            }
            for (place, value) in piece[..high * wide].iter().enumerate() {
                target.set(left + place / high, top + place % high, *value);
            }
        }
    }
}
