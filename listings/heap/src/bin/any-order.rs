//@ value asked: \[u8; (\d+)\]
//@ value apart: the next block begins (\d+) bytes
// ANCHOR: body
/// A block for a seat plan of 100 bytes, and where it is.
fn seat_plan() -> (Box<[u8; 100]>, usize) {
    let block = Box::new([0; 100]);
    let at = block.as_ptr().addr();
    (block, at)
}

fn main() {
    let (first, first_at) = seat_plan();
    let (second, second_at) = seat_plan();
    let (third, third_at) = seat_plan();
    println!("the next block begins {} bytes on", second_at - first_at);
    println!("and the next one      {} bytes on", third_at - second_at);

    drop(second);
    let (fourth, fourth_at) = seat_plan();
    println!(
        "second and fourth at the same place: {}",
        fourth_at == second_at
    );

    drop(first);
    drop(fourth);
    let (_fifth, fifth_at) = seat_plan();
    println!("fifth where the fourth was: {}", fifth_at == fourth_at);

    assert_eq!(fourth_at, second_at); // PROVES 6.01
    assert_eq!(fifth_at, fourth_at);
    assert_eq!(second_at - first_at, third_at - second_at); // PROVES 6.20
    drop(third);
}
// ANCHOR_END: body
