//! The section `[khen-thuong]` of `tong-ket.toml` → [`PeriodAwards`].

use crate::finding::Code;
use crate::history::period::{Order, PeriodAwards, PeriodBloc, PeriodRule};
use crate::history::read_period::known_blocs;
use crate::points::Quantity;
use crate::round::read_awards::{MOST_MONEY, MOST_PLACES, ROUNDING, TIE, check_promised, salaries};
use crate::round::section::{DAY, FLAG, NUMBER, Section, TEXT, WHOLE};
use crate::table::did_you_mean;
use crate::text;

const ORDERS: &[(&str, Order)] = &[("trung-binh", Order::Mean), ("muc-tang", Order::Gain)];

/// Reads the rules; `None` when the day of the decision is unknown.
pub(super) fn awards(mut section: Section, blocs: &[PeriodBloc]) -> Option<PeriodAwards> {
    let count = |whole: i64| usize::try_from(whole).unwrap_or_default();
    let decided = section.needed("ngay-quyet-dinh", &DAY);
    let decision = section.optional("so-quyet-dinh", &TEXT).unwrap_or_default();
    let step = section.whole("lam-tron-den", 1, MOST_MONEY);
    let rounding = section.word("lam-tron", ROUNDING);
    let collective_quota = count(section.whole("tong-tap-the", 0, MOST_PLACES));
    let individual_quota = count(section.whole("tong-ca-nhan", 0, MOST_PLACES));
    let salaries = salaries(&mut section, decided);
    let mut rules = |key: &'static str| -> Vec<PeriodRule> {
        let is_person = key == "ca-nhan";
        section.sections(key).into_iter().map(|entry| rule(entry, is_person, blocs)).collect()
    };
    let (collectives, individuals) = (rules("tap-the"), rules("ca-nhan"));
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

fn rule(mut entry: Section, is_person: bool, blocs: &[PeriodBloc]) -> PeriodRule {
    let count = |whole: i64| usize::try_from(whole).unwrap_or_default();
    let title = entry.text("ten");
    let source = entry.text("can-cu");
    let ids = known_blocs(&mut entry, blocs);
    let quota = count(entry.whole("so-luong", 1, MOST_PLACES));
    let order = entry.word("xep-theo", ORDERS);
    let least = entry.optional("xep-loai-toi-thieu", &TEXT);
    let years = entry.optional("so-nam-dat", &WHOLE).map(count);
    let band = match (least, years) {
        (None, None) => None,
        (Some(name), Some(years)) => {
            for bloc in blocs.iter().filter(|bloc| ids.contains(&bloc.id)) {
                if bloc.band(&name).is_none() {
                    let near = text::nearest(&name, bloc.bands.iter().map(String::as_str));
                    let near = did_you_mean(near);
                    let message = format!("khối {} không có mức «{name}»{near}", bloc.id.0);
                    entry.say(Code::AwardsContradictory, "xep-loai-toi-thieu", &message);
                }
            }
            Some((name, years))
        }
        _ => {
            let message = "xep-loai-toi-thieu và so-nam-dat phải ghi cùng nhau";
            entry.say(Code::AwardsContradictory, "xep-loai-toi-thieu", message);
            None
        }
    };
    let mean_min = entry.optional("trung-binh-toi-thieu", &NUMBER);
    let gain_min = entry.optional("muc-tang-toi-thieu", &NUMBER);
    let ranked_years = count(entry.whole("so-nam-xep-hang", 1, MOST_PLACES));
    // A person can only be awarded by name.
    let nominated = is_person || entry.optional("phai-de-nghi", &FLAG).unwrap_or(false);
    let per_unit = if is_person { count(entry.whole("moi-don-vi", 1, MOST_PLACES)) } else { 1 };
    let coefficient = entry.number("he-so");
    if coefficient == Quantity::ZERO && entry.line_of("he-so") != entry.line() {
        entry.refuse("he-so", "cần số lớn hơn 0");
    }
    let tie = entry.word("dong-hang-suat-cuoi", TIE);
    entry.close();
    PeriodRule {
        title,
        source,
        blocs: ids,
        quota,
        order,
        band,
        mean_min,
        gain_min,
        ranked_years,
        nominated,
        per_unit,
        coefficient,
        tie,
    }
}
