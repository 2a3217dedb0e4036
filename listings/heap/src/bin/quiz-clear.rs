fn main() {
    let mut queue = vec![0_u32; 1000];
    queue.clear();
    println!("{} cars, room for {}", queue.len(), queue.capacity());
    queue.shrink_to_fit();
    println!("{} cars, room for {}", queue.len(), queue.capacity());
}
