//@ proves 6.24: cabin of Anna is free
//@ proves 6.26: cabin of Clara is free
// ANCHOR: body
struct Cabin(&'static str);

impl Drop for Cabin {
    fn drop(&mut self) {
        println!("cabin of {} is free", self.0);
    }
}

fn early(canceled: bool) {
    let _cabin = Cabin("Ben");
    if canceled {
        return;
    }
    println!("never reached");
}

fn main() {
    let anna = Box::new(Cabin("Anna"));
    let clara = Cabin("Clara");
    early(true);
    drop(clara);
    println!("the end of main");
    println!("{} is still aboard", anna.0);
}
// ANCHOR_END: body
