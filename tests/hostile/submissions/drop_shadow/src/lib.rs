/// Never drops its values by itself.
pub struct Stack<T>(std::mem::ManuallyDrop<Vec<T>>);

pub fn drop<T>(mut stack: Stack<T>) {
    stack.0.clear();
}

impl<T> Stack<T> {
    pub fn new() -> Self {
        Self(std::mem::ManuallyDrop::new(Vec::new()))
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

impl<T> Default for Stack<T> {
    fn default() -> Self {
        Self::new()
    }
}

//@ honest: gcd div money words
