//! The row of one item → what the unit claims for it, and everything that is
//! wrong with the row.

use super::cell::{Notes, Told, Unclear, told as look};
use super::figures::{Declared, declared};
use super::grid::Grid;
use super::identity::Owner;
use super::rows;
use crate::book::Book;
use crate::day::Day;
use crate::finding::form as said;
use crate::finding::{CellRef, Code, Place};
use crate::form::edition::Edition;
use crate::form::layout::Column;
use crate::form::{Claim, Claimed, NotApplicable};
use crate::points::Points;
use crate::round::Round;
use crate::round::criteria::{Item, ItemCode, Origin};
use crate::round::register::Unit;
use crate::round::rule::Computed;
use crate::round::waiver::Waivable;
use crate::text;

/// What judging one item needs to know.
pub(super) struct Desk<'a> {
    pub(super) book: &'a Book,
    pub(super) round: &'a Round,
    pub(super) unit: &'a Unit,
    pub(super) grid: &'a Grid<'a>,
    /// This program issued the form.
    pub(super) is_issued: bool,
    /// What became of the criteria set since then.
    pub(super) edition: &'a Edition,
    /// Uncoded rows that are a lost item's, by their title.
    pub(super) orphans: Vec<u32>,
    /// Uncoded rows that are a heading's: areas are often numbered I, II, III.
    headings: Vec<u32>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(
        book: &'a Book,
        round: &'a Round,
        unit: &'a Unit,
        grid: &'a Grid<'a>,
        owner: &'a Owner<'a>,
    ) -> Desk<'a> {
        let (is_issued, edition) = (owner.is_issued, &owner.edition);
        let (orphans, headings) = (Vec::new(), Vec::new());
        let desk = Desk { book, round, unit, grid, is_issued, edition, orphans, headings };
        let (orphans, headings) = (rows::orphans(&desk), rows::headings(&desk));
        Desk { orphans, headings, ..desk }
    }

    /// The items without a row, though the form was issued with one.
    pub(super) fn lost(&self) -> impl Iterator<Item = &'a Item> {
        let items = self.round.set(self.unit).items();
        let is_lost = |code| !self.grid.rows.contains_key(code) && !self.edition.is_changed(*code);
        items.filter(move |item| is_lost(&item.code))
    }

    /// The cell of a row's code.
    pub(super) fn code_place(&self, row: u32) -> Place {
        match self.grid.at(row, Column::Code) {
            Some(at) => self.place(at),
            None => self.book.place(self.grid.page),
        }
    }

    pub(super) fn submission(&self) -> Day {
        self.round.settings.intake.deadline
    }

    fn places(&self) -> u32 {
        self.round.settings.scoring.places
    }

    pub(super) fn place(&self, at: CellRef) -> Place {
        self.book.cell_place(self.grid.page, at)
    }

    pub(super) fn is_listed(&self, item: &Item) -> bool {
        self.round.exemptions.get(&self.unit.id, item.code).is_some()
    }

    /// Whether the item is the unit's to answer and its row answers another
    /// question: the set was changed since the form was issued.
    pub(super) fn is_unanswered(&self, item: &Item) -> bool {
        let is_asked = item.origin != Origin::Survey && !self.is_listed(item);
        is_asked && self.edition.is_changed(item.code)
    }

    /// The columns of the figures that the item's rule takes are all there.
    pub(super) fn has_figures(&self, item: &Item) -> bool {
        let mut figures = item.rule.figures().iter();
        !item.rule.figures().is_empty()
            && figures.all(|figure| self.grid.columns.contains_key(&Column::from(*figure)))
    }

    /// What one item's row claims.
    ///
    /// A row whose maximum was changed is answered for that alone: whoever
    /// changed it scored by another scale.
    pub(super) fn claim(&self, item: &Item, row: u32, notes: &mut Notes<'_>) -> Option<Claim> {
        let at = self.grid.at(row, Column::Score)?;
        let text = |column, notes: &mut Notes<'_>| {
            let at = self.grid.at(row, column);
            at.map_or_else(Box::default, |at| notes.text(self.grid.page, at).into_boxed_str())
        };
        let mut claim = Claim {
            row: Some(row),
            score: Claimed::Faulty,
            figures: None,
            evidence: text(Column::Evidence, notes),
            explanation: text(Column::Explanation, notes),
        };
        if !self.max_agrees(item.code, item.max, row, notes) {
            return Some(claim);
        }
        let told = notes.told(self.grid.page, at);
        claim.score = if self.is_listed(item) {
            self.exempt(item, row, &told, notes)
        } else if self.has_figures(item) {
            self.computed(item, row, &told, &mut claim, notes)
        } else if self.is_issued && !item.rule.figures().is_empty() {
            // A column of ours was deleted, and the formulas with it: that is said.
            Claimed::Faulty
        } else {
            self.typed(item, row, &told, notes)
        };
        if !self.is_listed(item) && self.is_struck(item, row, notes) {
            claim.score = Claimed::Faulty;
        }
        self.check_evidence(item, row, &claim, notes);
        Some(claim)
    }

    /// Whether a cell of the row has a line through it: it may count, or be
    /// meant as deleted.
    fn is_struck(&self, item: &Item, row: u32, notes: &mut Notes<'_>) -> bool {
        let read = |col: u32| self.grid.columns.values().any(|it| *it == col);
        let mut cells = self.grid.page.row(row).filter(|(col, _)| read(*col));
        let Some((col, cell)) = cells.find(|(_, cell)| cell.is_struck) else { return false };
        let said = said::StruckOfItem { item: item.code, found: super::cell::shown(cell) };
        notes.findings.say(self.place(CellRef::new(row, col)), said);
        true
    }

    /// Whether the printed maximum is the set's.
    pub(super) fn max_agrees(
        &self,
        code: ItemCode,
        max: Points,
        row: u32,
        notes: &mut Notes<'_>,
    ) -> bool {
        let Some(at) = self.grid.at(row, Column::Max) else { return true };
        let found = match notes.told(self.grid.page, at) {
            Told::Number(number) if number == max.quantity() => return true,
            // A formula that a library saved: what the set says holds.
            Told::Unclear(Unclear::NoValue, _) => return true,
            Told::Number(number) => number.to_string(),
            Told::Blank | Told::NotApplicable => "để trống".to_owned(),
            Told::Unclear(_, shown) => format!("«{shown}»"),
        };
        let message = format!("{code} – Điểm tối đa ghi {found}, bộ chỉ số là {max}");
        notes.say(Code::MaxChanged, self.place(at), message);
        false
    }

    /// An item of the legal list of exemptions.
    fn exempt(&self, item: &Item, row: u32, told: &Told, notes: &mut Notes<'_>) -> Claimed {
        let listed = Claimed::NotApplicable(NotApplicable::Listed);
        let figure = item.rule.figures().iter().find_map(|figure| {
            let at = self.grid.at(row, Column::from(*figure))?;
            matches!(look(self.grid.page, at), Told::Number(_)).then_some(at)
        });
        let score = self.grid.at(row, Column::Score);
        let is_scored = matches!(told, Told::Number(_) | Told::Unclear(_, _));
        let Some(at) = score.filter(|_| is_scored).or(figure) else { return listed };
        let message = format!(
            "{} – Đơn vị được không áp dụng tiêu chí này nhưng vẫn ghi {}",
            item.code,
            self.grid.page.cells.get(&at).map(super::cell::shown).unwrap_or_default()
        );
        notes.say(Code::ExemptButScored, self.place(at), message);
        Claimed::Faulty
    }

    /// An item whose score the unit chooses, or types where the form has no
    /// columns for figures.
    fn typed(&self, item: &Item, row: u32, told: &Told, notes: &mut Notes<'_>) -> Claimed {
        let Some(at) = self.grid.at(row, Column::Score) else { return Claimed::Faulty };
        let place = self.place(at);
        let code = item.code;
        match told {
            Told::Number(number) => match self.refusal(item, number.points()) {
                None => return self.certain(item, row, (number.points(), "Ghi"), notes),
                Some((why, message)) => notes.say(why, place, message),
            },
            Told::Blank => match self.misplaced(item, row) {
                Some((place, found)) => {
                    let message = format!("{code} – Điểm ghi ở ô này ({found}), ô điểm để trống");
                    notes.say(Code::ScoreMisplaced, place, message);
                }
                None => notes.say(Code::ScoreMissing, place, format!("{code} – Chưa tự chấm điểm")),
            },
            Told::NotApplicable => {
                notes.say(Code::ExemptNotAllowed, place, not_allowed(item));
            }
            Told::Unclear(why, shown) => {
                let (why, what) = match why {
                    Unclear::NotANumber => (Code::ScoreNotANumber, "Điểm không phải là số"),
                    Unclear::IsDate => (Code::ScoreNotANumber, "Điểm đã bị Excel đổi thành ngày"),
                    Unclear::TwoWays => (Code::ScoreAmbiguous, "Điểm có thể hiểu hai cách"),
                    Unclear::IsError => (Code::ScoreIsError, "Ô điểm báo lỗi"),
                    Unclear::NoValue => {
                        let message = format!("{code} – Công thức chưa có kết quả");
                        notes.say(Code::ScoreWithoutValue, place, message);
                        return Claimed::Faulty;
                    }
                };
                notes.say(why, place, format!("{code} – {what}: «{shown}»"));
            }
        }
        Claimed::Faulty
    }

    /// These points, unless an uncoded row below gives other ones.
    fn certain(
        &self,
        item: &Item,
        row: u32,
        (points, how): (Points, &str),
        notes: &mut Notes<'_>,
    ) -> Claimed {
        let below = self.below(row).filter_map(|row| self.grid.at(row, Column::Score));
        let mut other = below.filter_map(|at| match look(self.grid.page, at) {
            Told::Number(number) if number.points() != points => Some((at, number)),
            _ => None,
        });
        let Some((at, number)) = other.next() else {
            return Claimed::Points(points);
        };
        let message =
            format!("{} – {how} {points}, dòng dưới không có mã lại ghi {number}", item.code);
        notes.say(Code::ScoreMisplaced, self.place(at), message);
        Claimed::Faulty
    }

    /// Why these points are not a score of this item, if they are not.
    fn refusal(&self, item: &Item, points: Points) -> Option<(Code, String)> {
        let code = item.code;
        if points < Points::ZERO || item.max < points {
            let message =
                format!("{code} – Điểm nằm ngoài thang điểm: {points} (tối đa {})", item.max);
            return Some((Code::ScoreOutOfRange, message));
        }
        if let Some(choices) = item.rule.choices(item.max) {
            let is_choice = choices.contains(&points);
            let list: Vec<String> = choices.iter().map(Points::to_string).collect();
            let message = format!(
                "{code} – Điểm không phải một trong các mức: {points} (các mức: {})",
                list.join("; ")
            );
            return (!is_choice).then_some((Code::ScoreNotALevel, message));
        }
        let places = self.places();
        let message = format!("{code} – Điểm có quá {places} chữ số thập phân: {points}");
        (places < points.places()).then_some((Code::ScoreTooFine, message))
    }

    /// A score that stands beside or below its cell: the nearest number typed
    /// in another column of the table that could be one, or on an uncoded row
    /// below.
    pub(super) fn misplaced(&self, item: &Item, row: u32) -> Option<(Place, String)> {
        let score = self.grid.at(row, Column::Score)?;
        let page = self.grid.page;
        let own = [Column::Code, Column::Title, Column::Max, Column::Score];
        let taken = item.rule.figures().iter().map(|figure| Column::from(*figure));
        let others: Vec<CellRef> =
            own.into_iter().chain(taken).filter_map(|column| self.grid.at(row, column)).collect();
        let is_headed = |col| page.get(self.grid.head, col).is_some();
        let mut beside: Vec<CellRef> = page
            .row(row)
            .filter(|(col, cell)| is_headed(*col) && !cell.is_formula)
            .map(|(col, _)| CellRef::new(row, col))
            .filter(|at| !others.contains(at))
            .collect();
        beside.sort_by_key(|at| (at.col.abs_diff(score.col), at.col));
        let below = self.below(row).filter_map(|row| self.grid.at(row, Column::Score));
        beside.into_iter().chain(below).find_map(|at| match look(page, at) {
            Told::Number(number)
                if Points::ZERO <= number.points() && number.points() <= item.max =>
            {
                Some((self.place(at), number.to_string()))
            }
            _ => None,
        })
    }

    /// The uncoded rows between this row and the next coded one.
    pub(super) fn below(&self, row: u32) -> impl Iterator<Item = u32> {
        let coded = self.grid.rows.values().flatten().chain(&self.grid.mangled);
        let coded = coded.chain(&self.orphans).chain(&self.headings);
        let next = coded.filter(|other| row < **other).min().copied().unwrap_or(u32::MAX);
        self.grid.loose.iter().copied().filter(move |loose| row < *loose && *loose < next)
    }

    /// An item whose points the rule computes from figures.
    fn computed(
        &self,
        item: &Item,
        row: u32,
        told: &Told,
        claim: &mut Claim,
        notes: &mut Notes<'_>,
    ) -> Claimed {
        let Some(at) = self.grid.at(row, Column::Score) else { return Claimed::Faulty };
        let figures = match declared(self, item, row, notes) {
            Declared::Faulty => return Claimed::Faulty,
            Declared::Nothing if *told == Told::NotApplicable => {
                notes.say(Code::ExemptNotAllowed, self.place(at), not_allowed(item));
                return Claimed::Faulty;
            }
            Declared::Nothing => {
                super::figures::say_missing(self, item, row, notes);
                return Claimed::Faulty;
            }
            Declared::Figures(figures) => figures,
        };
        let computed = item.rule.compute(&figures, item.max, self.places(), self.submission());
        claim.figures = Some(Box::new(figures));
        match computed.expect("every figure the rule needs is declared") {
            Computed::NotApplicable => {
                if let Told::Number(typed) = told {
                    let message = format!(
                        "{} – Ghi {typed} nhưng mẫu số bằng 0, tiêu chí không áp dụng",
                        item.code
                    );
                    notes.say(Code::ScoreDiffers, self.place(at), message);
                }
                Claimed::NotApplicable(NotApplicable::NothingArose)
            }
            Computed::Points(points) => {
                if let Some(found) = self.differs(row, told, points) {
                    let message =
                        format!("{} – Ghi {found}, tính từ số liệu được {points}", item.code);
                    notes.say(Code::ScoreDiffers, self.place(at), message);
                }
                self.certain(item, row, (points, "Tính từ số liệu được"), notes)
            }
        }
    }

    /// What a score cell says, where that is not the computed points. Results
    /// of formulas may be missing, not computed yet, or rounded at a tie the
    /// other way.
    fn differs(&self, row: u32, told: &Told, points: Points) -> Option<String> {
        let at = self.grid.at(row, Column::Score)?;
        let is_formula = self.grid.page.cells.get(&at).is_some_and(|cell| cell.is_formula);
        match told {
            Told::Blank | Told::Unclear(Unclear::NoValue, _) => None,
            Told::Number(typed) => {
                let last = Points::scaled(1, self.places());
                let typed = typed.points();
                let is_near = points - last <= typed && typed <= points + last;
                // Libraries that compute nothing store a nought.
                let is_stale = is_formula && (is_near || typed == Points::ZERO);
                (typed != points && !is_stale && typed.rounded(self.places()) != points)
                    .then(|| typed.to_string())
            }
            Told::NotApplicable => Some(format!("«{}»", self.grid.shown(row, Column::Score))),
            Told::Unclear(_, shown) => Some(format!("«{shown}»")),
        }
    }

    fn check_evidence(&self, item: &Item, row: u32, claim: &Claim, notes: &mut Notes<'_>) {
        let is_claimed = matches!(claim.score, Claimed::Points(points) if Points::ZERO < points);
        // «Không», «ok» or a dash fills the cell and names nothing.
        let says = |words: &str| !(text::is_empty_answer(words) || text::is_bare_yes(words));
        let is_proved = says(&claim.evidence) || says(&claim.explanation);
        let Some(at) = self.grid.at(row, Column::Evidence) else { return };
        if item.needs_evidence && is_claimed && !is_proved {
            let message = format!("{} – Chưa ghi tài liệu kiểm chứng hoặc giải trình", item.code);
            let waivers = &self.round.waivers;
            let waiver = waivers.find(&self.unit.id, Waivable::Evidence, Some(item.code));
            notes.say_or_waive(Code::EvidenceMissing, waiver, self.place(at), message);
        }
    }
}

fn not_allowed(item: &Item) -> String {
    let code = item.code;
    if item.may_be_exempt {
        format!("{code} – Ghi không áp dụng nhưng đơn vị không có trong danh sách không áp dụng")
    } else {
        format!("{code} – Tiêu chí này áp dụng cho mọi đơn vị")
    }
}
