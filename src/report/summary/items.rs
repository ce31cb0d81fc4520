//! *Bộ chỉ số*: how well each item works, and what next year's set might
//! change.

use std::collections::BTreeMap;

use super::detail::Detail;
use super::{Teller, dash, percent, points, whole};
use crate::analysis::ItemStats;
use crate::points::Percent;
use crate::report::head;
use crate::report::sheet::{Cell, Level, Row, Sheet, Value};
use crate::round::criteria::{CriteriaSet, SetId};
use crate::words;

const WIDTHS: [f64; 15] =
    [8.0, 34.0, 8.0, 8.0, 9.0, 10.0, 10.0, 9.0, 9.0, 9.0, 10.0, 9.0, 10.0, 12.0, 36.0];
const COLUMNS: u32 = 15;

pub(super) fn sheet(
    teller: &Teller,
    name: String,
    sets: &BTreeMap<SetId, Vec<ItemStats>>,
    details: &[Detail],
) -> Sheet {
    let mut sheet = teller.sheet(name, &WIDTHS);
    let title = "PHÂN TÍCH BỘ CHỈ SỐ";
    teller.open(&mut sheet, title, &teller.round.settings.title, COLUMNS);
    head::remark(
        &mut sheet,
        "Độ phân tán: độ lệch chuẩn của điểm. Độ phân biệt, từ −1 đến 1: tương quan giữa điểm của \
         mục này và kết quả các mục còn lại; gần 1 là mục tách rõ đơn vị làm tốt với đơn vị làm \
         chưa tốt, gần 0 là không tách được, âm là ngược lại. Đổi điểm: số lần thẩm định khác tự \
         chấm. Minh chứng bị hạ điểm: số lần có ghi minh chứng mà thẩm định vẫn cho thấp hơn. \
         Giống mục nào nhất: mục có điểm đi cùng nhiều nhất, và tương quan giữa hai mục.",
    );
    let advised = sets.values().flatten().filter(|item| !item.advice.is_empty()).count();
    let all: usize = sets.values().map(Vec::len).sum();
    if 0 < all {
        let sentence =
            format!("Có {advised} trong {all} mục nên xem lại trước khi ban hành bộ mới.");
        sheet.push(Row::banner(sentence, Level::Strong, COLUMNS));
    }
    if sets.is_empty() {
        head::remark(&mut sheet, "Chưa có đơn vị nào được chấm điểm.");
    }
    for (number, (id, stats)) in (1..).zip(sets) {
        let Some(set) = teller.round.sets.get(id) else { continue };
        let mut own = details.iter().filter(|detail| detail.set == *id);
        // A set of two blocs has its units on two sheets: no one range has all.
        let detail = own.next().filter(|_| own.next().is_none());
        let writer = Writer { teller, set, detail };
        writer.table(&mut sheet, number, stats);
    }
    sheet
}

struct Writer<'a> {
    teller: &'a Teller<'a>,
    set: &'a CriteriaSet,
    detail: Option<&'a Detail<'a>>,
}

impl Writer<'_> {
    fn table(&self, sheet: &mut Sheet, number: usize, stats: &[ItemStats]) {
        head::gap(sheet);
        let heading = format!("{number}. {}", self.set.title);
        sheet.push(Row::banner(heading, Level::Strong, COLUMNS));
        sheet.push(Row::head([
            "Mã",
            "Tiêu chí",
            "Điểm tối đa",
            "Số đơn vị",
            "Điểm trung bình",
            "Trung bình so tối đa (%)",
            "Đạt tối đa (%)",
            "0 điểm (%)",
            "Độ phân tán",
            "Độ phân biệt",
            "Không áp dụng (%)",
            "Đổi điểm (%)",
            "Minh chứng bị hạ điểm (%)",
            "Giống mục nào nhất",
            "Nên xem lại",
        ]));
        for item in stats {
            let row = self.item(item, sheet.next_row() + 1);
            sheet.push(row);
        }
    }

    /// One item, in the row that people call `at`.
    fn item(&self, stats: &ItemStats, at: u32) -> Row {
        let scoring = self.teller.scoring();
        let (places, percents) = (scoring.places, scoring.index_places);
        let range = self.detail.and_then(|detail| detail.spots.scores(stats.item));
        let live = |value: Option<Value>, formula: &dyn Fn(&str) -> String| match (value, &range) {
            (None, _) => dash(Level::Body.center()),
            (Some(value), Some(range)) => Cell::formula(formula(range), value, Level::Body.right()),
            (Some(value), None) => Cell::new(value, Level::Body.right()),
        };
        let share = |counted: &str| format!("ROUND({counted}/D{at}*100,{percents})");
        let of = |value: Option<Percent>| value.map(Value::Percent);
        let plain = |value: Option<Value>| {
            value
                .map_or_else(|| dash(Level::Body.center()), |it| Cell::new(it, Level::Body.right()))
        };
        let advice: Vec<String> = stats.advice.iter().map(|it| words::advice(*it)).collect();
        let title = self.set.item(stats.item).map_or("", |item| &item.title);
        Row::new(vec![
            Cell::text(stats.item.to_string(), Level::Body.center()),
            Cell::text(title, Level::Body.left()),
            points(stats.max, Level::Body.right()),
            live(Some(whole(stats.scored)), &|range| format!("COUNT({range})")),
            live(stats.mean.map(Value::Points), &|range| {
                format!("ROUND(AVERAGE({range}),{places})")
            }),
            live(of(stats.facility), &|range| share(&format!("SUM({range})/C{at}"))),
            live(of(stats.full), &|range| share(&format!("COUNTIF({range},C{at})"))),
            live(of(stats.zero), &|range| share(&format!("COUNTIF({range},0)"))),
            live(stats.spread.map(|it| Value::Points(it.points())), &|range| {
                format!("ROUND(STDEVP({range}),{places})")
            }),
            plain(stats.discrimination.map(|it| Value::Percent(it.percent()))),
            live(of(stats.not_applicable), &|range| {
                let off = format!("COUNTIF({range},\"KAD\")+COUNTIF({range},\"KPS\")");
                format!("ROUND(({off})/COLUMNS({range})*100,{percents})")
            }),
            stats
                .disagreement
                .map_or_else(|| dash(Level::Body.center()), |it| percent(it, Level::Body.right())),
            stats
                .disputed
                .map_or_else(|| dash(Level::Body.center()), |it| percent(it, Level::Body.right())),
            stats.closest.map_or_else(
                || dash(Level::Body.center()),
                |it| {
                    let correlation = it.correlation.percent().fixed(2);
                    Cell::text(format!("{} ({correlation})", it.item), Level::Body.center())
                },
            ),
            Cell::text(advice.join(". "), Level::Body.left()),
        ])
    }
}
