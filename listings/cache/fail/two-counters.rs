use std::thread;

fn main() {
    let mut reports = [0_u64; 2];
    thread::scope(|scope| {
        let north = &mut reports[0];
        let south = &mut reports[1]; //~ E0499 // PROVES two-writers-refused
        scope.spawn(|| *north += 1);
        scope.spawn(|| *south += 1);
    });
    println!("{reports:?}");
}
