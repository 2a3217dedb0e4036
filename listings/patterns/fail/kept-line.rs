fn main() {
    let mut line = String::with_capacity(32);
    let mut lines: Vec<&str> = Vec::new();
    for title in ["Flood", "Harvest begins"] {
        line.clear(); //~ E0502
        line.push_str(title); //~ E0502
        lines.push(&line);
    }
    println!("{} lines", lines.len());
}
