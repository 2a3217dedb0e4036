//! What recordings of small programs show: each is compiled by the pinned compiler and really runs.

use crate::common::{Built, at, block_of, events, frame, local, program, recorded};
use model::recording::{Event, Relation, State};

pub(crate) fn a_call_has_a_frame_below_that_of_its_caller() {
    let recording = recorded("calls");
    let step = at(&recording, 4)[0];
    let frames = &step.stacks[0].frames;
    let names: Vec<(&str, u32)> = frames.iter().map(|frame| (frame.function.as_str(), frame.line)).collect();
    assert_eq!(names, [("add", 4), ("main", 11)]);
    assert_eq!(frames[0].pointer.0 + frames[0].size, frames[1].pointer.0, "the stack has no gap");
    assert_eq!(frames[1].pointer.0 + frames[1].size, recording.stack_base.0);
    let values: Vec<(&str, &str, &str)> =
        frames[0].locals.iter().map(|l| (l.name.as_str(), l.type_name.as_str(), l.value.as_str())).collect();
    assert_eq!(values, [("a", "i32", "2"), ("b", "i32", "40")]);
    assert!(frames[0].locals.iter().all(|local| local.argument));
    assert_eq!(local(at(&recording, 12)[0], "answer").value, "42");
    assert_eq!((recording.end.output.as_str(), recording.end.how.as_str()), ("42\n", "exited with code 0"));
}

pub(crate) fn a_variable_is_not_shown_before_its_value_is_stored() {
    let recording = recorded("calls");
    assert!(frame(at(&recording, 9)[0]).locals.is_empty());
    assert_eq!(local(at(&recording, 10)[0], "first").value, "2");
}

pub(crate) fn a_recursion_goes_down_and_comes_up_again() {
    let recording = recorded("recursion");
    let depths: Vec<usize> = recording.steps.iter().map(|step| step.stacks[0].frames.len()).collect();
    assert_eq!(depths, [1, 2, 2, 3, 3, 4, 4, 5, 5, 5, 4, 4, 3, 3, 2, 2, 1, 1]);
    let deepest = at(&recording, 5)[0];
    let values: Vec<&str> =
        deepest.stacks[0].frames.iter().filter_map(|f| Some(f.locals.first()?.value.as_str())).collect();
    assert_eq!(values, ["0", "1", "2", "3"]);
}

pub(crate) fn a_vec_grows_in_place_or_moves() {
    let recording = recorded("growth");
    let moved: Vec<(bool, u64)> = events(&recording)
        .into_iter()
        .filter_map(|event| match event {
            Event::Realloc { from, to, size, .. } => Some((from != to, *size)),
            _ => None,
        })
        .collect();
    assert_eq!(moved, [(false, 16), (true, 32)]);
    let block = block_of(at(&recording, 10)[0], "numbers");
    assert_eq!((block.type_name.as_deref(), block.count, block.size, block.chunk), (Some("u32"), 5, 32, 48));
    assert_eq!(block.bytes.len(), 2 * 20, "the room for three more was never written");
    let words: Vec<&str> = block.words.iter().map(|word| word.value.as_str()).collect();
    assert_eq!(words, ["10", "20", "30", "40", "50"]);
    let paths: Vec<&str> =
        local(at(&recording, 10)[0], "numbers").words.iter().map(|word| word.path.as_str()).collect();
    assert_eq!(paths, ["cap", "ptr", "len"]);
}

pub(crate) fn a_move_copies_the_words_and_leaves_the_old_ones() {
    let recording = recorded("moves");
    let step = at(&recording, 11)[0];
    let (first, second) = (local(step, "first"), local(step, "second"));
    assert_eq!((first.state, second.state), (State::Moved, State::Live));
    assert_eq!(first.bytes, second.bytes);
    assert_ne!(first.address, second.address);
    assert_eq!((second.type_name.as_str(), second.value.as_str()), ("String", "\"memory\""));
    let callee = at(&recording, 4)[0];
    let caller = &callee.stacks[0].frames[1];
    assert!(caller.locals.iter().all(|local| local.state == State::Moved), "what a call takes is moved before it");
}

pub(crate) fn boxes_are_dropped_in_the_opposite_order() {
    let recording = recorded("boxes");
    let of_boxes = |event: &&Event| matches!(event, Event::Free { size: 1, .. });
    let freed: Vec<u32> = events(&recording).into_iter().filter(of_boxes).filter_map(block_number).collect();
    assert_eq!(freed, [1, 2]);
    assert_eq!(recording.end.output, "inner 3\ndrop 3\n1 true true\ndrop 1\ndrop 2\n");
    let step = at(&recording, 20)[0];
    assert_eq!(local(step, "one").state, State::Moved);
    assert_eq!(local(step, "two").value, "Some(Box(Noisy(2)))");
    assert_eq!(local(step, "none").value, "None");
    assert_eq!(frame(at(&recording, 7)[0]).function, "<Noisy as Drop>::drop");
}

fn block_number(event: &Event) -> Option<u32> {
    if let Event::Free { block, .. } = event { Some(*block) } else { None }
}

pub(crate) fn a_cycle_leaks_and_a_weak_pointer_cures_it() {
    let recording = recorded("cycle");
    let leaked: Vec<(u32, u64)> = recording.end.leaked.iter().map(|leak| (leak.block, leak.size)).collect();
    assert_eq!(leaked, [(1, 48), (2, 48)]);
    let early = at(&recording, 13)[0];
    assert_eq!(early.heap[0].type_name.as_deref(), Some("RcInner<Node>"), "it is named before it is returned");
    assert!(early.heap[0].unreached);
    let step = at(&recording, 20)[0];
    let counts: Vec<&str> = block_of(step, "a").words.iter().take(2).map(|word| word.value.as_str()).collect();
    assert_eq!(counts, ["2", "1"], "strong and weak");
    let after = at(&recording, 33)[0];
    assert!(after.heap.iter().filter(|block| block.purpose.is_none()).all(|block| block.unreached));
    let cured = at(&recording, 28)[0];
    let back = block_of(cured, "b").words.iter().find(|word| word.path.contains("back") && word.to.is_some());
    assert_eq!(back.and_then(|word| word.to.as_ref()).map(|to| to.relation), Some(Relation::Weak));
}

pub(crate) fn a_pointer_that_outlived_its_block_dangles_until_the_place_is_taken_again() {
    let recording = recorded("dangling");
    let target = |line| local(at(&recording, line)[0], "pointer").words[0].to.clone().expect("it is a pointer");
    assert_eq!((target(6).block, target(6).freed), (Some(1), false));
    assert_eq!((target(7).block, target(7).freed), (Some(1), true));
    assert_eq!((target(9).block, target(9).freed), (Some(2), false));
    assert_eq!(local(at(&recording, 7)[0], "old").value, "Box(freed)");
}

pub(crate) fn giving_a_block_back_twice_is_seen_before_the_allocator_aborts() {
    let recording = recorded("twice");
    let last: Vec<&Event> = recording.end.events.iter().collect();
    assert!(matches!(last[0], Event::DoubleFree { block: 1, line: 9, .. }), "{last:?}");
    assert!(matches!(last[1], Event::Signal { name } if name == "SIGABRT"), "{last:?}");
    assert_eq!(recording.end.how, "was killed by SIGABRT (6)");
}

pub(crate) fn a_scoped_thread_writes_to_the_stack_of_its_parent() {
    let recording = recorded("scoped");
    let of_main = |line: u32, thread: u32| {
        let step = recording.steps.iter().find(|step| (step.line, step.thread) == (line, thread)).expect("it is there");
        let main = step.stacks[0].frames.last().expect("main waits");
        main.locals[0].value.clone()
    };
    assert_eq!((of_main(10, 2), of_main(11, 2)), ("1".to_owned(), "42".to_owned()));
    let step = at(&recording, 10)[0];
    assert_eq!(step.stacks.len(), 2);
    let captured = local(step, "total");
    assert_eq!(captured.address, step.stacks[0].frames.last().expect("main waits").locals[0].address);
    assert_eq!(captured.offset, None, "it is not on the stack of the thread");
}

pub(crate) fn values_of_all_kinds_are_written_as_rust_writes_them() {
    let recording = recorded("kinds");
    let step = recording.steps.last().expect("there are steps");
    let shown: Vec<String> = frame(step)
        .locals
        .iter()
        .map(|local| format!("{}: {} = {}", local.name, local.type_name, local.value))
        .collect();
    let expected = [
        "color: Color = Green",
        "shapes: [Shape; 3] = [Circle { r: 1.5 }, Square(7, 'x'), Empty]",
        "pair: Pair<i64> = Pair { left: 1, right: Some(-2) }",
        "text: String = \"h\u{e9}llo\"",
        "part: &str = \"\u{e9}\"",
        "grid: [[u8; 2]; 2] = [[1, 2], [3, 4]]",
        "tuple: (u16, &str, f32, bool, ()) = (1, \"two\", 3.5, true, ())",
        "empty: Vec<String> = []",
        "nested: Vec<Vec<u32>> = [[1, 2], [3]]",
        "slice: Box<[u16]> = [9, 8]",
        "wide: u128 = 6",
        "maybe: Option<&str> = None",
    ];
    assert_eq!(shown, expected);
}

pub(crate) fn the_stack_begins_at_the_same_address_on_every_machine() {
    let recording = recorded("calls");
    assert_eq!(recording.stack_base.to_string(), "0x7fffffffd000");
}

pub(crate) fn an_environment_of_another_size_changes_nothing() {
    let built = Built::new(program("moves"));
    let recording = built.run().record().unwrap_or_else(|error| panic!("{error}"));
    let env = [("MORE".to_owned(), "x".repeat(1000))];
    let other = trace::Run { env: &env, ..built.run() }.record().expect("it could be watched before");
    assert_eq!(recording.to_json(), other.to_json());
}

pub(crate) fn two_recordings_of_one_program_are_equal_wherever_it_stands() {
    for name in ["calls", "growth", "cycle", "twice", "scoped", "channel"] {
        let (one, other) = (Built::new(program(name)), Built::new(program(name)));
        let first = one.run().record().unwrap_or_else(|error| panic!("{error}"));
        let again = one.run().record().expect("it could be watched before");
        let elsewhere = other.run().record().expect("it could be watched before");
        assert_eq!(first.to_json(), again.to_json(), "{name}");
        assert_eq!(first.to_json(), elsewhere.to_json(), "{name}, built elsewhere");
    }
}
