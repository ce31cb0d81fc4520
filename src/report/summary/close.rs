//! *Sát nút*: what was decided by little, and which points would have decided
//! otherwise.

use super::{Teller, percent};
use crate::margin::{
    Against, Change, Decision, Firm, GAP_PLACES, Kind, MOST_DECISIONS, MOST_ITEMS, Mark, Rest,
};
use crate::report::head;
use crate::report::sheet::{Cell, Level, Row, Sheet, Value};
use crate::robustness::Examined;
use crate::round::firmness::Firmness;
use crate::round::settings::Bloc;

const WIDTHS: [f64; 8] = [22.0, 25.0, 25.0, 10.0, 11.0, 20.0, 42.0, 21.0];
const COLUMNS: u32 = 8;

pub(super) fn sheet(
    teller: &Teller,
    name: String,
    firmness: &Firmness,
    examined: &Examined,
) -> Sheet {
    let mut sheet = teller.sheet(name, &WIDTHS);
    let title = "CÁC QUYẾT ĐỊNH SÁT NÚT";
    teller.open(&mut sheet, title, &teller.round.settings.title, COLUMNS);
    let writer = Writer { teller, firmness, examined };
    writer.opening(&mut sheet);
    if !examined.margins.decisions.is_empty() {
        writer.table(&mut sheet);
    }
    sheet
}

struct Writer<'a> {
    teller: &'a Teller<'a>,
    firmness: &'a Firmness,
    examined: &'a Examined,
}

impl Writer<'_> {
    /// Every decision of a bloc, with its place among all of them.
    fn decisions(&self, bloc: &Bloc) -> impl Iterator<Item = (usize, &Decision)> {
        let all = self.examined.margins.decisions.iter().enumerate();
        let id = bloc.id.clone();
        all.filter(move |(_, it)| it.bloc == id)
    }

    fn firm(&self, at: usize, decision: &Decision) -> Firm {
        self.examined.robustness.firm(self.firmness, at, decision)
    }

    fn opening(&self, sheet: &mut Sheet) {
        let all = &self.examined.margins.decisions;
        if all.is_empty() {
            head::remark(sheet, "Chưa có đơn vị nào được xếp hạng.");
            return;
        }
        let count = |firm: Firm| {
            all.iter().enumerate().filter(|(at, it)| self.firm(*at, it) == firm).count()
        };
        sheet.push(Row::banner(
            format!(
                "Trong {} quyết định được xét dưới đây, {} là chắc chắn, {} là sát nút và {} là \
                 không phân biệt được.",
                all.len(),
                count(Firm::Certain),
                count(Firm::Close),
                count(Firm::Indistinct),
            ),
            Level::Strong,
            COLUMNS,
        ));
        let gap = self.firmness.gap;
        let by_gap = format!(
            "Chỉ số hai bên cách nhau từ {} điểm % là chắc chắn, dưới {} điểm % là không phân \
             biệt được, ở giữa là sát nút.",
            gap.certain, gap.told_apart,
        );
        let by_draws = self.firmness.draws.as_ref().map(|draws| {
            format!(
                " Quyết định còn phải giữ nguyên trong ít nhất {} % số lần mô phỏng mới là chắc \
                 chắn; giữ nguyên dưới {} % số lần là không phân biệt được.",
                draws.stays.certain, draws.stays.told_apart,
            )
        });
        head::remark(sheet, &(by_gap + &by_draws.unwrap_or_default()));
        head::remark(
            sheet,
            "Cột «Đổi ít điểm nhất» nêu ít mục nhất, rồi ít điểm nhất, phải khác đi thì quyết \
             định đảo lại, trong các mức mà cách chấm cho phép. Đó là chỗ nên kiểm tra lại trước \
             khi ký, không có nghĩa là điểm đang sai.",
        );
    }

    /// One table, a shaded row for each bloc, so that one head serves all pages.
    fn table(&self, sheet: &mut Sheet) {
        head::gap(sheet);
        let head = sheet.next_row();
        sheet.repeat = Some((head, head));
        sheet.push(Row::head([
            "Quyết định",
            "Đơn vị",
            "So với",
            "Cách nhau (điểm %)",
            "Giữ nguyên khi mô phỏng (%)",
            "Kết luận",
            "Đổi ít điểm nhất để đảo lại",
            "Lưu ý",
        ]));
        for (bloc, _) in self.teller.blocs() {
            self.bloc(sheet, bloc);
        }
    }

    fn bloc(&self, sheet: &mut Sheet, bloc: &Bloc) {
        let omitted = self.examined.margins.omitted.iter().find(|(id, _)| *id == bloc.id);
        let limit = omitted.map(|(_, omitted)| {
            format!(
                ": {MOST_DECISIONS} quyết định đáng chú ý nhất, còn {omitted} quyết định nữa \
                 không liệt kê"
            )
        });
        let name = format!("{}{}", bloc.name, limit.unwrap_or_default());
        sheet.push(Row::banner(name, Level::Area.left(), COLUMNS));
        if self.decisions(bloc).next().is_none() {
            let none = "Không có quyết định nào để xét.";
            sheet.push(Row::banner(none, Level::Body.left(), COLUMNS));
        }
        for (at, decision) in self.decisions(bloc) {
            sheet.push(self.row(bloc, at, decision));
        }
    }

    fn row(&self, bloc: &Bloc, at: usize, decision: &Decision) -> Row {
        let firm = self.firm(at, decision);
        let against = match &decision.against {
            Against::Unit(unit) => self.teller.name(unit).to_owned(),
            Against::Edge { at, is_reached: true } => format!("mép {at} %, đang đạt"),
            Against::Edge { at, is_reached: false } => format!("mép {at} %, chưa đạt"),
        };
        let stays = self.examined.robustness.stays.get(at);
        Row::new(vec![
            Cell::text(self.kind(bloc, decision), Level::Body.left()),
            Cell::text(self.teller.name(&decision.unit), Level::Body.left()),
            Cell::text(against, Level::Body.left()),
            Cell::new(Value::Decimal(decision.gap.quantity(), GAP_PLACES), Level::Body.right()),
            stays.map_or_else(
                || super::dash(Level::Body.center()),
                |it| percent(*it, Level::Body.right()),
            ),
            Cell::text(word(firm), level(firm)),
            Cell::text(self.reversal(decision), Level::Body.left()),
            Cell::text(notes(decision), Level::Body.left()),
        ])
    }

    fn kind(&self, bloc: &Bloc, decision: &Decision) -> String {
        let rules = self.teller.round.settings.awards.as_ref();
        match decision.kind {
            Kind::First => "Hạng nhất".to_owned(),
            Kind::Award(at) => {
                let rule = rules.and_then(|rules| rules.collectives.get(at));
                format!("Suất khen: {}", rule.map_or("", |rule| &rule.title))
            }
            Kind::Band(at) => {
                format!("Xếp loại {}", bloc.bands.get(at).map_or("", |band| &band.name))
            }
            Kind::Pair => "Hai đơn vị liền nhau".to_owned(),
        }
    }

    fn reversal(&self, decision: &Decision) -> String {
        let Some(reversal) = &decision.reversal else {
            return format!("Không có cách nào đổi tối đa {MOST_ITEMS} mục");
        };
        let change = |it: &Change| {
            let places = self.teller.scoring().places;
            let (from, to) = (it.from.fixed(places), it.to.fixed(places));
            let marks: Vec<&str> = it.marks.iter().map(|it| mark(*it)).collect();
            let marks =
                if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(", ")) };
            format!("{} – mục {}: {from} → {to}{marks}", self.teller.name(&it.unit), it.item)
        };
        reversal.changes.iter().map(change).collect::<Vec<_>>().join("; ")
    }
}

/// The word for a decision.
fn word(firm: Firm) -> &'static str {
    match firm {
        Firm::Certain => "Chắc chắn",
        Firm::Close => "Sát nút",
        Firm::Indistinct => "Không phân biệt được",
    }
}

fn level(firm: Firm) -> Level {
    match firm {
        Firm::Certain => Level::Good,
        Firm::Close => Level::Doubtful,
        Firm::Indistinct => Level::Bad,
    }
}

fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Appraised => "thẩm định đã đổi điểm",
        Mark::NoEvidence => "không có minh chứng, giải trình",
        Mark::FewAnswers => "khảo sát ít phiếu",
    }
}

/// What the decision rests on, as sentences without a last full stop.
fn notes(decision: &Decision) -> String {
    let note = |rest: &Rest| match rest {
        Rest::Bonus => "Bỏ điểm thưởng, điểm trừ thì đảo lại",
        Rest::NotApplicable => "Để mục không áp dụng trong mẫu số thì đảo lại",
        Rest::TieBreak => "Chỉ số bằng nhau, phân định bằng tiêu chí phụ",
    };
    decision.rests_on.iter().map(note).collect::<Vec<_>>().join(". ")
}
