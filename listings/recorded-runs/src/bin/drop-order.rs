//@ trace

struct Sensor(u8);

impl Drop for Sensor {
    fn drop(&mut self) {
        println!("sensor {} off", self.0);
    }
}

fn main() {
    let first = Box::new(Sensor(1));
    let second = Some(Box::new(Sensor(2)));
    {
        let inner = Sensor(3);
        println!("sensor {} on", inner.0);
    }
    let taken = first;
    println!("{} {}", taken.0, second.is_some());
    // SAY: `taken` was declared last, so it is dropped first. `first` has nothing left to drop.
    // ASK: What does the end of `main` print? | printed | sensor 2 off, sensor 1 off
}
