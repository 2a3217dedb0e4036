//! The tests that you see. The grader has more of the same kinds.

use probe::Tally;
use to_soa::{Song, Songs, View};

fn song<T>(title: T, plays: u64, liked: bool) -> Song<T> {
    let seconds = 180 + plays as u32;
    Song {
        title,
        plays,
        seconds,
        liked,
    }
}

/// Four songs, from 1 to 4 plays; the first and the last are liked.
fn four() -> Songs<&'static str> {
    let mut songs = Songs::new();
    for (title, plays) in [("Lull", 1), ("Rain", 2), ("Hum", 3), ("Drift", 4)] {
        songs.push(song(title, plays, plays % 3 == 1));
    }
    songs
}

fn titles<'a>(songs: &Songs<&'a str>) -> Vec<&'a str> {
    let title = |place| songs.get(place).map(|view| *view.title);
    (0..songs.len()).filter_map(title).collect()
}

#[test]
fn songs_are_shown_in_their_places() {
    let songs = four();
    let rain = View {
        title: &"Rain",
        plays: 2,
        seconds: 182,
        liked: false,
    };
    assert_eq!(songs.get(1), Some(rain));
    assert_eq!(songs.get(4), None);
    assert_eq!((songs.len(), songs.is_empty()), (4, false));
}

#[test]
fn columns_are_slices() {
    let mut songs = four();
    songs.plays_mut()[2] += 10;
    assert_eq!(songs.plays(), [1, 2, 13, 4]);
    assert_eq!(songs.seconds(), [181, 182, 183, 184]);
    assert_eq!(songs.get(2).map(|view| view.plays), Some(13));
}

#[test]
fn the_last_song_comes_to_the_place_of_one_taken_out() {
    let mut songs = four();
    assert_eq!(songs.swap_remove(0), Some(song("Lull", 1, true)));
    assert_eq!(titles(&songs), ["Drift", "Rain", "Hum"]);
}

#[test]
fn songs_that_are_rejected_go() {
    let mut songs = four();
    songs.retain(|view| view.plays != 3);
    assert_eq!(titles(&songs), ["Lull", "Rain", "Drift"]);
}

#[test]
fn with_capacity_makes_room_for_all_fields() {
    let (mut songs, usage) = probe::thread(|| Songs::with_capacity(50));
    assert_eq!(usage.allocations, 4, "one block for each of four fields");
    let (_, usage) = probe::thread(|| {
        (0..50).for_each(|plays| songs.push(song("Hum", plays, true)));
    });
    assert_eq!(usage.allocations + usage.reallocations, 0);
}

#[test]
fn a_title_that_goes_is_dropped() {
    let tally = Tally::new();
    let mut songs = Songs::new();
    (0..10).for_each(|n| songs.push(song(tally.value(n), n as u64, true)));
    drop(songs.swap_remove(3));
    assert_eq!(
        tally.alive(),
        9,
        "of 10 songs, one was taken out and dropped"
    );
}
