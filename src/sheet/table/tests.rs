//! Tables of a few columns.

use super::*;
use crate::sheet::{Allow, Sheet};

fn columns() -> Vec<Column<'static, (&'static str, u32)>> {
    vec![
        Column::words("Đơn vị", 30.0, |it: &(&str, u32)| it.0.into()).pinned().total("Cộng"),
        Column::number("Điểm", 9.0, |it: &(&str, u32)| it.1.into()).summed(),
        Column::number("Gấp đôi", 9.0, |it: &(&str, u32)| {
            Entry::formula("[Điểm]*2&\"[Điểm]\"", it.1 * 2)
        }),
    ]
}

fn formulas(sheet: &Sheet) -> Vec<String> {
    let cells = sheet.all_rows().flat_map(|row| row.cells.clone()).collect::<Vec<Cell>>();
    let formulas = cells.into_iter().filter_map(|cell| match cell.value {
        Value::Formula(formula, _) => Some(formula),
        _ => None,
    });
    formulas.collect()
}

#[test]
fn head_body_and_totals_follow_from_the_columns() {
    let mut sheet = Sheet::named("Bảng");
    let rows = [("Hà Tu", 3), ("Hà Lầm", 4)];
    let placed = Table::new(columns()).leading().write(&mut sheet, &rows);
    assert_eq!(formulas(&sheet), ["B2*2&\"[Điểm]\"", "B3*2&\"[Điểm]\"", "SUM(B2:B3)"]);
    let Value::Formula(_, sum) = &sheet.rows[3].cells[1].value else { panic!("a sum") };
    assert_eq!(**sum, Value::Whole(7));
    assert_eq!(sheet.rows[3].cells[0], Cell::text("Cộng", Level::Total));
    assert_eq!(placed.range("Điểm").unwrap().absolute(), "'Bảng'!$B$2:$B$3");
    assert_eq!((sheet.repeat, sheet.freeze), (Some((0, 0)), Some(CellRef::new(1, 1))));
    assert_eq!(sheet.filter, None);
}

#[test]
fn rows_made_later_are_the_same_and_long_tables_can_be_filtered() {
    let [mut now, mut later] = ["Nay", "Sau"].map(Sheet::named);
    let row = |at: usize| ("x", number(at));
    let rows: Vec<(&str, u32)> = (0..LONG).map(row).collect();
    Table::new(columns()).leading().write(&mut now, &rows);
    Table::new(columns()).leading().write_long(&mut later, LONG, row);
    assert_eq!(formulas(&now), formulas(&later));
    assert_eq!(now.filter, Some((CellRef::new(0, 0), CellRef::new(number(LONG), 2))));
    assert_eq!(now.filter, later.filter);
}

#[test]
fn a_table_without_rows_says_so() {
    let mut sheet = Sheet::named("Bảng");
    let placed = Table::new(columns()).otherwise("Không có.").write(&mut sheet, &[]);
    assert_eq!(sheet.rows[1].cells[0].value, Value::from("Không có."));
    assert!(placed.range("Điểm").is_none() && sheet.rows.len() == 2);
}

#[test]
fn shared_headings_and_wide_columns_cover_what_is_below() {
    let mut sheet = Sheet::named("Bảng");
    let one = |label: &str| Column::number(label, 9.0, |_: &u32| Entry::dash());
    let columns =
        vec![one("A"), one("B").under("Nhóm"), one("C").under("Nhóm").spanning(2), one("D")];
    Table::new(columns).write(&mut sheet, &[1]);
    let spans = |row: usize| -> Vec<(u32, u32)> {
        sheet.rows[row].cells.iter().map(|it| (it.span, it.span_rows)).collect()
    };
    assert_eq!(spans(0), [(1, 2), (3, 1), (1, 1), (1, 1), (1, 2)]);
    assert_eq!(spans(1), [(1, 1), (1, 1), (2, 1), (1, 1), (1, 1)]);
    assert_eq!(spans(2), spans(1));
}

#[test]
fn a_table_asks_marks_and_counts_by_the_names_of_its_columns() {
    let mut sheet = Sheet::named("Bảng");
    let ask = || Allow::Whole { from: 0, to: 9 }.or("Từ 0 đến 9.");
    let columns = vec![
        Column::words("Đơn vị", 30.0, |it: &&str| (*it).into()),
        Column::number("Điểm", 9.0, |_: &&str| Entry::formula("[Đã chấm@2]", 1_u32)),
        Column::number("Đã chấm", 9.0, move |it: &&str| {
            Entry::blank().at(Level::Input).asking((*it == "Hà Lầm").then(ask))
        })
        .asking(ask()),
    ];
    let heading = |it: &&str| it.starts_with("Khối").then(|| it.to_uppercase());
    let rows = ["Khối phường", "Hà Tu", "Hà Lầm"];
    let placed = Table::new(columns).banners(heading).write(&mut sheet, &rows);
    placed.mark(&mut sheet, "Điểm", "[Điểm]<$[Đã chấm]", Level::Bad);
    assert_eq!((sheet.rows[1].cells[0].span, formulas(&sheet).len()), (3, 2));
    assert_eq!(formulas(&sheet)[0], "C4");
    let asked = sheet.validations.iter().map(|it| (it.first.to_string(), it.last.to_string()));
    let asked: Vec<String> = asked.map(|(first, last)| format!("{first}:{last}")).collect();
    assert_eq!(asked, ["C2:C4", "C4:C4"]);
    assert_eq!(sheet.marks[0].formula, "B2<$C2");
}

#[test]
#[should_panic(expected = "no column «Điểm thưởng»")]
fn a_formula_names_only_columns_that_are_there() {
    let column = Column::number("Điểm", 9.0, |it: &u32| {
        Entry::formula("[Điểm thưởng]", Value::from(*it))
    });
    Table::new(vec![column]).write(&mut Sheet::named("Bảng"), &[1]);
}

#[test]
#[should_panic(expected = "two columns are called «Đơn vị»")]
fn no_two_columns_have_one_name() {
    Table::new(columns().into_iter().chain(columns()).collect());
}
