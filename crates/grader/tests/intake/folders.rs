//! Folders, honest ones and others.

use super::*;
use rustix::fs::{CWD, FileType, Mode, mknodat};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};

#[test]
fn a_folder_is_read_and_what_does_not_belong_there_is_named() {
    let folder = scratch();
    put(
        folder.path(),
        &[
            ("src/lib.rs", GOOD.as_bytes()),
            ("src/notes.txt", b"x"),
            ("Cargo.toml", b"[lib]"),
            ("build.rs", b"x"),
            ("tests/visible.rs", b"x"),
            (".cargo/config.toml", b"x"),
            ("rust-toolchain.toml", b"x"),
            (".DS_Store", b"x"),
            (".git/config", b"x"),
            (".git/hooks/pre-commit", b"x"),
            ("target/debug/lib.rs", b"x"),
        ],
    );
    assert_eq!(text(read(folder.path())), GOOD);
    assert_eq!(
        ignored(read(folder.path())),
        [
            "`.DS_Store` was left there by an operating system",
            "`.cargo/config.toml` is left out: no tool that reads it is run",
            "`.git` is not looked into",
            "`Cargo.toml` is left out: the course's own is used",
            "`build.rs` is left out: no tool that reads it is run",
            "`rust-toolchain.toml` is left out: no tool that reads it is run",
            "`src/notes.txt` is not a file of this exercise",
            "`target` is not looked into",
            "`tests/visible.rs` is left out: the course's own is used",
        ]
    );
}

#[test]
fn every_listed_file_must_be_there() {
    let folder = scratch();
    let exercise = exercise_of(&["src/lib.rs", "src/list.rs"]);
    let read = || intake::read(folder.path(), &exercise).expect("the disk can be read");
    assert!(has_no_file(read()));
    put(folder.path(), &[("src/lib.rs", b"mod list;")]);
    assert_eq!(refused(read()).1, "the submission has no file `src/list.rs`");
    put(folder.path(), &[("src/list.rs", b"")]);
    assert_eq!(read().expect("it is accepted").submission.files.len(), 2);
}

#[test]
fn a_file_stands_for_the_longest_listed_path_that_fits() {
    let folder = scratch();
    put(folder.path(), &[("lib.rs", b"mod a;"), ("src/lib.rs", b"mod b {}")]);
    let exercise = exercise_of(&["lib.rs", "src/lib.rs", "a.rs"]);
    put(folder.path(), &[("a.rs", b"")]);
    let read = intake::read(folder.path(), &exercise).expect("the disk can be read");
    assert_eq!(read.expect("it is accepted").submission.files["src/lib.rs"], "mod b {}");
}

#[test]
fn a_file_that_is_there_and_left_out_is_told_where_it_is_missed() {
    let folder = scratch();
    assert_eq!(refused(read(folder.path())).1, "the submission has no file `src/lib.rs`");
    put(folder.path(), &[("lib.rs", b"x")]);
    let expected = "the submission has no file `src/lib.rs`; `lib.rs` is not a file of this exercise";
    assert_eq!(refused(read(folder.path())).1, expected);
}

#[test]
fn a_chain_of_folders_around_the_exercise_is_no_mistake() {
    for path in
        ["solution/src/lib.rs", "drop-list/src/lib.rs", "handin/drop-list-main/src/lib.rs", "target1/src/lib.rs"]
    {
        let folder = scratch();
        put(folder.path(), &[(path, GOOD.as_bytes()), ("README.md", b"x")]);
        assert_eq!(text(read(folder.path())), GOOD, "{path}");
    }
}

#[test]
fn of_several_exercises_the_one_that_is_named_counts() {
    for named in ["drop-list", "stack-limits/drop-list", "list-drop"] {
        let folder = scratch();
        put(
            folder.path(),
            &[
                (&format!("{named}/src/lib.rs"), GOOD.as_bytes()),
                ("my-vec/src/lib.rs", b"x"),
                ("my-vec/tests/a.rs", b"x"),
            ],
        );
        assert_eq!(text(read(folder.path())), GOOD, "{named}");
        assert!(
            ignored(read(folder.path())).contains(&"`my-vec/src/lib.rs` lies beside the folder that is graded".into())
        );
    }
}

#[test]
fn the_top_counts_before_a_copy_below_it() {
    let folder = scratch();
    put(folder.path(), &[("src/lib.rs", GOOD.as_bytes()), ("old/src/lib.rs", b"x")]);
    assert_eq!(text(read(folder.path())), GOOD);
}

#[test]
fn what_is_nobodys_guess_is_refused() {
    let cases: [(&[&str], &str); 3] = [
        (&["my-box", "my-vec"], "(`my-box`, `my-vec`), and none of them is named `drop-list`; hand in one of them"),
        (&["drop-list", "old/drop-list"], "(`drop-list`, `old/drop-list`), and it is not clear which counts"),
        (&[".", "drop-list"], "(the top, `drop-list`), and it is not clear which counts"),
    ];
    for (roots, part) in cases {
        let folder = scratch();
        roots.iter().for_each(|root| put(folder.path(), &[(&format!("{root}/src/lib.rs"), b"x")]));
        let (outcome, message) = refused(read(folder.path()));
        assert!(outcome == Outcome::BuildError && message.contains(part), "{message}");
    }
}

#[test]
fn a_link_is_never_followed() {
    let folder = scratch();
    fs_err::create_dir(folder.path().join("src")).expect("folders can be made");
    symlink("/etc/passwd", folder.path().join("src/lib.rs")).expect("links can be made");
    assert!(has_no_file(read(folder.path())));
    assert_eq!(ignored(read(folder.path())), ["`src/lib.rs` is not a regular file"]);

    let folder = scratch();
    put(folder.path(), &[("src/lib.rs", GOOD.as_bytes())]);
    symlink("nowhere", folder.path().join("src/list.rs")).expect("links can be made");
    assert_eq!(text(read(folder.path())), GOOD);

    let (folder, other) = (scratch(), scratch());
    put(other.path(), &[("lib.rs", GOOD.as_bytes())]);
    symlink(other.path(), folder.path().join("src")).expect("links can be made");
    assert!(has_no_file(read(folder.path())));
    assert_eq!(ignored(read(folder.path())), ["`src` is not a regular file"]);
    assert!(refused(read(&folder.path().join("src"))).1.contains("is a link to something else"));
}

#[test]
fn a_pipe_or_a_device_is_not_waited_for() {
    let folder = scratch();
    fs_err::create_dir(folder.path().join("src")).expect("folders can be made");
    let pipe = folder.path().join("src/lib.rs");
    mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("pipes can be made");
    assert!(has_no_file(read(folder.path())));
    assert_eq!(ignored(read(folder.path())), ["`src/lib.rs` is not a regular file"]);
    for path in [pipe.as_path(), Path::new("/dev/null")] {
        assert!(refused(read(path)).1.contains("is neither a file nor a folder"));
    }
}

#[test]
fn odd_names_are_never_used_and_shown_with_escapes() {
    let folder = scratch();
    for name in [&b"src\\lib.rs"[..], b"x\x1b[2J", b"\xff"] {
        fs_err::create_dir_all(folder.path().join(std::ffi::OsStr::from_bytes(name)).join("src"))
            .expect("it can be made");
        put(&folder.path().join(std::ffi::OsStr::from_bytes(name)), &[("src/lib.rs", b"x")]);
    }
    assert!(has_no_file(read(folder.path())));
    let names: Vec<String> =
        ignored(read(folder.path())).iter().map(|line| line.split(" has").next().unwrap_or("").into()).collect();
    assert_eq!(names, ["`src\\\\lib.rs`", "`x\\u{1b}[2J`", "`\\xFF`"]);
}

#[test]
fn more_than_so_many_entries_are_not_looked_at_and_not_so_many_named() {
    let folder = scratch();
    put(folder.path(), &[("src/lib.rs", GOOD.as_bytes())]);
    (0..100).for_each(|index| put(folder.path(), &[(&format!("{index}.txt"), b"")]));
    let lines = ignored(read(folder.path()));
    assert_eq!((lines.len(), lines[50].as_str()), (51, "and 50 more"));
    (100..intake::ENTRIES).for_each(|index| put(folder.path(), &[(&format!("{index}.txt"), b"")]));
    let (outcome, message) = refused(read(folder.path()));
    assert!(outcome == Outcome::Policy && message.contains("more than 2000 entries"), "{message}");
}

#[test]
fn not_more_is_read_than_all_limits_allow() {
    let folder = scratch();
    let most = vec![b' '; usize::try_from(intake::FILE_BYTES).expect("it is small")];
    let enough = intake::TOTAL_BYTES / intake::FILE_BYTES;
    (0..enough).for_each(|index| put(folder.path(), &[(&format!("{index}/src/lib.rs"), &most)]));
    assert!(refused(read(folder.path())).1.contains("none of them is named"));
    put(folder.path(), &[("more/src/lib.rs", b" ")]);
    let (outcome, message) = refused(read(folder.path()));
    assert!(outcome == Outcome::Policy && message.contains("larger than 64 MiB"), "{message}");
}

#[test]
fn what_is_not_looked_into_does_not_count_either() {
    let folder = scratch();
    put(folder.path(), &[("src/lib.rs", GOOD.as_bytes())]);
    (0..=intake::ENTRIES).for_each(|index| put(folder.path(), &[(&format!("target/{index}"), b"")]));
    fs_err::set_permissions(folder.path().join("target"), PermissionsExt::from_mode(0o000)).expect("it is ours");
    assert_eq!(ignored(read(folder.path())), ["`target` is not looked into"]);
    fs_err::set_permissions(folder.path().join("target"), PermissionsExt::from_mode(0o755)).expect("it is ours");
}

#[test]
fn folders_that_lie_too_deep_are_left_out() {
    let folder = scratch();
    put(folder.path(), &[(&format!("{}src/lib.rs", "a/".repeat(intake::DEPTH)), GOOD.as_bytes())]);
    assert!(has_no_file(read(folder.path())));
    assert!(ignored(read(folder.path()))[0].ends_with("lies too deep in folders"));
    let folder = scratch();
    put(folder.path(), &[(&format!("{}src/lib.rs", "a/".repeat(intake::DEPTH - 1)), GOOD.as_bytes())]);
    assert_eq!(text(read(folder.path())), GOOD);
}
