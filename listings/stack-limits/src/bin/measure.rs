//! Measures what the chapter shows: how deep a recursion gets for a frame and for a
//! stack of a given size, the frames of common recursive functions, and what an
//! explicit stack costs.

use measure::{Figures, Program, Record, Slices, Survivor};
use stack_limits::{frames, walks};
use std::error::Error;
use std::hint::black_box;
use std::io;
use std::process::{Command, Stdio};
use std::sync::Barrier;
use std::thread;

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;
const PROFILE: &str =
    if cfg!(debug_assertions) { "debug" } else { "release" };

const PROGRAM: Program<'_> = Program {
    chapter: "stack-limits",
    book: include_str!("../../../../data/stack-limits.jsonl"),
};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [path, stack, data] = &arguments[..] {
        return descend_to_death(path, stack.parse()?, data.parse()?);
    }
    let first = arguments.first().map(String::as_str);
    let (out, progress) = (&mut io::stdout(), &mut io::stderr());
    PROGRAM.run(first, out, progress, |figures| {
        figures.step("depth by frame")?;
        depth_by_frame(figures)?;
        figures.step("depth by stack")?;
        depth_by_stack(figures)?;
        frame_sizes(figures)?;
        if !cfg!(debug_assertions) {
            figures.step("an explicit stack")?;
            explicit_stack(figures)?;
            loop_drop(figures)?;
            figures.step("stacks of threads")?;
            faults_of_threads(figures)?;
        }
        Ok(())
    })
}

/// Keeps `N` bytes in every call and calls itself down to `bottom`; returns
/// the address of what the deepest call keeps.
#[inline(never)]
fn descend<const N: usize>(
    depth: u64,
    bottom: u64,
    note: &Survivor,
) -> usize {
    let mut kept = [0_u8; N];
    black_box(&mut kept);
    note.set(depth);
    let deepest = if depth == bottom {
        kept.as_ptr().addr()
    } else {
        descend::<N>(depth + 1, bottom, note)
    };
    black_box(&kept);
    deepest
}

type Descent = fn(u64, u64, &Survivor) -> usize;

/// The bytes that a call keeps, and the function that keeps them.
const DESCENTS: [(usize, Descent); 9] = [
    (16, descend::<16>),
    (64, descend::<64>),
    (256, descend::<256>),
    (KIB, descend::<KIB>),
    (4 * KIB, descend::<{ 4 * KIB }>),
    (16 * KIB, descend::<{ 16 * KIB }>),
    (64 * KIB, descend::<{ 64 * KIB }>),
    (256 * KIB, descend::<{ 256 * KIB }>),
    (MIB, descend::<MIB>),
];

/// The child: overflows the stack of a thread, leaving a note of how deep
/// it was.
fn descend_to_death(
    path: &str,
    stack: usize,
    data: usize,
) -> Result<(), Box<dyn Error>> {
    let note = Survivor::open(path)?;
    let (_, descend) = DESCENTS
        .into_iter()
        .find(|(bytes, _)| *bytes == data)
        .ok_or_else(|| {
            format!("no function keeps {data} bytes a call; see DESCENTS")
        })?;
    let thread = thread::Builder::new().stack_size(stack);
    let _ = thread.spawn(move || descend(1, u64::MAX, &note))?.join();
    Err("the recursion came back, although it has no end".into())
}

/// How many calls that keep `data` bytes each fit into a stack of `stack`
/// bytes.
fn depth_of_death(
    stack: usize,
    data: usize,
) -> Result<u64, Box<dyn Error>> {
    let note = Survivor::create()?;
    let status = Command::new(std::env::current_exe()?)
        .arg(note.path())
        .args([stack.to_string(), data.to_string()])
        .stderr(Stdio::null())
        .status()?;
    if status.code().is_some() {
        return Err(format!(
            "the child was to die of an overflow, but: {status}"
        )
        .into());
    }
    Ok(note.get())
}

fn depth_by_frame(figures: &mut Figures<'_>) -> Result<(), Box<dyn Error>> {
    let note = Survivor::create()?;
    for (data, descend) in DESCENTS {
        let (x, label) = (data as u64, size(data));
        let depth = depth_of_death(2 * MIB, data)?;
        let series = format!("depth-by-frame-{PROFILE}");
        let record = Record::counted(&series, depth, "calls");
        figures.take(record.at(x).labeled(&label))?;

        // Three levels, because not many more of the largest fit into the
        // main thread's stack.
        let frame = descend(1, 1, &note) - descend(1, 3, &note);
        let series = format!("frame-by-data-{PROFILE}");
        let record = Record::counted(&series, frame as u64 / 2, "bytes");
        figures.take(record.at(x).labeled(&label))?;
    }
    Ok(())
}

fn depth_by_stack(figures: &mut Figures<'_>) -> Result<(), Box<dyn Error>> {
    for stack in
        [64 * KIB, 256 * KIB, MIB, 2 * MIB, 8 * MIB, 16 * MIB, 64 * MIB]
    {
        let series = format!("depth-by-stack-{PROFILE}");
        let record =
            Record::counted(&series, depth_of_death(stack, 64)?, "calls");
        figures.take(record.at(stack as u64).labeled(&size(stack)))?;
    }
    Ok(())
}

fn frame_sizes(figures: &mut Figures<'_>) -> Result<(), Box<dyn Error>> {
    for (index, example) in (1..).zip(frames::EXAMPLES) {
        let bytes =
            frames::bytes_a_level(example.run).ok_or_else(|| {
                format!("`{}`: its levels differ in size", example.name)
            })?;
        let series = format!("frame-bytes-{PROFILE}");
        let record = Record::counted(&series, bytes as u64, "bytes");
        figures.take(record.at(index).labeled(example.name))?;
    }
    Ok(())
}

/// The time of a walk with a list of folders to visit, as a ratio to the
/// walk by calls.
fn explicit_stack(figures: &mut Figures<'_>) -> io::Result<()> {
    measure::pin(0);
    let shapes = [
        (1, "balanced tree", walks::balanced(15)),
        (2, "chain", walks::chain(10_000)),
    ];
    for (x, label, backup) in shapes {
        let timings = Slices::new(300)
            .case("calls", || walks::total_by_calls(black_box(&backup), 0))
            .case("list", || walks::total_by_list(black_box(&backup), 0))
            .interleave();
        let record = Record::timed(
            "walk-list-over-calls",
            rounded(timings[1].ratio),
        );
        figures.take(record.at(x).labeled(label))?;
    }
    Ok(())
}

/// The time to free a list of 10,000 snapshots in a loop, as a ratio to its
/// recursive drop. Both include making the list, which cannot be freed
/// twice.
fn loop_drop(figures: &mut Figures<'_>) -> io::Result<()> {
    let timings = Slices::new(300)
        .case("recursive", || drop(black_box(walks::history(10_000))))
        .case("loop", || {
            walks::drop_in_a_loop(black_box(walks::history(10_000)))
        })
        .interleave();
    let record = Record::timed(
        "drop-loop-over-recursive",
        rounded(timings[1].ratio),
    );
    figures.take(record)
}

/// The page faults of starting 16 threads that do nothing, for small stacks
/// and large ones.
fn faults_of_threads(
    figures: &mut Figures<'_>,
) -> Result<(), Box<dyn Error>> {
    // The first threads of a process also set up what later ones share.
    faults_of_16(MIB)?;
    for stack in [64 * KIB, 2 * MIB, 64 * MIB] {
        let record = Record::counted(
            "faults-of-16-threads",
            faults_of_16(stack)?,
            "page faults",
        );
        figures.take(record.at(stack as u64).labeled(&size(stack)))?;
    }
    Ok(())
}

/// All 16 are alive at the same time, so that none can be given the stack
/// of another again. The count differs by one now and then.
fn faults_of_16(stack: usize) -> Result<u64, Box<dyn Error>> {
    let all_started = Barrier::new(17);
    let count = || {
        measure::faults().ok_or("this system does not count page faults")
    };
    let before = count()?;
    let after = thread::scope(|scope| {
        for _ in 0..16 {
            let thread = thread::Builder::new().stack_size(stack);
            thread.spawn_scoped(scope, || all_started.wait())?;
        }
        all_started.wait();
        Ok::<_, Box<dyn Error>>(count()?)
    })?;
    Ok(after - before)
}

fn rounded(ratio: f64) -> f64 {
    (ratio * 100.0).round() / 100.0
}

fn size(bytes: usize) -> String {
    match bytes {
        0..KIB => format!("{bytes} B"),
        KIB..MIB => format!("{} KiB", bytes / KIB),
        _ => format!("{} MiB", bytes / MIB),
    }
}
