//! The long tables as data: what the record says, line by line.

use std::collections::BTreeMap;

use cchc::book::{Book, RawValue};
use cchc::cli::Outcome;
use cchc::finding::{CellRef, Findings};
use cchc::history::csv;
use serde_json::Value;

use crate::office::{Office, Report, honest};

/// The rows of a table, each by the names of its columns.
fn rows(report: &Report, name: &str) -> Vec<BTreeMap<String, String>> {
    let bytes = report.file(&format!("du-lieu/{name}"));
    assert!(bytes.starts_with("\u{feff}".as_bytes()) && bytes.ends_with(b"\n"), "{name}");
    let mut findings = Findings::default();
    let book: Book = csv::read(name, bytes, &mut findings).unwrap().book;
    let cells = &book.pages[0].cells;
    let cell = |row: u32, col: u32| match cells.get(&CellRef { row, col }).map(|it| &it.value) {
        None => String::new(),
        Some(RawValue::Text(text)) => text.clone(),
        Some(RawValue::Number(number)) => number.to_string(),
        Some(other) => panic!("{other:?}"),
    };
    let columns = (0..100).take_while(|col| !cell(0, *col).is_empty()).count();
    let last = cells.keys().map(|at| at.row).max().unwrap();
    let columns = u32::try_from(columns).unwrap();
    (1..=last).map(|row| (0..columns).map(|col| (cell(0, col), cell(row, col))).collect()).collect()
}

/// A value of the record as the rows have it.
fn plain(value: &Value) -> String {
    let text = match value {
        Value::Null => return String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match text.parse::<f64>() {
        Ok(number) if text.contains('.') => number.to_string(),
        _ => text,
    }
}

fn office() -> Office {
    Office::busy().agreed().survey(&[("PB-NV", 90), ("PB-TP", 80), ("P-HT", 95), ("X-QL", 85)])
}

/// Ranked and unranked units of the record.
fn units(record: &Value) -> Vec<Value> {
    let blocs = record["khoi"].as_array().unwrap().iter();
    let lists = blocs.flat_map(|bloc| [&bloc["xep-hang"], &bloc["khong-xep-hang"]]);
    lists.flat_map(|list| list.as_array().unwrap().clone()).collect()
}

#[test]
fn ranking_and_scores_are_those_of_the_record() {
    let report = office().run();
    let units = units(&report.record());
    let ranking = rows(&report, "xep-hang.csv");
    assert_eq!(ranking.len(), units.len());
    for (row, unit) in ranking.iter().zip(&units) {
        let keys = ["don-vi", "ten", "hang", "xep-loai", "chi-so", "tu-cham", "tham-dinh"];
        let more = ["khao-sat", "thuong", "tru", "tong", "toi-da", "ty-le-ap-dung", "ly-do"];
        for key in keys.into_iter().chain(more) {
            assert_eq!(row[key], plain(&unit[key]), "{key} of {}", row["don-vi"]);
        }
    }
    let items = units.iter().filter_map(|unit| {
        Some(unit.get("muc")?.as_array()?.iter().map(move |item| (&unit["don-vi"], item)))
    });
    let items: Vec<(&Value, &Value)> = items.flatten().collect();
    let scores = rows(&report, "diem.csv");
    assert_eq!(scores.len(), items.len());
    for (row, (unit, item)) in scores.iter().zip(items) {
        assert_eq!((&row["don-vi"], &row["muc"]), (&plain(unit), &plain(&item["ma"])));
        for key in ["toi-da", "tu-cham", "tham-dinh", "hai-long", "diem", "nguon"] {
            assert_eq!(row[key], plain(&item[key]), "{key} of {unit} {}", row["muc"]);
        }
    }
}

#[test]
fn every_shortfall_is_in_the_data_and_the_largest_are_on_the_sheet() {
    let poor = honest(2);
    let office = office().form("nop/P-HT.xlsx", "P-HT", &poor);
    let few = office.setting("so-ton-tai = 10", "so-ton-tai = 1").run();
    let lost = rows(&few, "mat-diem.csv");
    let own: Vec<_> = lost.iter().filter(|row| row["don-vi"] == "P-HT").collect();
    assert!(1 < own.len(), "{own:?}");
    let points = |row: &BTreeMap<String, String>| row["mat"].parse::<f64>().unwrap();
    assert!(own.windows(2).all(|pair| points(pair[1]) <= points(pair[0])));
    for (number, row) in (1..).zip(&own) {
        assert_eq!(row["thu-tu"], number.to_string());
        let [most, got] = ["toi-da", "diem"].map(|key| row[key].parse::<f64>().unwrap());
        assert!((most - got - points(row)).abs() < 1e-9);
    }
    // The sums of the sheet and of the data are the same.
    let sheet = few.sheet("Tong-hop-2019.xlsx", "Tồn tại, hạn chế");
    assert!(
        sheet.contains("3. Mục mất nhiều điểm nhất của từng đơn vị (nhiều nhất 1 mục)"),
        "{sheet}"
    );
    assert!(sheet.contains("du-lieu/mat-diem.csv"), "{sheet}");
    let listed = sheet.split("3. Mục mất").nth(1).unwrap();
    let units: std::collections::BTreeSet<&String> = lost.iter().map(|row| &row["ten"]).collect();
    for unit in units {
        assert_eq!(listed.matches(unit.as_str()).count(), 1, "{unit}");
    }
}

#[test]
fn the_dictionary_tells_every_column_of_every_table() {
    let report = office().firm().setting("bo = [\"8\"]", "bo = [\"2\"]").run();
    let told = rows(&report, "tu-dien.csv");
    let names = report.results.keys().filter_map(|name| name.strip_prefix("du-lieu/"));
    let mut columns = 0;
    for name in names.filter(|name| *name != "tu-dien.csv") {
        let text = String::from_utf8(report.file(&format!("du-lieu/{name}")).to_vec()).unwrap();
        for column in text.lines().next().unwrap().trim_start_matches('\u{feff}').split(',') {
            let own = told.iter().find(|row| row["tep"] == name && row["cot"] == column);
            let own = own.unwrap_or_else(|| panic!("{column} of {name} is not told"));
            assert!(!own["y-nghia"].is_empty() && !own["don-vi-do"].is_empty());
            columns += 1;
        }
    }
    assert!(100 < columns, "{columns}");
}

#[test]
fn the_data_are_results_like_the_others() {
    let office = office();
    let report = office.run();
    let record = report.record();
    let outputs = record["dau-ra"].as_array().unwrap();
    for name in report.results.keys().filter(|name| name.starts_with("du-lieu/")) {
        let own = outputs.iter().find(|it| it["tep"] == name.as_str()).unwrap();
        assert_eq!(own["sha256"], cchc::digest::sha256(report.file(name)), "{name}");
    }
    assert_eq!(office.tell(&["freeze"]).outcome, Outcome::Clean);
    let archive = std::fs::read_dir(office.path("cong-bo")).unwrap().next().unwrap().unwrap();
    let archive = std::fs::File::open(archive.path()).unwrap();
    let packed = zip::ZipArchive::new(archive).unwrap();
    assert!(packed.file_names().any(|name| name.unwrap() == "ket-qua/du-lieu/diem.csv"));

    let path = office.path("ket-qua/du-lieu/xep-hang.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen(",98.00,", ",99.00,", 1)).unwrap();
    std::fs::write(office.path("ket-qua/du-lieu/them.csv"), "a\n").unwrap();
    let verified = office.tell(&["verify"]);
    assert_eq!(verified.outcome, Outcome::Flawed);
    for told in ["du-lieu/xep-hang.csv – dòng ", "99.00", "du-lieu/them.csv: không có"] {
        assert!(verified.said.contains(told), "{told}: {}", verified.said);
    }
    let held = office.say(vec!["verify".into(), path.clone().into_os_string()]);
    assert!(held.said.contains("KHÔNG KHỚP: 1 khác biệt"), "{}", held.said);
    std::fs::write(&path, text.replace('\n', "\r\n")).unwrap();
    std::fs::remove_file(office.path("ket-qua/du-lieu/them.csv")).unwrap();
    assert_eq!(office.tell(&["verify"]).outcome, Outcome::Flawed);
    // What was added to the folder does not stay in new results.
    std::fs::write(office.path("ket-qua/du-lieu/them.csv"), "a\n").unwrap();
    assert!(!office.run().results.contains_key("du-lieu/them.csv"));
}
