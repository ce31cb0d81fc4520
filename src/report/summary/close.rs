//! *Sát nút*: what was decided by little, and which points would have decided
//! otherwise.

use crate::margin::{
    Against, Change, Decision, Firm, GAP_PLACES, Kind, MOST_DECISIONS, MOST_ITEMS, Mark, Rest,
};
use crate::report::basis::Basis;
use crate::robustness::Examined;
use crate::round::firmness::Firmness;
use crate::round::settings::Bloc;
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Table};
use crate::sheet::{Level, Sheet, Value};

pub(super) fn sheet(basis: Basis, name: String, firmness: &Firmness, examined: &Examined) -> Sheet {
    let decisions = Decisions { basis, firmness, examined };
    let table = decisions.table();
    let mut sheet = basis.titled(name, table.widths(), "CÁC QUYẾT ĐỊNH SÁT NÚT");
    if examined.margins.decisions.is_empty() {
        head::remark(&mut sheet, "Chưa có đơn vị nào được xếp hạng.");
        return sheet;
    }
    head::heading(&mut sheet, &decisions.summary());
    head::remark(&mut sheet, &decisions.thresholds());
    head::remark(
        &mut sheet,
        "Cột «Đổi ít điểm nhất» nêu ít mục nhất, rồi ít điểm nhất, phải khác đi thì quyết \
         định đảo lại, trong các mức mà cách chấm cho phép. Đó là chỗ nên kiểm tra lại trước \
         khi ký, không có nghĩa là điểm đang sai.",
    );
    head::gap(&mut sheet);
    let lines = basis.blocs().flat_map(|(bloc, _)| decisions.lines(bloc));
    table.write(&mut sheet, &lines.collect::<Vec<Line>>());
    sheet
}

/// What the lines are made from.
#[derive(Clone, Copy)]
struct Decisions<'a> {
    basis: Basis<'a>,
    firmness: &'a Firmness,
    examined: &'a Examined,
}

/// A decision by its place among all; what is said of a bloc stands over the
/// whole breadth, so that one head serves all pages.
enum Line<'a> {
    Bloc(String),
    Remark(&'static str),
    Decision { bloc: &'a Bloc, at: usize, decision: &'a Decision },
}

impl<'a> Decisions<'a> {
    fn firm(&self, at: usize, decision: &Decision) -> Firm {
        self.examined.robustness.firm(self.firmness, at, decision)
    }

    /// How many decisions are how firm.
    fn summary(&self) -> String {
        let all = &self.examined.margins.decisions;
        let count = |firm: Firm| {
            all.iter().enumerate().filter(|(at, it)| self.firm(*at, it) == firm).count()
        };
        format!(
            "Trong {} quyết định được xét dưới đây, {} là chắc chắn, {} là sát nút và {} là \
             không phân biệt được.",
            all.len(),
            count(Firm::Certain),
            count(Firm::Close),
            count(Firm::Indistinct),
        )
    }

    fn thresholds(&self) -> String {
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
        by_gap + &by_draws.unwrap_or_default()
    }

    /// The lines of a bloc.
    fn lines(&self, bloc: &'a Bloc) -> Vec<Line<'a>> {
        let omitted = self.examined.margins.omitted.iter().find(|(id, _)| *id == bloc.id);
        let limit = omitted.map(|(_, omitted)| {
            format!(
                ": {MOST_DECISIONS} quyết định đáng chú ý nhất, còn {omitted} quyết định nữa \
                 không liệt kê"
            )
        });
        let name = format!("{}{}", bloc.name, limit.unwrap_or_default());
        let all = self.examined.margins.decisions.iter().enumerate();
        let own = all.filter(|(_, it)| it.bloc == bloc.id);
        let mut lines = vec![Line::Bloc(name)];
        lines.extend(own.map(|(at, decision)| Line::Decision { bloc, at, decision }));
        if lines.len() == 1 {
            lines.push(Line::Remark("Không có quyết định nào để xét."));
        }
        lines
    }

    fn table(self) -> Table<'a, Line<'a>> {
        let of = |entry: fn(&Decisions<'a>, &'a Bloc, usize, &'a Decision) -> Entry| {
            move |line: &Line<'a>| match line {
                Line::Decision { bloc, at, decision } => entry(&self, bloc, *at, decision),
                Line::Bloc(_) | Line::Remark(_) => Entry::blank(),
            }
        };
        let columns = vec![
            Column::words("Quyết định", 30.0, of(|it, bloc, _, own| it.kind(bloc, own).into())),
            Column::words("Đơn vị", 32.0, of(|it, _, _, own| it.basis.name(&own.unit).into())),
            Column::words("So với", 32.0, of(|it, _, _, own| it.against(own).into())),
            Column::number(
                "Cách nhau (điểm %)",
                10.0,
                of(|_, _, _, own| Value::Decimal(own.gap.quantity(), GAP_PLACES).into()),
            ),
            Column::number(
                "Giữ nguyên khi mô phỏng (%)",
                11.0,
                of(|it, _, at, _| Entry::or_dash(it.examined.robustness.stays.get(at).copied())),
            ),
            Column::words(
                "Kết luận",
                20.0,
                of(|it, _, at, own| {
                    let firm = it.firm(at, own);
                    Entry::from(word(firm)).at(level(firm))
                }),
            ),
            Column::words(
                "Đổi ít điểm nhất để đảo lại",
                58.0,
                of(|it, _, _, own| it.reversal(own).into()),
            ),
            Column::words("Lưu ý", 26.0, of(|_, _, _, own| notes(own).into())),
        ];
        let table = Table::new(columns).repeated().levels(|line| match line {
            Line::Bloc(_) => Level::Area,
            Line::Remark(_) | Line::Decision { .. } => Level::Body,
        });
        table.banners(|line| match line {
            Line::Bloc(words) => Some(words.clone()),
            Line::Remark(words) => Some((*words).to_owned()),
            Line::Decision { .. } => None,
        })
    }

    fn against(&self, decision: &Decision) -> String {
        match &decision.against {
            Against::Unit(unit) => self.basis.name(unit).to_owned(),
            Against::Edge { at, is_reached: true } => format!("mép {at} %, đang đạt"),
            Against::Edge { at, is_reached: false } => format!("mép {at} %, chưa đạt"),
        }
    }

    fn kind(&self, bloc: &Bloc, decision: &Decision) -> String {
        let rules = self.basis.round.settings.awards.as_ref();
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
            let places = self.basis.scoring().places;
            let (from, to) = (it.from.fixed(places), it.to.fixed(places));
            let marks: Vec<&str> = it.marks.iter().map(|it| mark(*it)).collect();
            let marks =
                if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(", ")) };
            format!("{} – mục {}: {from} → {to}{marks}", self.basis.name(&it.unit), it.item)
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
