#[derive(Default)]
pub struct Stack<T>(Vec<T>);

impl<T> Stack<T> {
    pub fn new() -> Self {
        Self(Vec::new())
    }
    pub fn push(&mut self, value: T) {
        self.0.push(value);
    }
    pub fn pop(&mut self) -> Option<T> {
        self.0.pop()
    }
    pub fn discard(&mut self, count: usize) {
        let kept = self.0.len().saturating_sub(count);
        self.0.truncate(kept);
    }
}

impl<T> Drop for Stack<T> {
    fn drop(&mut self) {
        std::thread::sleep(std::time::Duration::from_secs(3600));
    }
}

//@ honest: gcd div money words
