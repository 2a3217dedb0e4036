//@ trace

struct Station {
    rain: u32,
    wind: u32,
}

struct Stations {
    rain: Vec<u32>,
    wind: Vec<u32>,
}

fn main() {
    let mut by_record = 0;
    let mut by_field = 0;
    // ASK: Three stations with two fields each go into a vector. How many blocks does that make? | blocks | 3 | 6
    let records = vec![
        Station { rain: 5, wind: 40 },
        Station { rain: 0, wind: 10 },
        Station { rain: 7, wind: 25 },
    ];
    // SAY: The records are one block. The fields of a station lie together, and then the next station begins.
    let fields = Stations {
        rain: vec![5, 0, 7],    // mm
        wind: vec![40, 10, 25], // km/h
    };
    // SAY: The fields are two blocks: all the rain lies together, and all the wind.
    for station in &records {
        by_record += station.rain;
    }
    // SAY: The rain of the records was read from every second number of their block.
    for rain in &fields.rain {
        by_field += rain;
    }
    println!("{by_record} and {by_field} mm of rain");
    println!("wind: {} {}", records[0].wind, fields.wind[0]);
}
