use std::mem::{align_of, size_of};

#[repr(align(64))]
struct Alone(u8);

fn main() {
    let flags = [const { Alone(0) }; 4];
    println!(
        "{} bytes, aligned to {}",
        size_of::<Alone>(),
        align_of::<Alone>()
    );
    println!("four of them: {} bytes", size_of_val(&flags));
    assert!(flags.iter().all(|flag| flag.0 == 0));
}
