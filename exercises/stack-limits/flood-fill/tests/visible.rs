//! The tests that you see. The grader has more of the same kinds.

use flood_fill::Map;

const SMALL_STACK: usize = 64 * 1024;

fn map() -> Map {
    #[rustfmt::skip]
    let blocks = vec![
        0, 0, 1, 0,
        1, 0, 1, 0,
        0, 1, 1, 0,
    ];
    Map::new(4, blocks)
}

#[test]
fn an_area_ends_at_blocks_in_another_state() {
    let mut map = map();
    assert_eq!(map.fill(0, 0, 7), 3);
    assert_eq!(map.blocks(), [7, 7, 1, 0, 1, 7, 1, 0, 0, 1, 1, 0]);
}

#[test]
fn blocks_that_touch_at_a_corner_are_not_connected() {
    let mut map = map();
    assert_eq!(map.fill(1, 1, 7), 3, "0 in row 2 touches at a corner only");
    assert_eq!(map.fill(2, 0, 8), 4, "1 in row 1 is not connected");
    assert_eq!(map.blocks(), [7, 7, 8, 0, 1, 7, 8, 0, 0, 8, 8, 0]);
}

#[test]
fn a_start_outside_changes_nothing() {
    let mut map = map();
    assert_eq!(map.fill(4, 2, 7), 0, "there are 4 columns");
    assert_eq!(map.fill(0, 3, 7), 0, "there are 3 rows");
    assert_eq!(map.blocks(), self::map().blocks());
}

#[test]
fn a_state_that_is_there_already_changes_nothing() {
    let mut map = map();
    assert_eq!(map.fill(2, 1, 1), 0);
    assert_eq!(map.blocks(), self::map().blocks());
}

#[test]
fn an_area_is_filled_in_a_small_stack() {
    let mut map = Map::new(60, vec![0; 60 * 60]);
    let filled = probe::with_stack(SMALL_STACK, || map.fill(30, 30, 1));
    assert_eq!(filled, 60 * 60);
    assert_eq!(map.blocks(), [1; 60 * 60]);
}
