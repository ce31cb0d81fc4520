//! *Bảng điểm*: how each of the unit's points came about, and why a score was
//! changed.

use super::addressee::Addressee;
use crate::appraisal::{AdjustmentKind, Unsettled};
use crate::points::Points;
use crate::round::criteria::{Item, ItemCode, Node};
use crate::score::{ItemScore, ScoreCard, ScoredBy};
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Placed, Table};
use crate::sheet::{Align, Level, Sheet};
use crate::words;

const MAX: &str = "Điểm tối đa";
const OWN: &str = "Điểm tự chấm";
const GRANTED: &str = "Điểm thẩm định";
const COUNTED: &str = "Điểm được tính";
const SOURCE: &str = "Nguồn điểm";

pub(super) fn sheet(addressee: &Addressee, card: &ScoreCard) -> Sheet {
    let sums = Sums { card, nodes: &addressee.round.set(addressee.unit).nodes };
    let table = table(addressee, &sums);
    let mut sheet = addressee.sheet("Bảng điểm", &table.widths());
    let year = addressee.round.settings.year;
    let title = format!("BẢNG ĐIỂM CẢI CÁCH HÀNH CHÍNH NĂM {year}");
    head::title(&mut sheet, &title, &[&addressee.unit.name]);
    head::alarm(&mut sheet, &card.lacks.iter().copied().collect());
    head::remark(
        &mut sheet,
        "KAD: không áp dụng. KPS: không phát sinh. Điểm được tính là điểm thẩm định, hoặc điểm \
         khảo sát; khi chưa thẩm định thì tạm lấy điểm tự chấm.",
    );
    let placed = table.write(&mut sheet, sums.nodes);
    let differs = format!("AND(ISNUMBER([{OWN}]),ISNUMBER([{GRANTED}]),[{OWN}]<>[{GRANTED}])");
    placed.mark(&mut sheet, GRANTED, &differs, Level::Doubtful);
    totals(addressee, &mut sheet, &sums, &placed);
    sheet
}

fn table<'a>(addressee: &'a Addressee, sums: &'a Sums) -> Table<'a, Node> {
    let points = |label, width, of: fn(&ItemScore) -> Option<Points>| {
        Column::number(label, width, move |node: &Node| match node {
            Node::Heading(_) => sums.under(node, label, of),
            Node::Item(item) => match sums.score(item).as_ref().and_then(of) {
                Some(points) => points.into(),
                None => Entry::from(words::no_points(sums.by(item))).aligned(Align::Center),
            },
        })
    };
    Table::new(vec![
        Column::code("Mã", 8.0, |it: &Node| it.code().to_string().into()).pinned(),
        Column::words("Lĩnh vực/Tiêu chí/Tiêu chí thành phần", 50.0, |it: &Node| {
            it.title().into()
        })
        .pinned(),
        Column::number(MAX, 9.0, |node: &Node| match node {
            Node::Heading(_) => sums.under(node, MAX, |it| Some(it.max)),
            Node::Item(item) => item.max.into(),
        }),
        points(OWN, 9.0, |it| it.self_score),
        points(GRANTED, 10.0, ItemScore::appraised),
        Column::number("Hài lòng (%)", 10.0, |node: &Node| {
            sums.card.satisfaction.get(&node.code()).map(|it| it.percent()).into()
        }),
        points(COUNTED, 10.0, |it| it.points),
        Column::words(SOURCE, 16.0, |node: &Node| match node {
            Node::Heading(_) => Entry::blank(),
            Node::Item(item) => {
                let by = sums.by(item);
                let level = if by == ScoredBy::Faulty { Level::Bad } else { Level::Body };
                Entry::from(words::scored_by(by, unsettled(addressee, item))).at(level)
            }
        }),
        Column::words("Lý do thay đổi", 44.0, |node: &Node| match node {
            Node::Heading(_) => Entry::blank(),
            Node::Item(item) => reason(addressee, item).into(),
        }),
    ])
    .levels(|node| node.into())
    .frozen()
}

/// The sums in the rows of a card, which follow the nodes.
struct Sums<'a> {
    card: &'a ScoreCard,
    nodes: &'a [Node],
}

impl Sums<'_> {
    fn score(&self, item: &Item) -> Option<ItemScore> {
        self.card.items.get(item.code)
    }

    fn by(&self, item: &Item) -> ScoredBy {
        self.score(item).map_or(ScoredBy::Faulty, |it| it.by)
    }

    /// The sum of what stands under a heading.
    fn under(&self, node: &Node, label: &str, of: fn(&ItemScore) -> Option<Points>) -> Entry {
        let code = node.code();
        let items = self.card.items.iter().filter(|(it, _)| it.is_within(code));
        self.sum(|it| it.code().parent() == Some(code), items, label, of)
    }

    /// The sum, over the rows `holds` is true of, of a column; those of `items`
    /// that are within them make it up.
    fn sum(
        &self,
        holds: impl Fn(&Node) -> bool,
        items: impl Iterator<Item = (ItemCode, ItemScore)>,
        label: &str,
        of: fn(&ItemScore) -> Option<Points>,
    ) -> Entry {
        let rows = self.nodes.iter().enumerate().filter(|(_, node)| holds(node));
        let (cells, codes): (Vec<String>, Vec<_>) =
            rows.map(|(at, node)| (format!("[{label}@{at}]"), node.code())).unzip();
        let items = items.filter(|(code, _)| codes.iter().any(|it| code.is_within(*it)));
        let sum: Points = items.filter_map(|(_, item)| of(&item)).sum();
        Entry::formula(format!("SUM({})", cells.join(",")), sum)
    }
}

/// Totals, bonus, penalty and index, below the table.
fn totals(addressee: &Addressee, sheet: &mut Sheet, sums: &Sums, placed: &Placed<Node>) {
    let card = sums.card;
    let top = |label, of| {
        let items = card.items.iter();
        (label, sums.sum(|node| node.code().level() == 1, items, label, of))
    };
    let first = sheet.next_row();
    let at = |below| placed.cell(COUNTED, first + below);
    let all = [
        top(MAX, |it| Some(it.max)),
        top(OWN, |it| it.self_score),
        top(GRANTED, ItemScore::appraised),
        top(COUNTED, |it| it.points),
        (SOURCE, Entry::blank().spanning(2)),
    ];
    placed.push_summary(sheet, "Cộng các tiêu chí", all);
    let mut push = |label, amount: Entry, remark: &str| {
        let remark = Entry::from(remark).spanning(2);
        let entries = [(MAX, Entry::blank()), (COUNTED, amount), (SOURCE, remark)];
        placed.push_summary(sheet, label, entries);
    };
    let (bonus, penalty) = (AdjustmentKind::Bonus, AdjustmentKind::Penalty);
    push("Điểm thưởng", card.bonus.into(), &adjustments(addressee, bonus));
    push("Điểm trừ", card.penalty.into(), &adjustments(addressee, penalty));
    let total = format!("{}+{}-{}", at(0), at(1), at(2));
    push("Tổng điểm", Entry::formula(total, card.total), "");
    push(
        "Điểm tối đa được áp dụng",
        card.possible.into(),
        "Không kể tiêu chí không áp dụng, không phát sinh, chưa khảo sát",
    );
    if let Some(index) = card.index {
        let decimals = addressee.round.settings.scoring.index_places;
        let formula = format!("ROUND({}/{}*100,{decimals})", at(3), at(4));
        push("Chỉ số (%)", Entry::formula(formula, index.shown(decimals)), "");
    }
}

/// Why the score in force differs from the claim: the appraisers' words, or the
/// reason of an exemption.
fn reason(addressee: &Addressee, item: &Item) -> String {
    let key = (addressee.unit.id.clone(), item.code);
    if let Some(exemption) = addressee.round.exemptions.get(&addressee.unit.id, item.code) {
        return format!("{} ({})", exemption.reason, exemption.source);
    }
    let granted = addressee.tally.appraisal.as_ref().and_then(|it| it.scores.get(&key));
    let open = || match unsettled(addressee, item) {
        None => String::new(),
        Some(Unsettled::Contested(_)) => {
            "Có hai kết quả thẩm định khác nhau; chờ tổ thẩm định kết luận".to_owned()
        }
        Some(Unsettled::Again(_)) => "Chờ thẩm định lại theo phiếu gửi lại".to_owned(),
    };
    granted.map_or_else(open, |it| it.reason.clone())
}

fn unsettled<'a>(addressee: &Addressee<'a>, item: &Item) -> Option<&'a Unsettled> {
    words::unsettled(addressee.tally, &addressee.unit.id, item.code)
}

/// Each bonus or penalty with its reason.
fn adjustments(addressee: &Addressee, kind: AdjustmentKind) -> String {
    let places = addressee.round.settings.scoring.places;
    let all = addressee.tally.appraisal.iter().flat_map(|it| &it.adjustments);
    let own = all.filter(|it| it.unit == addressee.unit.id && it.kind == kind);
    let lines: Vec<String> = own
        .map(|it| match it.source.as_str() {
            "" => format!("{}: {}", it.points.fixed(places), it.reason),
            source => format!("{}: {} ({source})", it.points.fixed(places), it.reason),
        })
        .collect();
    lines.join("; ")
}
