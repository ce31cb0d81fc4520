//! The section `[khen-thuong]` of `tong-ket.toml` → [`PeriodAwards`].

use crate::day::Day;
use crate::finding::setting as said;
use crate::history::period::{Order, PeriodAwards, PeriodBloc, PeriodRule};
use crate::history::template::{doubt_authority, doubt_day};
use crate::points::Quantity;
use crate::round::read_awards::{
    Coefficient, MOST_PLACES, ROUNDING, TIE, check_band, check_promised, coefficient, doubt_money,
    needs_nomination, per_unit, places, rule_blocs, rules_key, salaries, step,
};
use crate::round::section::{DAY, NUMBER, Section, TEXT, WHOLE};
use crate::round::settings::{BaseSalary, Recipients};

const ORDERS: &[(&str, Order)] = &[("trung-binh", Order::Mean), ("muc-tang", Order::Gain)];

/// Awards are decided within so many days of the summing-up.
const USUAL_APART: i64 = 183;

/// Reads the rules; `None` when the day of the decision is unknown.
pub(super) fn awards(
    mut section: Section,
    blocs: &[PeriodBloc],
    (last, dated): (i16, Option<Day>),
    bodies: &str,
) -> Option<PeriodAwards> {
    let decided = section.needed("ngay-quyet-dinh", &DAY);
    doubt_day(&section, "ngay-quyet-dinh", decided, last);
    if let Some((day, other)) = decided.zip(dated)
        && USUAL_APART < day.days_since(other).abs()
    {
        section.doubt("ngay-quyet-dinh", said::DaysApart { day, other });
    }
    let decision = section.optional("so-quyet-dinh", &TEXT).unwrap_or_default();
    let step = step(&mut section);
    let rounding = section.word("lam-tron", ROUNDING);
    let collective_quota = count(section.whole("tong-tap-the", 0, MOST_PLACES));
    let individual_quota = count(section.whole("tong-ca-nhan", 0, MOST_PLACES));
    let salaries = salaries(&mut section, decided);
    let mut coefficients = Vec::new();
    let mut rules = |recipients| -> Vec<PeriodRule> {
        let entries = section.sections(rules_key(recipients));
        let mut read = |entry| rule(entry, recipients, blocs, bodies, &mut coefficients);
        entries.into_iter().map(&mut read).collect()
    };
    let collectives = rules(Recipients::Collectives);
    let individuals = rules(Recipients::Individuals);
    let salary = decided.and_then(|day| BaseSalary::on(day, &salaries));
    doubt_money(&section, &coefficients, step, salary);
    for (key, total, rules) in [
        ("tong-tap-the", collective_quota, &collectives),
        ("tong-ca-nhan", individual_quota, &individuals),
    ] {
        let promised = rules.iter().map(|rule| rule.quota).sum();
        check_promised(&section, key, total, promised);
    }
    section.close();
    Some(PeriodAwards {
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

fn rule(
    mut entry: Section,
    recipients: Recipients,
    blocs: &[PeriodBloc],
    bodies: &str,
    coefficients: &mut Vec<Coefficient>,
) -> PeriodRule {
    let ids = rule_blocs(&mut entry, &blocs.iter().map(|it| it.id.0.as_str()).collect::<Vec<_>>());
    let mean_min = entry.optional("trung-binh-toi-thieu", &NUMBER);
    entry.doubt_least("trung-binh-toi-thieu", mean_min);
    let gain_min = entry.optional("muc-tang-toi-thieu", &NUMBER);
    if let Some(gain) = gain_min {
        entry.doubt_size("muc-tang-toi-thieu", gain, [1, 100].map(Quantity::whole));
    }
    let title = entry.words("ten");
    doubt_authority(&entry, &title, bodies);
    let rule = PeriodRule {
        recipients,
        title,
        source: entry.words("can-cu"),
        quota: places(&mut entry, "so-luong"),
        order: entry.word("xep-theo", ORDERS),
        band: band(&mut entry, blocs.iter().filter(|bloc| ids.contains(&bloc.id))),
        mean_min,
        gain_min,
        ranked_years: places(&mut entry, "so-nam-xep-hang"),
        lines: ["so-nam-xep-hang", "so-nam-dat"].map(|key| entry.line_of(key)),
        nominated: needs_nomination(&mut entry, recipients),
        per_unit: per_unit(&mut entry, recipients),
        coefficient: coefficient(&mut entry),
        tie: entry.word("dong-hang-suat-cuoi", TIE),
        blocs: ids,
    };
    coefficients.push((rule.coefficient, entry.line_of("he-so")));
    entry.close();
    rule
}

pub(super) fn count(whole: i64) -> usize {
    usize::try_from(whole).unwrap_or_default()
}

/// The lowest band that counts, which each of these blocs has, and in how many
/// years it must have been reached.
fn band<'a>(
    entry: &mut Section,
    blocs: impl Iterator<Item = &'a PeriodBloc>,
) -> Option<(String, usize)> {
    let least = entry.optional("xep-loai-toi-thieu", &TEXT);
    let years = entry.optional("so-nam-dat", &WHOLE).map(count);
    if least.is_some() != years.is_some() {
        entry.say("xep-loai-toi-thieu", said::BandWithoutYears {});
    }
    for bloc in blocs {
        let bands: Vec<&str> = bloc.bands.iter().map(String::as_str).collect();
        check_band(entry, least.as_deref(), &bloc.id, &bands);
    }
    least.zip(years)
}
