//! Weather stations, as one vector of whole records and as one vector for each of their fields.

/// A station: sixteen fields of four bytes, one line of the cache.
#[derive(Clone, Copy, Default)]
#[repr(align(64))]
pub struct Station {
    /// Rain of the day.
    pub rain: u32,
    /// Everything else that is known of the station.
    pub rest: [u32; 15],
}

/// The same stations, a vector for each field.
#[derive(Default)]
pub struct Stations {
    /// Rain of the day, station by station.
    pub rain: Vec<u32>,
    /// The other fields.
    pub rest: [Vec<u32>; 15],
}

/// Stations as whole records.
#[must_use]
pub fn records(count: usize) -> Vec<Station> {
    (0..count)
        .map(|n| Station { rain: n as u32 % 7, rest: [1; 15] })
        .collect()
}

/// Stations field by field.
#[must_use]
pub fn fields(count: usize) -> Stations {
    Stations {
        rain: (0..count).map(|n| n as u32 % 7).collect(),
        rest: [(); 15].map(|()| vec![1; count]),
    }
}

/// All the rain, from records.
#[inline(never)]
#[must_use]
pub fn rain_of_records(stations: &[Station]) -> u32 {
    stations.iter().map(|station| station.rain).sum()
}

/// All the rain, from its own vector.
#[inline(never)]
#[must_use]
pub fn rain_of_fields(stations: &Stations) -> u32 {
    stations.rain.iter().sum()
}

/// All fields of all stations, from records.
#[inline(never)]
#[must_use]
pub fn all_of_records(stations: &[Station]) -> u32 {
    stations
        .iter()
        .map(|station| station.rain + station.rest.iter().sum::<u32>())
        .sum()
}

/// All fields of all stations, field by field.
#[inline(never)]
#[must_use]
pub fn all_of_fields(stations: &Stations) -> u32 {
    let rest: u32 =
        stations.rest.iter().map(|field| field.iter().sum::<u32>()).sum();
    rain_of_fields(stations) + rest
}
