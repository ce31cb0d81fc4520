//! The workbook that appraisers fill in (bảng thẩm định): the forms of one bloc
//! → rows of unit and item with the self score beside the appraised one.
//!
//! Sheets and columns are named by [`layout`]; the reader of appraisals finds
//! everything by those names.

use crate::appraisal::layout;
use crate::finding::CellRef;
use crate::form::{Claim, Claimed, Form, Intake};
use crate::points::{Points, Quantity};
use crate::report::choices::Choices;
use crate::report::head;
use crate::report::identity;
use crate::report::ledger::{self, Status};
use crate::report::sheet::{
    Align, Allow, Cell, Level, Mark, Row, Sheet, Validation, Value, Workbook,
};
use crate::round::Round;
use crate::round::criteria::{Item, Origin};
use crate::round::register::Unit;
use crate::round::rule::Figures;
use crate::round::settings::{BlankAppraisal, Bloc};

/// Empty rows for bonuses and penalties, beside two for each unit.
const SPARE_ROWS: usize = 10;

/// The appraisal workbook of a bloc: a row for every item that applies to a
/// unit whose form counts, except those that the survey scores.
pub fn workbook(round: &Round, bloc: &Bloc, intake: &Intake) -> Workbook {
    let settings = &round.settings;
    let pairs = [
        (layout::VERSION_KEY, layout::VERSION.to_owned()),
        (layout::ROUND_KEY, settings.id.clone()),
        (layout::BLOC_KEY, bloc.id.0.clone()),
    ];
    let mut choices = Choices::default();
    let scores = scores(round, bloc, intake, &mut choices);
    let adjustments = adjustments(round, bloc, &mut choices);
    Workbook {
        title: format!("{} {}: {}", TITLE, settings.year, bloc.name),
        dated: settings.intake.deadline,
        places: settings.scoring.places,
        index_places: settings.scoring.index_places,
        sheets: vec![scores, adjustments, choices.sheet(), identity::sheet(&pairs)],
        properties: identity::properties(&pairs),
    }
}

const TITLE: &str = "BẢNG THẨM ĐỊNH ĐIỂM CẢI CÁCH HÀNH CHÍNH NĂM";

fn scores(round: &Round, bloc: &Bloc, intake: &Intake, choices: &mut Choices) -> Sheet {
    let mut sheet = Sheet {
        name: layout::SCORES.to_owned(),
        widths: vec![10.0, 17.0, 7.0, 34.0, 8.0, 9.0, 9.0, 8.0, 11.0, 8.0, 24.0, 24.0, 9.0, 24.0],
        is_protected: true,
        footer: format!("{} – {}", round.settings.title, bloc.name),
        ..Sheet::default()
    };
    head::issued(&mut sheet, &round.settings);
    head::gap(&mut sheet);
    head::title(&mut sheet, &format!("{TITLE} {}", round.settings.year), &[&bloc.name]);
    head::remark(&mut sheet, how_to_fill(round.settings.scoring.blank_appraisal));
    let status = sheet.next_row();
    head::gap(&mut sheet);
    let header = ledger::labels(&mut sheet, layout::SCORE_COLUMNS);
    sheet.freeze = Some(CellRef::new(header + 1, column(layout::CODE) + 1));
    let units = round.units(bloc).filter(|unit| unit.exempt.is_none());
    let formed = units.filter_map(|unit| Some((unit, intake.forms.get(&unit.id)?)));
    for (place, (unit, form)) in formed.enumerate() {
        let first = sheet.next_row();
        unit_rows(&mut sheet, round, unit, form, choices);
        if place % 2 == 1 {
            ledger::shade(&mut sheet, first, column(layout::EXPLANATION));
        }
    }
    let last = sheet.next_row() - 1;
    if header < last {
        let end = CellRef::new(last, head::columns(&sheet) - 1);
        sheet.filter = Some((CellRef::new(header, 0), end));
        demand_reasons(&mut sheet, header + 1, last);
    }
    let blank = round.settings.scoring.blank_appraisal;
    let row = says(blank).row(&sheet, header, last, column(layout::SCORE));
    sheet.rows[status as usize] = row;
    head::signature(&mut sheet, "Tổ thẩm định", "");
    sheet
}

fn how_to_fill(blank: BlankAppraisal) -> &'static str {
    match blank {
        BlankAppraisal::Missing => {
            "Nhập điểm vào cột Điểm thẩm định; điểm khác điểm tự chấm thì ghi lý do. Ô để trống \
             là chưa thẩm định. Thưởng, trừ điểm ghi ở trang sau."
        }
        BlankAppraisal::Agrees => {
            "Nhập điểm vào cột Điểm thẩm định nếu khác điểm tự chấm, và ghi lý do. Ô để trống là \
             đồng ý với điểm tự chấm. Thưởng, trừ điểm ghi ở trang sau."
        }
    }
}

fn unit_rows(sheet: &mut Sheet, round: &Round, unit: &Unit, form: &Form, choices: &mut Choices) {
    for item in round.set(unit).items().filter(|item| item.origin != Origin::Survey) {
        let is_listed = round.exemptions.get(&unit.id, item.code).is_some();
        let claim = form.claims.get(&item.code).filter(|_| !is_listed);
        let applies = |claim: &&Claim| !matches!(claim.score, Claimed::NotApplicable(_));
        let Some(claim) = claim.filter(applies) else { continue };
        let at = CellRef::new(sheet.next_row(), column(layout::SCORE));
        sheet.validations.push(allowed(item, at, choices));
        sheet.push(row(unit, item, claim));
    }
}

fn row(unit: &Unit, item: &Item, claim: &Claim) -> Row {
    let figures = claim.figures.as_deref();
    let number = |which: fn(&Figures) -> Option<Quantity>| {
        Cell::new(
            figures.and_then(which).map_or(Value::Blank, Value::Quantity),
            Level::Body.right(),
        )
    };
    let day = figures.and_then(|it| it.day);
    let claimed = match claim.score {
        Claimed::Points(points) => Value::Points(points),
        Claimed::NotApplicable(_) | Claimed::Faulty => Value::Blank,
    };
    Row::new(vec![
        Cell::text(unit.id.to_string(), Level::Body.center()),
        Cell::text(&unit.name, Level::Body.left()),
        Cell::text(item.code.to_string(), Level::Body.center()),
        Cell::text(&item.title, Level::Body.left()),
        Cell::new(Value::Points(item.max), Level::Body.right()),
        number(|it| it.numerator),
        number(|it| it.denominator),
        number(|it| it.count),
        Cell::new(day.map_or(Value::Blank, Value::Day), Level::Body.center()),
        Cell::new(claimed, Level::Body.right()),
        Cell::text(&*claim.evidence, Level::Body.left()),
        Cell::text(&*claim.explanation, Level::Body.left()),
        Cell::blank(Level::Input.right()),
        Cell::blank(Level::Input.left()),
    ])
}

/// What may be granted for an item, with its rule as the prompt.
fn allowed(item: &Item, at: CellRef, choices: &mut Choices) -> Validation {
    let levels = item.rule.choices(item.max).unwrap_or_default();
    let words: Vec<String> = levels.iter().map(Points::to_string).collect();
    let offered = levels.into_iter().map(Value::Points).collect();
    let (rule, error) = match choices.range(offered) {
        Some(range) => {
            (Allow::OneOf(range), format!("Chọn một trong các mức: {}.", words.join("; ")))
        }
        None => (
            Allow::Decimal { from: Quantity::ZERO, to: item.max.quantity() },
            format!("Nhập số từ 0 đến {}.", item.max),
        ),
    };
    Validation {
        first: at,
        last: at,
        ask: rule
            .or(error)
            .prompting(format!("{} (tối đa {})", item.code, item.max), item.rule.words(item.max)),
    }
}

/// A reason that is still owed is red.
fn demand_reasons(sheet: &mut Sheet, first: u32, last: u32) {
    let cell = |label| format!("${}", CellRef::new(first, column(label)));
    let (own, score, reason) = (cell(layout::SELF), cell(layout::SCORE), cell(layout::REASON));
    let formula = format!(r#"AND({score}<>"",{own}<>"",{score}<>{own},LEN(TRIM({reason}))=0)"#);
    let col = column(layout::REASON);
    let (first, last) = (CellRef::new(first, col), CellRef::new(last, col));
    sheet.marks.push(Mark { first, last, formula, level: Level::Bad });
}

/// What the line above the table says.
fn says(blank: BlankAppraisal) -> Status<'static> {
    Status {
        none: "Chưa có phiếu nào của khối được tính",
        done: "Mọi dòng đã có điểm thẩm định",
        left: match blank {
            BlankAppraisal::Missing => "dòng chưa thẩm định",
            BlankAppraisal::Agrees => "dòng để trống, hiểu là đồng ý với điểm tự chấm",
        },
    }
}

fn adjustments(round: &Round, bloc: &Bloc, choices: &mut Choices) -> Sheet {
    let scoring = &round.settings.scoring;
    let mut sheet = Sheet {
        name: layout::ADJUSTMENTS.to_owned(),
        widths: vec![14.0, 12.0, 10.0, 50.0, 40.0],
        is_protected: true,
        footer: format!("{} – {}", round.settings.title, bloc.name),
        ..Sheet::default()
    };
    let title = format!("ĐIỂM THƯỞNG, ĐIỂM TRỪ NĂM {}", round.settings.year);
    head::title(&mut sheet, &title, &[&bloc.name]);
    let caps = format!(
        "Tính nhiều nhất {} điểm thưởng và {} điểm trừ cho một đơn vị. Điểm luôn ghi số dương.",
        scoring.bonus_max, scoring.penalty_max,
    );
    head::remark(&mut sheet, &caps);
    let header = ledger::labels(&mut sheet, layout::ADJUSTMENT_COLUMNS);
    sheet.freeze = Some(CellRef::new(header + 1, 0));
    let units: Vec<&Unit> = round.units(bloc).collect();
    for _ in 0..units.len() * 2 + SPARE_ROWS {
        use Align::{Center, Left, Right};
        let aligned = [Center, Center, Right, Left, Left];
        let blank = |align| Cell::blank(Level::Input.with(align));
        sheet.push(Row::new(aligned.map(blank).into()));
    }
    let last = sheet.next_row() - 1;
    let text = |text: &str| Value::Text(text.to_owned());
    let ids = choices.range(units.iter().map(|unit| text(&unit.id.0)).collect());
    let kinds = choices.range(vec![text(layout::BONUS), text(layout::PENALTY)]);
    let most = scoring.bonus_max.max(scoring.penalty_max).quantity();
    let smallest = Quantity::scaled(1, scoring.places);
    let rules = [
        (ids.map(Allow::OneOf), "Chọn mã đơn vị trong danh sách.".to_owned()),
        (kinds.map(Allow::OneOf), "Chọn thưởng hoặc trừ.".to_owned()),
        (
            Some(Allow::Decimal { from: smallest, to: most }),
            format!("Nhập số từ {smallest} đến {most}."),
        ),
    ];
    for (col, (rule, error)) in (0..).zip(rules) {
        sheet.validations.extend(rule.map(|rule| Validation {
            first: CellRef::new(header + 1, col),
            last: CellRef::new(last, col),
            ask: rule.or(error),
        }));
    }
    sheet
}

/// The place of a column of the scores.
fn column(label: &str) -> u32 {
    ledger::column(layout::SCORE_COLUMNS, label)
}
