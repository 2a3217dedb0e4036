//! Everything that frees goes through one function that takes the first node.

/// A list that owns its nodes, each in a box owned by the one before it.
#[derive(Debug)]
pub struct List<T> {
    newest: Option<Box<Node<T>>>,
}

#[derive(Debug)]
struct Node<T> {
    value: T,
    older: Option<Box<Node<T>>>,
}

impl<T> List<T> {
    /// A list with nothing in it.
    pub fn new() -> Self {
        Self { newest: None }
    }

    /// Puts a value in front.
    pub fn push(&mut self, value: T) {
        let older = self.newest.take();
        self.newest = Some(Box::new(Node { value, older }));
    }

    fn pop(&mut self) -> Option<T> {
        let Node { value, older } = *self.newest.take()?;
        self.newest = older;
        Some(value)
    }

    /// The values, the newest first.
    pub fn iter(&self) -> Iter<'_, T> {
        Iter {
            next: self.newest.as_deref(),
        }
    }

    /// Keeps the newest `length` values and drops the others.
    ///
    /// Nothing happens if there are not more than `length`.
    pub fn truncate(&mut self, length: usize) {
        let mut rest = List {
            newest: self.newest.take(),
        };
        let mut place = &mut self.newest;
        for _ in 0..length {
            let Some(value) = rest.pop() else {
                return;
            };
            place = &mut place.insert(Box::new(Node { value, older: None })).older;
        }
    }
}

impl<T> Drop for List<T> {
    fn drop(&mut self) {
        while self.pop().is_some() {}
    }
}

impl<T: Clone> Clone for List<T> {
    /// A list with clones of the same values in the same order.
    fn clone(&self) -> Self {
        let mut clone = List::new();
        let mut place = &mut clone.newest;
        for value in self.iter() {
            let node = place.insert(Box::new(Node {
                value: value.clone(),
                older: None,
            }));
            place = &mut node.older;
        }
        clone
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// The values of a list, the newest first.
#[derive(Debug)]
pub struct Iter<'a, T> {
    next: Option<&'a Node<T>>,
}

impl<'a, T> Iterator for Iter<'a, T> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        let node = self.next?;
        self.next = node.older.as_deref();
        Some(&node.value)
    }
}
