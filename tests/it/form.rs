//! Blank forms, and forms as units send them back.

mod edition;
mod gathered;
mod identity;
mod invented;
mod items;
mod marks;
mod sent;
mod table;

use cchc::excel;
use cchc::form::{self, Claimed, NotApplicable};
use cchc::handout::blank_form::{self, Answer, Answers};
use cchc::points::{Points, Quantity};
use cchc::round::criteria::CriteriaSet;
use cchc::round::register::UnitId;
use cchc::round::rule::{Figure, Figures};
use cchc::round::{self, Round, RoundBooks};

use sent::Sent;

#[test]
fn a_blank_form_read_back_lacks_its_answers_and_nothing_else() {
    for unit in ["PX-HT", "PX-HB", "PX-TN"] {
        let sent = Sent::with(unit, "nop/a.xlsx", &Answers::default());
        assert_eq!(sent.said(), ["P029 Phiếu chưa điền điểm và số liệu nào"]);
        assert_eq!(sent.read().unit.unwrap().0, unit);
    }
}

#[test]
fn a_form_of_which_nothing_applies_is_not_blank() {
    let sent = Sent::blank().when(|round| {
        let one = round.exemptions.0.values().next().unwrap().clone();
        let codes: Vec<_> =
            round.sets.values().flat_map(CriteriaSet::items).map(|it| it.code).collect();
        let unit = |code| ((UnitId("PX-HT".to_owned()), code), one.clone());
        round.exemptions.0.extend(codes.into_iter().map(unit));
    });
    assert!(!sent.codes().contains(&"P029"), "{:?}", sent.said());
    assert!(sent.read().form.is_some());
}

#[test]
fn a_filled_form_reads_back_as_it_was_answered() {
    for unit in ["PX-HT", "PX-HB", "PX-TN"] {
        let answers = invented::answers();
        let sent = Sent::with(unit, "nop/a.xlsx", &answers);
        assert_eq!(sent.said(), [""; 0], "{unit}");
        let form = sent.form();
        assert_eq!(form.dated, answers.dated);
        assert_eq!(form.collectives[0].name, answers.collectives[0].name);
        assert_eq!(form.individuals[0].post, answers.individuals[0].post);
        for (code, claim) in form.claims.iter() {
            let answer = &answers.items[&code];
            if matches!(claim.score, Claimed::NotApplicable(_)) {
                assert_eq!((unit, code.to_string().as_str()), ("PX-HT", "2.1"));
                continue;
            }
            assert_eq!(claim.figures.unwrap_or_default(), answer.figures, "{code}");
            assert_eq!(claim.evidence, answer.evidence, "{code}");
            if let Some(score) = answer.score {
                assert_eq!(claim.score, Claimed::Points(score), "{code}");
            }
        }
        let points = form.claims.values().map(|claim| match claim.score {
            Claimed::Points(points) => points,
            Claimed::NotApplicable(_) | Claimed::Faulty => Points::ZERO,
        });
        let expected = if unit == "PX-HT" { "12,8" } else { "14,2" };
        assert_eq!(points.sum::<Points>().to_string(), expected);
    }
}

#[test]
fn every_unit_of_the_sample_gets_a_form_that_reads_back() {
    let round = sample();
    for unit in &round.register.units {
        let reread = |answers: &Answers| {
            let bytes = excel::write(&blank_form::filled(&round, unit, answers)).unwrap();
            form::read(&excel::read("nop/a.xlsx", &bytes).unwrap().book, &round)
        };
        let blank = reread(&Answers::default());
        assert_eq!(sent::said(&blank), ["P029 Phiếu chưa điền điểm và số liệu nào"]);
        let one = Some(Quantity::whole(1));
        let day = Some(invented::day("10/12/2019"));
        let figures = Figures { numerator: one, denominator: one, count: one, day };
        let mut answers = Answers { dated: day, ..Answers::default() };
        for item in round.set(unit).items() {
            let takes = |figure| item.rule.figures().contains(&figure);
            let best = item.rule.choices(item.max).and_then(|choices| choices.last().copied());
            let answer = Answer {
                score: best,
                figures: Figures {
                    numerator: figures.numerator.filter(|_| takes(Figure::Numerator)),
                    denominator: figures.denominator.filter(|_| takes(Figure::Denominator)),
                    count: figures.count.filter(|_| takes(Figure::Count)),
                    day: figures.day.filter(|_| takes(Figure::Day)),
                },
                evidence: "Báo cáo số 1".to_owned(),
                explanation: String::new(),
            };
            answers.items.insert(item.code, answer);
        }
        let filled = reread(&answers);
        assert_eq!(sent::said(&filled), [""; 0], "{}", unit.id);
        let form = filled.form.unwrap();
        for (code, claim) in form.claims.iter() {
            if !matches!(claim.score, Claimed::NotApplicable(NotApplicable::Listed)) {
                assert_eq!(
                    claim.figures.unwrap_or_default(),
                    answers.items[&code].figures,
                    "{} {code}",
                    unit.id
                );
            }
        }
    }
}

/// The round of the sample, from its own files.
fn sample() -> Round {
    let read = |file: &str| std::fs::read(format!("samples/ha-long-2019/{file}")).unwrap();
    let book = |file: &str| excel::read(file, &read(file)).unwrap().book;
    let books = RoundBooks {
        register: book("don-vi.xlsx"),
        sets: vec![book("bo-chi-so/phong-ban.xlsx"), book("bo-chi-so/phuong-xa.xlsx")],
        exemptions: Some(book("khong-ap-dung.xlsx")),
        ..RoundBooks::default()
    };
    let settings = String::from_utf8(read("ky.toml")).unwrap();
    round::read("ky.toml", &settings, books).into_parts().0.unwrap()
}
