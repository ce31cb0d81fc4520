//! *Tồn tại, hạn chế*: where the unit lost points, why, and what would earn
//! them; the largest loss first.

use super::addressee::Addressee;
use crate::analysis::{Loss, Shortfall};
use crate::report::loss;
use crate::round::criteria::Item;
use crate::sheet::Sheet;
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Table};

const LOST: &str = "Điểm bị mất";

struct Line<'a> {
    number: usize,
    loss: &'a Loss,
    item: &'a Item,
}

pub(super) fn sheet(addressee: &Addressee, shortfall: &Shortfall) -> Sheet {
    let table = table();
    let mut sheet = addressee.sheet("Tồn tại, hạn chế", &table.widths());
    head::title(&mut sheet, "TỒN TẠI, HẠN CHẾ", &[&addressee.unit.name]);
    if let Some(card) = addressee.card() {
        head::alarm(&mut sheet, &card.lacks.iter().copied().collect());
    }
    head::gap(&mut sheet);
    let set = addressee.round.set(addressee.unit);
    let items = shortfall.losses.iter().filter_map(|loss| Some((loss, set.item(loss.item)?)));
    let lines = (1..).zip(items).map(|(number, (loss, item))| Line { number, loss, item });
    let lines: Vec<Line> = lines.collect();
    let placed = table.write(&mut sheet, &lines);
    if !lines.is_empty() {
        let sum = Entry::formula(format!("SUM([{LOST}:])"), shortfall.lost);
        placed.push_summary(&mut sheet, "Cộng", [(LOST, sum)]);
        if let Some(way) = way_up(addressee, shortfall) {
            head::heading(&mut sheet, &way);
        }
    }
    sheet
}

fn table<'a>() -> Table<'a, Line<'a>> {
    Table::new(vec![
        Column::code("STT", 5.5, |it: &Line| it.number.into()),
        Column::code("Mã", 8.0, |it: &Line| it.item.code.to_string().into()),
        Column::words("Tiêu chí", 50.0, |it: &Line| (&it.item.title).into()),
        Column::number("Điểm tối đa", 9.0, |it: &Line| it.item.max.into()),
        Column::number(LOST, 10.0, |it: &Line| it.loss.lost.into()),
        Column::words("Vì sao", 34.0, |it: &Line| loss::why(it.loss.cause).into()),
        Column::words("Cách đạt điểm", 44.0, |it: &Line| {
            loss::remedy(it.item, it.loss.cause).into()
        }),
    ])
    .leading()
    .otherwise("Đơn vị không bị mất điểm ở tiêu chí nào.")
}

/// The way to the next better band.
fn way_up(addressee: &Addressee, shortfall: &Shortfall) -> Option<String> {
    let better = shortfall.next.as_ref()?;
    let band = &addressee.round.bloc(addressee.unit).bands.get(better.band)?.name;
    let missing = better.missing.fixed(addressee.round.settings.scoring.places);
    let way = match &better.items {
        Some(items) => {
            let codes: Vec<String> = items.iter().map(ToString::to_string).collect();
            format!(", ví dụ đạt điểm tối đa ở: {}", codes.join("; "))
        }
        None => String::new(),
    };
    Some(format!("Để được xếp loại {band}, đơn vị cần thêm ít nhất {missing} điểm{way}."))
}
