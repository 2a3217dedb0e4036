//! What waits is a pair of column and row, and the oldest is taken first.

use std::collections::VecDeque;

type Queue = VecDeque<(usize, usize)>;

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
        let old = self.blocks[y * self.width + x];
        if old == state {
            return 0;
        }
        let mut filled = 0;
        let mut waiting = VecDeque::new();
        self.meet((x, y), old, state, &mut waiting);
        while let Some((x, y)) = waiting.pop_front() {
            filled += 1;
            self.meet((x.wrapping_sub(1), y), old, state, &mut waiting);
            self.meet((x + 1, y), old, state, &mut waiting);
            self.meet((x, y.wrapping_sub(1)), old, state, &mut waiting);
            self.meet((x, y + 1), old, state, &mut waiting);
        }
        filled
    }

    fn meet(&mut self, (x, y): (usize, usize), old: u8, new: u8, queue: &mut Queue) {
        if x < self.width && y < self.height() && self.blocks[y * self.width + x] == old {
            self.blocks[y * self.width + x] = new;
            queue.push_back((x, y));
        }
    }
}
