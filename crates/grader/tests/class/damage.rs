//! Downloads with something wrong in them: what is told, and that the others are graded.

use super::*;
use snapbox::{IntoData, assert_data_eq, str};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;

const LIST: &str = "id,name,login\n1001,Jörg Müller,jmueller\n1002,Łucja O'Neil,loneil\n1003,Ada Lovelace,ada\n";

#[test]
fn strangers_links_and_what_is_no_file_are_told_and_the_others_are_graded() {
    let desk = Desk::new();
    let roster = desk.roster(LIST);
    desk.sources(&["jmueller/src/lib.rs", "jmeuller/src/lib.rs", "nobody.zip", "\u{202e}gnp.zip"]);
    fs::create_dir_all(desk.path("download/ada")).expect("folders can be made");
    symlink("/etc/passwd", desk.path("download/loneil")).expect("links can be made");
    symlink("/etc/passwd", desk.path("download/jmueller/link")).expect("links can be made");
    let _socket = UnixListener::bind(desk.path("download/socket")).expect("a socket can be bound");
    let odd = std::ffi::OsStr::from_bytes(b"1001\xff");
    fs::write(desk.path("download").join(odd), "").expect("files can be written");
    let found = desk.read(&roster, &one());
    assert_data_eq!(
        desk.told(&roster, &one(), &found),
        str![[r#"
Plain
1001 drop-list Unknown download/jmueller
fault: download/1001�: this name is not UTF-8; give it another
fault: download/\u{202e}gnp.zip: `\u{202e}gnp` is nobody in the class list
fault: download/ada: there is nothing in this folder
fault: download/jmeuller: `jmeuller` (is it `jmueller`?) is nobody in the class list
fault: download/jmueller/link: this is a link, which is not followed; put there what it points to
fault: download/loneil: this is a link, which is not followed; put there what it points to
fault: download/nobody.zip: `nobody` is nobody in the class list
fault: download/socket: this is neither a file nor a folder

"#]]
        .raw()
    );
}

#[test]
fn an_archive_that_cannot_be_looked_into_is_told_where_its_name_says_nothing() {
    let desk = Desk::new();
    let roster = desk.roster(LIST);
    let whole = submission("my-vec");
    desk.put("download/1001/a.zip", &whole[..whole.len() / 2]);
    desk.put("download/1002/my-vec.zip", &whole[..whole.len() / 2]);
    desk.put("download/1003/a.tar.gz", [0x1f, 0x8b, 8, 0, 1, 2]);
    let found = desk.read(&roster, &three());
    assert_data_eq!(desk.told(&roster, &three(), &found), str![[r#"
Plain
1002 my-vec Unknown download/1002/my-vec.zip
fault: download/1001/a.zip: nobody can say what this answers: the archive is damaged or cut off (invalid Zip archive: Could not find EOCD)
fault: download/1003/a.tar.gz: nobody can say what this answers: the archive is damaged or cut off: unexpected end of file

"#]].raw());
}

#[test]
fn nothing_at_all_is_told() {
    let desk = Desk::new();
    let roster = desk.roster(LIST);
    fs::create_dir_all(desk.path("download")).expect("folders can be made");
    desk.put("all.zip", zip(&[]));
    desk.put("all.rar", "Rar!\x1a\x07");
    let cut = zip(&["jmueller/lib.rs"]);
    desk.put("cut.zip", &cut[..cut.len() - 9]);
    let all: Vec<String> = ["download", "all.zip", "all.rar", "cut.zip"]
        .map(|name| desk.told(&roster, &one(), &desk.read_from(name, &roster, &one())))
        .into();
    assert_data_eq!(all.concat(), str![[r#"
Plain
fault: download: nothing was handed in: there is nothing in here
Plain
fault: all.zip: nothing was handed in: there is nothing in here
Plain
fault: all.rar: this is neither a folder nor a .zip; give what the platform gave you, or unpack it
Plain
fault: cut.zip: this archive is damaged or cut off (invalid Zip archive: Unexpected end of zip::format::blocks::Zip32CDEBlock); download it again

"#]].raw());
    assert!(handed_in::read(&desk.path("nowhere"), &desk.path("unpacked"), &roster, &one(), None).is_err());
}

#[test]
fn an_archive_of_the_class_writes_nothing_outside_of_its_folder() {
    let desk = Desk::new();
    let roster = desk.roster(LIST);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default();
    let names = [
        "../out.rs",
        "/elsewhere/out.rs",
        "ada\\..\\out.rs",
        "jmueller/lib.rs",
        "loneil",
        "loneil/lib.rs",
        "ada/a\u{1b}.rs",
    ];
    for name in names {
        archive.start_file(name, plain).expect("an entry can be begun");
        archive.write_all(SOURCE.as_bytes()).expect("memory can be written");
    }
    archive.add_symlink("ada/lib.rs", "/etc/passwd", plain).expect("an entry can be made");
    archive.start_file("1002.zip", plain).expect("an entry can be begun");
    let zeros = vec![0; 1 << 20];
    (0..65).for_each(|_| archive.write_all(&zeros).expect("memory can be written"));
    desk.put("class/all.zip", archive.finish().expect("an archive can be ended").into_inner());
    let found = desk.read_from("class/all.zip", &roster, &one());
    assert_data_eq!(desk.told(&roster, &one(), &found), str![[r#"
Plain
1001 drop-list Unknown class/all.zip/jmueller/lib.rs
1002 drop-list Unknown class/all.zip/loneil
fault: class/all.zip/../out.rs: this entry has a name that leads out of the submission
fault: class/all.zip//elsewhere/out.rs: this entry has a name that leads out of the submission
fault: class/all.zip/1002.zip: it is larger than 64 MiB
fault: class/all.zip/ada/a\u{1b}.rs: this entry has a name with a backslash, a control character or bytes that are not UTF-8
fault: class/all.zip/ada/lib.rs: this is a link or something else that is no file
fault: class/all.zip/ada\\..\\out.rs: this entry has a name with a backslash, a control character or bytes that are not UTF-8
fault: class/all.zip/loneil/lib.rs: it cannot be unpacked: another entry has its place

"#]].raw());
    let beside = fs::read_dir(desk.path("class")).expect("folders can be listed").count();
    assert_eq!(beside, 1);
}
