//! *Bộ chỉ số*: how well each item works, and what next year's set might
//! change.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::detail::{Detail, Spots};
use crate::analysis::ItemStats;
use crate::report::basis::Basis;
use crate::round::criteria::{CriteriaSet, SetId};
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Table};
use crate::sheet::{Level, Sheet, Value};
use crate::words;

/// What stands below the table.
const REMARK: &str = "Độ phân tán: độ lệch chuẩn của điểm. Độ phân biệt, từ −1 đến 1: tương quan \
    giữa điểm của mục này và kết quả các mục còn lại; gần 1 là mục tách rõ đơn vị làm tốt với \
    đơn vị làm chưa tốt, gần 0 là không tách được, âm là ngược lại. Đổi điểm: số lần thẩm định \
    khác tự chấm. Minh chứng bị hạ điểm: số lần có ghi minh chứng mà thẩm định vẫn cho thấp hơn. \
    Giống mục nào nhất: mục có điểm đi cùng nhiều nhất, và tương quan giữa hai mục.";

pub(super) fn sheet(
    basis: Basis,
    name: String,
    sets: &BTreeMap<SetId, Vec<ItemStats>>,
    details: &[Detail],
) -> Sheet {
    let table = Table::new(columns(basis)).leading().levels(|it: &Line| match it {
        Line::Set(_) => Level::Area,
        Line::Item { .. } => Level::Body,
    });
    let table = table.otherwise("Chưa có đơn vị nào được chấm điểm.");
    let mut sheet = basis.titled(name, table.widths(), "PHÂN TÍCH BỘ CHỈ SỐ");
    let advised = sets.values().flatten().filter(|item| !item.advice.is_empty()).count();
    let all: usize = sets.values().map(Vec::len).sum();
    if 0 < all {
        let sentence =
            format!("Có {advised} trong {all} mục nên xem lại trước khi ban hành bộ mới.");
        head::heading(&mut sheet, &sentence);
    }
    let known = sets.iter().filter_map(|(id, stats)| Some((basis.round.sets.get(id)?, stats)));
    let lines = known.flat_map(|(set, stats)| {
        let mut own = details.iter().filter(|detail| detail.set == set.id);
        // A set of two blocs has its units on two sheets: no one range has all.
        let spots = own.next().filter(|_| own.next().is_none()).map(|it| &it.spots);
        let items = stats.iter().map(move |stats| Line::Item { set, stats, spots });
        [Line::Set(set)].into_iter().chain(items)
    });
    table.write(&mut sheet, &lines.collect::<Vec<Line>>());
    head::gap(&mut sheet);
    head::remark(&mut sheet, REMARK);
    sheet
}

/// One table for all sets, so that one head serves them.
enum Line<'a> {
    Set(&'a CriteriaSet),
    Item { set: &'a CriteriaSet, stats: &'a ItemStats, spots: Option<&'a Arc<Spots>> },
}

fn columns(basis: Basis<'_>) -> Vec<Column<'_, Line<'_>>> {
    let (places, percents) = (basis.scoring().places, basis.scoring().index_places);
    let mean = format!("ROUND(AVERAGE({{}}),{places})");
    let spread = format!("ROUND(STDEVP({{}}),{places})");
    let share = |counted: &str| format!("ROUND({counted}/[Số đơn vị]*100,{percents})");
    let off = "(COUNTIF({},\"KAD\")+COUNTIF({},\"KPS\"))/COLUMNS({})";
    vec![
        Column::code("Mã", 8.0, |it: &Line| match it {
            Line::Set(_) => Entry::blank(),
            Line::Item { stats, .. } => stats.item.to_string().into(),
        })
        .pinned(),
        Column::words("Tiêu chí", 52.0, |it: &Line| match it {
            Line::Set(set) => (&set.title).into(),
            Line::Item { set, stats, .. } => {
                set.item(stats.item).map_or("", |item| &item.title).into()
            }
        })
        .pinned(),
        plain("Điểm tối đa", 8.0, |it| Some(it.max.into())),
        counted("Số đơn vị", 8.0, "COUNT({})", |it| Some(it.scored.into())),
        counted("Điểm trung bình", 9.0, mean, |it| it.mean.map(Value::from)),
        counted("Trung bình so tối đa (%)", 10.0, share("SUM({})/[Điểm tối đa]"), |it| {
            it.facility.map(Value::from)
        }),
        counted("Đạt tối đa (%)", 10.0, share("COUNTIF({},[Điểm tối đa])"), |it| {
            it.full.map(Value::from)
        }),
        counted("0 điểm (%)", 9.0, share("COUNTIF({},0)"), |it| it.zero.map(Value::from)),
        counted("Độ phân tán", 9.0, spread, |it| it.spread.map(|it| it.points().into())),
        plain("Độ phân biệt", 9.0, |it| it.discrimination.map(|it| it.percent().into())),
        counted("Không áp dụng (%)", 10.0, format!("ROUND({off}*100,{percents})"), |it| {
            it.not_applicable.map(Value::from)
        }),
        plain("Đổi điểm (%)", 9.0, |it| it.disagreement.map(Value::from)),
        plain("Minh chứng bị hạ điểm (%)", 10.0, |it| it.disputed.map(Value::from)),
        Column::code("Giống mục nào nhất", 12.0, |it: &Line| match it {
            Line::Set(_) => Entry::blank(),
            Line::Item { stats, .. } => Entry::or_dash(
                stats
                    .closest
                    .as_ref()
                    .map(|it| format!("{} ({})", it.item, it.correlation.percent().fixed(2))),
            ),
        }),
        Column::words("Nên xem lại", 40.0, |it: &Line| match it {
            Line::Set(_) => Entry::blank(),
            Line::Item { stats, .. } => {
                let advice: Vec<String> =
                    stats.advice.iter().map(|it| words::advice(*it)).collect();
                advice.join(". ").into()
            }
        }),
    ]
}

fn plain<'a>(
    label: &str,
    width: f64,
    value: impl Fn(&ItemStats) -> Option<Value> + Send + Sync + 'a,
) -> Column<'a, Line<'a>> {
    counted(label, width, "", value)
}

/// A column whose formula, if it has one, counts in the scores of the item, in
/// place of `{}`.
fn counted<'a>(
    label: &str,
    width: f64,
    formula: impl Into<String>,
    value: impl Fn(&ItemStats) -> Option<Value> + Send + Sync + 'a,
) -> Column<'a, Line<'a>> {
    let formula = formula.into();
    Column::number(label, width, move |it: &Line| {
        let Line::Item { stats, spots, .. } = it else { return Entry::blank() };
        let scores = spots.filter(|_| !formula.is_empty()).and_then(|it| it.scores(stats.item));
        Entry::or_dash(value(stats).map(|value| match scores {
            Some(scores) => Entry::formula(formula.replace("{}", &scores), value),
            None => value.into(),
        }))
    })
}
