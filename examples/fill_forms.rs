//! Saves a filled form again with the program's own writer:
//!
//! ```text
//! cargo run --release --example fill_forms -- ROUND FILLED.xlsx SAVED.xlsx
//! ```
//!
//! The samples hold forms saved by several programs; these are ours.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use cchc::batch::{Folder, intake};
use cchc::excel;
use cchc::form::{self, Claim, Claimed, Form, Nominee};
use cchc::handout::blank_form::{self, Answer, Answers, Nomination};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [round, filled, saved] = words.as_slice() else { panic!("ROUND FILLED SAVED") };
    let folder = Folder::open(Path::new(round)).expect("a round's folder");
    let round = intake::load(&folder).expect("a sound round").round;
    let bytes = fs::read(filled).expect("a filled form");
    let opened = excel::read(filled, &bytes).expect("a workbook");
    let form = form::read(&opened.book, &round).form.expect("a sound form");
    let unit = round.register.unit(&form.unit).expect("a registered unit");
    let workbook = blank_form::filled(&round, unit, &answers(&form));
    fs::write(saved, excel::write(&workbook).expect("a workbook")).expect("room to write");
}

fn answers(form: &Form) -> Answers {
    let items: BTreeMap<_, _> =
        form.claims.iter().map(|(code, claim)| (code, answer(&claim))).collect();
    Answers {
        dated: form.dated,
        items,
        collectives: form.collectives.iter().map(nomination).collect(),
        individuals: form.individuals.iter().map(nomination).collect(),
    }
}

/// Items with figures have a formula; the writer leaves their score to it.
fn answer(claim: &Claim<&str>) -> Answer {
    let score = match claim.score {
        Claimed::Points(points) => Some(points),
        Claimed::NotApplicable(_) | Claimed::Faulty => None,
    };
    Answer {
        score,
        figures: claim.figures.unwrap_or_default(),
        evidence: claim.evidence.to_string(),
        explanation: claim.explanation.to_string(),
    }
}

fn nomination(nominee: &Nominee) -> Nomination {
    Nomination {
        name: nominee.name.clone(),
        post: nominee.post.clone(),
        achievement: nominee.achievement.clone(),
        years: nominee.years.clone(),
    }
}
