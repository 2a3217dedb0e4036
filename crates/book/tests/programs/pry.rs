//! Tries what a program in the jail may not; each line that it prints says how that went.

fn main() {
    println!("{:?}", std::fs::read("/etc/passwd").map(drop).map_err(|error| error.kind()));
    println!("{:?}", std::fs::read_dir("/").map(drop).map_err(|error| error.kind()));
    println!("{:?}", std::fs::write(std::env::temp_dir().join("left-behind"), "x").map_err(|error| error.kind()));
    println!("{:?}", std::net::TcpStream::connect("127.0.0.1:1").map(drop).map_err(|error| error.kind()));
    println!("{:?}", std::net::TcpListener::bind("127.0.0.1:0").map(drop).map_err(|error| error.kind()));
    println!("{:?}", std::fs::read("/proc/1/environ").map(drop).map_err(|error| error.kind()));
    let names: Vec<String> = std::env::vars().map(|(name, _)| name).collect();
    println!("{}", names.contains(&"HOME".to_owned()));
}
