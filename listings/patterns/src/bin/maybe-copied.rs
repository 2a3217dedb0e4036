//@ trace

use std::borrow::Cow;

fn tidy(title: &str) -> Cow<'_, str> {
    if title.contains('\t') {
        Cow::Owned(title.replace('\t', " "))
    } else {
        Cow::Borrowed(title)
    }
}

fn main() {
    let first = String::from("Flood");
    let second = String::from("Harvest\tbegins");
    // SAY: Two titles, in a block each. The second one holds a tab.
    // ASK: How many blocks will there be when the first title has been tidied? | blocks | 3
    let flood = tidy(&first);
    // SAY: It was tidy already. The result is a borrow: it leads into the block of `first`, and no letter was copied.
    // ASK: And when the second one has been tidied? | blocks | 2
    let harvest = tidy(&second);
    // SAY: Something had to change, so this one owns a block with a text of its own.
    println!("{flood}, {harvest}");
}
