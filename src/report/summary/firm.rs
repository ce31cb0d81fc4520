//! *Độ vững*: between which ranks each unit may stand, what each area and item
//! decides, and whose place depends on what does not apply.

use super::basis::Basis;
use crate::finding::CellRef;
use crate::points::{Percent, Points, Quantity, Ratio};
use crate::robustness::{BlocRobustness, Drop, Examined, UnitRobustness};
use crate::round::criteria::ItemCode;
use crate::round::firmness::{Draws, Firmness};
use crate::round::register::UnitId;
use crate::round::settings::Bloc;
use crate::scenario::{Move, Outcome, Place};
use crate::sheet::head;
use crate::sheet::{Cell, Chart, ChartKind, Level, Row, Series, Sheet, Value};

const WIDTHS: [f64; 11] = [8.0, 36.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 13.0, 13.0];
const COLUMNS: u32 = 11;

const UNIT: u32 = 1;
const RANK: u32 = 0;
const UP: u32 = 5;
const DOWN: u32 = 6;

/// The most units of one chart, and the most charts of a bloc.
const DOTS_A_PAGE: usize = 40;
const MOST_CHARTS: usize = 3;
/// The rows, 25 pixels high, that a chart covers.
const CHART_ROWS: u32 = 20;
/// The most items and units listed.
const MOST_ITEMS: usize = 15;
const MOST_UNITS: usize = 100;

pub(super) fn sheet(basis: Basis, name: String, firmness: &Firmness, examined: &Examined) -> Sheet {
    let title = "ĐỘ VỮNG CỦA KẾT QUẢ XẾP HẠNG";
    let sheet = basis.titled(name, WIDTHS.to_vec(), title);
    let mut writer = Writer { basis, examined, sheet, number: 0 };
    writer.opening(firmness);
    for ((bloc, _), found) in basis.blocs().zip(&examined.robustness.blocs) {
        writer.intervals(bloc, found);
        writer.drops(bloc, found, true);
        writer.drops(bloc, found, false);
    }
    writer.page();
    for ((bloc, _), outcome) in basis.blocs().zip(&examined.plain) {
        writer.plain(bloc, outcome);
    }
    writer.sheet
}

struct Writer<'a> {
    basis: Basis<'a>,
    examined: &'a Examined,
    sheet: Sheet,
    number: usize,
}

impl Writer<'_> {
    /// A new page.
    fn page(&mut self) {
        if let Some(row) = self.sheet.rows.last_mut() {
            row.breaks = true;
        }
    }

    fn heading(&mut self, text: &str) {
        self.number += 1;
        head::gap(&mut self.sheet);
        let text = format!("{}. {text}", self.number);
        self.sheet.push(Row::banner(text, Level::Strong, COLUMNS));
    }

    /// What a leader should know, before any table.
    fn opening(&mut self, firmness: &Firmness) {
        let robustness = &self.examined.robustness;
        for ((bloc, _), found) in self.basis.blocs().zip(&robustness.blocs) {
            if let Some(sentence) = self.summary(bloc, found) {
                self.sheet.push(Row::banner(sentence, Level::Strong, COLUMNS));
            }
        }
        if let Some(draws) = firmness.draws.as_ref().filter(|_| 0 < robustness.draws) {
            head::remark(&mut self.sheet, &method(draws));
            head::remark(
                &mut self.sheet,
                "Khoảng hạng: bỏ 5 % số lần tốt nhất và 5 % số lần kém nhất thì đơn vị luôn nằm \
                 trong khoảng này; mỗi khoảng chỉ nói về một đơn vị. Khoảng hạng đồng thời nói về \
                 cả khối: trong ít nhất 90 % số lần, mọi đơn vị cùng nằm trong khoảng của mình \
                 (Bonferroni; M. Mogstad và cộng sự, Inference for ranks, 2024). So hai đơn vị thì \
                 dùng khoảng đồng thời: hai khoảng chồng lên nhau là chưa phân biệt được thứ tự.",
            );
            head::remark(
                &mut self.sheet,
                "Giả định: các mục và các đơn vị sai lệch độc lập với nhau; không tính việc một \
                 người thẩm định chấm chặt hoặc chấm nới ở nhiều đơn vị, hay một sai sót lặp lại \
                 ở cả khối. Nếu có, kết quả kém chắc chắn hơn các con số dưới đây.",
            );
        }
        head::remark(
            &mut self.sheet,
            "Phương pháp: OECD/JRC, Handbook on Constructing Composite Indicators (2008), bước 7; \
             W. Becker và cộng sự, COINr (2022). Trang này không thay đổi kết quả xếp hạng.",
        );
    }

    fn summary(&self, bloc: &Bloc, found: &BlocRobustness) -> Option<String> {
        let first = found.units.first()?;
        let leads = found.units.iter().max_by_key(|it| it.first)?;
        let widths: i64 = found.units.iter().map(|it| i64::from(it.high - it.low)).sum();
        let count = i64::try_from(found.units.len()).ok()?;
        let width = Ratio::new(Quantity::whole(widths), Quantity::whole(count))?;
        let width = Points::scaled(1, 0).share(width, 1).fixed(1);
        let rival = (leads.unit != first.unit && first.first < leads.first).then(|| {
            format!("; thường đứng đầu hơn là {} ({} %)", self.name(leads), leads.first.fixed(1))
        });
        Some(format!(
            "{}: {} đứng đầu trong {} % số lần mô phỏng{}; khoảng hạng của một đơn vị rộng trung \
             bình {width} bậc.",
            bloc.name,
            self.name(first),
            first.first.fixed(1),
            rival.unwrap_or_default(),
        ))
    }

    fn name(&self, unit: &UnitRobustness) -> String {
        self.basis.name(&unit.unit).to_owned()
    }

    fn intervals(&mut self, bloc: &Bloc, found: &BlocRobustness) {
        if found.units.is_empty() {
            return;
        }
        if 0 < self.number {
            self.page();
        }
        self.heading(&format!("Khoảng hạng – {}", bloc.name));
        self.sheet.push(Row::head([
            "Hạng",
            "Đơn vị",
            "Hạng tốt nhất (5 %)",
            "Hạng giữa (50 %)",
            "Hạng kém nhất (95 %)",
            "Có thể lên (bậc)",
            "Có thể xuống (bậc)",
            "Đứng đầu (% số lần)",
            "Được khen (% số lần)",
            "Giữ xếp loại (% số lần)",
            "Khoảng hạng đồng thời",
        ]));
        let first = self.sheet.next_row();
        for unit in &found.units {
            let row = self.unit(unit);
            self.sheet.push(row);
        }
        let last = self.sheet.next_row() - 1;
        self.charts(bloc, first, last);
    }

    fn unit(&self, unit: &UnitRobustness) -> Row {
        let at = self.sheet.next_row() + 1;
        let count = |n: u32| Value::Whole(i64::from(n));
        let number = |n: u32| Cell::new(count(n), Level::Body.center());
        let (up, down) = (unit.rank.saturating_sub(unit.low), unit.high.saturating_sub(unit.rank));
        Row::new(vec![
            number(unit.rank),
            Cell::text(self.basis.name(&unit.unit), Level::Body.left()),
            number(unit.low),
            number(unit.median),
            number(unit.high),
            Cell::formula(format!("MAX(A{at}-C{at},0)"), count(up), Level::Body.center()),
            Cell::formula(format!("MAX(E{at}-A{at},0)"), count(down), Level::Body.center()),
            Cell::new(unit.first.into(), Level::Body.right()),
            unit.awarded.map_or_else(
                || Cell::text("–", Level::Body.center()),
                |it| Cell::new(it.into(), Level::Body.right()),
            ),
            Cell::new(unit.in_band.into(), Level::Body.right()),
            Cell::text(format!("{}–{}", unit.joint_low, unit.joint_high), Level::Body.center()),
        ])
    }

    /// Dots and whiskers of the rows from `first` to `last`, a page at a time.
    fn charts(&mut self, bloc: &Bloc, first: u32, last: u32) {
        let units = (last - first + 1) as usize;
        let pages = units.div_ceil(DOTS_A_PAGE);
        let a_page = u32::try_from(units.div_ceil(pages)).expect("at most a page");
        if MOST_CHARTS < pages {
            let shown = MOST_CHARTS * a_page as usize;
            head::remark(&mut self.sheet, &format!("Biểu đồ chỉ vẽ {shown} đơn vị đầu."));
        }
        for page in 0..u32::try_from(pages.min(MOST_CHARTS)).expect("few charts") {
            self.page();
            let from = first + page * a_page;
            let chart = self.chart(bloc, from, last.min(from + a_page - 1));
            self.sheet.charts.push(chart);
            let row = || Row { height: Some(18.75), ..Row::default() };
            self.sheet.rows.extend((0..CHART_ROWS).map(|_| row()));
        }
    }

    fn chart(&self, bloc: &Bloc, first: u32, last: u32) -> Chart {
        let column =
            |col: u32| self.sheet.range(CellRef { row: first, col }, CellRef { row: last, col });
        Chart {
            kind: ChartKind::Whiskers,
            title: format!("Hạng công bố và khoảng hạng – {}", bloc.name),
            description: "Mỗi chấm là hạng công bố của một đơn vị, vạch dọc là khoảng hạng từ 5 % \
                          đến 95 % số lần mô phỏng"
                .to_owned(),
            x_title: String::new(),
            y_title: "Hạng".to_owned(),
            series: vec![Series {
                name: "Hạng".to_owned(),
                categories: column(UNIT),
                values: column(RANK),
                has_labels: false,
                whiskers: Some((column(DOWN), column(UP))),
            }],
            at: CellRef { row: self.sheet.next_row(), col: 0 },
            width: 1080,
            height: CHART_ROWS * 25 - 10,
            y_min: Some(1.0),
            y_max: None,
        }
    }

    /// What leaving out each area, or each item, would change.
    fn drops(&mut self, bloc: &Bloc, found: &BlocRobustness, is_area: bool) {
        let is_told = |it: &&Drop| (it.code.level() == 1) == is_area;
        let mut drops: Vec<&Drop> = found.drops.iter().filter(is_told).collect();
        if drops.is_empty() || self.basis.blocs().all(|(_, it)| it.standings.is_empty()) {
            return;
        }
        let what = if is_area { "Bỏ từng lĩnh vực" } else { "Bỏ từng mục" };
        self.heading(&format!("{what} – {}", bloc.name));
        if is_area
            && let Some(most) = drops.iter().max_by_key(|it| (it.shift, std::cmp::Reverse(it.code)))
        {
            let sentence = format!(
                "Lĩnh vực quyết định thứ hạng nhiều nhất: {}. {}; bỏ lĩnh vực này thì mỗi đơn vị \
                 đổi trung bình {} bậc.",
                most.code,
                self.title(bloc, most.code),
                most.shift,
            );
            head::remark(&mut self.sheet, &sentence);
        }
        if !is_area {
            drops.sort_by_key(|it| std::cmp::Reverse(it.shift));
            let all = drops.len();
            let decides = |it: &&&Drop| it.first.is_some() || it.changes_awards();
            let deciding: Vec<String> =
                drops.iter().filter(decides).map(|it| it.code.to_string()).collect();
            drops.truncate(MOST_ITEMS);
            let sentence = if deciding.is_empty() {
                "Bỏ bất kỳ một mục nào thì hạng nhất và danh sách khen thưởng vẫn như cũ."
                    .to_owned()
            } else {
                format!(
                    "Bỏ một trong các mục sau thì hạng nhất hoặc danh sách khen thưởng thay đổi: {}.",
                    deciding.join(", ")
                )
            };
            head::remark(&mut self.sheet, &sentence);
            if MOST_ITEMS < all {
                let limit = format!(
                    "Liệt kê {MOST_ITEMS} mục làm đổi thứ hạng nhiều nhất trong {all} mục."
                );
                head::remark(&mut self.sheet, &limit);
            }
        }
        let mut head = Row::head([
            "Mã",
            if is_area { "Lĩnh vực" } else { "Tiêu chí" },
            "Số đơn vị đổi hạng",
            "Đổi hạng trung bình (bậc)",
            "Đơn vị đổi nhiều nhất",
            "",
            "",
            "Hạng nhất, khen thưởng",
            "",
            "",
        ]);
        head.cells[4].span = 3;
        head.cells[7].span = 3;
        self.sheet.push(head);
        for drop in drops {
            let row = self.drop(bloc, drop);
            self.sheet.push(row);
        }
    }

    fn drop(&self, bloc: &Bloc, drop: &Drop) -> Row {
        let furthest = drop.furthest.as_ref().map_or(String::new(), |(unit, now, then)| {
            format!("{}: {now} → {then}", self.basis.name(unit))
        });
        let names = |units: &[UnitId]| {
            units.iter().map(|unit| self.basis.name(unit)).collect::<Vec<&str>>().join(", ")
        };
        let mut decided = Vec::new();
        if let Some(first) = &drop.first {
            decided.push(format!("Hạng nhất: {}", names(std::slice::from_ref(first))));
        }
        if !drop.won.is_empty() {
            decided.push(format!("Thêm vào khen: {}", names(&drop.won)));
        }
        if !drop.lost.is_empty() {
            decided.push(format!("Ra khỏi khen: {}", names(&drop.lost)));
        }
        let text = |text: String| {
            let blank = || Cell::blank(Level::Body.left());
            [Cell::text(text, Level::Body.left()).spanning(3), blank(), blank()]
        };
        let mut cells = vec![
            Cell::text(drop.code.to_string(), Level::Body.center()),
            Cell::text(self.title(bloc, drop.code), Level::Body.left()),
            Cell::new(drop.moved.into(), Level::Body.right()),
            Cell::new(Value::Decimal(drop.shift, 2), Level::Body.right()),
        ];
        cells.extend(text(furthest));
        cells.extend(text(decided.join(". ")));
        Row::new(cells)
    }

    fn title(&self, bloc: &Bloc, code: ItemCode) -> &str {
        let sets = bloc.sets.iter().map(|id| &self.basis.round.sets[id]);
        let mut nodes = sets.flat_map(|set| &set.nodes);
        nodes.find(|node| node.code() == code).map_or("", |node| node.title())
    }

    /// Who would stand elsewhere with the plain denominator.
    fn plain(&mut self, bloc: &Bloc, outcome: &Outcome) {
        if outcome.moves.is_empty() {
            return;
        }
        self.heading(&format!("Mục không áp dụng – {}", bloc.name));
        let rank = |place: Option<Place>| place.map(|it| it.rank);
        let moved: Vec<&Move> =
            outcome.moves.iter().filter(|it| rank(it.now) != rank(it.then)).collect();
        let sentence = if moved.is_empty() {
            "Không đơn vị nào đổi hạng nếu mục không áp dụng vẫn nằm trong mẫu số.".to_owned()
        } else {
            format!(
                "{} đơn vị có thứ hạng phụ thuộc vào việc loại mục không áp dụng khỏi mẫu số:",
                moved.len()
            )
        };
        head::remark(&mut self.sheet, &sentence);
        if moved.is_empty() {
            return;
        }
        if MOST_UNITS < moved.len() {
            let limit = format!("Liệt kê {MOST_UNITS} đơn vị đầu.");
            head::remark(&mut self.sheet, &limit);
        }
        self.sheet.push(Row::head([
            "Hạng",
            "Đơn vị",
            "Chỉ số (%)",
            "Hạng nếu không quy đổi",
            "Chỉ số nếu không quy đổi (%)",
        ]));
        for it in moved.into_iter().take(MOST_UNITS) {
            let rank = |rank: Option<u32>| {
                rank.map_or_else(
                    || Cell::text("–", Level::Body.center()),
                    |rank| Cell::new(Value::Whole(i64::from(rank)), Level::Body.center()),
                )
            };
            let index = |index: Option<Percent>| {
                index.map_or_else(
                    || Cell::text("–", Level::Body.center()),
                    |it| Cell::new(it.into(), Level::Body.right()),
                )
            };
            self.sheet.push(Row::new(vec![
                rank(it.now.map(|it| it.rank)),
                Cell::text(self.basis.name(&it.unit), Level::Body.left()),
                index(it.now.map(|it| it.index)),
                rank(it.then.map(|it| it.rank)),
                index(it.then.map(|it| it.index)),
            ]));
        }
    }
}

/// What is drawn how often, in words.
fn method(draws: &Draws) -> String {
    let mut parts = Vec::new();
    if let Some(judged) = draws.judged {
        parts.push(format!(
            "điểm của mỗi mục có/không, theo mức, theo thành phần khác đi với khả năng {} %, nhiều \
             nhất {} bậc, lên hay xuống như nhau; mục đang ở bậc cao nhất chỉ xuống, ở bậc thấp \
             nhất chỉ lên",
            judged.chance, judged.steps
        ));
    }
    if draws.survey {
        parts.push("kết quả khảo sát dao động theo số phiếu trả lời (khoảng Wilson, 1927), kể cả khi đạt 0 % \
             hoặc 100 %"
                .to_owned());
    }
    if draws.weights != Quantity::ZERO {
        parts.push(format!("trọng số mỗi mục khác đi trong ± {} %", draws.weights));
    }
    format!(
        "Mô phỏng: tính lại {} lần (hạt giống {}), mỗi lần {}. Các mức này do tổ thư ký khai \
         trong ky.toml.",
        draws.count,
        draws.seed,
        parts.join("; "),
    )
}
