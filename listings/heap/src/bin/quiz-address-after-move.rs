fn main() {
    let names = vec!["Anna", "Ben"];
    let (handle, block) = ((&raw const names).addr(), names.as_ptr());
    let list = names;
    println!("the handle moved: {}", (&raw const list).addr() != handle);
    println!("the block moved: {}", list.as_ptr() != block);
}
