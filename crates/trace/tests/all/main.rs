//! The recorder on real programs. Where a machine lets nobody watch a program, or has no gdb, tests are ignored, and each says
//! why.

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
fn main() {}

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod common;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod gdb;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod hard;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod recordings;

/// A test by the path of its function.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
macro_rules! trial {
    ($module:ident::$name:ident) => {
        (concat!(stringify!($module), "::", stringify!($name)), $module::$name as fn())
    };
}

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
const TESTS: &[(&str, fn())] = &[
    trial!(recordings::a_call_has_a_frame_below_that_of_its_caller),
    trial!(recordings::a_variable_is_not_shown_before_its_value_is_stored),
    trial!(recordings::a_recursion_goes_down_and_comes_up_again),
    trial!(recordings::a_vec_grows_in_place_or_moves),
    trial!(recordings::a_move_copies_the_words_and_leaves_the_old_ones),
    trial!(recordings::boxes_are_dropped_in_the_opposite_order),
    trial!(recordings::a_cycle_leaks_and_a_weak_pointer_cures_it),
    trial!(recordings::a_pointer_that_outlived_its_block_dangles_until_the_place_is_taken_again),
    trial!(recordings::giving_a_block_back_twice_is_seen_before_the_allocator_aborts),
    trial!(recordings::a_scoped_thread_writes_to_the_stack_of_its_parent),
    trial!(recordings::values_of_all_kinds_are_written_as_rust_writes_them),
    trial!(recordings::the_stack_begins_at_the_same_address_on_every_machine),
    trial!(recordings::an_environment_of_another_size_changes_nothing),
    trial!(recordings::two_recordings_of_one_program_are_equal_wherever_it_stands),
    trial!(hard::a_long_run_is_counted_where_it_is_not_recorded),
    trial!(hard::a_program_without_end_is_stopped_and_says_so),
    trial!(hard::a_thread_that_waits_in_a_loop_lets_the_others_go_on),
    trial!(hard::a_loop_on_one_line_is_ended_by_its_time),
    trial!(hard::memory_that_grows_without_end_ends_the_program_and_not_the_recorder),
    trial!(hard::starting_a_process_is_an_error_that_names_the_line),
    trial!(hard::a_stripped_program_is_an_error_that_says_how_to_build_it),
    trial!(hard::a_file_that_is_no_program_is_an_error),
    trial!(hard::a_panic_unwinds_and_is_told_without_ids_of_threads),
    trial!(hard::a_deep_recursion_shows_the_ends_of_its_stack),
    trial!(hard::an_overflow_of_the_stack_is_seen_as_its_signal),
];

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
fn main() -> std::process::ExitCode {
    use libtest_mimic::{Arguments, Trial};

    let arguments = Arguments::from_args();
    let require_all = std::env::var_os("WDL_REQUIRE_ALL").is_some_and(|value| value == "1");
    let unwatched = common::gap();
    let without_gdb = runner::tool::find("gdb").is_none().then(|| runner::tool::hint("gdb"));
    // What is ignored says why, where its name stands.
    let trial = |(name, test): &(&str, fn()), gap: &Option<String>| {
        let test = *test;
        let run = move || {
            test();
            Ok(())
        };
        match gap.as_ref().filter(|_| !require_all) {
            Some(why) => Trial::test(*name, run).with_kind(why).with_ignored_flag(true),
            None => Trial::test(*name, run),
        }
    };
    let mut trials: Vec<Trial> = TESTS.iter().map(|test| trial(test, &unwatched)).collect();
    let second = trial!(gdb::gdb_sees_the_same_lines_variables_and_values);
    trials.push(trial(&second, &unwatched.clone().or(without_gdb)));
    let conclusion = libtest_mimic::run(&arguments, trials);
    conclusion.exit_code()
}
