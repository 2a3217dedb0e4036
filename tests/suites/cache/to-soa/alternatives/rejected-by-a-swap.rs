//! What is rejected lies in a gap between those that stay and those still to be asked for; the cut comes at the end.

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
    titles: Vec<T>,
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
        self.titles.push(song.title);
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
        let last = self.len().checked_sub(1)?;
        if place > last {
            return None;
        }
        self.exchange(place, last);
        Some(Song {
            title: self.titles.pop()?,
            plays: self.plays.pop()?,
            seconds: self.seconds.pop()?,
            liked: self.liked.pop()?,
        })
    }

    fn exchange(&mut self, a: usize, b: usize) {
        self.titles.swap(a, b);
        self.plays.swap(a, b);
        self.seconds.swap(a, b);
        self.liked.swap(a, b);
    }

    fn cut(&mut self, length: usize) {
        self.titles.truncate(length);
        self.plays.truncate(length);
        self.seconds.truncate(length);
        self.liked.truncate(length);
    }

    /// Asks for each song, from the first to the last, whether to keep it, and drops the
    /// others. Those that stay keep their order.
    pub fn retain(&mut self, mut keep: impl FnMut(View<'_, T>) -> bool) {
        let mut rejected = 0;
        for place in 0..self.len() {
            if !self.get(place).is_some_and(&mut keep) {
                rejected += 1;
            } else if rejected > 0 {
                self.exchange(place - rejected, place);
            }
        }
        let left = self.len() - rejected;
        self.cut(left);
    }
}

impl<T> Default for Songs<T> {
    fn default() -> Self {
        Self::new()
    }
}
