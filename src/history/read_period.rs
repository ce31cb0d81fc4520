//! The text of `tong-ket.toml` → [`Period`], and everything that is wrong with
//! it.

use crate::day::Day;
use crate::finding::{Code, Findings, Said, setting as said};
use crate::history::neighbours::{self, Told};
use crate::history::period::{
    Area, CityYear, Content, Era, Indicator, Limits, Period, PeriodBloc, YearNote,
};
use crate::history::read_period_awards::{self, count};
use crate::history::template::doubt_day;
use crate::points::Quantity;
use crate::round::criteria::ItemCode;
use crate::round::section::{self, DAY, FLAG, Kind, NUMBER, Section, TEXT, TEXTS, WHOLE};
use crate::round::settings::BlocId;
use crate::round::terms::Confirmed;
use crate::text;

/// The most decimals of an index.
const MOST_PLACES: i64 = 4;
const FIRST_YEAR: i64 = 2000;
const LAST_YEAR: i64 = 2100;
/// The worst rank that anybody has.
const MOST_RANK: i64 = 10_000;
/// The longest span that is summed up.
const MOST_YEARS: i16 = 30;

const DATED: &str = "ngay-tong-ket";

const TRENDS: &[(&str, bool)] = &[("tang", true), ("giam", false)];
const TOTALS: &[(&str, bool)] = &[("cong-don", true), ("nam-cuoi", false)];

/// Reads the settings, and what is confirmed in them; `None` when something
/// essential is missing or wrong, which the findings tell.
pub(super) fn read(file: &str, text: &str, findings: &mut Findings) -> Option<(Period, Confirmed)> {
    section::document(file, text, findings, period)
}

fn period(mut top: Section) -> Option<Period> {
    let id = top.id("ma");
    let title = top.words("ten");
    let body = top.words("co-quan");
    let parent_body = top.needed("co-quan-cap-tren", &TEXT).unwrap_or_default();
    let place = top.words("dia-danh");
    let source = top.words("can-cu");
    let [from, to] = ["tu-nam", "den-nam"].map(|key| year(&mut top, key));
    if to < from || from + MOST_YEARS <= to {
        top.refuse("den-nam", said::SpanUnfit { most: MOST_YEARS });
    }
    let dated = top.needed(DATED, &DAY);
    doubt_day(&top, DATED, dated, to);
    let places = u32::try_from(top.whole("so-le-chi-so", 0, MOST_PLACES)).unwrap_or_default();
    let limits = top.needed_section("nguong").map(limits);
    let mut blocs: Vec<PeriodBloc> = Vec::new();
    for section in top.needed_sections("khoi") {
        let bloc = bloc(section, &blocs);
        blocs.push(bloc);
    }
    let mut contents: Vec<Content> = Vec::new();
    for section in top.needed_sections("noi-dung") {
        let content = content(section, &contents);
        contents.push(content);
    }
    let sections = top.needed_sections("bo-chi-so");
    let span = (from, to);
    let eras: Vec<Era> = sections.into_iter().map(|it| era(it, &blocs, &contents, span)).collect();
    let mut years: Vec<YearNote> = Vec::new();
    for section in top.sections("nam") {
        let note = year_note(section, &years, span);
        years.push(note);
    }
    let mut city: Vec<CityYear> = Vec::new();
    let (mut indices, mut ranks) = (Vec::new(), Vec::new());
    for section in top.sections("thanh-pho") {
        let before: Vec<i16> = city.iter().map(|it| it.year).collect();
        let line = section.line();
        let found = city_year(section, &before, span);
        let (at, index, rank) = (found.year, found.index, found.rank);
        indices.extend(index.map(|value| Told { year: at, value, line }));
        ranks.extend(rank.map(|it| Told { year: at, value: Quantity::whole(it), line }));
        city.push(found);
    }
    neighbours::doubt(&top, "chi-so", indices, neighbours::is_far_move);
    neighbours::doubt(&top, "hang", ranks, neighbours::is_tenfold);
    let indicators = top.sections("chi-tieu").into_iter().map(|it| indicator(it, span)).collect();
    let awards = top.section("khen-thuong");
    let bodies = format!("{body} {parent_body}");
    let awards = awards.and_then(|it| read_period_awards::awards(it, &blocs, (to, dated), &bodies));
    check_eras(&top, &eras, &blocs, span);
    top.close();
    Some(Period {
        id,
        title,
        body,
        parent_body,
        place,
        source,
        from,
        to,
        dated: dated?,
        places,
        limits: limits?,
        blocs,
        contents,
        eras,
        years,
        city,
        indicators,
        awards,
    })
}

fn year(section: &mut Section, key: &'static str) -> i16 {
    i16::try_from(section.whole(key, FIRST_YEAR, LAST_YEAR)).unwrap_or_default()
}

fn limits(mut section: Section) -> Limits {
    let limits = Limits {
        weak: share(&mut section, "yeu-duoi"),
        weak_years: count(section.whole("so-nam-yeu", 1, MOST_YEARS.into())),
        hold: share(&mut section, "giu-tu"),
        lift: share(&mut section, "nang-duoi"),
        ranked_years: count(section.whole("so-nam-xep-hang", 1, MOST_YEARS.into())),
        lines: ["so-nam-yeu", "so-nam-xep-hang"].map(|key| section.line_of(key)),
    };
    if limits.hold < limits.lift {
        section.refuse("giu-tu", said::HoldBelowLift {});
    }
    section.close();
    limits
}

/// A percentage that must be there.
fn share(section: &mut Section, key: &'static str) -> Quantity {
    let share = section.number(key);
    section.doubt_least(key, Some(share));
    share
}

fn bloc(mut section: Section, before: &[PeriodBloc]) -> PeriodBloc {
    let id = section.id("ma");
    if before.iter().any(|bloc| bloc.id.0 == id) {
        section.refuse("ma", said::BlocTwice {});
    }
    let name = section.words("ten");
    let bands = section.needed("xep-loai", &TEXTS).unwrap_or_default();
    if (1..bands.len()).any(|at| bands[..at].contains(&bands[at])) {
        section.refuse("xep-loai", said::BandAgain {});
    }
    section.close();
    PeriodBloc { id: BlocId(id), name, bands }
}

fn content(mut section: Section, before: &[Content]) -> Content {
    let id = section.id("ma");
    if before.iter().any(|it| it.id == id) {
        section.refuse("ma", said::ContentTwice {});
    }
    let name = section.words("ten");
    let later_name = section.optional("ten-tu-2021", &TEXT).unwrap_or_default();
    let line = section.line();
    section.close();
    Content { id, name, later_name, line }
}

fn era(mut section: Section, blocs: &[PeriodBloc], contents: &[Content], span: (i16, i16)) -> Era {
    let line = section.line();
    let id = section.id("ma");
    let title = section.words("ten");
    let source = section.words("can-cu");
    let ids = known_blocs(&mut section, blocs);
    let [from, to] = ["tu-nam", "den-nam"].map(|key| year(&mut section, key));
    if to < from {
        section.refuse("den-nam", said::EndsEarly {});
    } else if span.1 < from || to < span.0 {
        section.refuse("tu-nam", said::YearOutside { from: span.0, to: span.1 });
    }
    let mut areas: Vec<Area> = Vec::new();
    for mut entry in section.needed_sections("linh-vuc") {
        let code = entry.needed("ma", &CODE);
        let name = entry.words("ten");
        let other_names = entry.optional("ten-khac", &TEXTS).unwrap_or_default();
        let found = entry.text("noi-dung");
        let content = contents.iter().position(|it| it.id == found);
        if content.is_none() && !found.is_empty() {
            let near = text::nearest(&found, contents.iter().map(|it| it.id.as_str()));
            entry.say("noi-dung", said::ContentUnknown { found, near });
        }
        let namesake = contents.iter().position(|it| it.is_called(&name));
        if let Some((own, other)) = content.zip(namesake).filter(|(own, other)| own != other) {
            let [own, other] = [own, other].map(|at| &contents[at].id);
            entry.say("noi-dung", said::ContentOfAnother { name: &name, other, own });
        }
        if code.is_some_and(|code| areas.iter().any(|area| area.code == code)) {
            entry.say("ma", said::AreaTwice {});
        }
        let line = entry.line();
        entry.close();
        areas.extend(code.zip(content).map(|(code, content)| Area {
            code,
            name,
            other_names,
            content,
            line,
        }));
    }
    section.close();
    Era { id, title, source, blocs: ids, from, to, areas, line }
}

const CODE: Kind<ItemCode> = Kind {
    words: "số của lĩnh vực trong ngoặc kép, ví dụ \"1\"",
    read: |value| value.as_str()?.parse().ok().filter(|code: &ItemCode| code.level() == 1),
};

/// The blocs that a section is for, each one of the settings.
fn known_blocs(section: &mut Section, blocs: &[PeriodBloc]) -> Vec<BlocId> {
    let found = section.needed("khoi", &TEXTS).unwrap_or_default();
    for id in &found {
        if !blocs.iter().any(|bloc| bloc.id.0 == *id) {
            let near = text::nearest(id, blocs.iter().map(|it| it.id.0.as_str()));
            let said = Said::from(said::BlocUnknown { found: id, near });
            section.say("khoi", said.under(Code::SettingInvalid));
        }
    }
    found.into_iter().map(BlocId).collect()
}

/// The year that a section is about: one of the period, which none before it is
/// about.
fn own_year(section: &mut Section, before: &[i16], (from, to): (i16, i16)) -> i16 {
    let year = year(section, "nam");
    if before.contains(&year) {
        section.refuse("nam", said::YearTwice {});
    }
    if year < from || to < year {
        section.refuse("nam", said::YearOutside { from, to });
    }
    year
}

fn year_note(mut section: Section, before: &[YearNote], span: (i16, i16)) -> YearNote {
    let before: Vec<i16> = before.iter().map(|it| it.year).collect();
    let year = own_year(&mut section, &before, span);
    let missing = section.optional("thieu", &TEXT).filter(|why| !why.is_empty());
    if missing.as_deref().is_some_and(text::says_nothing) {
        section.refuse("thieu", said::Empty {});
    }
    let as_of = section.optional("ngay-chot", &DAY);
    section.doubt_year("ngay-chot", as_of, [year, year + 1]);
    let is_over_hundred = section.optional("vuot-100", &FLAG).unwrap_or(false);
    section.close();
    let last = Day::new(year, 12, 31).expect("a year within bounds has a last day");
    YearNote { year, missing, as_of: as_of.unwrap_or(last), is_over_hundred }
}

fn city_year(mut section: Section, before: &[i16], span: (i16, i16)) -> CityYear {
    let index = section.optional("chi-so", &NUMBER);
    section.doubt_percent("chi-so", index);
    let rank = section.optional("hang", &WHOLE);
    if rank == Some(0) {
        section.refuse("hang", said::WholeWithin { from: 1, to: MOST_RANK });
    }
    let city = CityYear {
        year: own_year(&mut section, before, span),
        index,
        rank,
        group: section.optional("nhom", &TEXT).unwrap_or_default(),
        source: section.words("nguon"),
    };
    section.close();
    city
}

fn indicator(mut section: Section, span: (i16, i16)) -> Indicator {
    let name = section.words("ten");
    let unit = section.text("don-vi-tinh");
    let target = section.optional("muc-tieu", &NUMBER);
    let rises = section.word("chieu", TRENDS);
    let is_sum = section.word("tinh", TOTALS);
    let is_percent = unit.contains('%');
    section.doubt_share("muc-tieu", target.filter(|_| is_percent));
    let mut values: Vec<(i16, _)> = Vec::new();
    let mut told = Vec::new();
    for mut entry in section.needed_sections("so-lieu") {
        let before: Vec<i16> = values.iter().map(|it| it.0).collect();
        let at = own_year(&mut entry, &before, span);
        let value = entry.number("gia-tri");
        entry.doubt_share("gia-tri", Some(value).filter(|_| is_percent));
        values.push((at, value));
        told.push(Told { year: at, value, line: entry.line_of("gia-tri") });
        entry.close();
    }
    values.sort_unstable();
    neighbours::doubt(&section, "gia-tri", told, neighbours::is_tenfold);
    if let Some(((first, _), (last, _))) = values.first().zip(values.last()) {
        let is_told = |year: &i16| values.iter().any(|it| it.0 == *year);
        let missing = (*first..=*last).filter(|it| !is_told(it));
        let years: Vec<String> = missing.map(|it| it.to_string()).collect();
        if !years.is_empty() {
            section.doubt("so-lieu", said::YearsMissing { years });
        }
    }
    let source = section.words("nguon");
    section.close();
    Indicator { name, unit, target, rises, is_sum, values, source }
}

/// Every bloc has exactly one set in every year.
fn check_eras(top: &Section, eras: &[Era], blocs: &[PeriodBloc], (from, to): (i16, i16)) {
    for bloc in blocs {
        let of = |year: i16| eras.iter().filter(move |era| era.covers(&bloc.id, year));
        let without: Vec<String> =
            (from..=to).filter(|year| of(*year).count() == 0).map(|it| it.to_string()).collect();
        if !without.is_empty() && !eras.is_empty() {
            let bloc = &bloc.id.0;
            top.say("bo-chi-so", said::YearsWithoutSet { bloc, years: without });
        }
        if let Some(year) = (from..=to).find(|year| 1 < of(*year).count()) {
            let ids: Vec<&str> = of(year).map(|era| era.id.as_str()).collect();
            top.say("bo-chi-so", said::YearWithSets { bloc: &bloc.id.0, year, sets: ids });
        }
    }
}
