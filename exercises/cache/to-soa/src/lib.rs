//! The songs of a music player, kept so that one field of all of them lies together.

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
    songs: Vec<Song<T>>,
}

impl<T> Songs<T> {
    /// A list without songs.
    pub fn new() -> Self {
        Self::with_capacity(0)
    }

    /// A list without songs, with room for so many.
    pub fn with_capacity(songs: usize) -> Self {
        Self {
            songs: Vec::with_capacity(songs),
        }
    }

    /// How many songs there are.
    pub fn len(&self) -> usize {
        self.songs.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Puts a song at the end.
    pub fn push(&mut self, song: Song<T>) {
        self.songs.push(song);
    }

    /// Shows the song in a place, if there is one.
    pub fn get(&self, place: usize) -> Option<View<'_, T>> {
        self.songs.get(place).map(view)
    }

    /// How often each song was played.
    pub fn plays(&self) -> &[u64] {
        todo!("the plays of {} songs, side by side", self.len())
    }

    /// How often each song was played, to be changed in place.
    pub fn plays_mut(&mut self) -> &mut [u64] {
        todo!("the plays of {} songs, side by side", self.len())
    }

    /// How long each song is.
    pub fn seconds(&self) -> &[u32] {
        todo!("the seconds of {} songs, side by side", self.len())
    }

    /// Takes the song out of a place, and puts the last one there. `None` if the list
    /// has no such place.
    pub fn swap_remove(&mut self, place: usize) -> Option<Song<T>> {
        (place < self.songs.len()).then(|| self.songs.swap_remove(place))
    }

    /// Asks for each song, from the first to the last, whether to keep it, and drops the
    /// others. Those that stay keep their order.
    pub fn retain(&mut self, mut keep: impl FnMut(View<'_, T>) -> bool) {
        self.songs.retain(|song| keep(view(song)));
    }
}

fn view<T>(song: &Song<T>) -> View<'_, T> {
    View {
        title: &song.title,
        plays: song.plays,
        seconds: song.seconds,
        liked: song.liked,
    }
}

impl<T> Default for Songs<T> {
    fn default() -> Self {
        Self::new()
    }
}
