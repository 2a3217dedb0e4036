//! A teacher's table of times.

use super::*;
use snapbox::{IntoData, assert_data_eq, str};

const LIST: &str = "id,name,login\n1001,Jörg Müller,jmueller\n1002,Łucja O'Neil,loneil\n1003,Ada Lovelace,ada\n";

fn told(desk: &Desk, set: &[Wanted], table: &str) -> String {
    let roster = desk.roster(LIST);
    let times = desk.put("times.csv", table);
    let found = handed_in::read(&desk.path("download"), &desk.path("unpacked"), &roster, set, Some(&times))
        .expect("the disk can be read");
    desk.told(&roster, set, &found)
}

#[test]
fn a_table_wins_over_names_and_a_line_for_an_exercise_over_one_for_all() {
    let desk = Desk::new();
    desk.sources(&["1001/drop-list.rs", "1001/my-vec.rs", "1002/20261121T213000Z/vec.rs", "1003/vec.rs"]);
    let table = "\u{feff}Student;Exercise;Submitted\r\njmueller;;2026-11-21T23:59:00+01:00\r\n1001;stack-limits/my-vec;2026-11-22T08:00:00Z\r\n\r\nLOneil;vec;2026-11-23T08:00:00Z\r\n";
    assert_data_eq!(
        told(&desk, &three(), table),
        str![[r#"
Plain
1001 drop-list 2026-11-21T23:59:00+01:00 download/1001/drop-list.rs
1001 my-vec 2026-11-22T08:00:00Z download/1001/my-vec.rs
1002 vec 2026-11-23T08:00:00Z download/1002/20261121T213000Z/vec.rs
1003 vec Unknown download/1003/vec.rs

"#]]
        .raw()
    );
}

#[test]
fn everything_that_is_wrong_with_a_table_is_told_with_its_line() {
    let desk = Desk::new();
    desk.sources(&["1001/lib.rs", "1002/20261121T213000Z.rs", "1002/20261122T213000Z.rs"]);
    let table = "student,exercise,submitted\njmeuller,,2026-11-21T23:59:00Z\n1001,drop-lost,2026-11-21T23:59:00Z\n1001,,yesterday\nnobody,nothing,2026-11-21\n1002,list-drop,2026-11-21T23:59:00Z\nloneil,drop-list,2026-11-22T23:59:00Z\n";
    let bad = told(&desk, &one(), table);
    let others = ["who,when\n1001,2026-11-21T23:59:00Z\n", "student,submitted\n1001,\"2026\n", ""];
    let others: String = others.map(|table| told(&desk, &one(), table)).concat();
    assert_data_eq!(bad + &others, str![[r#"
Plain
1001 drop-list Unknown download/1001/lib.rs
1002 drop-list 2026-11-21T21:30:00Z download/1002/20261121T213000Z.rs
1002 drop-list 2026-11-22T21:30:00Z download/1002/20261122T213000Z.rs
fault: times.csv:2: `jmeuller` (is it `jmueller`?) is nobody in the class list
fault: times.csv:3: `drop-lost` (is it `drop-list`?) is no exercise of the set
fault: times.csv:4: `yesterday` is no time: write it as RFC 3339 does, with the offset from UTC, like `2026-11-21T23:59:00+01:00`, or `in time`, or `nothing`
fault: times.csv:5: `2026-11-21` is no time: write it as RFC 3339 does, with the offset from UTC, like `2026-11-21T23:59:00+01:00`, or `in time`, or `nothing`
fault: times.csv:5: `nobody` is nobody in the class list
fault: times.csv:5: `nothing` is no exercise of the set
fault: times.csv:6: Łucja O'Neil (1002) handed in 2 items for `stack-limits/drop-list`, and this does not say which of them came then
fault: times.csv:7: line 6 says when Łucja O'Neil (1002) handed this in, too
Plain
1001 drop-list Unknown download/1001/lib.rs
1002 drop-list 2026-11-21T21:30:00Z download/1002/20261121T213000Z.rs
1002 drop-list 2026-11-22T21:30:00Z download/1002/20261122T213000Z.rs
fault: times.csv:1: a table of times has the columns `student`, `submitted` and, if you like, `exercise`
Plain
1001 drop-list Unknown download/1001/lib.rs
1002 drop-list 2026-11-21T21:30:00Z download/1002/20261121T213000Z.rs
1002 drop-list 2026-11-22T21:30:00Z download/1002/20261122T213000Z.rs
fault: times.csv:2: this is not CSV: a quote is opened here and never closed
Plain
1001 drop-list Unknown download/1001/lib.rs
1002 drop-list 2026-11-21T21:30:00Z download/1002/20261121T213000Z.rs
1002 drop-list 2026-11-22T21:30:00Z download/1002/20261122T213000Z.rs
fault: times.csv: there is nothing in this file, not even a header

"#]].raw());
}

#[test]
fn a_table_without_exercises_is_for_all_of_them() {
    let desk = Desk::new();
    desk.sources(&["1001/drop-list.rs", "1001/my-vec.rs"]);
    assert_data_eq!(
        told(&desk, &three(), "submitted,student\n2026-11-21T23:59:00Z,1001\n"),
        str![[r#"
Plain
1001 drop-list 2026-11-21T23:59:00Z download/1001/drop-list.rs
1001 my-vec 2026-11-21T23:59:00Z download/1001/my-vec.rs

"#]]
        .raw()
    );
}
