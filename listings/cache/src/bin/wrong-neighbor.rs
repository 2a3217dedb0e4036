//@ ends: panic
//@ varies tid: \((\d+)\) panicked

const WIDTH: usize = 6;
const HEIGHT: usize = 4;

fn main() {
    let map: Vec<u32> = (0..HEIGHT * WIDTH).map(|n| n as u32).collect();
    let mut sum = 0;
    for x in 0..WIDTH {
        for y in 0..HEIGHT {
            sum += map[x * WIDTH + y];
        }
        println!("column {x} added, the sum is {sum}");
    }
}
