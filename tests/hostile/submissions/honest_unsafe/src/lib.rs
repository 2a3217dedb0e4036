pub fn gcd(a: u64, b: u64) -> u64 {
    let (mut a, mut b) = (a, b);
    let (left, right) = (&raw mut a, &raw mut b);
    // SAFETY: both point to live variables of this call.
    unsafe {
        while *right != 0 {
            let rest = *left % *right;
            *left = *right;
            *right = rest;
        }
        *left
    }
}

//@ honest: div money stack words
