//! fails: depth
//! misconception: An area has no more levels than the map has rows.

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
        if x >= self.width || y >= self.height() {
            return 0;
        }
        let start = y * self.width + x;
        let old = self.blocks[start];
        if old == state {
            return 0;
        }
        self.fill_run(start, old, state)
    }

    fn fill_run(&mut self, place: usize, old: u8, state: u8) -> usize {
        let row = place - place % self.width;
        let mut first = place;
        while first > row && self.blocks[first - 1] == old {
            first -= 1;
        }
        let mut end = first;
        while end < row + self.width && self.blocks[end] == old {
            self.blocks[end] = state;
            end += 1;
        }
        let mut filled = end - first;
        let mut place = first;
        while place < end {
            if place >= self.width && self.blocks[place - self.width] == old {
                filled += self.fill_run(place - self.width, old, state);
            }
            if self.blocks.get(place + self.width) == Some(&old) {
                filled += self.fill_run(place + self.width, old, state);
            }
            place += 1;
        }
        filled
    }
}
