//! fails: area
//! misconception: A start is on the map if its place is in the list.

/// The map of a disk: one byte for each block, which says in which state the block is.
#[derive(Clone, Debug)]
pub struct Map {
    width: usize,
    blocks: Vec<u8>,
}

impl Map {
    /// A map with rows of `width` blocks. The blocks come row by row, the top row first.
    ///
    /// # Panics
    /// When the last row is not full.
    pub fn new(width: usize, blocks: Vec<u8>) -> Self {
        let left_over = blocks.len().checked_rem(width).unwrap_or(blocks.len());
        assert_eq!(left_over, 0, "the last row is not full");
        Self { width, blocks }
    }

    /// Blocks in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.blocks.len().checked_div(self.width).unwrap_or(0)
    }

    /// All blocks, row by row.
    pub fn blocks(&self) -> &[u8] {
        &self.blocks
    }

    /// Gives the area around a block another state, and returns how many blocks it changed.
    ///
    /// To the area belong the block in column `x` of row `y`, and every block in the same
    /// state to the left, to the right, above and below of one that belongs to it.
    pub fn fill(&mut self, x: usize, y: usize, state: u8) -> usize {
        let row = y.checked_mul(self.width);
        let Some(start) = row.and_then(|row| row.checked_add(x)) else {
            return 0;
        };
        let Some(&old) = self.blocks.get(start) else {
            return 0;
        };
        if old == state {
            return 0;
        }
        self.blocks[start] = state;
        let mut waiting = vec![start];
        let mut filled = 1;
        while let Some(block) = waiting.pop() {
            for neighbor in self.neighbors(block).into_iter().flatten() {
                if self.blocks[neighbor] == old {
                    self.blocks[neighbor] = state;
                    filled += 1;
                    waiting.push(neighbor);
                }
            }
        }
        filled
    }

    /// The places beside a place, as far as the map goes.
    fn neighbors(&self, place: usize) -> [Option<usize>; 4] {
        let column = place % self.width;
        let below = place + self.width;
        [
            (column > 0).then(|| place - 1),
            (column + 1 < self.width).then_some(place + 1),
            place.checked_sub(self.width),
            (below < self.blocks.len()).then_some(below),
        ]
    }
}
