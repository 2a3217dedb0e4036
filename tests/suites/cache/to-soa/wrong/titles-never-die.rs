//! fails: drops
//! misconception: What is moved by hand must not be dropped by itself.

/// A song.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Song<T> {
    /// What it is called.
    pub title: T,
    /// How often it was played.
    pub plays: u64,
    /// How long it is.
    pub seconds: u32,
    /// Whether it has a heart.
    pub liked: bool,
}

/// A song as a list shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View<'a, T> {
    /// What it is called.
    pub title: &'a T,
    /// How often it was played.
    pub plays: u64,
    /// How long it is.
    pub seconds: u32,
    /// Whether it has a heart.
    pub liked: bool,
}

/// A list of songs.
#[derive(Debug)]
pub struct Songs<T> {
    titles: Vec<std::mem::ManuallyDrop<T>>,
    plays: Vec<u64>,
    seconds: Vec<u32>,
    liked: Vec<bool>,
}

impl<T> Songs<T> {
    /// A list without songs.
    pub fn new() -> Self {
        Self::with_capacity(0)
    }

    /// A list without songs, with room for so many.
    pub fn with_capacity(songs: usize) -> Self {
        Self {
            titles: Vec::with_capacity(songs),
            plays: Vec::with_capacity(songs),
            seconds: Vec::with_capacity(songs),
            liked: Vec::with_capacity(songs),
        }
    }

    /// How many songs there are.
    pub fn len(&self) -> usize {
        self.titles.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Puts a song at the end.
    pub fn push(&mut self, song: Song<T>) {
        self.titles.push(std::mem::ManuallyDrop::new(song.title));
        self.plays.push(song.plays);
        self.seconds.push(song.seconds);
        self.liked.push(song.liked);
    }

    /// Shows the song in a place, if there is one.
    pub fn get(&self, place: usize) -> Option<View<'_, T>> {
        Some(View {
            title: self.titles.get(place)?,
            plays: self.plays[place],
            seconds: self.seconds[place],
            liked: self.liked[place],
        })
    }

    /// How often each song was played.
    pub fn plays(&self) -> &[u64] {
        &self.plays
    }

    /// How often each song was played, to be changed in place.
    pub fn plays_mut(&mut self) -> &mut [u64] {
        &mut self.plays
    }

    /// How long each song is.
    pub fn seconds(&self) -> &[u32] {
        &self.seconds
    }

    /// Takes the song out of a place, and puts the last one there. `None` if the list
    /// has no such place.
    pub fn swap_remove(&mut self, place: usize) -> Option<Song<T>> {
        (place < self.len()).then(|| Song {
            title: std::mem::ManuallyDrop::into_inner(self.titles.swap_remove(place)),
            plays: self.plays.swap_remove(place),
            seconds: self.seconds.swap_remove(place),
            liked: self.liked.swap_remove(place),
        })
    }

    /// Asks for each song, from the first to the last, whether to keep it, and drops the
    /// others. Those that stay keep their order.
    pub fn retain(&mut self, mut keep: impl FnMut(View<'_, T>) -> bool) {
        let mut kept = 0;
        for place in 0..self.len() {
            if self.get(place).is_some_and(&mut keep) {
                self.titles.swap(kept, place);
                self.plays.swap(kept, place);
                self.seconds.swap(kept, place);
                self.liked.swap(kept, place);
                kept += 1;
            }
        }
        self.titles.truncate(kept);
        self.plays.truncate(kept);
        self.seconds.truncate(kept);
        self.liked.truncate(kept);
    }
}

impl<T> Default for Songs<T> {
    fn default() -> Self {
        Self::new()
    }
}
