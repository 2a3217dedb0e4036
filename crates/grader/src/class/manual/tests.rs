use super::*;
use model::class::{ManualCriterion, Missing, SetExercise};
use model::late::{Attempts, LatePolicy};
use model::redact::Visibility;

fn student(id: &str, name: &str) -> Student {
    Student { id: id.into(), name: name.into(), login: None, email: None, section: None, columns: BTreeMap::new() }
}

fn set() -> Set {
    let criterion =
        |id: &str| ManualCriterion { id: id.into(), title: format!("About {id}"), points: Points::whole(3) };
    Set {
        id: "week".into(),
        title: "Week".into(),
        due: None,
        late: LatePolicy::default(),
        attempts: Attempts::default(),
        visibility: Visibility::Criterion,
        missing: Missing::Zero,
        exercises: vec![SetExercise {
            exercise: "c/e".into(),
            title: "E".into(),
            read: "c".into(),
            points: 5,
            weight: Points::whole(1),
            manual: vec![criterion("names"), criterion("notes")],
        }],
    }
}

fn read(text: &str, students: &[Student]) -> Result<Manual, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("manual.csv");
    std::fs::write(&path, text).unwrap();
    let shown = path.display().to_string();
    Manual::read(&path, &set(), students).map_err(|faults| faults.to_string().replace(&shown, "manual.csv"))
}

#[test]
fn a_blank_table_has_a_row_for_each_criterion_of_who_handed_in() {
    let students = [student("s1", "=Zoë"), student("s2", "Bo")];
    let table = Manual::default().table(&set(), &students, |id, _| id == "s1").unwrap().unwrap();
    assert_eq!(
        table,
        "\"student\",\"name\",\"exercise\",\"criterion\",\"title\",\"of\",\"points\",\"remark\"\n\
         \"s1\",\"'=Zoë\",\"c/e\",\"names\",\"About names\",3,\"\",\"\"\n\
         \"s1\",\"'=Zoë\",\"c/e\",\"notes\",\"About notes\",3,\"\",\"\"\n"
    );
}

#[test]
fn a_table_that_a_spreadsheet_wrote_is_read_and_written_again_without_loss() {
    let students = [student("-s1", "Ann")];
    let text = "\u{feff}student;criterion;exercise;points;remark\r\n'-s1;names;c/e;2,5;\"Good; but long\"\r\n'-s1;notes;c/e;;\r\n";
    let manual = read(text, &students).unwrap();
    let given = manual.of("-s1", "c/e");
    assert_eq!(given.len(), 1);
    assert_eq!((given[0].points, given[0].remark.as_str()), (Some(Points::hundredths(250)), "Good; but long"));
    let again = manual.table(&set(), &students, |_, _| true).unwrap().unwrap();
    assert_eq!(read(&again, &students).unwrap(), manual);
}

#[test]
fn everything_that_would_get_lost_is_told_with_its_line() {
    let text = "student,exercise,criterion,points,remark\n\
        s9,c/e,names,1,\ns1,c/x,names,1,\ns1,c/e,style,1,\ns1,c/e,names,four,\ns1,c/e,names,4,\n\
        s1,c/e,notes,1,\ns1,c/e,notes,2,\n";
    let error = read(text, &[student("s1", "Ann")]).unwrap_err();
    assert_eq!(
        error,
        "manual.csv:2: `s9` is not in the class list\n\
         manual.csv:3: `c/x` is not in the set\n\
         manual.csv:4: `c/e` has no manual criterion `style`\n\
         manual.csv:5: `four` is no number of points, like 3 or 2.5\n\
         manual.csv:6: 4 points are more than the 3 of `names`\n\
         manual.csv:8: `notes` of `c/e` is there twice for `s1`"
    );
}

#[test]
fn a_table_without_a_column_that_is_needed_is_refused() {
    let error = read("student,exercise,points\ns1,c/e,1\n", &[student("s1", "Ann")]).unwrap_err();
    assert_eq!(error, "manual.csv:1: there is no column criterion, remark");
}
