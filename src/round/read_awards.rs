//! The section `[khen-thuong]` of `ky.toml` → [`AwardRules`], and what
//! contradicts itself in it.

use crate::day::Day;
use crate::finding::setting as said;
use crate::points::{Points, Quantity};
use crate::round::section::{DAY, FLAG, NUMBER, Section, TEXT, TEXTS, WHOLE};
use crate::round::settings::{
    AwardRule, AwardRules, BaseSalary, Bloc, BlocId, MoneyRounding, Recipients, TieAtCut, template,
};
use crate::text;

pub(crate) const ROUNDING: &[(&str, MoneyRounding)] = &[
    ("len", MoneyRounding::Up),
    ("gan-nhat", MoneyRounding::Nearest),
    ("xuong", MoneyRounding::Down),
];
pub(crate) const TIE: &[(&str, TieAtCut)] = &[
    ("cho-quyet-dinh", TieAtCut::Council),
    ("lay-het", TieAtCut::All),
    ("khong-lay", TieAtCut::None),
];
/// The day and the number of the decision on awards.
const DECIDED: &str = "ngay-quyet-dinh";
const DECISION: &str = "so-quyet-dinh";
/// More places than a round could ever give, or a slip of the finger.
pub(crate) const MOST_PLACES: i64 = 10_000;
/// With [`MOST_MONEY`], it keeps every amount far inside a whole number.
const MOST_COEFFICIENT: i64 = 1_000;
/// The most decimals of a coefficient. The formula beside an amount takes it to
/// the thousandth of a đồng, and must come to the same.
const COEFFICIENT_PLACES: u32 = 3;
/// Coefficients of the base salary that people use,
/// in hundredths.
const USUAL_COEFFICIENT: [i64; 2] = [10, 1000];
/// Base salaries, in đồng a month: less was meant in thousands.
const USUAL_SALARY: [i64; 2] = [100_000, 50_000_000];
/// How many years a base salary may be away from the decision.
const USUAL_YEARS: i16 = 30;
/// Multiples that amounts are rounded to, in đồng.
const USUAL_STEP: [i64; 2] = [1, 1_000_000];
/// The largest amount of money a setting may hold, in đồng.
pub(crate) const MOST_MONEY: i64 = 1_000_000_000;

/// Reads the rules on awards; `None` when the day of the decision is unknown.
pub(super) fn awards(
    mut section: Section,
    blocs: &[Bloc],
    year: i16,
    deadline: Option<Day>,
) -> Option<AwardRules> {
    let decided = section.needed(DECIDED, &DAY);
    let later = decided.filter(|day| deadline.is_none_or(|deadline| deadline <= *day));
    section.doubt_year(DECIDED, later, [year, year + 1]);
    section.doubt_example(DECIDED, decided, &template(year));
    let decision = section.optional(DECISION, &TEXT).unwrap_or_default();
    let step = step(&mut section);
    let rounding = section.word("lam-tron", ROUNDING);
    let salaries = salaries(&mut section, decided);
    let mut coefficients = Vec::new();
    let mut rules = |recipients| rules(&mut section, recipients, blocs, &mut coefficients);
    let [collectives, individuals] =
        [Recipients::Collectives, Recipients::Individuals].map(&mut rules);
    let salary = decided.and_then(|day| BaseSalary::on(day, &salaries));
    doubt_money(&section, &coefficients, step, salary);
    let collective_quota = quota(&mut section, "tong-tap-the", &collectives);
    let individual_quota = quota(&mut section, "tong-ca-nhan", &individuals);
    if collectives.is_empty() && individuals.is_empty() {
        section.say("tap-the", said::RulesMissing {});
    }
    if let (Some(decided), Some(deadline)) = (decided, deadline)
        && decided < deadline
    {
        section.say(DECIDED, said::DecidedEarly { decided, deadline });
    }
    section.close();
    Some(AwardRules {
        decided: decided?,
        decision,
        step,
        rounding,
        salaries,
        collectives,
        individuals,
        collective_quota,
        individual_quota,
    })
}

/// A coefficient and its line.
pub(crate) type Coefficient = (Quantity, usize);

/// Doubts coefficients far from each other, and a rounding that is no small part
/// of the least amount.
pub(crate) fn doubt_money(
    section: &Section,
    coefficients: &[Coefficient],
    step: i64,
    salary: Option<&BaseSalary>,
) {
    // One out of its usual size is said.
    let [from, to] = USUAL_COEFFICIENT.map(|it| Quantity::scaled(it, 2));
    let sound = || coefficients.iter().filter(|it| from <= it.0 && it.0 <= to);
    let Some((least, _)) = sound().min().copied() else { return };
    let tenfold = Quantity::whole(10).times(least.points()).quantity();
    for (found, line) in sound().filter(|it| tenfold <= it.0) {
        section.doubt_on(*line, "he-so", said::CoefficientFar { found: *found, least });
    }
    let Some(salary) = salary else { return };
    let least = Quantity::whole(salary.amount).times(least.points()).quantity();
    if 1 < salary.amount && least < Quantity::whole(step).times(Points::scaled(10, 0)).quantity() {
        section.doubt("lam-tron-den", said::StepLarge { step, least });
    }
}

/// The multiple that amounts are rounded to, in đồng.
pub(crate) fn step(section: &mut Section) -> i64 {
    let step = section.whole("lam-tron-den", 1, MOST_MONEY);
    section.doubt_size("lam-tron-den", Quantity::whole(step), USUAL_STEP.map(Quantity::whole));
    step
}

/// The lines of a settings text but those that say under which number and on
/// which day was decided: they are filled in when results are out.
pub(crate) fn undecided(text: &str) -> Vec<&str> {
    let is_decision = |line: &&str| {
        let key = line.split('=').next().unwrap_or_default().trim();
        [DECIDED, DECISION].contains(&key)
    };
    text.trim_start_matches('\u{feff}').lines().filter(|line| !is_decision(line)).collect()
}

/// Base salaries, ascending; one must be in force on the day of the decision.
pub(crate) fn salaries(section: &mut Section, decided: Option<Day>) -> Vec<BaseSalary> {
    let mut salaries: Vec<BaseSalary> = Vec::new();
    let entries = section.needed_sections("luong-co-so");
    let is_given = !entries.is_empty();
    for mut entry in entries {
        let since = entry.needed("tu", &DAY);
        let amount = entry.whole("muc", 1, MOST_MONEY);
        let source = entry.words("can-cu");
        // A missing or refused amount reads as 1.
        if 1 < amount {
            entry.doubt_size("muc", Quantity::whole(amount), USUAL_SALARY.map(Quantity::whole));
        }
        if let (Some(since), Some(decided)) = (since, decided) {
            let years = [-USUAL_YEARS, USUAL_YEARS].map(|away| decided.year() + away);
            entry.doubt_year("tu", Some(since), years);
        }
        if let Some(since) = since {
            // A decree sets the salary of its own year, or of the next from
            // January on.
            let years = years_of(&source);
            let first = [since.year(), since.year() - i16::from(since.parts().1 == 1)];
            if salaries.iter().any(|salary| salary.since == since) {
                entry.say("tu", said::SalariesSince { since });
            } else if !years.is_empty() && !years.iter().any(|it| first.contains(it)) {
                entry.doubt("tu", said::YearOfSource { since, source: &source });
            } else if years.is_empty() && !source.is_empty() {
                entry.doubt("tu", said::SourceWithoutYear { since, source: &source });
            }
            salaries.push(BaseSalary { since, amount, source });
        }
        entry.close();
    }
    salaries.sort_by_key(|salary| salary.since);
    for pair in
        salaries.windows(2).filter(|pair| 1 < pair[1].amount && pair[1].amount < pair[0].amount)
    {
        let (later, found, before) = (pair[1].since, pair[1].amount, pair[0].amount);
        section.doubt("luong-co-so", said::SalaryFalls { later, found, before });
    }
    if let (Some(decided), Some(first)) = (decided, salaries.first())
        && is_given
        && decided < first.since
    {
        section.say("luong-co-so", said::SalaryMissing { decided, first: first.since });
    }
    salaries
}

/// The years that a citation names: `Nghị định số 38/2019/NĐ-CP`.
fn years_of(source: &str) -> Vec<i16> {
    let numbers = source.split(|it: char| !it.is_ascii_digit()).filter(|it| it.len() == 4);
    numbers.filter_map(|it| it.parse().ok()).filter(|it| (1900..=2100).contains(it)).collect()
}

/// The most places over all rules; not fewer than the rules promise.
fn quota(section: &mut Section, key: &'static str, rules: &[AwardRule]) -> Option<usize> {
    let total = section.optional(key, &WHOLE).and_then(|total| usize::try_from(total).ok())?;
    let promised = rules.iter().map(|rule| rule.quota * rule.blocs.len()).sum();
    check_promised(section, key, total, promised);
    Some(total)
}

/// Says that the rules promise more places than there are.
pub(crate) fn check_promised(section: &Section, key: &str, total: usize, promised: usize) {
    if total < promised {
        section.say(key, said::TooFewPlaces { total, promised });
    }
}

fn rules(
    section: &mut Section,
    recipients: Recipients,
    blocs: &[Bloc],
    coefficients: &mut Vec<Coefficient>,
) -> Vec<AwardRule> {
    let entries = section.sections(rules_key(recipients));
    entries.into_iter().map(|entry| rule(entry, recipients, blocs, coefficients)).collect()
}

/// Where the rules for these recipients stand.
pub(crate) fn rules_key(recipients: Recipients) -> &'static str {
    match recipients {
        Recipients::Collectives => "tap-the",
        Recipients::Individuals => "ca-nhan",
    }
}

fn rule(
    mut entry: Section,
    recipients: Recipients,
    blocs: &[Bloc],
    coefficients: &mut Vec<Coefficient>,
) -> AwardRule {
    let ids = rule_blocs(&mut entry, &blocs.iter().map(|it| it.id.0.as_str()).collect::<Vec<_>>());
    let rank_max = entry.optional("hang-toi-da", &WHOLE).and_then(|it| u32::try_from(it).ok());
    if rank_max == Some(0) {
        entry.refuse("hang-toi-da", said::RankMissing {});
    }
    let band_min = entry.optional("xep-loai-toi-thieu", &TEXT);
    for bloc in blocs.iter().filter(|bloc| ids.contains(&bloc.id)) {
        let bands: Vec<&str> = bloc.bands.iter().map(|band| band.name.as_str()).collect();
        check_band(&entry, band_min.as_deref(), &bloc.id, &bands);
    }
    let rule = AwardRule {
        recipients,
        title: entry.words("ten"),
        source: entry.words("can-cu"),
        blocs: ids,
        quota: places(&mut entry, "so-luong"),
        rank_max,
        index_min: index_min(&mut entry),
        band_min,
        on_time: entry.optional("dung-han", &FLAG).unwrap_or(false),
        nominated: needs_nomination(&mut entry, recipients),
        per_unit: per_unit(&mut entry, recipients),
        coefficient: coefficient(&mut entry),
        tie: entry.word("dong-hang-suat-cuoi", TIE),
    };
    coefficients.push((rule.coefficient, entry.line_of("he-so")));
    entry.close();
    rule
}

/// The lowest index that qualifies, in percent.
pub(crate) fn index_min(entry: &mut Section) -> Option<Quantity> {
    let percent = entry.optional("chi-so-toi-thieu", &NUMBER);
    entry.doubt_least("chi-so-toi-thieu", percent);
    percent
}

/// The blocs that a rule is for, each one of the settings and named once.
pub(crate) fn rule_blocs(entry: &mut Section, known: &[&str]) -> Vec<BlocId> {
    let mut ids: Vec<BlocId> = Vec::new();
    let found = entry.needed("khoi", &TEXTS);
    if found.as_ref().is_some_and(Vec::is_empty) {
        entry.say("khoi", said::BlocsMissing {});
    }
    for id in found.unwrap_or_default() {
        if !known.contains(&id.as_str()) && !known.is_empty() {
            let near = text::nearest(&id, known.iter().copied());
            entry.say("khoi", said::BlocUnknown { found: &id, near });
        }
        if ids.iter().any(|other| other.0 == id) {
            entry.say("khoi", said::BlocAgain { found: &id });
        }
        ids.push(BlocId(id));
    }
    ids
}

/// The lowest band of a rule must be one of each bloc that the rule is for.
pub(crate) fn check_band(entry: &Section, name: Option<&str>, bloc: &BlocId, bands: &[&str]) {
    if let Some(found) = name.filter(|name| !bands.contains(name) && !bands.is_empty()) {
        let near = text::nearest(found, bands.iter().copied());
        entry.say("xep-loai-toi-thieu", said::BandUnknown { bloc: &bloc.0, found, near });
    }
}

/// A number of places, or of persons, at least one.
pub(crate) fn places(entry: &mut Section, key: &'static str) -> usize {
    usize::try_from(entry.whole(key, 1, MOST_PLACES)).unwrap_or_default()
}

/// Whether only the nominated are considered. A person can only be awarded by
/// name, and only a nomination has the name.
pub(crate) fn needs_nomination(entry: &mut Section, recipients: Recipients) -> bool {
    recipients == Recipients::Individuals || entry.optional("phai-de-nghi", &FLAG).unwrap_or(false)
}

/// The most persons of one unit; a unit itself is one.
pub(crate) fn per_unit(entry: &mut Section, recipients: Recipients) -> usize {
    match recipients {
        Recipients::Collectives => 1,
        Recipients::Individuals => places(entry, "moi-don-vi"),
    }
}

/// The coefficient of the base salary.
pub(crate) fn coefficient(entry: &mut Section) -> Quantity {
    let coefficient = entry.needed("he-so", &NUMBER);
    let is_fit = |it: Quantity| {
        let is_within = Quantity::ZERO < it && it <= Quantity::whole(MOST_COEFFICIENT);
        is_within && it.places() <= COEFFICIENT_PLACES
    };
    if coefficient.is_some_and(|it| !is_fit(it)) {
        let (most, places) = (MOST_COEFFICIENT, COEFFICIENT_PLACES);
        entry.refuse("he-so", said::CoefficientUnfit { most, places });
    }
    if let Some(found) = coefficient.filter(|it| is_fit(*it)) {
        entry.doubt_size("he-so", found, USUAL_COEFFICIENT.map(|it| Quantity::scaled(it, 2)));
    }
    coefficient.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_number_and_the_day_of_a_decision_may_still_be_filled_in() {
        let text = |number: &str, most: &str| {
            format!("\u{feff}[khen-thuong]\n{DECISION} = \"{number}\"\nso-luong = {most}\n")
        };
        assert_eq!(undecided(&text("…", "16")), undecided(&text("12/QĐ-UBND", "16")));
        assert_ne!(undecided(&text("…", "16")), undecided(&text("…", "17")));
        assert_eq!(undecided(&text("…", "16")), ["[khen-thuong]", "so-luong = 16"]);
    }
}
