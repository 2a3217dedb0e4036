//@ trace

struct Booking {
    number: u32,
    seats: u32,
}

fn take_booking(number: u32) -> Box<Booking> {
    let booking = Booking { number, seats: 2 };
    // SAY: The booking is a local now, in the frame of `take_booking`. The next line asks for a block and moves it there.
    let mut boxed = Box::new(booking);
    // SAY: From here on the booking is changed through the pointer. The local copy was moved from.
    boxed.seats += 1;
    boxed
}

fn check_in(booking: Box<Booking>) -> u32 {
    let seats = booking.seats;
    // SAY: `booking` is the owner now. The block will be freed at the end of this function.
    println!("booking {} has boarded", booking.number);
    seats
}

fn main() {
    let mine = take_booking(17);
    // SAY: The frame that made the block is gone. The block is where it was.
    println!("booking {} is made", mine.number);
    // ASK: How many blocks of the heap are there after this line? | blocks | 2 | 0
    let yours = mine;
    // SAY: One word was copied: the address. The booking did not move.
    let seats = check_in(yours);
    // ASK: How many blocks will be left over at the end? | leaked | 1 | 2
    println!("{seats} seats taken");
}
