// ANCHOR: body
fn main() {
    let (result, refused) = probe::failing_after(0, || {
        let mut numbers: Vec<u64> = Vec::new();
        numbers.try_reserve(10)
    });
    println!("reserved: {}", result.is_ok());
    println!("requests refused: {refused}");
    assert!(result.is_err());
}
// ANCHOR_END: body
