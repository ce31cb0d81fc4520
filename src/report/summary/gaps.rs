//! *Chênh lệch*: what units claimed against what the appraisers granted, by
//! unit and by item, largest gap first.

use super::{Teller, points, whole};
use crate::analysis::{Gaps, ItemGap, UnitGap};
use crate::finding::CellRef;
use crate::points::Points;
use crate::report::head;
use crate::report::sheet::{Cell, Chart, ChartKind, Level, Row, Series, Sheet, Value};
use crate::round::criteria::CriteriaSet;

const WIDTHS: [f64; 9] = [7.0, 40.0, 10.0, 10.0, 10.0, 9.0, 9.0, 9.0, 66.0];
const COLUMNS: u32 = 9;
const CLAIMED: u32 = 2;
const GRANTED: u32 = 3;

/// The rows, 25 pixels high, that the picture covers, and its most dots.
const CHART_ROWS: u32 = 18;
const MOST_DOTS: u32 = 1000;

pub(super) fn sheet(teller: &Teller, name: String, gaps: &Gaps) -> Sheet {
    let mut writer = Writer { teller, sheet: teller.sheet(name, &WIDTHS) };
    let title = "CHÊNH LỆCH GIỮA TỰ CHẤM VÀ THẨM ĐỊNH";
    teller.open(&mut writer.sheet, title, &teller.round.settings.title, COLUMNS);
    if gaps.units.is_empty() {
        head::remark(&mut writer.sheet, "Chưa có điểm thẩm định nào để so sánh.");
        return writer.sheet;
    }
    writer.sheet.push(Row::banner(summary(gaps), Level::Strong, COLUMNS));
    head::remark(
        &mut writer.sheet,
        "Chỉ so sánh các mục có cả điểm tự chấm và điểm thẩm định. Chênh lệch = tự chấm − thẩm \
         định: số dương là tự chấm cao hơn. Bảng thẩm định ghi một điểm cho mỗi mục, nên trang này \
         không đo được mức thống nhất giữa các thẩm định viên.",
    );
    writer.units(&gaps.units);
    for (number, (id, items)) in (2..).zip(&gaps.items) {
        if let Some(set) = teller.round.sets.get(id) {
            writer.items(number, set, items);
        }
    }
    writer.sheet
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

struct Writer<'a> {
    teller: &'a Teller<'a>,
    sheet: Sheet,
}

impl Writer<'_> {
    fn heading(&mut self, text: &str) {
        head::gap(&mut self.sheet);
        self.sheet.push(Row::banner(text, Level::Strong, COLUMNS));
    }

    fn units(&mut self, gaps: &[UnitGap]) {
        self.heading("1. Theo đơn vị");
        self.sheet.push(Row::head([
            "STT",
            "Đơn vị",
            "Tự chấm",
            "Thẩm định",
            "Chênh lệch",
            "Số mục so sánh",
            "Bị hạ điểm",
            "Được nâng điểm",
            "Mục bị đổi điểm (mức hạ −, mức nâng +)",
        ]));
        let first = self.sheet.next_row();
        for (number, gap) in (1..).zip(gaps) {
            let row = self.unit(number, gap);
            self.sheet.push(row);
        }
        let last = self.sheet.next_row() - 1;
        let sum = |col: u32, value: Value| {
            let [from, to] = [first, last].map(|row| CellRef { row, col });
            Cell::formula(format!("SUM({from}:{to})"), value, Level::Total.right())
        };
        let all = |of: fn(&UnitGap) -> Points| Value::Points(gaps.iter().map(of).sum());
        let count = |of: fn(&UnitGap) -> usize| whole(gaps.iter().map(of).sum());
        let total = self.sheet.next_row() + 1;
        let difference = Value::Points(gaps.iter().map(|it| it.gap).sum());
        self.sheet.push(Row::new(vec![
            Cell::blank(Level::Total.center()),
            Cell::text("Cộng", Level::Total.left()),
            sum(2, all(|it| it.claimed)),
            sum(3, all(|it| it.granted)),
            Cell::formula(format!("C{total}-D{total}"), difference, Level::Total.right()),
            sum(5, count(|it| it.counts.compared)),
            sum(6, count(|it| it.counts.lowered)),
            sum(7, count(|it| it.counts.raised)),
            Cell::blank(Level::Total.left()),
        ]));
        let floor = gaps.iter().map(|it| it.granted).min().unwrap_or_default();
        // A whole ten below, so that the cloud is not a speck in a corner.
        let floor = (floor.to_cell() / 10.0).floor() * 10.0;
        self.picture((first, last.min(first + MOST_DOTS - 1)), floor);
    }

    /// A dot a unit: what it claimed, and what it was granted.
    fn picture(&mut self, (first, last): (u32, u32), floor: f64) {
        if let Some(row) = self.sheet.rows.last_mut() {
            row.breaks = true;
        }
        let column =
            |col: u32| self.sheet.range(CellRef { row: first, col }, CellRef { row: last, col });
        let dots = |name: &str, values: u32| Series {
            name: name.to_owned(),
            categories: column(CLAIMED),
            values: column(values),
            has_labels: false,
            whiskers: None,
        };
        let chart = Chart {
            kind: ChartKind::Scatter,
            title: "Điểm tự chấm và điểm thẩm định của từng đơn vị".to_owned(),
            description:
                "Mỗi chấm là một đơn vị; chấm càng thấp so với đường chéo thì tự chấm càng \
                          cao hơn thẩm định"
                    .to_owned(),
            x_title: "Tự chấm".to_owned(),
            y_title: "Thẩm định".to_owned(),
            series: vec![dots("Đơn vị", GRANTED), dots("Nếu thẩm định đúng bằng tự chấm", CLAIMED)],
            at: CellRef::new(self.sheet.next_row(), 0),
            width: 900,
            height: CHART_ROWS * 25 - 10,
            y_min: Some(floor),
            y_max: None,
        };
        self.sheet.charts.push(chart);
        let row = || Row { height: Some(18.75), ..Row::default() };
        self.sheet.rows.extend((0..CHART_ROWS).map(|_| row()));
    }

    fn unit(&self, number: usize, gap: &UnitGap) -> Row {
        let at = self.sheet.next_row() + 1;
        let places = self.teller.scoring().places;
        let changed = gap.changed.iter().map(|(code, gap)| {
            let is_raised = gap.quantity().is_negative();
            let (sign, by) = if is_raised { ("+", -*gap) } else { ("−", *gap) };
            format!("{code} ({sign}{})", by.fixed(places))
        });
        let difference = Value::Points(gap.gap);
        let counts = [gap.counts.compared, gap.counts.lowered, gap.counts.raised];
        let mut cells = vec![
            Cell::new(whole(number), Level::Body.center()),
            Cell::text(self.teller.name(&gap.unit), Level::Body.left()),
            points(gap.claimed, Level::Body.right()),
            points(gap.granted, Level::Body.right()),
            Cell::formula(format!("C{at}-D{at}"), difference, Level::Body.right()),
        ];
        cells.extend(counts.map(|count| Cell::new(whole(count), Level::Body.right())));
        cells.push(Cell::text(changed.collect::<Vec<String>>().join("; "), Level::Body.left()));
        Row::new(cells)
    }

    fn items(&mut self, number: usize, set: &CriteriaSet, gaps: &[ItemGap]) {
        self.heading(&format!("{number}. Theo tiêu chí – {}", set.title));
        self.sheet.push(Row::head([
            "Mã",
            "Tiêu chí",
            "Điểm tối đa",
            "Chênh lệch trung bình",
            "Tổng chênh lệch",
            "Số đơn vị so sánh",
            "Bị hạ điểm",
            "Được nâng điểm",
            "Tỷ lệ bị đổi điểm (%)",
        ]));
        for gap in gaps {
            let row = self.item(set, gap);
            self.sheet.push(row);
        }
    }

    fn item(&self, set: &CriteriaSet, gap: &ItemGap) -> Row {
        let at = self.sheet.next_row() + 1;
        let scoring = self.teller.scoring();
        let item = set.item(gap.item);
        let mean = format!("ROUND(E{at}/F{at},{})", scoring.places);
        let counts = [gap.counts.compared, gap.counts.lowered, gap.counts.raised];
        let mut cells = vec![
            Cell::text(gap.item.to_string(), Level::Body.center()),
            Cell::text(item.map_or("", |item| &item.title), Level::Body.left()),
            points(item.map_or(Points::ZERO, |item| item.max), Level::Body.right()),
            Cell::formula(mean, Value::Points(gap.mean), Level::Body.right()),
            points(gap.gap, Level::Body.right()),
        ];
        cells.extend(counts.map(|count| Cell::new(whole(count), Level::Body.right())));
        let changed = gap.counts.changed(scoring.index_places);
        let share = format!("ROUND((G{at}+H{at})/F{at}*100,{})", scoring.index_places);
        cells.push(match changed {
            Some(changed) => Cell::formula(share, Value::Percent(changed), Level::Body.right()),
            None => Cell::blank(Level::Body.right()),
        });
        Row::new(cells)
    }
}
