//! Values of all kinds.

#[derive(Clone, Copy)]
enum Color {
    Red,
    Green,
}

enum Shape {
    Circle { r: f64 },
    Square(u8, char),
    Empty,
}

struct Pair<T> {
    left: T,
    right: Option<T>,
}

fn use_all<T>(_: &T) {}

fn main() {
    let color = if std::env::args().count() > 9 { Color::Red } else { Color::Green };
    let shapes = [Shape::Circle { r: 1.5 }, Shape::Square(7, 'x'), Shape::Empty];
    let pair = Pair { left: 1_i64, right: Some(-2) };
    let text = String::from("h\u{e9}llo");
    let part = &text[1..3];
    let grid = [[1_u8, 2], [3, 4]];
    let tuple = (1_u16, "two", 3.5_f32, true, ());
    let empty: Vec<String> = Vec::new();
    let nested = vec![vec![1_u32, 2], vec![3]];
    let slice: Box<[u16]> = vec![9, 8].into_boxed_slice();
    let wide = text.len() as u128;
    let maybe: Option<&str> = None;
    use_all(&(color, &shapes, &pair, part, &grid, &tuple, &empty, &nested, &slice, wide, maybe));
    std::process::exit(i32::from(pair.left > 1 || pair.right.is_none()));
}
