//! *Lĩnh vực*: what share of each area's points every unit achieved, in heat
//! colours, and its rank in that area alone.

use std::sync::Arc;

use super::detail::{Detail, Spots};
use super::{Teller, dash, percent};
use crate::analysis::{AreaCell, AreaTable};
use crate::finding::CellRef;
use crate::rank::Ranking;
use crate::report::names::Names;
use crate::report::sheet::{Cell, Heat, Level, Row, SheetOf, Value};
use crate::round::criteria::{CriteriaSet, ItemCode};
use crate::round::settings::Bloc;

/// Columns before the first area: rank, unit, index.
const AREAS_FROM: u32 = 3;
const WIDTHS: [f64; 3] = [6.0, 36.0, 9.0];
const SHARE_WIDTH: f64 = 12.0;
const RANK_WIDTH: f64 = 5.0;

/// The sheet of one bloc, whose table is the one of this number; `None` when
/// nobody is ranked in it.
pub(super) fn sheet<'a>(
    teller: Teller<'a>,
    (bloc, ranking): (&Bloc, &'a Ranking),
    (tables, number): (&Arc<[AreaTable]>, usize),
    details: &[Detail],
    names: &mut Names,
) -> Option<SheetOf<'a>> {
    let table = &tables[number];
    if table.rows.is_empty() || table.areas.is_empty() {
        return None;
    }
    let shares = table.areas.iter().map(|_| SHARE_WIDTH);
    let ranks = table.areas.iter().map(|_| RANK_WIDTH);
    let widths: Vec<f64> = WIDTHS.into_iter().chain(shares).chain(ranks).collect();
    let sheet = teller.sheet(names.take("Lĩnh vực", &bloc.name), &widths);
    let areas = u32::try_from(table.areas.len()).expect("few areas");
    let mut writer = Writer { teller, bloc, table, areas, sheet };
    writer.open();
    let first = writer.sheet.next_row();
    let spots = details.iter().map(|it| Arc::clone(&it.spots)).collect();
    let lines = Lines { teller, ranking, spots };
    let tables = Arc::clone(tables);
    writer.sheet.push_body(table.rows.len(), move |at| lines.unit(&tables[number], at));
    let last = writer.sheet.next_row() - 1;
    let means = writer.means(first, last);
    writer.sheet.push(means);
    writer.sheet.heats.push(Heat {
        first: CellRef { row: first, col: AREAS_FROM },
        last: CellRef { row: last, col: AREAS_FROM + areas - 1 },
    });
    Some(writer.sheet)
}

struct Writer<'a, 't> {
    teller: Teller<'a>,
    bloc: &'t Bloc,
    table: &'t AreaTable,
    areas: u32,
    sheet: SheetOf<'a>,
}

/// What the lines of the units are made from.
struct Lines<'a> {
    teller: Teller<'a>,
    ranking: &'a Ranking,
    spots: Vec<Arc<Spots>>,
}

impl Lines<'_> {
    /// The unit in a row of the table: its rank and index, then its shares, then
    /// its ranks by area.
    fn unit(&self, table: &AreaTable, at: usize) -> Row {
        let (standing, row) = (&self.ranking.standings[at], &table.rows[at]);
        let spots = self.spots.iter().find(|it| it.has(&row.unit));
        let places = self.teller.scoring().index_places;
        let share = |(area, cell): (&ItemCode, &Option<AreaCell>)| {
            let Some(cell) = cell else { return dash(Level::Body.center()) };
            match spots.and_then(|spots| spots.area_share(&row.unit, *area)) {
                None => percent(cell.share, Level::Body.right()),
                Some(formula) => {
                    let formula = format!("ROUND({formula},{places})");
                    Cell::formula(formula, Value::Percent(cell.share), Level::Body.right())
                }
            }
        };
        let shares = table.areas.iter().zip(&row.cells).map(share);
        let ranks = row.cells.iter().map(|cell| match cell {
            Some(cell) => Cell::new(Value::Whole(cell.rank.into()), Level::Body.center()),
            None => dash(Level::Body.center()),
        });
        let own = [
            Cell::new(Value::Whole(standing.rank.into()), Level::Body.center()),
            Cell::text(self.teller.name(&row.unit), Level::Body.left()),
            percent(self.teller.scoring().shown(standing.index), Level::Body.right()),
        ];
        Row::new(own.into_iter().chain(shares).chain(ranks).collect())
    }
}

impl Writer<'_, '_> {
    fn open(&mut self) {
        let columns = AREAS_FROM + 2 * self.areas;
        let title = format!("KẾT QUẢ TỪNG LĨNH VỰC – {}", self.bloc.name.to_uppercase());
        let subtitle = &self.teller.round.settings.title;
        self.teller.open(&mut self.sheet, &title, subtitle, columns);
        let weakest = self.table.weakest_first().first().map(|(area, mean)| {
            let mean = mean.fixed(self.teller.scoring().index_places);
            format!(" Lĩnh vực yếu nhất của khối: {} (trung bình {mean} %).", self.title(*area))
        });
        let remark = format!(
            "Tỷ lệ = điểm đạt ÷ điểm tối đa áp dụng của lĩnh vực × 100; màu từ đỏ (thấp nhất bảng) \
             đến xanh (cao nhất bảng).{}",
            weakest.unwrap_or_default(),
        );
        self.sheet.push(Row::banner(remark, Level::Remark, columns));
        let head = self.sheet.next_row();
        let tall = |label: &str| Cell { span_rows: 2, ..Cell::text(label, Level::Head) };
        let group = |label: &str| {
            let rest = (1..self.areas).map(|_| Cell::blank(Level::Head));
            [Cell::text(label, Level::Head).spanning(self.areas)].into_iter().chain(rest)
        };
        let mut upper = vec![tall("Hạng"), tall("Đơn vị"), tall("Chỉ số (%)")];
        upper.extend(group("Tỷ lệ điểm đạt (%)"));
        upper.extend(group("Hạng theo lĩnh vực"));
        let titles: Vec<String> = self.table.areas.iter().map(|it| self.title(*it)).collect();
        let codes: Vec<String> = self.table.areas.iter().map(ItemCode::to_string).collect();
        let blanks = std::iter::repeat_n("", WIDTHS.len());
        let labels = titles.iter().chain(&codes).map(String::as_str);
        self.sheet.push(Row::new(upper));
        self.sheet.push(Row::head(blanks.chain(labels)));
        self.sheet.repeat = Some((head, head + 1));
        self.sheet.freeze = Some(CellRef::new(head + 2, AREAS_FROM - 1));
    }

    /// The title of an area in the first set that has it.
    fn title(&self, area: ItemCode) -> String {
        let sets = self.bloc.sets.iter().filter_map(|id| self.teller.round.sets.get(id));
        let title = sets.flat_map(CriteriaSet::areas).find(|node| node.code() == area);
        format!("{area}. {}", title.map_or("", |node| node.title()))
    }

    fn means(&self, first: u32, last: u32) -> Row {
        let mut cells = vec![
            Cell::blank(Level::Total.center()),
            Cell::text("Trung bình của khối", Level::Total.left()),
            Cell::blank(Level::Total.right()),
        ];
        let places = self.teller.scoring().index_places;
        cells.extend((AREAS_FROM..).zip(&self.table.means).map(|(col, mean)| match mean {
            None => dash(Level::Total.center()),
            Some(mean) => {
                let [from, to] = [first, last].map(|row| CellRef { row, col });
                let formula = format!("ROUND(AVERAGE({from}:{to}),{places})");
                Cell::formula(formula, Value::Percent(*mean), Level::Total.right())
            }
        }));
        cells.extend((0..self.areas).map(|_| Cell::blank(Level::Total.right())));
        Row::new(cells)
    }
}
