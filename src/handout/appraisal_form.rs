//! The workbook that appraisers fill in (bảng thẩm định): the forms of one bloc
//! → rows of unit and item with the self score beside the appraised one.
//!
//! Sheets and columns are named by [`layout`]; the reader of appraisals finds
//! everything by those names.

use crate::appraisal::layout;
use crate::form::{Claim, Claimed, Intake};
use crate::handout::choices::Choices;
use crate::handout::identity;
use crate::handout::ledger::Ledger;
use crate::points::{Points, Quantity};
use crate::round::Round;
use crate::round::criteria::{Item, Origin};
use crate::round::register::Unit;
use crate::round::rule::Figures;
use crate::round::settings::{BlankAppraisal, Bloc};
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Table};
use crate::sheet::{Allow, Ask, Level, Sheet, Value, Workbook};

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
    let table = table();
    let mut sheet = Sheet {
        name: layout::SCORES.to_owned(),
        widths: table.widths(),
        is_protected: true,
        footer: format!("{} – {}", round.settings.title, bloc.name),
        ..Sheet::default()
    };
    let blank = round.settings.scoring.blank_appraisal;
    head::issued(&mut sheet, &round.settings);
    head::gap(&mut sheet);
    head::title(&mut sheet, &format!("{TITLE} {}", round.settings.year), &[&bloc.name]);
    head::remark(&mut sheet, how_to_fill(blank));
    let ledger = Ledger {
        table,
        unit: |it| it.unit,
        blank: layout::SCORE,
        shaded_to: layout::EXPLANATION,
        none: "Chưa có phiếu nào của khối được tính",
        done: "Mọi dòng đã có điểm thẩm định",
        left: match blank {
            BlankAppraisal::Missing => "dòng chưa thẩm định",
            BlankAppraisal::Agrees => "dòng để trống, hiểu là đồng ý với điểm tự chấm",
        },
    };
    let placed = ledger.write(&mut sheet, &lines(round, bloc, intake, choices));
    // A reason that is still owed is red.
    let (own, score, reason) = (layout::SELF, layout::SCORE, layout::REASON);
    let is_owed = format!(
        r#"AND($[{score}]<>"",$[{own}]<>"",$[{score}]<>$[{own}],LEN(TRIM($[{reason}]))=0)"#
    );
    placed.mark(&mut sheet, reason, &is_owed, Level::Bad);
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

/// What a unit claims for an item, and what may be granted.
struct Line<'a> {
    unit: &'a Unit,
    item: &'a Item,
    claim: &'a Claim,
    allowed: Ask,
}

/// Every item that applies to a unit whose form counts.
fn lines<'a>(
    round: &'a Round,
    bloc: &'a Bloc,
    intake: &'a Intake,
    choices: &mut Choices,
) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    let units = round.units(bloc).filter(|unit| unit.exempt.is_none());
    for (unit, form) in units.filter_map(|unit| Some((unit, intake.forms.get(&unit.id)?))) {
        for item in round.set(unit).items().filter(|item| item.origin != Origin::Survey) {
            let is_listed = round.exemptions.get(&unit.id, item.code).is_some();
            let claim = form.claims.get(&item.code).filter(|_| !is_listed);
            let applies = |claim: &&Claim| !matches!(claim.score, Claimed::NotApplicable(_));
            let Some(claim) = claim.filter(applies) else { continue };
            lines.push(Line { unit, item, claim, allowed: allowed(item, choices) });
        }
    }
    lines
}

fn table<'a>() -> Table<'a, Line<'a>> {
    let number = |label, width, of: fn(&Figures) -> Option<Quantity>| {
        Column::number(label, width, move |it: &Line| {
            it.claim.figures.as_deref().and_then(of).into()
        })
    };
    Table::new(vec![
        Column::code(layout::UNIT, 10.0, |it: &Line| it.unit.id.to_string().into()).pinned(),
        Column::words(layout::NAME, 17.0, |it: &Line| (&it.unit.name).into()).pinned(),
        Column::code(layout::CODE, 7.0, |it: &Line| it.item.code.to_string().into()).pinned(),
        Column::words(layout::TITLE, 34.0, |it: &Line| (&it.item.title).into()),
        Column::number(layout::MAX, 8.0, |it: &Line| it.item.max.into()),
        number(layout::NUMERATOR, 9.0, |it| it.numerator),
        number(layout::DENOMINATOR, 9.0, |it| it.denominator),
        number(layout::COUNT, 8.0, |it| it.count),
        Column::code(layout::DAY, 11.0, |it: &Line| {
            it.claim.figures.as_deref().and_then(|it| it.day).into()
        }),
        Column::number(layout::SELF, 8.0, |it: &Line| match it.claim.score {
            Claimed::Points(points) => points.into(),
            Claimed::NotApplicable(_) | Claimed::Faulty => Entry::blank(),
        }),
        Column::words(layout::EVIDENCE, 24.0, |it: &Line| (&*it.claim.evidence).into()),
        Column::words(layout::EXPLANATION, 24.0, |it: &Line| (&*it.claim.explanation).into()),
        Column::number(layout::SCORE, 9.0, |it: &Line| {
            Entry::blank().at(Level::Input).asking(it.allowed.clone())
        }),
        Column::words(layout::REASON, 24.0, |_: &Line| Entry::blank().at(Level::Input)),
    ])
    .leading()
}

/// What may be granted for an item, with its rule as the prompt.
fn allowed(item: &Item, choices: &mut Choices) -> Ask {
    let levels = item.rule.choices(item.max).unwrap_or_default();
    let words: Vec<String> = levels.iter().map(Points::to_string).collect();
    let offered = levels.into_iter().map(Value::Points).collect();
    let ask = match choices.range(offered) {
        Some(range) => {
            Allow::OneOf(range).or(format!("Chọn một trong các mức: {}.", words.join("; ")))
        }
        None => Allow::Decimal { from: Quantity::ZERO, to: item.max.quantity() }
            .or(format!("Nhập số từ 0 đến {}.", item.max)),
    };
    ask.prompting(format!("{} (tối đa {})", item.code, item.max), item.rule.words(item.max))
}

fn adjustments(round: &Round, bloc: &Bloc, choices: &mut Choices) -> Sheet {
    let scoring = &round.settings.scoring;
    let units: Vec<&Unit> = round.units(bloc).collect();
    let ids = choices.range(units.iter().map(|unit| (&unit.id.0).into()).collect());
    let kinds = choices.range(vec![layout::BONUS.into(), layout::PENALTY.into()]);
    let most = scoring.bonus_max.max(scoring.penalty_max).quantity();
    let smallest = Quantity::scaled(1, scoring.places);
    let points = Allow::Decimal { from: smallest, to: most };
    let blank = |(): &()| Entry::blank();
    let table = Table::new(vec![
        Column::code(layout::UNIT, 14.0, blank)
            .asking(ids.map(|ids| Allow::OneOf(ids).or("Chọn mã đơn vị trong danh sách."))),
        Column::code(layout::KIND, 12.0, blank)
            .asking(kinds.map(|kinds| Allow::OneOf(kinds).or("Chọn thưởng hoặc trừ."))),
        Column::number(layout::POINTS, 10.0, blank)
            .asking(points.or(format!("Nhập số từ {smallest} đến {most}."))),
        Column::words(layout::REASON, 50.0, blank),
        Column::words(layout::SOURCE, 40.0, blank),
    ]);
    let table = table.levels(|()| Level::Input).frozen();
    let mut sheet = Sheet {
        name: layout::ADJUSTMENTS.to_owned(),
        widths: table.widths(),
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
    table.write(&mut sheet, &vec![(); units.len() * 2 + SPARE_ROWS]);
    sheet
}
