struct Cabin(String);

fn main() {
    let clara = Cabin(String::from("Clara"));
    drop(clara);
    println!("{} is aboard", clara.0); //~ E0382
}
