//! *Tồn tại, hạn chế*: where the unit lost points, why, and what would earn
//! them; the largest loss first.

use crate::analysis::Shortfall;
use crate::finding::CellRef;
use crate::report::feedback::Teller;
use crate::report::head;
use crate::report::loss;
use crate::report::sheet::Cell;
use crate::report::sheet::Level;
use crate::report::sheet::Row;
use crate::report::sheet::Sheet;
use crate::report::sheet::Value;

/// The columns of points in force and of points lost.
const MAX: u32 = 3;
const LOST: u32 = 4;

pub(super) fn sheet(teller: &Teller, shortfall: &Shortfall) -> Sheet {
    let widths = [5.5, 8.0, 50.0, 9.0, 10.0, 34.0, 44.0];
    let mut sheet = teller.sheet("Tồn tại, hạn chế", &widths);
    head::title(&mut sheet, "TỒN TẠI, HẠN CHẾ", &[&teller.unit.name]);
    if let Some(card) = teller.card() {
        head::alarm(&mut sheet, &card.lacks.iter().copied().collect());
    }
    head::gap(&mut sheet);
    let header = sheet.next_row();
    sheet.repeat = Some((header, header));
    sheet.freeze = Some(CellRef::new(header + 1, 0));
    sheet.push(Row::head([
        "STT",
        "Mã",
        "Tiêu chí",
        "Điểm tối đa",
        "Điểm bị mất",
        "Vì sao",
        "Cách đạt điểm",
    ]));
    let set = teller.round.set(teller.unit);
    let items = shortfall.losses.iter().filter_map(|loss| Some((loss, set.item(loss.item)?)));
    for (number, (loss, item)) in (1..).zip(items) {
        sheet.push(Row::new(vec![
            Cell::new(Value::Whole(number), Level::Body.center()),
            Cell::text(item.code.to_string(), Level::Body.center()),
            Cell::text(&item.title, Level::Body.left()),
            Cell::new(Value::Points(item.max), Level::Body.right()),
            Cell::new(Value::Points(loss.lost), Level::Body.right()),
            Cell::text(loss::why(loss.cause), Level::Body.left()),
            Cell::text(loss::remedy(item, loss.cause), Level::Body.left()),
        ]));
    }
    total(teller, &mut sheet, header, shortfall);
    sheet
}

/// The sum of what was lost, and the way to the next better band.
fn total(teller: &Teller, sheet: &mut Sheet, header: u32, shortfall: &Shortfall) {
    let next = sheet.next_row();
    if next == header + 1 {
        head::remark(sheet, "Đơn vị không bị mất điểm ở tiêu chí nào.");
        return;
    }
    let (first, last) = (CellRef::new(header + 1, LOST), CellRef::new(next - 1, LOST));
    let mut cells = vec![Cell::text("Cộng", Level::Total.left()).spanning(MAX + 1)];
    cells.extend((0..MAX).map(|_| Cell::blank(Level::Total.left())));
    let sum = Value::Points(shortfall.lost);
    cells.push(Cell::formula(format!("SUM({first}:{last})"), sum, Level::Total.right()));
    cells.extend([Cell::blank(Level::Total.left()), Cell::blank(Level::Total.left())]);
    sheet.push(Row::new(cells));
    let Some(better) = &shortfall.next else { return };
    let bands = &teller.round.bloc(teller.unit).bands;
    let Some(band) = bands.get(better.band) else { return };
    let places = teller.round.settings.scoring.places;
    let missing = better.missing.fixed(places);
    let way = match &better.items {
        Some(items) => {
            let codes: Vec<String> = items.iter().map(ToString::to_string).collect();
            format!(", ví dụ đạt điểm tối đa ở: {}", codes.join("; "))
        }
        None => String::new(),
    };
    let text =
        format!("Để được xếp loại {}, đơn vị cần thêm ít nhất {missing} điểm{way}.", band.name);
    let columns = head::columns(sheet);
    sheet.push(Row::banner(text, Level::Strong, columns));
}
