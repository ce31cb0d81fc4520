//! *Nhật ký*: everything the result depends on: program, settings, criteria
//! sets, items that do not apply, bonus and penalty, forms and inputs.

use super::{Teller, points, whole};
use crate::appraisal::{Adjustment, AdjustmentKind};
use crate::form::{Fate, Receipt};
use crate::points::Points;
use crate::rank::Ranking;
use crate::record::Input;
use crate::report::Edition;
use crate::report::head;
use crate::report::sheet::{Cell, Level, Row, SheetOf};
use crate::round::criteria::{CriteriaSet, ItemCode};
use crate::round::settings::{BlankAppraisal, Flawed, NoSurvey, Resend, Settings};
use crate::score::{ItemScore, ScoredBy};
use crate::text;
use crate::words;

const WIDTHS: [f64; 6] = [6.0, 36.0, 12.0, 40.0, 40.0, 34.0];
const COLUMNS: u32 = 6;

const NOTHING_AROSE: &str = "Không phát sinh: mẫu số đơn vị kê khai bằng 0";

pub(super) fn sheet<'a>(teller: Teller<'a>, name: String, edition: &'a Edition<'a>) -> SheetOf<'a> {
    let mut writer = Writer { teller, sheet: teller.sheet(name, &WIDTHS), section: 0 };
    teller.open(&mut writer.sheet, "NHẬT KÝ", &teller.round.settings.title, COLUMNS);
    writer.settings(edition);
    writer.sets();
    writer.page();
    writer.exempt();
    writer.waivers();
    writer.adjustments();
    writer.page();
    writer.receipts();
    writer.inputs(edition.inputs);
    writer.sheet
}

/// Items left out of a unit's possible points for one reason.
struct LeftOut {
    unit: String,
    items: Vec<ItemCode>,
    max: Points,
    reason: String,
    source: String,
}

struct Writer<'a> {
    teller: Teller<'a>,
    sheet: SheetOf<'a>,
    section: usize,
}

impl<'a> Writer<'a> {
    fn heading(&mut self, text: &str) {
        self.section += 1;
        let heading = format!("{}. {text}", self.section);
        head::gap(&mut self.sheet);
        self.sheet.push(Row::banner(heading, Level::Strong, COLUMNS));
    }

    /// A new page: a title and a header are not to stand alone at a page's foot.
    fn page(&mut self) {
        if let Some(row) = self.sheet.rows.last_mut() {
            row.breaks = true;
        }
    }

    fn row(&mut self, number: usize, cells: Vec<Cell>) {
        self.sheet.push(numbered(number, cells));
    }

    fn head<'b>(&mut self, labels: impl IntoIterator<Item = &'b str>) {
        let row = Row::head(["STT"].into_iter().chain(labels));
        self.sheet.push(Row::new(filled(row.cells)));
    }

    fn none(&mut self, text: &str) {
        self.sheet.push(Row::banner(text, Level::Remark, COLUMNS));
    }

    fn settings(&mut self, edition: &Edition) {
        self.heading("Chương trình và thiết lập của kỳ");
        self.head(["Nội dung", "Giá trị"]);
        let settings = &self.teller.round.settings;
        let mut facts = vec![
            ("Chương trình".to_owned(), edition.program.to_owned()),
            ("Mã xác thực".to_owned(), edition.seal.to_owned()),
        ];
        facts.extend(facts_of(settings));
        for bloc in &settings.blocs {
            let bands = bloc.bands.iter().map(|band| format!("{} từ {} %", band.name, band.from));
            let bands = bands.collect::<Vec<String>>().join("; ");
            facts.push((format!("Xếp loại – {}", bloc.name), bands));
        }
        for (number, (label, fact)) in (1..).zip(facts) {
            self.row(
                number,
                vec![Cell::text(label, Level::Body.left()), Cell::text(fact, Level::Body.left())],
            );
        }
    }

    fn sets(&mut self) {
        self.heading("Bộ chỉ số");
        self.head(["Tên", "Tổng điểm", "Ban hành theo", "Mã băm của nội dung"]);
        let sets: Vec<&CriteriaSet> = self.teller.round.sets.values().collect();
        for (number, set) in (1..).zip(sets) {
            self.row(
                number,
                vec![
                    Cell::text(&*set.title, Level::Body.left()),
                    points(set.max(), Level::Body.right()),
                    Cell::text(&*set.source, Level::Body.left()),
                    Cell::text(&*set.fingerprint, Level::Body.left()),
                ],
            );
        }
    }

    /// Every item left out of a unit's possible points, a line a unit and
    /// reason.
    fn exempt(&mut self) {
        self.heading("Tiêu chí không áp dụng, không phát sinh");
        let uses: Vec<LeftOut> =
            self.teller.blocs().flat_map(|(_, ranking)| self.left_out(ranking)).collect();
        if uses.is_empty() {
            self.none("Không có.");
            return;
        }
        self.head(["Đơn vị", "Số điểm", "Mục", "Lý do", "Căn cứ"]);
        for (number, used) in (1..).zip(uses) {
            let items: Vec<String> = used.items.iter().map(ItemCode::to_string).collect();
            self.row(
                number,
                vec![
                    Cell::text(used.unit, Level::Body.left()),
                    points(used.max, Level::Body.right()),
                    Cell::text(items.join("; "), Level::Body.left()),
                    Cell::text(used.reason, Level::Body.left()),
                    Cell::text(used.source, Level::Body.left()),
                ],
            );
        }
    }

    fn left_out(&self, ranking: &Ranking) -> Vec<LeftOut> {
        let round = self.teller.round;
        let mut uses: Vec<LeftOut> = Vec::new();
        for card in ranking.cards() {
            let first = uses.len();
            let is_out =
                |score: &ItemScore| matches!(score.by, ScoredBy::Exempt | ScoredBy::NothingArose);
            for (code, score) in card.items.iter().filter(|(_, score)| is_out(score)) {
                let listed = round.exemptions.get(&card.unit, *code);
                let (reason, source) = match listed.filter(|_| score.by == ScoredBy::Exempt) {
                    Some(listed) => (listed.reason.as_str(), listed.source.as_str()),
                    None => (NOTHING_AROSE, "Cách chấm của mục trong bộ chỉ số"),
                };
                let alike = |it: &&mut LeftOut| it.reason == reason && it.source == source;
                match uses[first..].iter_mut().find(alike) {
                    Some(same) => {
                        same.items.push(*code);
                        same.max += score.max;
                    }
                    None => uses.push(LeftOut {
                        unit: self.teller.name(&card.unit).to_owned(),
                        items: vec![*code],
                        max: score.max,
                        reason: reason.to_owned(),
                        source: source.to_owned(),
                    }),
                }
            }
        }
        uses
    }

    /// Every rule set aside, where any is.
    fn waivers(&mut self) {
        let waivers = &self.teller.round.waivers.0;
        if waivers.is_empty() {
            return;
        }
        self.heading("Miễn trừ quy định");
        self.head(["Đơn vị", "Ngày", "Quy định", "Lý do", "Ai đề nghị, ai phê duyệt"]);
        for (number, waiver) in (1..).zip(waivers) {
            let item = waiver.item.map_or(String::new(), |item| format!(", mục {item}"));
            let is_used = self.teller.tally.is_used(waiver);
            let used = if is_used { "" } else { " (không dùng đến)" };
            let people = format!("{} đề nghị; {} phê duyệt", waiver.requester, waiver.approver);
            let cells = vec![
                Cell::text(self.teller.name(&waiver.unit), Level::Body.left()),
                Cell::text(waiver.dated.to_string(), Level::Body.center()),
                Cell::text(format!("{}{item}{used}", waiver.rule.word()), Level::Body.left()),
                Cell::text(&*waiver.reason, Level::Body.left()),
                Cell::text(people, Level::Body.left()),
            ];
            self.row(number, cells);
        }
    }

    fn adjustments(&mut self) {
        self.heading("Điểm thưởng, điểm trừ");
        let scoring = self.teller.scoring();
        let note = format!(
            "Mỗi đơn vị được thưởng nhiều nhất {} điểm, bị trừ nhiều nhất {} điểm.",
            scoring.bonus_max, scoring.penalty_max,
        );
        let all: Vec<&Adjustment> =
            self.teller.tally.appraisal.iter().flat_map(|it| &it.adjustments).collect();
        if all.is_empty() {
            self.none("Không có.");
            return;
        }
        self.none(&note);
        self.head(["Đơn vị", "Điểm", "Lý do", "Căn cứ", "Nơi ghi"]);
        for (number, adjustment) in (1..).zip(all) {
            let signed = match adjustment.kind {
                AdjustmentKind::Bonus => adjustment.points,
                AdjustmentKind::Penalty => -adjustment.points,
            };
            self.row(
                number,
                vec![
                    Cell::text(self.teller.name(&adjustment.unit), Level::Body.left()),
                    points(signed, Level::Body.right()),
                    Cell::text(&*adjustment.reason, Level::Body.left()),
                    Cell::text(&*adjustment.source, Level::Body.left()),
                    Cell::text(adjustment.place.to_string(), Level::Body.left()),
                ],
            );
        }
    }

    fn receipts(&mut self) {
        self.heading("Tệp trong thư mục nộp");
        let receipts = &self.teller.tally.intake.receipts;
        if receipts.is_empty() {
            self.none("Không có tệp nào.");
            return;
        }
        self.head(["Đơn vị", "Xử lý", "Tệp"]);
        let teller = self.teller;
        self.sheet.push_body(receipts.len(), move |at| {
            let receipt: &Receipt = &receipts[at];
            let unit = receipt.unit.as_ref().map_or("", |unit| teller.name(unit));
            let cells = vec![
                Cell::text(unit, Level::Body.left()),
                Cell::text(fate(receipt.fate), Level::Body.center()),
                Cell::text(&*receipt.file, Level::Body.left()),
            ];
            numbered(at + 1, cells)
        });
    }

    fn inputs(&mut self, inputs: &'a [Input]) {
        self.heading("Tệp đã đọc và mã băm SHA-256");
        self.head(["Tệp", "Mã băm"]);
        let mut inputs: Vec<&'a Input> = inputs.iter().collect();
        inputs.sort_by(|a, b| text::compare(&a.file, &b.file));
        self.sheet.push_body(inputs.len(), move |at| {
            let Input { file, sha256 } = inputs[at];
            numbered(
                at + 1,
                vec![
                    Cell::text(&**file, Level::Body.left()),
                    Cell::text(&**sha256, Level::Body.left()),
                ],
            )
        });
    }
}

/// A row of the table, numbered, with a cell a column; the last cell covers
/// whatever columns are left.
fn numbered(number: usize, cells: Vec<Cell>) -> Row {
    let mut row = vec![Cell::new(whole(number), Level::Body.center())];
    row.extend(cells);
    Row::new(filled(row))
}

/// The cells, the last of them over the columns that are left.
fn filled(mut cells: Vec<Cell>) -> Vec<Cell> {
    let missing = COLUMNS.saturating_sub(u32::try_from(cells.len()).expect("few columns"));
    if let Some(last) = cells.last_mut() {
        last.span = missing + 1;
        let role = last.role;
        cells.extend((0..missing).map(|_| Cell::blank(role)));
    }
    cells
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

fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Counted => "Được tính",
        Fate::Provisional => "Tạm tính",
        Fate::SetAside => "Gạt ra",
        Fate::Superseded => "Thay thế",
        Fate::Stray => "Bỏ qua",
    }
}
