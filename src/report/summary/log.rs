//! *Nhật ký*: everything the result depends on: program, settings, criteria
//! sets, items that do not apply, bonus and penalty, forms and inputs.

use crate::appraisal::{Adjustment, AdjustmentKind};
use crate::finding::CellRef;
use crate::form::Receipt;
use crate::points::Points;
use crate::rank::Ranking;
use crate::record::Input;
use crate::report::Edition;
use crate::report::basis::Basis;
use crate::report::extent::{ADJUSTMENTS, INPUTS, RECEIPTS, SCORES};
use crate::round::criteria::{CriteriaSet, ItemCode};
use crate::round::settings::{BlankAppraisal, Flawed, NoSurvey, Resend, Settings, Yearless};
use crate::round::waiver::Waiver;
use crate::score::{ItemScore, ScoredBy};
use crate::sheet::SheetOf;
use crate::sheet::head;
use crate::sheet::table::{Column, Table};
use crate::text;
use crate::words;

const NOTHING_AROSE: &str = "Không phát sinh: mẫu số đơn vị kê khai bằng 0";

pub(super) fn sheet<'a>(basis: Basis<'a>, name: String, edition: &'a Edition<'a>) -> SheetOf<'a> {
    let left_out = exempt();
    let sheet = basis.titled(name, left_out.widths(), "NHẬT KÝ");
    let mut log = Log { basis, sheet, sections: 0 };
    log.settings(edition);
    log.sets();
    log.exempt(left_out);
    log.waivers();
    log.adjustments();
    log.receipts();
    log.inputs(edition.inputs);
    log.sheet
}

/// The sheet as far as it is written.
struct Log<'a> {
    basis: Basis<'a>,
    sheet: SheetOf<'a>,
    sections: usize,
}

/// Items left out of a unit's possible points for one reason.
struct LeftOut<'a> {
    unit: &'a str,
    items: Vec<ItemCode>,
    max: Points,
    reason: &'a str,
    source: &'a str,
}

fn exempt<'a>() -> Table<'a, LeftOut<'a>> {
    Table::new(vec![
        Column::counter("STT", 6.0),
        Column::words("Đơn vị", 36.0, |it: &LeftOut| it.unit.into()),
        Column::number("Số điểm", 12.0, |it: &LeftOut| it.max.into()),
        Column::words("Mục", 40.0, |it: &LeftOut| {
            it.items.iter().map(ItemCode::to_string).collect::<Vec<String>>().join("; ").into()
        }),
        Column::words("Lý do", 40.0, |it: &LeftOut| it.reason.into()),
        Column::words("Căn cứ", 34.0, |it: &LeftOut| it.source.into()),
    ])
}

impl<'a> Log<'a> {
    /// Begins a section: on a new page where it would be cut, for a title and a
    /// header are not to stand alone at a page's foot.
    fn heading(&mut self, text: &str) {
        self.sections += 1;
        self.sheet.end_page();
        head::gap(&mut self.sheet);
        head::heading(&mut self.sheet, &format!("{}. {text}", self.sections));
    }

    /// How many of so many rows are shown.
    fn shown(&mut self, all: usize, table: &str) -> usize {
        self.basis.edition.limits.shown(&mut self.sheet, all, "dòng", table)
    }

    fn settings(&mut self, edition: &Edition) {
        type Fact = (String, String);
        self.heading("Chương trình và thiết lập của kỳ");
        let settings = &self.basis.round.settings;
        let mut facts = vec![
            ("Chương trình".to_owned(), edition.program.to_owned()),
            ("Mã xác thực".to_owned(), edition.seal.to_owned()),
        ];
        facts.extend(facts_of(settings));
        let blanks = words::blanks(self.basis.round, self.basis.tally);
        facts.extend(blanks.into_iter().map(|it| ("Để trống".to_owned(), it)));
        for bloc in &settings.blocs {
            let bands = bloc.bands.iter().map(|band| format!("{} từ {} %", band.name, band.from));
            let bands = bands.collect::<Vec<String>>().join("; ");
            facts.push((format!("Xếp loại – {}", bloc.name), bands));
        }
        let table = Table::new(vec![
            Column::counter("STT", 6.0),
            Column::words("Nội dung", 36.0, |it: &Fact| (&it.0).into()),
            Column::words("Giá trị", 12.0, |it: &Fact| (&it.1).into()).spanning(4),
        ]);
        table.write(&mut self.sheet, &facts);
    }

    fn sets(&mut self) {
        self.heading("Bộ chỉ số");
        let table = Table::new(vec![
            Column::counter("STT", 6.0),
            Column::words("Tên", 36.0, |it: &&CriteriaSet| (&*it.title).into()),
            Column::number("Tổng điểm", 12.0, |it: &&CriteriaSet| it.max().into()),
            Column::words("Ban hành theo", 40.0, |it: &&CriteriaSet| (&*it.source).into()),
            Column::words("Mã băm của nội dung", 40.0, |it: &&CriteriaSet| {
                (&*it.fingerprint).into()
            })
            .spanning(2),
        ]);
        let sets: Vec<&CriteriaSet> = self.basis.round.sets.values().collect();
        table.write(&mut self.sheet, &sets);
    }

    /// Every item left out of a unit's possible points, a line a unit and
    /// reason.
    fn exempt(&mut self, table: Table<'a, LeftOut<'a>>) {
        self.heading("Tiêu chí không áp dụng, không phát sinh");
        let basis = self.basis;
        let uses = basis.blocs().flat_map(|(_, ranking)| left_out(basis, ranking));
        let uses: Vec<LeftOut> = uses.collect();
        if uses.is_empty() {
            head::remark(&mut self.sheet, "Không có.");
            return;
        }
        let shown = self.shown(uses.len(), SCORES);
        table.write(&mut self.sheet, &uses[..shown]);
    }

    /// Every rule set aside, where any is.
    fn waivers(&mut self) {
        let basis = self.basis;
        let waivers = &basis.round.waivers.0;
        if waivers.is_empty() {
            return;
        }
        self.heading("Miễn trừ quy định");
        let rule = move |it: &Waiver| {
            let item = it.item.map_or(String::new(), |item| format!(", mục {item}"));
            let used = if basis.tally.is_used(it) { "" } else { " (không dùng đến)" };
            format!("{}{item}{used}", it.rule.word())
        };
        let table = Table::new(vec![
            Column::counter("STT", 6.0),
            Column::words("Đơn vị", 36.0, move |it: &Waiver| basis.name(&it.unit).into()),
            Column::code("Ngày", 12.0, |it: &Waiver| it.dated.to_string().into()),
            Column::words("Quy định", 40.0, move |it: &Waiver| rule(it).into()),
            Column::words("Lý do", 40.0, |it: &Waiver| (&*it.reason).into()),
            Column::words("Ai đề nghị, ai phê duyệt", 34.0, |it: &Waiver| {
                format!("{} đề nghị; {} phê duyệt", it.requester, it.approver).into()
            }),
        ]);
        table.write(&mut self.sheet, waivers);
    }

    fn adjustments(&mut self) {
        self.heading("Điểm thưởng, điểm trừ");
        let basis = self.basis;
        let all = basis.tally.appraisal.iter().flat_map(|it| &it.adjustments);
        let all: Vec<&Adjustment> = all.collect();
        if all.is_empty() {
            head::remark(&mut self.sheet, "Không có.");
            return;
        }
        let scoring = basis.scoring();
        let note = format!(
            "Mỗi đơn vị được thưởng nhiều nhất {} điểm, bị trừ nhiều nhất {} điểm.",
            scoring.bonus_max, scoring.penalty_max,
        );
        head::remark(&mut self.sheet, &note);
        let signed = |it: &Adjustment| match it.kind {
            AdjustmentKind::Bonus => it.points,
            AdjustmentKind::Penalty => -it.points,
        };
        let table = Table::new(vec![
            Column::counter("STT", 6.0),
            Column::words("Đơn vị", 36.0, move |it: &&Adjustment| basis.name(&it.unit).into()),
            Column::number("Điểm", 12.0, move |it: &&Adjustment| signed(it).into()),
            Column::words("Lý do", 40.0, |it: &&Adjustment| (&*it.reason).into()),
            Column::words("Căn cứ", 40.0, |it: &&Adjustment| (&*it.source).into()),
            Column::words("Nơi ghi", 34.0, |it: &&Adjustment| it.place.to_string().into()),
        ]);
        let shown = self.shown(all.len(), ADJUSTMENTS);
        table.write(&mut self.sheet, &all[..shown]);
    }

    fn receipts(&mut self) {
        self.heading("Tệp trong thư mục nộp");
        let basis = self.basis;
        let receipts = &basis.tally.intake.receipts;
        head::remark(
            &mut self.sheet,
            "Bảng này và bảng mã băm sau nó để tra cứu trên máy tính, khi in chỉ in đến đây; mã xác \
             thực ở chân trang bao gồm mọi tệp.",
        );
        let last = CellRef::new(self.sheet.next_row() - 1, head::columns(&self.sheet) - 1);
        self.sheet.prints_to = Some(last);
        if receipts.is_empty() {
            head::remark(&mut self.sheet, "Không có tệp nào.");
            return;
        }
        let table = Table::new(vec![
            Column::counter("STT", 6.0),
            Column::words("Đơn vị", 36.0, move |it: &&Receipt| {
                it.unit.as_ref().map_or("", |unit| basis.name(unit)).into()
            }),
            Column::code("Xử lý", 12.0, |it: &&Receipt| words::arrival::fate(it.fate).into()),
            Column::words("Tệp", 40.0, |it: &&Receipt| (&*it.file).into()).spanning(3),
        ]);
        let shown = self.shown(receipts.len(), RECEIPTS);
        table.write_long(&mut self.sheet, shown, move |at| &receipts[at]);
    }

    fn inputs(&mut self, inputs: &'a [Input]) {
        self.heading("Tệp đã đọc và mã băm SHA-256");
        let mut inputs: Vec<&'a Input> = inputs.iter().collect();
        inputs.sort_by(|a, b| text::compare(&a.file, &b.file));
        let table = Table::new(vec![
            Column::counter("STT", 6.0),
            Column::words("Tệp", 36.0, |it: &&Input| (&*it.file).into()),
            Column::words("Mã băm", 12.0, |it: &&Input| (&*it.sha256).into()).spanning(4),
        ]);
        let shown = self.shown(inputs.len(), INPUTS);
        table.write_long(&mut self.sheet, shown, move |at| inputs[at]);
    }
}

/// Items left out of a unit's possible points, a line a unit and reason.
fn left_out<'a>(basis: Basis<'a>, ranking: &'a Ranking) -> Vec<LeftOut<'a>> {
    let round = basis.round;
    let mut uses: Vec<LeftOut> = Vec::new();
    for card in ranking.cards() {
        let first = uses.len();
        let is_out =
            |score: &ItemScore| matches!(score.by, ScoredBy::Exempt | ScoredBy::NothingArose);
        for (code, score) in card.items.iter().filter(|(_, score)| is_out(score)) {
            let listed = round.exemptions.get(&card.unit, code);
            let (reason, source) = match listed.filter(|_| score.by == ScoredBy::Exempt) {
                Some(listed) => (listed.reason.as_str(), listed.source.as_str()),
                None => (NOTHING_AROSE, "Cách chấm của mục trong bộ chỉ số"),
            };
            let alike = |it: &&mut LeftOut| it.reason == reason && it.source == source;
            match uses[first..].iter_mut().find(alike) {
                Some(same) => {
                    same.items.push(code);
                    same.max += score.max;
                }
                None => uses.push(LeftOut {
                    unit: basis.name(&card.unit),
                    items: vec![code],
                    max: score.max,
                    reason,
                    source,
                }),
            }
        }
    }
    uses
}

/// The settings that a result depends on, in words.
fn facts_of(settings: &Settings) -> Vec<(String, String)> {
    let (intake, scoring) = (&settings.intake, &settings.scoring);
    let places = |places: u32| format!("{places} chữ số thập phân");
    let points = |points: Points| format!("{points} điểm");
    let breaks = words::tie_breaks(&scoring.tie_breaks, "; ");
    let breaks = if breaks.is_empty() { "Không có".to_owned() } else { breaks };
    let facts = [
        ("Kỳ đánh giá", format!("{} ({})", settings.title, settings.id)),
        ("Căn cứ", settings.source.clone()),
        ("Hạn nộp phiếu", intake.deadline.to_string()),
        (
            "Hai phiếu khác nhau của một đơn vị",
            match intake.resend {
                Resend::SetAside => "Gạt ra cả hai".to_owned(),
                Resend::Later => "Lấy phiếu ghi ngày lập sau".to_owned(),
            },
        ),
        (
            "Phiếu có lỗi",
            match intake.flawed {
                Flawed::SetAside => "Gạt ra".to_owned(),
                Flawed::CountZero => "Tính 0 điểm cho mục có lỗi, kết quả tạm tính".to_owned(),
            },
        ),
        (
            "Phiếu tự kẻ không ghi năm",
            match intake.yearless {
                Yearless::SetAside => "Gạt ra".to_owned(),
                Yearless::Counts => "Nhận là phiếu của năm được đánh giá, có nêu ra".to_owned(),
            },
        ),
        ("Điểm được làm tròn đến", places(scoring.places)),
        ("Chỉ số được làm tròn đến", places(scoring.index_places)),
        ("Xếp hạng, xếp loại theo", text::capitalized(words::compare(scoring.compare))),
        ("Đánh số khi đồng hạng", words::numbering(scoring.numbering).to_owned()),
        ("Tiêu chí phụ khi bằng nhau", breaks),
        ("Điểm thưởng tối đa", points(scoring.bonus_max)),
        ("Điểm trừ tối đa", points(scoring.penalty_max)),
        ("Phần bộ chỉ số phải áp dụng để được xếp hạng", format!("{} %", scoring.assessed_min)),
        (
            "Khi không có kết quả khảo sát",
            match scoring.no_survey {
                NoSurvey::Restate => "Tính lại chỉ số trên các mục còn lại".to_owned(),
                NoSurvey::Unranked => "Không xếp hạng".to_owned(),
            },
        ),
        (
            "Ô điểm thẩm định để trống",
            match scoring.blank_appraisal {
                BlankAppraisal::Agrees => "Đồng ý với điểm tự chấm".to_owned(),
                BlankAppraisal::Missing => "Chưa thẩm định, kết quả tạm tính".to_owned(),
            },
        ),
    ];
    facts.into_iter().map(|(label, fact)| (label.to_owned(), fact)).collect()
}
