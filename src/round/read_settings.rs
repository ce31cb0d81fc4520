//! The text of `ky.toml` → [`Settings`], and everything that is wrong with it.

use super::LEFT;
use crate::day::Day;
use crate::finding::{Code, Findings};
use crate::points::{Points, Quantity};
use crate::round::criteria::{ItemCode, SetId};
use crate::round::read_awards::awards;
use crate::round::read_firmness::{firmness, scenario};
use crate::round::rule::{Edge, Span};
use crate::round::scenario::Scenario;
use crate::round::section::{self, DAY, NUMBER, Section, TEXT, TEXTS};
use crate::round::settings::{
    Band, BlankAppraisal, Bloc, BlocId, Compare, Feedback, Flawed, Intake, NoSurvey, Numbering,
    Resend, Scoring, Settings, TieBreak,
};
use crate::round::tiling::{self, Domain, Flaw};
use crate::table::did_you_mean;
use crate::text;

const RESEND: &[(&str, Resend)] = &[("gat-ra", Resend::SetAside), ("ban-sau", Resend::Later)];
const FLAWED: &[(&str, Flawed)] = &[("gat-ra", Flawed::SetAside), ("tam-tinh", Flawed::CountZero)];
const FEEDBACK: &[(&str, Feedback)] =
    &[("don-vi-co-phat-hien", Feedback::Noticed), ("moi-don-vi", Feedback::Every)];
pub(super) const COMPARE: &[(&str, Compare)] =
    &[("chinh-xac", Compare::Exact), ("lam-tron", Compare::Shown)];
pub(super) const NUMBERING: &[(&str, Numbering)] =
    &[("1224", Numbering::Standard), ("1223", Numbering::Dense)];
const NO_SURVEY: &[(&str, NoSurvey)] =
    &[("quy-doi", NoSurvey::Restate), ("khong-xep-hang", NoSurvey::Unranked)];
const BLANK: &[(&str, BlankAppraisal)] =
    &[("chua-tham-dinh", BlankAppraisal::Missing), ("dong-y", BlankAppraisal::Agrees)];
const TIE_BREAKS: &[(&str, TieBreak)] = &[
    ("diem-tham-dinh", TieBreak::Appraised),
    ("diem-khao-sat", TieBreak::Survey),
    ("diem-tru", TieBreak::Penalty),
];
const TIE_BREAK_LIST: &str = "tieu-chi-phu";
/// Before the number of an area in the list of tie-breaks.
const AREA: &str = "linh-vuc-";

/// The most points that are usually added or taken away at will.
const USUAL_ADJUSTMENT: [i64; 2] = [0, 100];
/// The most decimals of points or of an index.
const MOST_PLACES: i64 = 4;

/// Where in the text stands what later checks may refer to.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// Of each bloc, in order.
    pub(super) blocs: Vec<usize>,
    pub(super) tie_breaks: usize,
    /// Of each scenario, in order.
    pub(super) scenarios: Vec<usize>,
}

/// Reads the settings. They are given also when something is wrong with them,
/// as far as they could be read: the findings tell.
pub(super) fn read(file: &str, text: &str, findings: &mut Findings) -> Option<(Settings, Lines)> {
    section::document(file, text, findings, settings)
}

fn settings(mut top: Section) -> Option<(Settings, Lines)> {
    let id = top.text("ma");
    if !id.is_empty() && text::file_name(&id) != id {
        top.refuse("ma", "chỉ gồm chữ không dấu, số, gạch ngang");
    }
    let year = i16::try_from(top.whole("nam", 2000, 2100)).unwrap_or_default();
    let title = top.text("ten");
    let body = top.text("co-quan");
    let parent_body = top.needed("co-quan-cap-tren", &TEXT).unwrap_or_default();
    let place = top.text("dia-danh");
    let basis = top.words("can-cu");
    let texts = [
        ("ten", &title),
        ("co-quan", &body),
        ("co-quan-cap-tren", &parent_body),
        ("dia-danh", &place),
        ("can-cu", &basis),
    ];
    let unfilled = texts.iter().filter(|(_, text)| text.contains(LEFT)).map(|(key, _)| *key);
    let unfilled: Vec<&str> = unfilled.collect();
    if let Some(first) = unfilled.first() {
        let message =
            format!("còn dấu {LEFT} của mẫu; các khóa còn dấu này: {}", unfilled.join(", "));
        top.say(Code::BlankUnfilled, first, &message);
    }
    let intake = top.needed_section("nop-phieu").and_then(|section| intake(section, year));
    let mut lines = Lines::default();
    let scoring = top.needed_section("cham-diem").map(|section| {
        lines.tie_breaks = section.line_of(TIE_BREAK_LIST);
        scoring(section)
    });
    let mut blocs: Vec<Bloc> = Vec::new();
    for section in top.needed_sections("khoi") {
        lines.blocs.push(section.line());
        let bloc = bloc(section, &blocs);
        blocs.push(bloc);
    }
    let deadline = intake.as_ref().map(|intake| intake.deadline);
    let awards =
        top.section("khen-thuong").and_then(|section| awards(section, &blocs, (year, deadline)));
    let feedback = top.section("ket-qua").map_or(Feedback::Noticed, feedback);
    let firmness = top.section("do-vung").map(firmness);
    let mut scenarios: Vec<Scenario> = Vec::new();
    for section in top.sections("kich-ban") {
        lines.scenarios.push(section.line());
        let scenario = scenario(section, &scenarios);
        scenarios.push(scenario);
    }
    top.close();
    let (intake, scoring) = (intake?, scoring?);
    let settings = Settings {
        id,
        year,
        title,
        body,
        parent_body,
        place,
        source: basis,
        intake,
        feedback,
        scoring,
        blocs,
        awards,
        firmness,
        scenarios,
    };
    Some((settings, lines))
}

fn intake(mut section: Section, year: i16) -> Option<Intake> {
    let deadline = section.needed("han", &DAY);
    section.doubt_year("han", deadline, [year, year + 1]);
    let resend = section.word("nop-lai", RESEND);
    let flawed = section.word("phieu-loi", FLAWED);
    let counted_on = section.optional("ngay-chot", &DAY).or_else(|| Day::new(year, 12, 31));
    if counted_on.is_some_and(|day| ![year, year + 1].contains(&day.year())) {
        section.refuse("ngay-chot", "phải trong năm được đánh giá hoặc năm sau");
    }
    section.close();
    Some(Intake { deadline: deadline?, resend, flawed, counted_on: counted_on? })
}

fn feedback(mut section: Section) -> Feedback {
    let feedback = section.optional_word("phan-hoi", FEEDBACK);
    section.close();
    feedback
}

fn scoring(mut section: Section) -> Scoring {
    let places = |whole: i64| u32::try_from(whole).unwrap_or_default();
    let words = section.needed(TIE_BREAK_LIST, &TEXTS).unwrap_or_default();
    let scoring = Scoring {
        places: places(section.whole("so-le-diem", 0, MOST_PLACES)),
        index_places: places(section.whole("so-le-chi-so", 0, MOST_PLACES)),
        compare: section.word("so-sanh", COMPARE),
        numbering: section.word("dong-hang", NUMBERING),
        tie_breaks: tie_breaks(&section, &words),
        bonus_max: adjustment(&mut section, "diem-thuong-toi-da"),
        penalty_max: adjustment(&mut section, "diem-tru-toi-da"),
        assessed_min: section.number("ty-le-toi-thieu"),
        no_survey: section.word("khong-khao-sat", NO_SURVEY),
        blank_appraisal: section.word("tham-dinh-de-trong", BLANK),
    };
    section.doubt_share("ty-le-toi-thieu", Some(scoring.assessed_min));
    if Quantity::whole(100) < scoring.assessed_min {
        section.refuse("ty-le-toi-thieu", "không quá 100");
    }
    for (key, points) in
        [("diem-thuong-toi-da", scoring.bonus_max), ("diem-tru-toi-da", scoring.penalty_max)]
    {
        if scoring.places < points.places() {
            section.refuse(key, &format!("không quá {} chữ số thập phân", scoring.places));
        }
    }
    section.close();
    scoring
}

/// The most points that are added or taken away.
fn adjustment(section: &mut Section, key: &'static str) -> Points {
    let most = section.number(key);
    section.doubt_size(key, most, USUAL_ADJUSTMENT.map(Quantity::whole));
    most.points()
}

/// What these words of the list of tie-breaks mean.
pub(super) fn tie_breaks(section: &Section, words: &[String]) -> Vec<TieBreak> {
    let key = TIE_BREAK_LIST;
    let mut breaks: Vec<TieBreak> = Vec::new();
    for word in words {
        let area = word.strip_prefix(AREA).and_then(|number| number.parse().ok());
        let area = area.filter(|code: &ItemCode| code.level() == 1);
        let known = TIE_BREAKS.iter().find(|(own, _)| own == word).map(|(_, it)| *it);
        let Some(tie_break) = known.or(area.map(TieBreak::Area)) else {
            let words = TIE_BREAKS.iter().map(|(word, _)| *word);
            let near = did_you_mean(text::nearest(word, words));
            let message = format!("không có tiêu chí phụ «{word}»{near}");
            section.say(Code::SettingInvalid, key, &message);
            continue;
        };
        if breaks.contains(&tie_break) {
            section.say(Code::SettingInvalid, key, &format!("«{word}» ghi hai lần"));
        }
        breaks.push(tie_break);
    }
    breaks
}

fn bloc(mut section: Section, before: &[Bloc]) -> Bloc {
    let id = section.text("ma");
    if !id.is_empty() && text::file_name(&id) != id {
        section.refuse("ma", "chỉ gồm chữ không dấu, số, gạch ngang");
    }
    if before.iter().any(|bloc| bloc.id.0 == id) {
        section.refuse("ma", "mã khối bị trùng");
    }
    let name = section.text("ten");
    let sets: Vec<SetId> = section
        .needed("bo-chi-so", &TEXTS)
        .map(|sets| {
            if sets.is_empty() || sets.iter().any(String::is_empty) {
                section.refuse("bo-chi-so", "cần ít nhất một bộ chỉ số");
            }
            sets.into_iter().map(SetId).collect()
        })
        .unwrap_or_default();
    if sets.iter().enumerate().any(|(at, set)| sets[..at].contains(set)) {
        section.refuse("bo-chi-so", "một bộ chỉ số ghi hai lần");
    }
    let bands = bands(&mut section);
    section.close();
    Bloc { id: BlocId(id), name, sets, bands }
}

/// The bands of a bloc, best first. They must tile everything from 0 up.
fn bands(section: &mut Section) -> Vec<Band> {
    let key = "xep-loai";
    let mut bands: Vec<(Band, Span)> = Vec::new();
    let mut is_whole = true;
    for mut entry in section.needed_sections(key) {
        let name = entry.text("ten");
        let low = entry.needed("tu", &NUMBER);
        let high = entry.optional("duoi", &NUMBER);
        if bands.iter().any(|(band, _)| text::key(&band.name) == text::key(&name)) {
            entry.refuse("ten", "tên mức bị trùng");
        }
        entry.close();
        is_whole &= low.is_some();
        let from = low.unwrap_or_default();
        let span = Span {
            low: Some(Edge { at: from, is_included: true }),
            high: high.map(|at| Edge { at, is_included: false }),
        };
        bands.push((Band { name, from }, span));
    }
    if is_whole && !bands.is_empty() {
        let spans: Vec<Span> = bands.iter().map(|(_, span)| *span).collect();
        for flaw in tiling::flaws(&spans, Domain::Percents) {
            let name = |number: usize| bands[number].0.name.as_str();
            let (code, message) = match flaw {
                Flaw::Empty(number) => {
                    (Code::BandsGap, format!("mức «{}» không chứa chỉ số nào", name(number)))
                }
                Flaw::Overlap(one, other, part) => {
                    let (one, other) = (name(one), name(other));
                    (Code::BandsOverlap, format!("«{one}» và «{other}» cùng chứa {part}"))
                }
                Flaw::Gap(part) => (Code::BandsGap, format!("không có mức cho {part}")),
            };
            section.say(code, key, &message);
        }
    }
    let best = bands.iter().map(|(band, _)| band.from).max();
    section.doubt_share(key, best);
    bands.sort_by_key(|(band, _)| std::cmp::Reverse(band.from));
    bands.into_iter().map(|(band, _)| band).collect()
}
