pub fn gcd(a: u64, b: u64) -> u64 {
    let step = move || {
        let (mut a, mut b) = (a, b);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    std::thread::spawn(step).join().expect("the thread does not panic")
}

//@ honest: div money stack words
