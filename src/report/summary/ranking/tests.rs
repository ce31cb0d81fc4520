//! Columns of the ranking that stand elsewhere.

use std::collections::BTreeMap;

use super::*;
use crate::finding::column_name;
use crate::record::sample;
use crate::report::{Edition, LIMITS};
use crate::sheet::Value;

/// Each formula by its row and its column's label, with labels for the columns
/// of the cells that it names on its own sheet.
fn formulas(sheet: &SheetOf) -> BTreeMap<(usize, String), String> {
    let rows: Vec<Row> = sheet.all_rows().map(std::borrow::Cow::into_owned).collect();
    let head = rows.iter().find(|row| row.cells[0].role.level == Level::Head).unwrap();
    let said = |at: usize| match &head.cells[at].value {
        Value::Text(label) => label.clone(),
        other => panic!("{other:?} in the head"),
    };
    let labels: BTreeMap<String, String> =
        (0..).zip(0..head.cells.len()).map(|(col, at)| (column_name(col), said(at))).collect();
    let mut formulas = BTreeMap::new();
    for (number, row) in rows.iter().enumerate() {
        for (at, cell) in row.cells.iter().enumerate() {
            if let Value::Formula(formula, _) = &cell.value {
                formulas.insert((number, said(at)), by_name(formula, &labels));
            }
        }
    }
    formulas
}

/// `SUM(D7:F7)-G7` → `SUM(‹Thẩm định›,‹Khảo sát›,‹Điểm thưởng›)-‹Điểm trừ›`: a
/// range along a row as the list of its cells.
fn by_name(formula: &str, labels: &BTreeMap<String, String>) -> String {
    let words = formula.split_inclusive(|it: char| !it.is_ascii_alphanumeric() && it != ':');
    let named = words.map(|word| {
        let bare = word.trim_end_matches(|it: char| !it.is_ascii_alphanumeric());
        let mut ends = bare.split(':').filter_map(|cell| {
            let letters = cell.trim_end_matches(|it: char| it.is_ascii_digit());
            let is_cell = letters.len() < cell.len();
            labels.get_key_value(letters).filter(|_| is_cell).map(|(letters, _)| letters)
        });
        let Some(first) = ends.next() else { return word.to_owned() };
        let last = ends.next().unwrap_or(first);
        let between = labels.range(first.clone()..=last.clone());
        let names: Vec<String> = between.map(|(_, label)| format!("‹{label}›")).collect();
        names.join(",") + &word[bare.len()..]
    });
    named.collect()
}

#[test]
fn every_formula_follows_a_column_that_moves() {
    let round = sample::round(&sample::SMALL);
    let tally = sample::tally(&round);
    let edition = Edition {
        inputs: &[],
        program: "",
        seal: "",
        items: &BTreeMap::new(),
        examined: None,
        amendment: None,
        areas: &[],
        shortfalls: &[],
        oddities: None,
        limits: LIMITS,
    };
    let basis = Basis { round: &round, tally: &tally, edition: &edition };
    let (bloc, ranking) = basis.blocs().find(|it| 1 < it.1.standings.len()).unwrap();
    let lines =
        Arc::new(Lines { basis, bloc, ranking, spots: Vec::new(), all_lack_the_same: true });
    let told = |columns: Vec<Column<Line>>| {
        let table = Table::new(columns);
        let mut sheet = basis.new_sheet("Xếp hạng".to_owned(), table.widths());
        let rows: Vec<Line> = (0..ranking.standings.len()).map(Line::Ranked).collect();
        let ranked = table.write(&mut sheet, &rows);
        means(basis, bloc, ranking, &ranked, &mut sheet);
        formulas(&sheet)
    };
    let before = told(columns(&lines));
    assert!(before.values().any(|it| it.contains("SUM(‹Thẩm định›,‹Khảo sát›,‹Điểm thưởng›)")));
    let count = columns(&lines).len();
    for (from, to) in (1..count).flat_map(|from| (1..count).map(move |to| (from, to))) {
        let mut moved = columns(&lines);
        let column = moved.remove(from);
        moved.insert(to, column);
        assert_eq!(told(moved), before, "column {from} moved to {to}");
    }
}
