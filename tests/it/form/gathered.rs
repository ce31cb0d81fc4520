//! A folder of forms.

use cchc::form::layout::Column;
use cchc::form::{self, Fate, Intake};
use cchc::handout::blank_form::Answers;
use cchc::round::Round;
use cchc::round::register::{Register, Unit, UnitId};
use cchc::round::settings::{Flawed, Resend};

use super::invented;
use super::sent::{Sent, text};

/// Hà Tu's form under another name, with another day.
fn ha_tu(file: &str, dated: &str) -> Sent {
    let answers = Answers { dated: Some(invented::day(dated)), ..invented::answers() };
    Sent::with("PX-HT", file, &answers)
}

fn gather(sent: &[Sent], change: impl Fn(&mut Round)) -> Intake {
    let mut round = invented::round();
    change(&mut round);
    let readings = sent.iter().map(|sent| form::read(&sent.book, &round)).collect();
    let intake = form::gather(readings, &round);
    let mut reversed: Vec<_> = sent.iter().map(|sent| form::read(&sent.book, &round)).collect();
    reversed.reverse();
    assert_eq!(format!("{:?}", form::gather(reversed, &round)), format!("{intake:?}"));
    intake
}

fn fates(intake: &Intake) -> Vec<(&str, Fate)> {
    intake.receipts.iter().map(|receipt| (receipt.file.as_str(), receipt.fate)).collect()
}

fn said(intake: &Intake) -> Vec<String> {
    let lines = intake.findings.iter();
    lines.map(|it| format!("{} {} {}", it.code.info().id, it.place.file, it.message())).collect()
}

#[test]
fn a_form_sent_twice_is_counted_once() {
    let mut again = ha_tu("nop/b.xlsx", "10/12/2019");
    let sent = [ha_tu("nop/a.xlsx", "10/12/2019"), again.clone()];
    let intake = gather(&sent, |_| {});
    assert_eq!(fates(&intake), [("nop/a.xlsx", Fate::Counted), ("nop/b.xlsx", Fate::Superseded)]);
    assert_eq!(said(&intake), ["P026 nop/b.xlsx Giống hệt nop/a.xlsx"]);
    again.book.sha256 = "saved by another program".to_owned();
    let intake = gather(&[sent[0].clone(), again.clone()], |_| {});
    assert_eq!(said(&intake), ["P026 nop/b.xlsx Giống hệt nop/a.xlsx"]);
    // A program that stores a number as text changes nothing that was claimed.
    let retyped = again.score("1.2", text("0,5"));
    let intake = gather(&[sent[0].clone(), retyped], |_| {});
    assert_eq!(fates(&intake), [("nop/a.xlsx", Fate::Counted), ("nop/b.xlsx", Fate::Superseded)]);
}

#[test]
fn between_two_different_forms_nobody_chooses() {
    let sent = [ha_tu("nop/a.xlsx", "10/12/2019"), ha_tu("nop/b.xlsx", "11/12/2019")];
    let intake = gather(&sent, |_| {});
    assert_eq!(fates(&intake), [("nop/a.xlsx", Fate::SetAside), ("nop/b.xlsx", Fate::SetAside)]);
    assert_eq!(
        said(&intake),
        [
            "P025 nop/a.xlsx UBND phường Hà Tu nộp 2 phiếu khác nhau: nop/a.xlsx; nop/b.xlsx",
            "P025 nop/b.xlsx UBND phường Hà Tu nộp 2 phiếu khác nhau: nop/a.xlsx; nop/b.xlsx",
        ]
    );
    assert!(intake.forms.is_empty());
    assert_eq!(intake.set_aside[0].0, "PX-HT");
}

#[test]
fn the_later_form_counts_only_where_the_round_says_so_and_the_days_are_certain() {
    let later = |round: &mut Round| round.settings.intake.resend = Resend::Later;
    let first = ha_tu("nop/a.xlsx", "11/12/2019");
    let wrong = ha_tu("nop/b.xlsx", "10/12/2019").score("1.2", text("chín"));
    let intake = gather(&[first.clone(), wrong], later);
    assert_eq!(fates(&intake), [("nop/a.xlsx", Fate::Counted), ("nop/b.xlsx", Fate::Superseded)]);
    assert_eq!(said(&intake), ["P027 nop/b.xlsx Lấy phiếu lập sau: nop/a.xlsx, ngày 11/12/2019"]);

    let mut same_day = ha_tu("nop/b.xlsx", "11/12/2019").score("1.2", text("0"));
    same_day.book.sha256 = "other bytes".to_owned();
    let intake = gather(&[first.clone(), same_day], later);
    assert_eq!(intake.receipts[0].fate, Fate::SetAside);
    assert!(said(&intake)[0].ends_with("nop/a.xlsx; nop/b.xlsx; không rõ phiếu nào lập sau"));
    let undated =
        Sent::with("PX-HT", "nop/b.xlsx", &Answers { dated: None, ..invented::answers() });
    assert_eq!(gather(&[first, undated], later).forms.len(), 0);
}

#[test]
fn a_blank_form_does_not_stand_against_a_filled_one() {
    let mut blank = Sent::blank();
    blank.book.file = "nop/z.xlsx".to_owned();
    let intake = gather(&[ha_tu("nop/a.xlsx", "10/12/2019"), blank], |_| {});
    assert_eq!(fates(&intake), [("nop/a.xlsx", Fate::Counted), ("nop/z.xlsx", Fate::SetAside)]);
    assert!(intake.set_aside.is_empty());
}

#[test]
fn an_error_sets_the_form_aside_or_counts_the_item_nothing() {
    let flawed = ha_tu("nop/a.xlsx", "10/12/2019").score("1.2", text("chín"));
    let intake = gather(std::slice::from_ref(&flawed), |_| {});
    assert_eq!(fates(&intake), [("nop/a.xlsx", Fate::SetAside)]);
    assert_eq!(intake.set_aside[0].0, "PX-HT");
    let zero = |round: &mut Round| round.settings.intake.flawed = Flawed::CountZero;
    let intake = gather(&[flawed], zero);
    assert_eq!(fates(&intake), [("nop/a.xlsx", Fate::Provisional)]);
    assert_eq!(intake.forms.len(), 1);
}

/// A list of evidence in the unit's name, made of the labels of a form.
fn list_of_evidence() -> Sent {
    let mut sent = Sent::good().without_identity();
    let head = sent.row("1") - 1;
    "nop/0 danh muc.xlsx".clone_into(&mut sent.book.file);
    "of a list".clone_into(&mut sent.book.sha256);
    sent.book.pages.truncate(1);
    let page = sent.scores();
    page.cells.retain(|at, _| at.row <= head && at.col != Column::Score.printed());
    sent
}

#[test]
fn what_merely_resembles_a_form_never_displaces_one() {
    let list = list_of_evidence();
    assert_eq!(list.read().unit.unwrap().0, "PX-HT");
    let intake = gather(&[ha_tu("nop/a.xlsx", "10/12/2019"), list.clone()], |_| {});
    assert_eq!(
        fates(&intake),
        [("nop/0 danh muc.xlsx", Fate::Stray), ("nop/a.xlsx", Fate::Counted)]
    );
    let expected = "P110 nop/0 danh muc.xlsx Không có mã và điểm của phần lớn tiêu chí; \
                    phiếu của đơn vị là nop/a.xlsx";
    assert_eq!(said(&intake), [expected]);
    // Alone, it is what the unit sent.
    assert_eq!(gather(&[list], |_| {}).set_aside[0].0, "PX-HT");
}

#[test]
fn a_drawn_form_is_a_question_beside_an_issued_one_that_is_sound() {
    let mut drawn = ha_tu("nop/b.xlsx", "11/12/2019").without_identity().score("1.2", text("0"));
    drawn.book.sha256 = "of a drawn form".to_owned();
    let issued = ha_tu("nop/a.xlsx", "10/12/2019");
    let intake = gather(&[issued.clone(), drawn.clone()], |_| {});
    assert_eq!(fates(&intake), [("nop/a.xlsx", Fate::Counted), ("nop/b.xlsx", Fate::Superseded)]);
    let expected = "P111 nop/b.xlsx Phiếu tự kẻ có điểm khác phiếu đã phát; lấy nop/a.xlsx";
    assert_eq!(said(&intake), [expected]);
    let intake = gather(&[issued.score("1.2", text("chín")), drawn], |_| {});
    assert!(intake.forms.is_empty());
}

#[test]
fn a_form_copied_from_another_unit_is_said_on_both() {
    let other = Sent::with("PX-TN", "nop/b.xlsx", &invented::answers());
    let mut second = Sent::with("PX-HB", "nop/c.xlsx", &invented::answers());
    second.book.sha256 = "other bytes".to_owned();
    let intake = gather(&[other, second], |_| {});
    let said = said(&intake);
    assert!(
        said[0].starts_with("P112 nop/b.xlsx ") && said[0].ends_with(": nop/c.xlsx"),
        "{said:?}"
    );
    assert!(
        said[1].starts_with("P112 nop/c.xlsx ") && said[1].ends_with(": nop/b.xlsx"),
        "{said:?}"
    );
}

#[test]
fn a_short_id_among_other_words_is_no_hint_of_the_owner() {
    let mut units = super::invented::round().register.units.clone();
    let told = |units: &[Unit], path: &str| {
        let register = Register::of(units.to_vec());
        register.told_by_path(path).map(|unit| unit.id.0.clone())
    };
    assert_eq!(told(&units, "nop/phieu PX-HT ban 2.xls").as_deref(), Some("PX-HT"));
    for id in ["P", "NV", "VAN", "A1"] {
        units[0].id = UnitId(id.to_owned());
        assert_eq!(told(&units, &format!("nop/Mau {id} 2019.xls")), None, "{id}");
        assert_eq!(told(&units, &format!("nop/{id}.xls")).as_deref(), Some(id));
    }
}
