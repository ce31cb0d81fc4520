//! *Bảng điểm*: how each of the unit's points came about, and why a score was
//! changed.

use crate::appraisal::AdjustmentKind;
use crate::finding::CellRef;
use crate::points::Points;
use crate::report::feedback::Teller;
use crate::report::head;
use crate::report::sheet::Cell;
use crate::report::sheet::Level;
use crate::report::sheet::Mark;
use crate::report::sheet::Role;
use crate::report::sheet::Row;
use crate::report::sheet::Sheet;
use crate::report::sheet::Value;
use crate::round::criteria::Item;
use crate::round::criteria::ItemCode;
use crate::round::criteria::Node;
use crate::score::ItemScore;
use crate::score::ScoreCard;
use crate::score::ScoredBy;
use crate::words;

/// Columns of points: maximum, self, appraised, in force.
const MAX: u32 = 2;
const OWN: u32 = 3;
const GRANTED: u32 = 4;
const COUNTED: u32 = 6;

pub(super) fn sheet(teller: &Teller, card: &ScoreCard) -> Sheet {
    let widths = [8.0, 50.0, 9.0, 9.0, 10.0, 10.0, 10.0, 16.0, 44.0];
    let mut sheet = teller.sheet("Bảng điểm", &widths);
    let year = teller.round.settings.year;
    let title = format!("BẢNG ĐIỂM CẢI CÁCH HÀNH CHÍNH NĂM {year}");
    head::title(&mut sheet, &title, &[&teller.unit.name]);
    head::alarm(&mut sheet, &card.lacks.iter().copied().collect());
    head::remark(
        &mut sheet,
        "KAD: không áp dụng. KPS: không phát sinh. Điểm được tính là điểm thẩm định, hoặc điểm \
         khảo sát; khi chưa thẩm định thì tạm lấy điểm tự chấm.",
    );
    let header = sheet.next_row();
    sheet.repeat = Some((header, header));
    sheet.freeze = Some(CellRef::new(header + 1, MAX));
    sheet.push(Row::head([
        "Mã",
        "Lĩnh vực/Tiêu chí/Tiêu chí thành phần",
        "Điểm tối đa",
        "Điểm tự chấm",
        "Điểm thẩm định",
        "Hài lòng (%)",
        "Điểm được tính",
        "Nguồn điểm",
        "Lý do thay đổi",
    ]));
    let table = Table { card, nodes: &teller.round.set(teller.unit).nodes, first: header + 1 };
    for node in table.nodes {
        let row = match node {
            Node::Heading(heading) => table.heading(node, &heading.title),
            Node::Item(item) => table.item(item, &reason(teller, item)),
        };
        sheet.push(row);
    }
    let (first, last) = (table.first, sheet.next_row() - 1);
    sheet.marks.push(Mark {
        first: CellRef::new(first, GRANTED),
        last: CellRef::new(last, GRANTED),
        formula: format!("AND(ISNUMBER(D{0}),ISNUMBER(E{0}),D{0}<>E{0})", first + 1),
        level: Level::Doubtful,
    });
    totals(teller, &mut sheet, &table);
    sheet
}

/// The table of a card, row by row in the order of the nodes.
struct Table<'a> {
    card: &'a ScoreCard,
    nodes: &'a [Node],
    /// The row of the first node.
    first: u32,
}

impl Table<'_> {
    /// An area or a criterion with components: sums of what stands under it.
    fn heading(&self, node: &Node, title: &str) -> Row {
        let code = node.code();
        let [text, center, number] = if code.level() == 1 {
            [Level::Area.left(), Level::Area.center(), Level::Area.right()]
        } else {
            [Level::Criterion.left(), Level::Criterion.center(), Level::Criterion.right()]
        };
        let under = |it: &Node| it.code().parent() == Some(code);
        let sum = |column, of: fn(&ItemScore) -> Option<Points>| {
            self.sum(under, |it| it.is_within(code), column, of, number)
        };
        Row::new(vec![
            Cell::text(code.to_string(), center),
            Cell::text(title, text),
            sum(MAX, |it| Some(it.max)),
            sum(OWN, |it| it.self_score),
            sum(GRANTED, ItemScore::appraised),
            Cell::blank(number),
            sum(COUNTED, |it| it.points),
            Cell::blank(text),
            Cell::blank(text),
        ])
    }

    fn item(&self, item: &Item, reason: &str) -> Row {
        let score = self.card.items.get(&item.code);
        let points = |points: Option<Points>, otherwise: &str| match points {
            Some(points) => Cell::new(Value::Points(points), Level::Body.right()),
            None => Cell::text(otherwise, Level::Body.center()),
        };
        let by = score.map_or(ScoredBy::Faulty, |it| it.by);
        let absent = words::no_points(by);
        let satisfaction = self.card.satisfaction.get(&item.code);
        let satisfaction = satisfaction.map(|it| Value::Percent(it.percent())).unwrap_or_default();
        let level = if by == ScoredBy::Faulty { Level::Bad } else { Level::Body };
        Row::new(vec![
            Cell::text(item.code.to_string(), Level::Body.center()),
            Cell::text(&item.title, Level::Body.left()),
            Cell::new(Value::Points(item.max), Level::Body.right()),
            points(score.and_then(|it| it.self_score), absent),
            points(score.and_then(ItemScore::appraised), absent),
            Cell::new(satisfaction, Level::Body.right()),
            points(score.and_then(|it| it.points), absent),
            Cell::text(words::scored_by(by), level),
            Cell::text(reason, Level::Body.left()),
        ])
    }

    /// The sum, over the rows `rows` says, of a column; stored with the sum over
    /// the items `items` says.
    fn sum(
        &self,
        rows: impl Fn(&Node) -> bool,
        items: impl Fn(ItemCode) -> bool,
        column: u32,
        of: fn(&ItemScore) -> Option<Points>,
        role: Role,
    ) -> Cell {
        let at = (self.first..).zip(self.nodes).filter(|(_, node)| rows(node));
        let cells: Vec<String> = at.map(|(row, _)| CellRef::new(row, column).to_string()).collect();
        let items = self.card.items.iter().filter(|(code, _)| items(**code));
        let sum = items.filter_map(|(_, item)| of(item)).sum();
        Cell::formula(format!("SUM({})", cells.join(",")), Value::Points(sum), role)
    }
}

/// Totals, bonus, penalty and index, below the table.
fn totals(teller: &Teller, sheet: &mut Sheet, table: &Table) {
    let card = table.card;
    let top = |column, of: fn(&ItemScore) -> Option<Points>| {
        table.sum(|node| node.code().level() == 1, |_| true, column, of, Level::Total.right())
    };
    let at = sheet.next_row() + 1;
    sheet.push(total(
        "Cộng các tiêu chí",
        [
            top(MAX, |it| Some(it.max)),
            top(OWN, |it| it.self_score),
            top(GRANTED, ItemScore::appraised),
            Cell::blank(Level::Total.right()),
            top(COUNTED, |it| it.points),
        ],
        "",
    ));
    let blank = || Cell::blank(Level::Total.right());
    let mut push = |label: &str, amount: Cell, remark: &str| {
        sheet.push(total(label, [blank(), blank(), blank(), blank(), amount], remark));
    };
    let number = |points| Cell::new(Value::Points(points), Level::Total.right());
    push("Điểm thưởng", number(card.bonus), &adjustments(teller, AdjustmentKind::Bonus));
    push("Điểm trừ", number(card.penalty), &adjustments(teller, AdjustmentKind::Penalty));
    let formula = format!("G{at}+G{}-G{}", at + 1, at + 2);
    push("Tổng điểm", Cell::formula(formula, Value::Points(card.total), Level::Total.right()), "");
    push(
        "Điểm tối đa được áp dụng",
        number(card.possible),
        "Không kể tiêu chí không áp dụng, không phát sinh, chưa khảo sát",
    );
    if let Some(index) = card.index {
        let places = teller.round.settings.scoring.index_places;
        let formula = format!("ROUND(G{}/G{}*100,{places})", at + 3, at + 4);
        let shown = Value::Percent(index.shown(places));
        push("Chỉ số (%)", Cell::formula(formula, shown, Level::Total.right()), "");
    }
}

/// A row under the table: a label, the five columns of numbers, a remark.
fn total(label: &str, numbers: [Cell; 5], remark: &str) -> Row {
    let mut cells = vec![Cell::text(label, Level::Total.left()).spanning(MAX)];
    cells.push(Cell::blank(Level::Total.left()));
    cells.extend(numbers);
    cells.push(Cell::text(remark, Level::Total.left()).spanning(2));
    cells.push(Cell::blank(Level::Total.left()));
    Row::new(cells)
}

/// Why the score in force differs from the claim: the appraisers' words, or the
/// reason of an exemption.
fn reason(teller: &Teller, item: &Item) -> String {
    let key = (teller.unit.id.clone(), item.code);
    if let Some(exemption) = teller.round.exemptions.get(&teller.unit.id, item.code) {
        return format!("{} ({})", exemption.reason, exemption.source);
    }
    let granted = teller.tally.appraisal.as_ref().and_then(|it| it.scores.get(&key));
    granted.map_or(String::new(), |it| it.reason.clone())
}

/// Each bonus or penalty with its reason.
fn adjustments(teller: &Teller, kind: AdjustmentKind) -> String {
    let places = teller.round.settings.scoring.places;
    let all = teller.tally.appraisal.iter().flat_map(|it| &it.adjustments);
    let own = all.filter(|it| it.unit == teller.unit.id && it.kind == kind);
    let lines: Vec<String> = own
        .map(|it| match it.source.as_str() {
            "" => format!("{}: {}", it.points.fixed(places), it.reason),
            source => format!("{}: {} ({source})", it.points.fixed(places), it.reason),
        })
        .collect();
    lines.join("; ")
}
