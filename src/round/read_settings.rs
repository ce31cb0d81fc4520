//! The text of `ky.toml` → [`Settings`], and everything that is wrong with it.

use crate::day::Day;
use crate::finding::{Findings, setting as said};
use crate::points::Quantity;
use crate::round::criteria::SetId;
use crate::round::heading::{Column, Headings};
use crate::round::read_awards::awards;
use crate::round::read_firmness::{firmness, scenario};
use crate::round::read_scoring::{TIE_BREAKS, scoring};
use crate::round::rule::{Edge, Span};
use crate::round::section::{self, DAY, NUMBER, Section, TEXT, TEXTS, WHOLE};
use crate::round::settings::{
    Band, Bloc, BlocId, Feedback, Flawed, Intake, Resend, Scenario, Settings, Yearless,
};
use crate::round::terms::Confirmed;
use crate::round::tiling::{self, Domain, Flaw};
use crate::text;

const RESEND: &[(&str, Resend)] = &[("gat-ra", Resend::SetAside), ("ban-sau", Resend::Later)];
const FLAWED: &[(&str, Flawed)] = &[("gat-ra", Flawed::SetAside), ("tam-tinh", Flawed::CountZero)];
const YEARLESS: &[(&str, Yearless)] = &[("gat-ra", Yearless::SetAside), ("nhan", Yearless::Counts)];
/// How many losses of a unit are shown where nothing is said, and the most that
/// anybody would read of every unit.
const LOSSES_SHOWN: usize = 10;
const MOST_LOSSES: i64 = 50;

const FEEDBACK: &[(&str, Feedback)] =
    &[("don-vi-co-phat-hien", Feedback::Noticed), ("moi-don-vi", Feedback::Every)];
/// Where in the text stands what later checks may refer to.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// Of each bloc, in order.
    pub(super) blocs: Vec<usize>,
    pub(super) tie_breaks: usize,
    /// Of each scenario, in order.
    pub(super) scenarios: Vec<usize>,
    /// What was confirmed in the list at the top.
    pub(super) confirmed: Confirmed,
}

/// Reads the settings. They are given also when something is wrong with them,
/// as far as they could be read: the findings tell.
pub(super) fn read(file: &str, text: &str, findings: &mut Findings) -> Option<(Settings, Lines)> {
    let ((settings, lines), confirmed) = section::document(file, text, findings, settings)?;
    Some((settings, Lines { confirmed, ..lines }))
}

fn settings(mut top: Section) -> Option<(Settings, Lines)> {
    let id = top.file_id("ma");
    let year = i16::try_from(top.whole("nam", 2000, 2100)).unwrap_or_default();
    let title = top.words("ten");
    if let Some(found) = text::other_years(&title, year) {
        top.doubt("ten", said::TitleOfYear { found, year });
    }
    let body = top.words("co-quan");
    let parent_body = top.needed("co-quan-cap-tren", &TEXT).unwrap_or_default();
    let place = top.words("dia-danh");
    let basis = top.words("can-cu");
    let intake = top.needed_section("nop-phieu").and_then(|section| intake(section, year));
    let mut lines = Lines::default();
    let scoring = top.needed_section("cham-diem").map(|section| {
        lines.tie_breaks = section.line_of(TIE_BREAKS);
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
        top.section("khen-thuong").and_then(|section| awards(section, &blocs, year, deadline));
    let told = top.section("ket-qua").map(told).unwrap_or_default();
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
        feedback: told.feedback,
        is_way_whole: told.is_way_whole,
        losses_shown: told.losses_shown,
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
    // Forms of a year are sent by the middle of the next one.
    let latest = Day::new(year + 1, 6, 30);
    if let Some(day) = deadline.filter(|day| day.year() == year + 1 && latest < Some(*day)) {
        section.doubt("han", said::DeadlineFar { day, year });
    }
    // Nobody knows in the first half of a year what became of it.
    if let Some(day) = deadline.filter(|day| day.year() == year && day.parts().1 <= 6) {
        section.doubt("han", said::DeadlineEarly { day, year });
    }
    let resend = section.word("nop-lai", RESEND);
    let flawed = section.word("phieu-loi", FLAWED);
    let yearless = section.optional_word("khong-ghi-nam", YEARLESS);
    let counted_on = section.optional("ngay-chot", &DAY).or_else(|| Day::new(year, 12, 31));
    if counted_on.is_some_and(|day| ![year, year + 1].contains(&day.year())) {
        section.refuse("ngay-chot", said::OtherYear {});
    }
    let headings = section.section("ten-cot").map(headings).unwrap_or_default();
    section.close();
    let (deadline, counted_on) = (deadline?, counted_on?);
    Some(Intake { deadline, resend, flawed, yearless, headings, counted_on })
}

/// The headings by which the round's units know the columns of a form.
fn headings(mut section: Section) -> Headings {
    let mut headings = Headings::default();
    for column in Column::ALL {
        let key = column.key();
        for found in section.optional(key, &TEXTS).unwrap_or_default() {
            match headings.name(&found, column) {
                Ok(()) => {}
                Err(None) => section.refuse(key, said::Empty {}),
                Err(Some(other)) => {
                    section.refuse(key, said::HeadingOfOther { found, other: other.label() });
                }
            }
        }
    }
    section.close();
    headings
}

/// What is told of the results, and to whom.
struct Told {
    feedback: Feedback,
    is_way_whole: bool,
    losses_shown: usize,
}

impl Default for Told {
    fn default() -> Told {
        Told { feedback: Feedback::Noticed, is_way_whole: false, losses_shown: LOSSES_SHOWN }
    }
}

fn told(mut section: Section) -> Told {
    let feedback = section.optional_word("phan-hoi", FEEDBACK);
    let is_way_whole = section.optional_word("duong-di", &[("rut-gon", false), ("day-du", true)]);
    let key = "so-ton-tai";
    let shown = section.optional(key, &WHOLE);
    match shown {
        Some(0) => section.refuse(key, said::WholeWithin { from: 1, to: MOST_LOSSES }),
        Some(many) => {
            section.doubt_size(key, Quantity::whole(many), [1, MOST_LOSSES].map(Quantity::whole));
        }
        None => {}
    }
    let losses_shown = shown.and_then(|it| usize::try_from(it).ok()).unwrap_or(LOSSES_SHOWN);
    section.close();
    Told { feedback, is_way_whole, losses_shown }
}

fn bloc(mut section: Section, before: &[Bloc]) -> Bloc {
    let id = section.file_id("ma");
    // Their appraisals are files, whose names may not differ by case alone.
    if before.iter().any(|bloc| bloc.id.0.eq_ignore_ascii_case(&id)) {
        section.refuse("ma", said::BlocTwice {});
    }
    let name = section.words("ten");
    let sets: Vec<SetId> = section
        .needed("bo-chi-so", &TEXTS)
        .map(|sets| {
            if sets.is_empty() || sets.iter().any(String::is_empty) {
                section.refuse("bo-chi-so", said::SetsMissing {});
            }
            sets.into_iter().map(SetId).collect()
        })
        .unwrap_or_default();
    if sets.iter().enumerate().any(|(at, set)| sets[..at].contains(set)) {
        section.refuse("bo-chi-so", said::SetTwice {});
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
        let name = entry.words("ten");
        let low = entry.needed("tu", &NUMBER);
        let high = entry.optional("duoi", &NUMBER);
        if bands.iter().any(|(band, _)| text::key(&band.name) == text::key(&name)) {
            entry.refuse("ten", said::BandTwice {});
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
            match flaw {
                Flaw::Empty(at) => section.say(key, said::BandEmpty { band: name(at) }),
                Flaw::Overlap(at, other, part) => {
                    let (band, other) = (name(at), name(other));
                    section.say(key, said::BandsOverlap { band, other, part: &part });
                }
                Flaw::Gap(part) => section.say(key, said::BandMissing { part: &part }),
            }
        }
    }
    let one = Quantity::whole(1);
    let lows = || bands.iter().map(|(band, _)| band.from);
    section.doubt_share(key, lows().find(|low| Quantity::ZERO < *low && *low <= one));
    section.doubt_size(key, lows().max().unwrap_or_default(), [0, 100].map(Quantity::whole));
    if is_whole && !lows().is_sorted_by(|a, b| a > b) {
        section.doubt(key, said::BandsUnordered {});
    }
    bands.sort_by_key(|(band, _)| std::cmp::Reverse(band.from));
    bands.into_iter().map(|(band, _)| band).collect()
}
