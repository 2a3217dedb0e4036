//! Cases for `flood-fill`: areas, cost, memory, and large areas in a small stack.

use flood_fill::Map;
use obs::Obs;

const SMALL_STACK: usize = 64 * 1024;

/// How many blocks were filled, and the blocks afterwards.
type Seen = (usize, Vec<u8>);

fn fill(map: &mut Map, x: usize, y: usize, state: u8) -> Seen {
    let filled = map.fill(x, y, state);
    (filled, map.blocks().to_vec())
}

/// A map with blocks in some of the given states, most of them in the first.
fn any_map(o: &mut Obs, states: &[u8], width: usize, height: usize) -> Map {
    let block = |o: &mut Obs| match o.below(5) {
        0 | 1 => states[o.below(states.len() as u64) as usize],
        _ => states[0],
    };
    Map::new(width, (0..width * height).map(|_| block(o)).collect())
}

fn any_side(o: &mut Obs) -> usize {
    let size = o.size();
    1 + o.below(size) as usize
}

fn see_fills(o: &mut Obs, label: &str, states: &[u8], width: usize, height: usize) {
    let mut map = any_map(o, states, width, height);
    for _ in 0..4 {
        let (x, y) = (o.below(width as u64), o.below(height as u64));
        let state = states[o.below(states.len() as u64) as usize];
        o.see::<Seen>(label, fill(&mut map, x as usize, y as usize, state));
    }
}

fn random_maps(o: &mut Obs) {
    for _ in 0..25 {
        let (width, height) = (any_side(o), any_side(o));
        let states = [0, 1, 2 + o.below(3) as u8];
        see_fills(o, "blocks filled, and the map", &states, width, height);
    }
}

fn narrow_maps(o: &mut Obs) {
    for _ in 0..5 {
        let length = any_side(o);
        see_fills(
            o,
            "blocks filled of one row, and the map",
            &[0, 1],
            length,
            1,
        );
        see_fills(
            o,
            "blocks filled of one column, and the map",
            &[0, 1],
            1,
            length,
        );
    }
}

fn any_state(o: &mut Obs) {
    // Every state is the frequent one once.
    for first in 0..=255 {
        let (width, height) = (any_side(o), any_side(o));
        let states = [
            first,
            o.below(256) as u8,
            255 - o.below(2) as u8,
            o.below(2) as u8,
        ];
        let mut map = any_map(o, &states, width, height);
        o.see::<usize>("the width of the map", map.width());
        let (x, y) = (o.below(width as u64), o.below(height as u64));
        let state = o.below(256) as u8;
        o.see::<Seen>(
            "blocks filled, and the map",
            fill(&mut map, x as usize, y as usize, state),
        );
    }
}

fn outside(o: &mut Obs) {
    // With a second row, what lies right of the first one is in the list all the same.
    let (width, height) = (any_side(o), any_side(o) + 1);
    let mut map = any_map(o, &[0, 1], width, height);
    let far = o.below(1000) as usize;
    let inside = (
        o.below(width as u64) as usize,
        o.below(height as u64) as usize,
    );
    for x in [width, width + far, usize::MAX] {
        o.see::<Seen>("a start right of the map", fill(&mut map, x, inside.1, 9));
        o.see::<Seen>("a start right of the top row", fill(&mut map, x, 0, 9));
    }
    for y in [height, height + far, usize::MAX] {
        o.see::<Seen>("a start below the map", fill(&mut map, inside.0, y, 9));
    }
    o.see::<Seen>(
        "a start far away",
        fill(&mut map, usize::MAX, usize::MAX, 9),
    );
    let mut empty = Map::new(far % 2, vec![]);
    o.see::<Seen>("a start on an empty map", fill(&mut empty, 0, 0, 9));
}

/// A map whose blocks are all in one state.
fn full(o: &mut Obs, width: usize, height: usize) -> (Map, usize, usize) {
    let (x, y) = (o.below(width as u64), o.below(height as u64));
    let map = Map::new(width, vec![0; width * height]);
    (map, x as usize, y as usize)
}

/// A corridor that winds from a corner to the middle, and a start in it.
fn spiral(o: &mut Obs, side: usize) -> (Map, usize, usize) {
    let mut blocks = vec![1; side * side];
    let is_open = |blocks: &[u8], (x, y): (usize, usize)| {
        x < side && y < side && blocks[y * side + x] == 0
    };
    let steps = [(1, 0), (0, 1), (usize::MAX, 0), (0, usize::MAX)];
    let (mut here, mut corridor, mut turns, mut turned) = ((0, 0), vec![(0, 0)], 0, 0);
    blocks[0] = 0;
    while turned < 2 {
        let step: (usize, usize) = steps[turns % 4];
        let go =
            |(x, y): (usize, usize)| (x.wrapping_add(step.0), y.wrapping_add(step.1));
        let next = go(here);
        let inside = next.0 < side && next.1 < side;
        if inside && !is_open(&blocks, next) && !is_open(&blocks, go(next)) {
            here = next;
            blocks[here.1 * side + here.0] = 0;
            corridor.push(here);
            turned = 0;
        } else {
            turns += 1;
            turned += 1;
        }
    }
    let (x, y) = corridor[o.below(corridor.len() as u64) as usize];
    (Map::new(side, blocks), x, y)
}

fn side(o: &Obs) -> usize {
    o.size().isqrt() as usize
}

fn cost_full(o: &mut Obs) {
    let side = side(o);
    let (mut map, _, _) = full(o, side, side);
    let filled = o.cost("cost of filling a whole map", || {
        map.fill(side / 2, side / 2, 2)
    });
    o.see::<usize>("blocks filled", filled);
}

fn cost_spiral(o: &mut Obs) {
    let side = side(o);
    let (mut map, x, y) = spiral(o, side);
    let filled = o.cost("cost of filling a spiral", || map.fill(x, y, 2));
    o.see::<usize>("blocks filled", filled);
}

/// Five rows of five blocks somewhere on a large map.
fn small_area(o: &mut Obs) -> (Map, usize, usize) {
    let side = side(o);
    let mut blocks = vec![1; side * side];
    let left = o.below(side as u64 - 5) as usize;
    let top = o.below(side as u64 - 5) as usize;
    for y in top..top + 5 {
        blocks[y * side + left..][..5].fill(0);
    }
    (Map::new(side, blocks), left + 2, top + 2)
}

fn small_area_memory(o: &mut Obs) {
    let (mut map, x, y) = small_area(o);
    let before = probe::address_of(map.blocks());
    let (filled, usage) = probe::process(|| map.fill(x, y, 2));
    o.see::<usize>("blocks filled of a small area", filled);
    o.meter("bytes taken at most for a small area", usage.peak_bytes);
    let stayed = probe::address_of(map.blocks()) == before;
    o.see::<bool>("whether the blocks stayed where they were", stayed);
}

fn small_area_cost(o: &mut Obs) {
    let (mut map, x, y) = small_area(o);
    let filled = o.cost("cost of filling a small area of the map", || {
        map.fill(x, y, 2)
    });
    o.see::<usize>("blocks filled of a small area", filled);
}

fn full_memory(o: &mut Obs) {
    let side = side(o);
    let (mut map, x, y) = full(o, side, side);
    let (filled, usage) = probe::process(|| map.fill(x, y, 2));
    o.see::<usize>("blocks filled of a whole map", filled);
    o.meter("bytes taken at most for a whole map", usage.peak_bytes);
}

fn nothing_leaks(o: &mut Obs) {
    let side = side(o);
    let (mut map, x, y) = full(o, side, side);
    for (x, state) in [(x, 0), (x, 2), (x, 3), (side, 4)] {
        let (filled, usage) = probe::process(|| map.fill(x, y, state));
        o.see::<usize>("blocks filled", filled);
        o.meter(
            "bytes left after filling",
            usage.live_bytes().unsigned_abs(),
        );
    }
}

fn see_in_small_stack(o: &mut Obs, label: &str, map: &mut Map, x: usize, y: usize) {
    let filled = probe::with_stack(SMALL_STACK, || map.fill(x, y, 2));
    o.see::<usize>(label, filled);
    let left = map.blocks().iter().filter(|&&block| block == 0).count();
    o.see::<usize>("blocks that were forgotten", left);
}

fn large_area(o: &mut Obs) {
    let width = (o.size() + o.below(1000)) as usize / 40;
    let (mut map, x, y) = full(o, width, 40);
    see_in_small_stack(o, "filling a large area in a small stack", &mut map, x, y);
}

fn large_spiral(o: &mut Obs) {
    let side = side(o) + o.below(10) as usize;
    let (mut map, x, y) = spiral(o, side);
    see_in_small_stack(o, "filling a long spiral in a small stack", &mut map, x, y);
}

fn main() {
    obs::refusals(probe::refused_requests);
    obs::also_count(probe::reallocated_bytes);
    obs::main(&[
        ("random-maps", random_maps),
        ("narrow-maps", narrow_maps),
        ("any-state", any_state),
        ("outside", outside),
        ("cost-full", cost_full),
        ("cost-spiral", cost_spiral),
        ("small-area-memory", small_area_memory),
        ("small-area-cost", small_area_cost),
        ("full-memory", full_memory),
        ("nothing-leaks", nothing_leaks),
        ("large-area", large_area),
        ("large-spiral", large_spiral),
    ])
}
