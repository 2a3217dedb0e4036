//@ args: 1000000
//@ varies handle: handle at (0x[0-9a-f]+)
//@ varies first: first entry at +(0x[0-9a-f]+)
//@ varies last: last entry at +(0x[0-9a-f]+)
//@ value handle-bytes: handle at .*, (\d+) bytes
//@ value block-bytes: the block: (\d+) bytes
// ANCHOR: body
fn main() {
    let text = std::env::args().nth(1).expect("how many entries?");
    let entries: usize = text.parse().expect("a number of entries");
    assert!((1..=10_000_000).contains(&entries), "no ferry is like that");

    let mut list: Vec<i32> = vec![0; entries];
    list[entries - 1] = 17;

    let handle = (&raw const list).addr();
    let first = (&raw const list[0]).addr();
    let last = (&raw const list[entries - 1]).addr();
    let bytes = entries * size_of::<i32>();
    println!("the handle at {handle:#x}, {} bytes", size_of_val(&list));
    println!("first entry at {first:#x}");
    println!("last entry at  {last:#x}");
    println!("the block: {bytes} bytes");

    assert_eq!(last - first, bytes - size_of::<i32>()); // PROVES 6.07
    assert!(!(first..=last).contains(&handle)); // PROVES 6.08, 6.09
}
// ANCHOR_END: body
