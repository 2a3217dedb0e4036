//! A move copies three words, and not the text.

fn consume(text: String) -> usize {
    text.len()
}

fn main() {
    let first = String::from("memory");
    println!("{first}");
    let second = first;
    println!("{second}");
    let length = consume(second);
    println!("{length}");
}
