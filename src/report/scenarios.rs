//! The workbook of scenarios (kịch bản): who would move under other rules, a
//! sheet each. Every page says that it is not the result.

use crate::round::Round;
use crate::round::settings::Bloc;
use crate::round::settings::Scenario;
use crate::scenario::{Move, Outcome, Place};
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Table};
use crate::sheet::{Level, Row, Sheet, Value, Workbook};
use crate::tally::Tally;
use crate::words;

/// The most units listed of one bloc.
const MOST_UNITS: usize = 1000;

/// What stands where a result's status would.
const NO_RESULT: &str = "KỊCH BẢN, KHÔNG PHẢI KẾT QUẢ";

/// The workbook of some scenarios, each with what it comes to.
pub fn workbook(round: &Round, tally: &Tally, played: &[(&Scenario, Vec<Outcome>)]) -> Workbook {
    let scoring = &round.settings.scoring;
    let sheet = |(number, (scenario, outcomes)): (usize, &(&Scenario, Vec<Outcome>))| {
        // The number keeps names apart that differ only far to the right.
        let name = format!("Kịch bản {number} {}", scenario.id);
        let table = table(round);
        let mut sheet = Sheet {
            widths: table.widths(),
            footer: format!("{NO_RESULT} – {}", round.settings.title),
            is_highlighted: true,
            ..Sheet::named(&name)
        };
        let title = format!("KỊCH BẢN: {}", scenario.title.to_uppercase());
        head::title(&mut sheet, &title, &[&round.settings.title]);
        sheet.push(Row::banner(NO_RESULT, Level::Alarm, table.breadth()));
        head::alarm(&mut sheet, &tally.lacks);
        head::heading(&mut sheet, &summary(outcomes));
        let changes = changes(scenario).join("; ");
        head::remark(&mut sheet, &format!("Khác với quy định của kỳ: {changes}."));
        head::gap(&mut sheet);
        table.write(&mut sheet, &lines(round, outcomes));
        sheet
    };
    Workbook {
        title: format!("Kịch bản (không phải kết quả) – {}", round.settings.title),
        dated: round.settings.intake.deadline,
        places: scoring.places,
        index_places: scoring.index_places,
        sheets: (1..).zip(played).map(sheet).collect(),
        properties: Vec::new(),
    }
}

/// A unit that moves, or the row above those of its bloc: one table, so that one
/// head serves all pages.
enum Line<'a> {
    Bloc(String),
    Unit(&'a Bloc, &'a Move),
}

fn lines<'a>(round: &'a Round, outcomes: &'a [Outcome]) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    let blocs = &round.settings.blocs;
    let of_bloc = |outcome: &Outcome| blocs.iter().find(|bloc| bloc.id == outcome.bloc);
    for (bloc, outcome) in outcomes.iter().filter_map(|it| Some((of_bloc(it)?, it))) {
        let moved: Vec<&Move> = outcome.moves.iter().filter(|it| it.is_felt()).collect();
        let same = outcome.moves.len() - moved.len();
        let limit = (MOST_UNITS < moved.len())
            .then(|| format!("; liệt kê {MOST_UNITS} đơn vị đầu trong {} đơn vị", moved.len()));
        lines.push(Line::Bloc(format!(
            "{}: {same} đơn vị không có gì thay đổi, không liệt kê{}",
            bloc.name,
            limit.unwrap_or_default(),
        )));
        lines.extend(moved.into_iter().take(MOST_UNITS).map(|it| Line::Unit(bloc, it)));
    }
    lines
}

fn table(round: &Round) -> Table<'_, Line<'_>> {
    let of = |entry: fn(&Bloc, &Move) -> Entry| {
        move |line: &Line| match line {
            Line::Bloc(_) => Entry::blank(),
            Line::Unit(bloc, it) => entry(bloc, it),
        }
    };
    Table::new(vec![
        Column::code("Hạng (kết quả)", 10.0, of(|_, it| rank(it.now))),
        Column::code("Hạng (kịch bản)", 10.0, of(|_, it| rank(it.then))),
        Column::code(
            "Lên + xuống −",
            10.0,
            of(|_, it| {
                let both = it.now.zip(it.then);
                Entry::or_dash(both.map(|(now, then)| {
                    let change = i64::from(now.rank) - i64::from(then.rank);
                    Entry::formula("[Hạng (kết quả)]-[Hạng (kịch bản)]", Value::Whole(change))
                }))
            }),
        ),
        Column::words("Đơn vị", 40.0, |line: &Line| match line {
            Line::Bloc(_) => Entry::blank(),
            Line::Unit(_, it) => round.register.name(&it.unit).into(),
        }),
        Column::number("Chỉ số (kết quả)", 12.0, of(|_, it| index(it.now))),
        Column::number("Chỉ số (kịch bản)", 12.0, of(|_, it| index(it.then))),
        Column::code("Xếp loại (kết quả)", 16.0, of(|bloc, it| band(bloc, it.now))),
        Column::code("Xếp loại (kịch bản)", 16.0, of(|bloc, it| band(bloc, it.then))),
        Column::words("Khen thưởng tập thể", 24.0, of(|_, it| award(it))),
    ])
    .levels(|line| if matches!(line, Line::Bloc(_)) { Level::Area } else { Level::Body })
    .banners(|line| match line {
        Line::Bloc(words) => Some(words.clone()),
        Line::Unit(..) => None,
    })
    .repeated()
}

fn rank(place: Option<Place>) -> Entry {
    Entry::or_dash(place.map(|it| it.rank))
}

fn index(place: Option<Place>) -> Entry {
    Entry::or_dash(place.map(|it| it.index))
}

fn band(bloc: &Bloc, place: Option<Place>) -> Entry {
    Entry::or_dash(place.and_then(|it| bloc.bands.get(it.band)).map(|band| &band.name))
}

fn award(moved: &Move) -> Entry {
    match moved.awarded() {
        (true, true) => "vẫn được khen".into(),
        (false, true) => Entry::from("được khen thêm").at(Level::Good),
        (true, false) => Entry::from("không còn được khen").at(Level::Bad),
        (false, false) => "".into(),
    }
}

/// How many move, in one sentence.
fn summary(outcomes: &[Outcome]) -> String {
    let moves = || outcomes.iter().flat_map(|outcome| &outcome.moves);
    let count = |holds: &dyn Fn(&&Move) -> bool| moves().filter(|it| holds(it)).count();
    let ranks = count(&|it| it.now.map(|it| it.rank) != it.then.map(|it| it.rank));
    let bands = count(&|it| it.now.map(|it| it.band) != it.then.map(|it| it.band));
    let (won, lost) =
        (count(&|it| it.awarded() == (false, true)), count(&|it| it.awarded() == (true, false)));
    if ranks + bands + won + lost == 0 {
        return "Theo kịch bản này không đơn vị nào đổi hạng, xếp loại hay khen thưởng.".to_owned();
    }
    format!(
        "Nếu theo kịch bản này thì trong {} đơn vị có {ranks} đơn vị đổi hạng, {bands} đơn vị đổi \
         xếp loại, {won} tập thể được khen thêm, {lost} tập thể không còn được khen.",
        moves().count(),
    )
}

/// What a scenario changes, in words.
fn changes(scenario: &Scenario) -> Vec<String> {
    let mut changes = Vec::new();
    if scenario.without_bonus {
        changes.push("không tính điểm thưởng".to_owned());
    }
    if scenario.without_penalty {
        changes.push("không tính điểm trừ".to_owned());
    }
    if let Some(share) = scenario.survey_share {
        changes.push(format!("khảo sát chiếm {share} % của bộ chỉ số"));
    }
    if let Some(compare) = scenario.compare {
        changes.push(format!("so sánh {}", words::compare(compare)));
    }
    if let Some(numbering) = scenario.numbering {
        changes.push(format!("đồng hạng đánh số {}", words::numbering(numbering)));
    }
    if let Some(breaks) = &scenario.tie_breaks {
        changes.push(if breaks.is_empty() {
            "không xét tiêu chí phụ".to_owned()
        } else {
            format!("khi bằng nhau xét {}", words::tie_breaks(breaks, ", "))
        });
    }
    if !scenario.without.is_empty() {
        let codes: Vec<String> = scenario.without.iter().map(ToString::to_string).collect();
        changes.push(format!("không tính mục {}", codes.join(", ")));
    }
    if scenario.plain {
        changes.push("mục không áp dụng vẫn nằm trong mẫu số".to_owned());
    }
    changes
}
