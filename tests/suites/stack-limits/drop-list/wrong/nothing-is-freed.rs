//! fails: freed
//! misconception: A list that is forgotten cannot overflow the stack.

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
        let mut place = &mut self.newest;
        for _ in 0..length {
            match place {
                Some(node) => place = &mut node.older,
                None => return,
            }
        }
        let cut = List {
            newest: place.take(),
        };
        drop(cut);
    }
}

impl<T> Drop for List<T> {
    fn drop(&mut self) {
        std::mem::forget(self.newest.take());
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
