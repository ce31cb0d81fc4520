//! *Chênh lệch*: what units claimed against what the appraisers granted, by
//! unit and by item, largest gap first.

use crate::analysis::{Gaps, ItemGap, UnitGap};
use crate::finding::CellRef;
use crate::points::Points;
use crate::report::basis::Basis;
use crate::report::extent::{GAPS, path};
use crate::round::criteria::{CriteriaSet, SetId};
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Placed, Table};
use crate::sheet::{Chart, ChartKind, Range, Row, Series, Sheet};

/// The most items of a set that are listed.
const MOST_ITEMS: usize = 10;

/// The rows, 25 pixels high, that the picture covers, and its most dots.
const CHART_ROWS: u32 = 12;
const MOST_DOTS: u32 = 1000;

const DIFFERENCE: &str = "[Tự chấm]-[Thẩm định]";

pub(super) fn sheet(basis: Basis, name: String, gaps: &Gaps) -> Sheet {
    let limits = basis.edition.limits;
    let shown = &gaps.units[..gaps.units.len().min(limits.rows)];
    let units = by_unit(basis, shown);
    let title = "CHÊNH LỆCH GIỮA TỰ CHẤM VÀ THẨM ĐỊNH";
    let mut sheet = basis.titled(name, units.widths(), title);
    if gaps.units.is_empty() {
        head::remark(&mut sheet, "Chưa có điểm thẩm định nào để so sánh.");
        return sheet;
    }
    head::heading(&mut sheet, &summary(gaps));
    head::remark(
        &mut sheet,
        "Chỉ so sánh các mục có cả điểm tự chấm và điểm thẩm định. Chênh lệch = tự chấm − thẩm \
         định: số dương là tự chấm cao hơn. Bảng thẩm định ghi một điểm cho mỗi mục, nên trang này \
         không đo được mức thống nhất giữa các thẩm định viên.",
    );
    heading(&mut sheet, "1. Theo đơn vị");
    limits.shown(&mut sheet, gaps.units.len(), "đơn vị", GAPS);
    let units = units.write(&mut sheet, shown);
    picture(&mut sheet, &units, shown);
    let sets = gaps.items.iter().filter_map(|(id, items)| Some((set(basis, id)?, items)));
    for (number, (set, items)) in (2..).zip(sets) {
        heading(&mut sheet, &format!("{number}. Theo tiêu chí – {}", set.title));
        let (changed, same): (Vec<&ItemGap>, Vec<&ItemGap>) =
            items.iter().partition(|it| 0 < it.counts.lowered + it.counts.raised);
        if !same.is_empty() {
            let codes: Vec<String> = same.iter().map(|it| it.item.to_string()).collect();
            let told = format!("Không bị đổi điểm ở đơn vị nào: {}.", codes.join("; "));
            head::remark(&mut sheet, &told);
        }
        let shown = changed.len().min(MOST_ITEMS);
        if shown < changed.len() {
            let whole = path(GAPS);
            let told =
                format!("Nêu {shown} mục đầu trong {} mục; xem đủ tại {whole}.", changed.len());
            head::remark(&mut sheet, &told);
        }
        let table = by_item(basis, set).otherwise("Không mục nào bị đổi điểm.");
        table.write(&mut sheet, &changed[..shown]);
    }
    sheet
}

fn set<'a>(basis: Basis<'a>, id: &SetId) -> Option<&'a CriteriaSet> {
    basis.round.sets.get(id)
}

fn heading(sheet: &mut Sheet, text: &str) {
    sheet.end_page();
    head::gap(sheet);
    head::heading(sheet, text);
}

/// Who claimed more than was granted, in one sentence.
fn summary(gaps: &Gaps) -> String {
    let over = gaps.units.iter().filter(|it| Points::ZERO < it.gap).count();
    let all: Points = gaps.units.iter().map(|it| it.gap).sum();
    format!(
        "Có {over} trong {} đơn vị tự chấm cao hơn thẩm định; tính chung, tự chấm trừ thẩm định là \
         {all} điểm.",
        gaps.units.len(),
    )
}

/// A numbered line a unit.
fn by_unit<'a>(basis: Basis<'a>, gaps: &[UnitGap]) -> Table<'a, UnitGap> {
    let all: Points = gaps.iter().map(|it| it.gap).sum();
    Table::new(vec![
        Column::counter("STT", 7.0).pinned(),
        Column::words("Đơn vị", 52.0, move |it: &UnitGap| basis.name(&it.unit).into())
            .pinned()
            .total("Cộng"),
        Column::number("Tự chấm", 10.0, |it: &UnitGap| it.claimed.into()).summed(),
        Column::number("Thẩm định", 10.0, |it: &UnitGap| it.granted.into()).summed(),
        Column::number("Chênh lệch", 10.0, |it: &UnitGap| Entry::formula(DIFFERENCE, it.gap))
            .total(Entry::formula(DIFFERENCE, all)),
        Column::number("Số mục so sánh", 9.0, |it: &UnitGap| it.counts.compared.into()).summed(),
        Column::number("Bị hạ điểm", 9.0, |it: &UnitGap| it.counts.lowered.into()).summed(),
        Column::number("Được nâng điểm", 9.0, |it: &UnitGap| it.counts.raised.into()).summed(),
        Column::words(
            "Mục bị đổi điểm (mức hạ −, mức nâng +)",
            90.0,
            move |it: &UnitGap| changed(basis, it).into(),
        ),
    ])
    .filtered()
}

/// The items that the appraisers changed, and by how much.
fn changed(basis: Basis, gap: &UnitGap) -> String {
    let places = basis.scoring().places;
    let changed = gap.changed.iter().map(|(code, gap)| {
        let is_raised = gap.quantity().is_negative();
        let (sign, by) = if is_raised { ("+", -*gap) } else { ("−", *gap) };
        format!("{code} ({sign}{})", by.fixed(places))
    });
    changed.collect::<Vec<String>>().join("; ")
}

/// A dot a unit: what it claimed, and what it was granted.
fn picture<T>(sheet: &mut Sheet, units: &Placed<T>, gaps: &[UnitGap]) {
    sheet.end_page();
    let column = |key: &str| {
        let range = units.range(key).expect("a table with units");
        let last = range.last.row.min(range.first.row + MOST_DOTS - 1);
        Range { last: CellRef { row: last, ..range.last }, ..range }
    };
    let dots = |name: &str, values: &str| Series {
        name: name.to_owned(),
        categories: column("Tự chấm"),
        values: column(values),
        has_labels: false,
        whiskers: None,
    };
    let floor = gaps.iter().map(|it| it.granted).min().unwrap_or_default();
    let chart = Chart {
        kind: ChartKind::Scatter,
        title: "Điểm tự chấm và điểm thẩm định của từng đơn vị".to_owned(),
        description: "Mỗi chấm là một đơn vị; chấm càng thấp so với đường chéo thì tự chấm càng \
                      cao hơn thẩm định"
            .to_owned(),
        x_title: "Tự chấm".to_owned(),
        y_title: "Thẩm định".to_owned(),
        series: vec![
            dots("Đơn vị", "Thẩm định"),
            dots("Nếu thẩm định đúng bằng tự chấm", "Tự chấm"),
        ],
        at: CellRef::new(sheet.next_row(), 0),
        width: 900,
        height: CHART_ROWS * 25 - 10,
        // A whole ten below, so that the cloud is not a speck in a corner.
        y_min: Some((floor.to_cell() / 10.0).floor() * 10.0),
        y_max: None,
    };
    sheet.charts.push(chart);
    let row = || Row { height: Some(18.75), ..Row::default() };
    sheet.rows.extend((0..CHART_ROWS).map(|_| row()));
}

/// A line an item of a set.
fn by_item<'a>(basis: Basis, set: &'a CriteriaSet) -> Table<'a, &'a ItemGap> {
    let (places, percents) = (basis.scoring().places, basis.scoring().index_places);
    let mean = format!("ROUND([Tổng chênh lệch]/[Số đơn vị so sánh],{places})");
    let share =
        format!("ROUND(([Bị hạ điểm]+[Được nâng điểm])/[Số đơn vị so sánh]*100,{percents})");
    Table::new(vec![
        Column::code("Mã", 7.0, |it: &&ItemGap| it.item.to_string().into()),
        Column::words("Tiêu chí", 52.0, |it: &&ItemGap| {
            set.item(it.item).map_or("", |item| &item.title).into()
        }),
        Column::number("Điểm tối đa", 10.0, |it: &&ItemGap| {
            set.item(it.item).map_or(Points::ZERO, |item| item.max).into()
        }),
        Column::number("Chênh lệch trung bình", 10.0, move |it: &&ItemGap| {
            Entry::formula(&mean, it.mean)
        }),
        Column::number("Tổng chênh lệch", 10.0, |it: &&ItemGap| it.gap.into()),
        Column::number("Số đơn vị so sánh", 9.0, |it: &&ItemGap| it.counts.compared.into()),
        Column::number("Bị hạ điểm", 9.0, |it: &&ItemGap| it.counts.lowered.into()),
        Column::number("Được nâng điểm", 9.0, |it: &&ItemGap| it.counts.raised.into()),
        Column::number("Tỷ lệ bị đổi điểm (%)", 90.0, move |it: &&ItemGap| {
            let changed = it.counts.changed(percents);
            changed.map_or_else(Entry::blank, |it| Entry::formula(&share, it))
        }),
    ])
}
