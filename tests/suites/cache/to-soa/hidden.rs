//! Cases for `to-soa`: contents, bytes, requests, drops and cost.

use obs::Obs;
use probe::{Counted, Tally};
use to_soa::{Song, Songs, View};

type Shown = (u64, u64, u32, bool);

fn song<T>(o: &mut Obs, title: T) -> Song<T> {
    Song {
        title,
        plays: o.below(1000),
        seconds: o.below(600) as u32,
        liked: o.below(2) == 0,
    }
}

fn filled(o: &mut Obs, length: u64) -> Songs<u64> {
    let mut songs = Songs::new();
    (0..length).for_each(|title| songs.push(song(o, title)));
    songs
}

fn shown(view: View<'_, u64>) -> Shown {
    (*view.title, view.plays, view.seconds, view.liked)
}

fn all(songs: &Songs<u64>) -> Vec<Shown> {
    let places = 0..songs.len();
    places
        .filter_map(|place| songs.get(place).map(shown))
        .collect()
}

fn see_all(o: &mut Obs, songs: &Songs<u64>) {
    o.see::<Vec<Shown>>("the songs: title, plays, seconds, heart", all(songs));
    o.see::<Vec<u64>>("the column of the plays", songs.plays().to_vec());
    o.see::<Vec<u32>>("the column of the seconds", songs.seconds().to_vec());
}

fn operations(o: &mut Obs) {
    let mut songs: Songs<u64> = Songs::default();
    for title in 0..o.size() {
        match o.below(5) {
            0 if !songs.is_empty() => {
                let place = o.below(songs.len() as u64) as usize;
                let out = songs.swap_remove(place);
                let out = out.map(|out| (out.title, out.plays, out.seconds, out.liked));
                o.see::<Option<Shown>>("the song that was taken out", out);
            }
            1 if !songs.is_empty() => {
                let place = o.below(songs.len() as u64) as usize;
                songs.plays_mut()[place] += 1;
            }
            _ => songs.push(song(o, title)),
        }
    }
    see_all(o, &songs);
}

fn no_such_place(o: &mut Obs) {
    let length = 1 + o.below(9);
    let mut songs = filled(o, length);
    let behind =
        [0, 1, o.below(100), u64::MAX - length].map(|more| (length + more) as usize);
    for place in behind {
        o.see::<bool>(
            "whether there is a song behind the last",
            songs.get(place).is_some(),
        );
        let out = songs.swap_remove(place).is_some();
        o.see::<bool>("whether one was taken out from there", out);
    }
    see_all(o, &songs);
    let mut none: Songs<u64> = Songs::new();
    o.see::<bool>(
        "whether one was taken out of none",
        none.swap_remove(0).is_some(),
    );
    none.retain(|_| false);
    o.see::<bool>("whether there is still none", none.is_empty());
}

fn retained(o: &mut Obs) {
    for limit in [0, 300, 700, 1000] {
        let length = o.below(o.size());
        let mut songs = filled(o, length);
        songs.retain(|view| view.plays < limit);
        see_all(o, &songs);
        songs.retain(|view| view.liked);
        see_all(o, &songs);
    }
}

fn asked_once(o: &mut Obs) {
    let length = 2 + o.below(o.size());
    let mut songs = filled(o, length);
    let every = 2 + o.below(3) as usize;
    let mut asked = Vec::new();
    songs.retain(|view| {
        asked.push(shown(view));
        asked.len() % every == 0
    });
    o.see::<Vec<Shown>>("the songs for which it was asked, in their order", asked);
    see_all(o, &songs);
}

/// Songs whose fields follow from their titles.
fn related(o: &mut Obs, tally: &Tally) -> Songs<Counted> {
    let mut songs = Songs::new();
    for number in 0..5 + o.below(o.size()) as i64 {
        songs.push(Song {
            title: tally.value(number),
            plays: number as u64 * 3,
            seconds: number as u32 * 5,
            liked: number % 2 == 0,
        });
    }
    songs
}

fn after_a_panic(o: &mut Obs) {
    let tally = Tally::new();
    let mut songs = related(o, &tally);
    let (last, gone) = (3 + o.below(songs.len() as u64 - 3), o.below(3) as i64);
    let mut asked = 0;
    o.see_panic("a `retain` whose question panics", || {
        songs.retain(|view| {
            asked += 1;
            if asked > last {
                panic!("no answer");
            }
            view.title.value() % 3 != gone
        });
    });
    let whole = (0..songs.len())
        .filter_map(|place| songs.get(place))
        .all(|view| {
            let number = view.title.value();
            (view.plays, view.seconds, view.liked)
                == (number as u64 * 3, number as u32 * 5, number % 2 == 0)
        });
    o.see::<bool>("whether each song has its own fields after it", whole);
    let lengths = [songs.plays().len(), songs.seconds().len()];
    o.see::<bool>(
        "whether the columns are equally long",
        lengths == [songs.len(); 2],
    );
    let alive = tally.alive() == songs.len() as u64;
    o.see::<bool>("whether the titles alive are those in the list", alive);
}

fn bytes(o: &mut Obs) {
    let size = o.size();
    let (mut songs, usage) = probe::process(|| Songs::with_capacity(size as usize));
    o.meter("bytes that room for the songs took", usage.peak_bytes);
    for _ in 0..size {
        let (title, number) = (o.below(1000), o.below(1000));
        songs.push(song(o, [title, number, title]));
    }
    o.see::<u64>("the sum of the plays", songs.plays().iter().sum());
}

fn nothing_yet(o: &mut Obs) {
    let (songs, usage) = probe::process(|| [Songs::<u64>::new(), Songs::default()]);
    o.see::<u64>("blocks for lists without songs", usage.allocations);
    let [mut songs, _] = songs;
    songs.push(song(o, 7));
    see_all(o, &songs);
}

fn room_for_all(o: &mut Obs) {
    let length = 1 + o.below(o.size());
    let (mut songs, usage) = probe::process(|| Songs::with_capacity(length as usize));
    o.see::<u64>("blocks of `with_capacity`", usage.allocations);
    let (_, usage) = probe::process(|| {
        (0..length).for_each(|title| songs.push(song(o, title)));
    });
    let requests = usage.allocations + usage.reallocations;
    o.see::<u64>("requests for memory while there was room", requests);
}

fn growing(o: &mut Obs) {
    let length = o.size() + o.below(100);
    let (songs, usage) = probe::process(|| filled(o, length));
    let requests = usage.allocations + usage.reallocations;
    o.meter("requests for memory of a list that grew", requests);
    o.see::<usize>("its length", songs.len());
}

fn no_requests(o: &mut Obs) {
    let size = o.size();
    let mut songs = filled(o, size);
    let limit = 300 + o.below(400);
    let (_, usage) = probe::process(|| {
        songs.retain(|view| view.plays < limit);
        songs.swap_remove(2);
        songs.get(1).map(shown)
    });
    let requests = usage.allocations + usage.reallocations;
    o.see::<u64>("requests for memory of calls that only take out", requests);
}

fn taken_out(o: &mut Obs) {
    let tally = Tally::new();
    let mut songs = related(o, &tally);
    let place = o.below(songs.len() as u64) as usize;
    let out = songs.swap_remove(place);
    o.see::<u64>("titles alive while one is taken out", tally.alive());
    drop(out);
    o.see::<u64>("titles alive after it was dropped", tally.alive());
    o.see::<u64>("titles dropped twice", tally.dropped_twice());
}

fn rejected(o: &mut Obs) {
    let tally = Tally::new();
    let mut songs = related(o, &tally);
    let limit = o.below(30);
    songs.retain(|view| view.plays > limit);
    o.see::<u64>("titles alive after some were rejected", tally.alive());
    songs.retain(|view| view.liked);
    o.see::<u64>("titles alive after more were rejected", tally.alive());
    o.see::<u64>("titles dropped twice", tally.dropped_twice());
}

fn list_dropped(o: &mut Obs) {
    let tally = Tally::new();
    let songs = related(o, &tally);
    o.see::<u64>("titles alive in a list", tally.alive());
    drop(songs);
    o.see::<u64>("titles alive after it was dropped", tally.alive());
    let (_, usage) = probe::process(|| drop(filled(o, 20)));
    o.see::<i64>("bytes left after a list was dropped", usage.live_bytes());
}

fn cost_of_taking_out(o: &mut Obs) {
    let size = o.size();
    let mut songs = filled(o, size);
    let first = o.below(9) as usize;
    o.cost("cost of taking out", || {
        (first..first + 20).for_each(|place| drop(songs.swap_remove(place)));
    });
}

fn cost_of_retain(o: &mut Obs) {
    let size = o.size();
    let mut songs = filled(o, size);
    let limit = 3 + o.below(3);
    o.cost("cost of `retain`", || {
        songs.retain(|view| view.title % 8 < limit);
    });
}

fn main() {
    obs::refusals(probe::refused_requests);
    obs::also_count(probe::reallocated_bytes);
    obs::main(&[
        ("operations", operations),
        ("no-such-place", no_such_place),
        ("retained", retained),
        ("asked-once", asked_once),
        ("after-a-panic", after_a_panic),
        ("bytes", bytes),
        ("nothing-yet", nothing_yet),
        ("room-for-all", room_for_all),
        ("growing", growing),
        ("no-requests", no_requests),
        ("taken-out", taken_out),
        ("rejected", rejected),
        ("list-dropped", list_dropped),
        ("cost-of-taking-out", cost_of_taking_out),
        ("cost-of-retain", cost_of_retain),
    ])
}
