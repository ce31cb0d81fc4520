//! *Độ vững*: between which ranks each unit may stand, what each area and item
//! decides, and whose place depends on what does not apply.

use crate::finding::CellRef;
use crate::points::{Points, Quantity, Ratio};
use crate::report::basis::Basis;
use crate::report::extent::INTERVALS;
use crate::robustness::{BlocRobustness, Drop, Examined, UnitRobustness};
use crate::round::criteria::ItemCode;
use crate::round::firmness::{Draws, Firmness};
use crate::round::register::UnitId;
use crate::round::settings::Bloc;
use crate::scenario::{Move, Outcome, Place};
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Placed, Table};
use crate::sheet::{Chart, ChartKind, Range, Row, Series, Sheet, Value};

const RANK: &str = "Hạng";
const UNIT: &str = "Đơn vị";
const BEST: &str = "Hạng tốt nhất (5 %)";
const WORST: &str = "Hạng kém nhất (95 %)";
const UP: &str = "Có thể lên (bậc)";
const DOWN: &str = "Có thể xuống (bậc)";

/// The most units of one chart, and the most charts of a bloc.
const DOTS_A_PAGE: usize = 40;
const MOST_CHARTS: usize = 3;
/// The rows, 25 pixels high, that a chart covers.
const CHART_ROWS: u32 = 16;
/// The most items and units listed.
const MOST_ITEMS: usize = 10;
const MOST_UNITS: usize = 100;

pub(super) fn sheet(basis: Basis, name: String, firmness: &Firmness, examined: &Examined) -> Sheet {
    let title = "ĐỘ VỮNG CỦA KẾT QUẢ XẾP HẠNG";
    let mut sheet = basis.titled(name, intervals(basis).widths(), title);
    opening(&mut sheet, basis, firmness, examined);
    let mut sections = Sections { sheet, count: 0 };
    for ((bloc, _), found) in basis.blocs().zip(&examined.robustness.blocs) {
        sections.intervals(basis, bloc, found);
        sections.drops(basis, bloc, found, true);
        sections.drops(basis, bloc, found, false);
    }
    for ((bloc, _), outcome) in basis.blocs().zip(&examined.plain) {
        sections.plain(basis, bloc, outcome);
    }
    sections.sheet
}

/// What a leader should know, before any table.
fn opening(sheet: &mut Sheet, basis: Basis, firmness: &Firmness, examined: &Examined) {
    let robustness = &examined.robustness;
    for ((bloc, _), found) in basis.blocs().zip(&robustness.blocs) {
        if let Some(sentence) = summary(basis, bloc, found) {
            head::heading(sheet, &sentence);
        }
    }
    if let Some(draws) = firmness.draws.as_ref().filter(|_| 0 < robustness.draws) {
        head::remark(sheet, &method(draws));
        head::remark(
            sheet,
            "Khoảng hạng: bỏ 5 % số lần tốt nhất và 5 % số lần kém nhất thì đơn vị luôn nằm \
             trong khoảng này; mỗi khoảng chỉ nói về một đơn vị. Khoảng hạng đồng thời nói về \
             cả khối: trong ít nhất 90 % số lần, mọi đơn vị cùng nằm trong khoảng của mình \
             (Bonferroni; M. Mogstad và cộng sự, Inference for ranks, 2024). So hai đơn vị thì \
             dùng khoảng đồng thời: hai khoảng chồng lên nhau là chưa phân biệt được thứ tự.",
        );
        head::remark(
            sheet,
            "Giả định: các mục và các đơn vị sai lệch độc lập với nhau; không tính việc một \
             người thẩm định chấm chặt hoặc chấm nới ở nhiều đơn vị, hay một sai sót lặp lại \
             ở cả khối. Nếu có, kết quả kém chắc chắn hơn các con số dưới đây.",
        );
    }
    head::remark(
        sheet,
        "Phương pháp: OECD/JRC, Handbook on Constructing Composite Indicators (2008), bước 7; \
         W. Becker và cộng sự, COINr (2022). Trang này không thay đổi kết quả xếp hạng.",
    );
}

fn summary(basis: Basis, bloc: &Bloc, found: &BlocRobustness) -> Option<String> {
    let first = found.units.first()?;
    let leads = found.units.iter().max_by_key(|it| it.first)?;
    let widths: i64 = found.units.iter().map(|it| i64::from(it.high - it.low)).sum();
    let count = i64::try_from(found.units.len()).ok()?;
    let width = Ratio::new(Quantity::whole(widths), Quantity::whole(count))?;
    let width = Points::scaled(1, 0).share(width, 1).fixed(1);
    let rival = (leads.unit != first.unit && first.first < leads.first).then(|| {
        format!("; thường đứng đầu hơn là {} ({} %)", basis.name(&leads.unit), leads.first.fixed(1))
    });
    Some(format!(
        "{}: {} đứng đầu trong {} % số lần mô phỏng{}; khoảng hạng của một đơn vị rộng trung \
         bình {width} bậc.",
        bloc.name,
        basis.name(&first.unit),
        first.first.fixed(1),
        rival.unwrap_or_default(),
    ))
}

/// A sheet in numbered sections.
struct Sections {
    sheet: Sheet,
    count: usize,
}

impl Sections {
    fn begin(&mut self, title: &str) {
        self.count += 1;
        self.sheet.end_page();
        head::gap(&mut self.sheet);
        head::heading(&mut self.sheet, &format!("{}. {title}", self.count));
    }

    fn intervals(&mut self, basis: Basis, bloc: &Bloc, found: &BlocRobustness) {
        if found.units.is_empty() {
            return;
        }
        self.begin(&format!("Khoảng hạng – {}", bloc.name));
        let (limits, all) = (basis.edition.limits, found.units.len());
        let shown = limits.shown(&mut self.sheet, all, "đơn vị", INTERVALS);
        let placed = intervals(basis).write(&mut self.sheet, &found.units[..shown]);
        self.charts(bloc, &placed);
    }

    /// Dots and whiskers of the units of a table, a page at a time.
    fn charts(&mut self, bloc: &Bloc, placed: &Placed<UnitRobustness>) {
        let (first, last) = placed.rows().expect("a bloc with units");
        let units = (last - first + 1) as usize;
        let pages = units.div_ceil(DOTS_A_PAGE);
        let a_page = u32::try_from(units.div_ceil(pages)).expect("at most a page");
        if MOST_CHARTS < pages {
            let shown = MOST_CHARTS * a_page as usize;
            head::remark(&mut self.sheet, &format!("Biểu đồ chỉ vẽ {shown} đơn vị đầu."));
        }
        for page in 0..u32::try_from(pages.min(MOST_CHARTS)).expect("few charts") {
            self.sheet.end_page();
            let from = first + page * a_page;
            let chart =
                chart(bloc, placed, self.sheet.next_row(), from, last.min(from + a_page - 1));
            self.sheet.charts.push(chart);
            let row = || Row { height: Some(18.75), ..Row::default() };
            self.sheet.rows.extend((0..CHART_ROWS).map(|_| row()));
        }
    }

    /// What leaving out each area, or each item, would change.
    fn drops(&mut self, basis: Basis, bloc: &Bloc, found: &BlocRobustness, is_area: bool) {
        let is_told = |it: &&Drop| (it.code.level() == 1) == is_area;
        let mut drops: Vec<&Drop> = found.drops.iter().filter(is_told).collect();
        if drops.is_empty() || basis.blocs().all(|(_, it)| it.standings.is_empty()) {
            return;
        }
        let what = if is_area { "Bỏ từng lĩnh vực" } else { "Bỏ từng mục" };
        self.begin(&format!("{what} – {}", bloc.name));
        if is_area
            && let Some(most) = drops.iter().max_by_key(|it| (it.shift, std::cmp::Reverse(it.code)))
        {
            let sentence = format!(
                "Lĩnh vực quyết định thứ hạng nhiều nhất: {}. {}; bỏ lĩnh vực này thì mỗi đơn vị \
                 đổi trung bình {} bậc.",
                most.code,
                title(basis, bloc, most.code),
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
        drops_table(basis, bloc, if is_area { "Lĩnh vực" } else { "Tiêu chí" })
            .write(&mut self.sheet, &drops);
    }

    /// Who would stand elsewhere with the plain denominator.
    fn plain(&mut self, basis: Basis, bloc: &Bloc, outcome: &Outcome) {
        if outcome.moves.is_empty() {
            return;
        }
        self.begin(&format!("Mục không áp dụng – {}", bloc.name));
        let rank = |place: Option<Place>| place.map(|it| it.rank);
        let mut moved: Vec<&Move> =
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
        moved.truncate(MOST_UNITS);
        plain(basis).write(&mut self.sheet, &moved);
    }
}

/// Between which ranks each unit may stand.
fn intervals(basis: Basis<'_>) -> Table<'_, UnitRobustness> {
    let less = |from: &str, what: &str| format!("MAX([{from}]-[{what}],0)");
    let (up, down) = (less(RANK, BEST), less(WORST, RANK));
    Table::new(vec![
        Column::code(RANK, 8.0, |it: &UnitRobustness| it.rank.into()),
        Column::words(UNIT, 46.0, move |it: &UnitRobustness| basis.name(&it.unit).into()),
        Column::code(BEST, 12.0, |it: &UnitRobustness| it.low.into()),
        Column::code("Hạng giữa (50 %)", 12.0, |it: &UnitRobustness| it.median.into()),
        Column::code(WORST, 12.0, |it: &UnitRobustness| it.high.into()),
        Column::code(UP, 12.0, move |it: &UnitRobustness| {
            Entry::formula(&up, it.rank.saturating_sub(it.low))
        }),
        Column::code(DOWN, 12.0, move |it: &UnitRobustness| {
            Entry::formula(&down, it.high.saturating_sub(it.rank))
        }),
        Column::number("Đứng đầu (% số lần)", 12.0, |it: &UnitRobustness| {
            it.first.into()
        }),
        Column::number("Được khen (% số lần)", 12.0, |it: &UnitRobustness| {
            Entry::or_dash(it.awarded)
        }),
        Column::number("Giữ xếp loại (% số lần)", 13.0, |it: &UnitRobustness| {
            it.in_band.into()
        }),
        Column::code("Khoảng hạng đồng thời", 13.0, |it: &UnitRobustness| {
            format!("{}–{}", it.joint_low, it.joint_high).into()
        }),
    ])
}

/// The units in the rows from `first` to `last`, drawn at row `at`.
fn chart(bloc: &Bloc, placed: &Placed<UnitRobustness>, at: u32, first: u32, last: u32) -> Chart {
    let column =
        |key: &str| Range { last: placed.cell(key, last), ..placed.across(key, key, first) };
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
        at: CellRef { row: at, col: 0 },
        width: 1080,
        height: CHART_ROWS * 25 - 10,
        y_min: Some(1.0),
        y_max: None,
    }
}

/// What leaving something out would change; `what` is left out.
fn drops_table<'a>(basis: Basis<'a>, bloc: &'a Bloc, what: &str) -> Table<'a, &'a Drop> {
    Table::new(vec![
        Column::code("Mã", 8.0, |it: &&Drop| it.code.to_string().into()),
        Column::words(what, 46.0, move |it: &&Drop| title(basis, bloc, it.code).into()),
        Column::number("Số đơn vị đổi hạng", 12.0, |it: &&Drop| it.moved.into()),
        Column::number("Đổi hạng trung bình (bậc)", 12.0, |it: &&Drop| {
            Value::Decimal(it.shift, 2).into()
        }),
        Column::words("Đơn vị đổi nhiều nhất", 12.0, move |it: &&Drop| {
            it.furthest
                .as_ref()
                .map_or(String::new(), |(unit, now, then)| {
                    format!("{}: {now} → {then}", basis.name(unit))
                })
                .into()
        })
        .spanning(3),
        Column::words("Hạng nhất, khen thưởng", 12.0, move |it: &&Drop| {
            decided(basis, it).into()
        })
        .spanning(4),
    ])
}

/// Who would stand first, and who would be awarded or not.
fn decided(basis: Basis, drop: &Drop) -> String {
    let told = |what: &str, units: &[UnitId]| {
        let names: Vec<&str> = units.iter().map(|unit| basis.name(unit)).collect();
        (!names.is_empty()).then(|| format!("{what}: {}", names.join(", ")))
    };
    let parts = [
        told("Hạng nhất", drop.first.as_slice()),
        told("Thêm vào khen", &drop.won),
        told("Ra khỏi khen", &drop.lost),
    ];
    parts.into_iter().flatten().collect::<Vec<String>>().join(". ")
}

fn title<'a>(basis: Basis<'a>, bloc: &Bloc, code: ItemCode) -> &'a str {
    let mut nodes = basis.sets(bloc).flat_map(|set| &set.nodes);
    nodes.find(|node| node.code() == code).map_or("", |node| node.title())
}

/// Where units stand, and where they would with the plain denominator.
fn plain(basis: Basis<'_>) -> Table<'_, &Move> {
    let rank = |place: Option<Place>| Entry::or_dash(place.map(|it| it.rank));
    let index = |place: Option<Place>| Entry::or_dash(place.map(|it| it.index));
    Table::new(vec![
        Column::code(RANK, 8.0, move |it: &&Move| rank(it.now)),
        Column::words(UNIT, 46.0, move |it: &&Move| basis.name(&it.unit).into()),
        Column::number("Chỉ số (%)", 12.0, move |it: &&Move| index(it.now)),
        Column::code("Hạng nếu không quy đổi", 12.0, move |it: &&Move| rank(it.then)),
        Column::number("Chỉ số nếu không quy đổi (%)", 12.0, move |it: &&Move| {
            index(it.then)
        }),
    ])
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
