//! code: E0597
//! criterion: types
//! tried: keeping a leaked value longer than what it borrows

use my_box::MyBox;

fn main() {
    let leaked: &'static mut &'static str;
    {
        let word = String::from("short");
        leaked = MyBox::new(word.as_str()).leak();
    }
    println!("{leaked}");
}
