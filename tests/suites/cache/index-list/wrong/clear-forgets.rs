//! fails: drops
//! misconception: Values that no link leads to are gone.

/// Stands for one value in a list, as long as it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handle {
    place: u32,
    generation: u32,
}

/// No place.
const NOWHERE: u32 = u32::MAX;

/// A place for a value.
#[derive(Debug)]
struct Place<T> {
    /// How many values have been taken out of it.
    generation: u32,
    previous: u32,
    /// The place of the value behind; in a free place, another free place.
    next: u32,
    value: Option<T>,
}

/// Values in an order of which each knows the one before it and the one behind it.
#[derive(Debug)]
pub struct List<T> {
    places: Vec<Place<T>>,
    first: u32,
    last: u32,
    free: u32,
    length: usize,
}

impl<T> List<T> {
    /// A list without values, which has asked for no memory yet.
    pub fn new() -> Self {
        Self::with_capacity(0)
    }

    /// A list without values, with room for so many.
    pub fn with_capacity(values: usize) -> Self {
        Self {
            places: Vec::with_capacity(values),
            first: NOWHERE,
            last: NOWHERE,
            free: NOWHERE,
            length: 0,
        }
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The first value.
    pub fn front(&self) -> Option<Handle> {
        self.handle(self.first)
    }

    /// The last value.
    pub fn back(&self) -> Option<Handle> {
        self.handle(self.last)
    }

    /// The value behind another one.
    pub fn next(&self, handle: Handle) -> Option<Handle> {
        self.handle(self.place(handle)?.next)
    }

    /// The value before another one.
    pub fn previous(&self, handle: Handle) -> Option<Handle> {
        self.handle(self.place(handle)?.previous)
    }

    /// Shows a value.
    pub fn get(&self, handle: Handle) -> Option<&T> {
        self.place(handle)?.value.as_ref()
    }

    /// Shows a value, to be changed in place.
    pub fn get_mut(&mut self, handle: Handle) -> Option<&mut T> {
        self.place_mut(handle)?.value.as_mut()
    }

    /// The values, from the first to the last.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        let handles = std::iter::successors(self.front(), |handle| self.next(*handle));
        handles.filter_map(|handle| self.get(handle))
    }

    /// Puts a value before all others.
    pub fn push_front(&mut self, value: T) -> Handle {
        self.link(NOWHERE, value, self.first)
    }

    /// Puts a value behind all others.
    pub fn push_back(&mut self, value: T) -> Handle {
        self.link(self.last, value, NOWHERE)
    }

    /// Puts a value before another one.
    ///
    /// # Errors
    ///
    /// The value, if there is none behind the handle.
    pub fn insert_before(&mut self, handle: Handle, value: T) -> Result<Handle, T> {
        match self.place(handle).map(|place| place.previous) {
            Some(previous) => Ok(self.link(previous, value, handle.place)),
            None => Err(value),
        }
    }

    /// Puts a value behind another one.
    ///
    /// # Errors
    ///
    /// The value, if there is none behind the handle.
    pub fn insert_after(&mut self, handle: Handle, value: T) -> Result<Handle, T> {
        match self.place(handle).map(|place| place.next) {
            Some(next) => Ok(self.link(handle.place, value, next)),
            None => Err(value),
        }
    }

    /// Takes a value out.
    pub fn remove(&mut self, handle: Handle) -> Option<T> {
        let free = self.free;
        let place = self.place_mut(handle)?;
        let value = place.value.take()?;
        let (previous, next) = (place.previous, place.next);
        place.generation = place.generation.wrapping_add(1);
        place.next = free;
        self.free = handle.place;
        self.join(previous, next);
        self.length -= 1;
        Some(value)
    }

    /// Drops all values. The memory stays, and no handle shows anything any more.
    pub fn clear(&mut self) {
        for at in 0..self.places.len() {
            let place = &mut self.places[at];
            place.generation = place.generation.wrapping_add(1);
            place.next = if at == 0 { NOWHERE } else { at as u32 - 1 };
        }
        self.free = (self.places.len() as u32).wrapping_sub(1);
        (self.first, self.last) = (NOWHERE, NOWHERE);
        self.length = 0;
    }

    fn place(&self, handle: Handle) -> Option<&Place<T>> {
        let place = self.places.get(handle.place as usize)?;
        (place.generation == handle.generation).then_some(place)
    }

    fn place_mut(&mut self, handle: Handle) -> Option<&mut Place<T>> {
        let place = self.places.get_mut(handle.place as usize)?;
        (place.generation == handle.generation).then_some(place)
    }

    fn handle(&self, place: u32) -> Option<Handle> {
        let generation = self.places.get(place as usize)?.generation;
        Some(Handle { place, generation })
    }

    /// Puts a value between two places, each of which may be nowhere.
    fn link(&mut self, previous: u32, value: T, next: u32) -> Handle {
        let at = self.free_place();
        let place = &mut self.places[at as usize];
        self.free = place.next;
        (place.previous, place.next) = (previous, next);
        place.value = Some(value);
        let generation = place.generation;
        self.join(previous, at);
        self.join(at, next);
        self.length += 1;
        Handle {
            place: at,
            generation,
        }
    }

    /// The first free place. If there is none, a new one is made.
    fn free_place(&mut self) -> u32 {
        if self.free == NOWHERE {
            self.free = u32::try_from(self.places.len()).unwrap_or(NOWHERE);
            assert_ne!(self.free, NOWHERE, "no number is left for a place");
            self.places.push(Place {
                generation: 0,
                previous: NOWHERE,
                next: NOWHERE,
                value: None,
            });
        }
        self.free
    }

    /// Makes two places neighbors. Nowhere stands for an end of the list.
    fn join(&mut self, previous: u32, next: u32) {
        match self.places.get_mut(previous as usize) {
            Some(place) => place.next = next,
            None => self.first = next,
        }
        match self.places.get_mut(next as usize) {
            Some(place) => place.previous = previous,
            None => self.last = previous,
        }
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self::new()
    }
}
