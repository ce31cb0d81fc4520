//! A ranking that was published, computed again.

use crate::small::Small;

/// The districts of Bình Dương, 2017: appraised out of 65, satisfaction in
/// percent × 35, then what was printed: survey, total.
const BINH_DUONG_2017: [(&str, &str, &str, &str, &str); 9] = [
    ("Bắc Tân Uyên", "40.45", "88.6", "31,01", "71,46"),
    ("Bàu Bàng", "47.45", "93.77", "32,82", "80,27"),
    ("Bến Cát", "45.75", "91.66", "32,08", "77,83"),
    ("Dầu Tiếng", "44", "92.06", "32,22", "76,22"),
    ("Dĩ An", "46.5", "90.17", "31,56", "78,06"),
    ("Phú Giáo", "46", "85.8", "30,03", "76,03"),
    ("Tân Uyên", "48.75", "95", "33,25", "82,00"),
    ("Thủ Dầu Một", "51.75", "93.8", "32,83", "84,58"),
    ("Thuận An", "46.8", "92.11", "32,24", "79,04"),
];

fn districts() -> Small {
    let criteria = Small::new().item("1.1", "65").survey_item("2.1", "35");
    BINH_DUONG_2017.iter().fold(criteria, |small, (unit, appraised, percent, ..)| {
        small
            .scored(unit, &[("1.1", "65")])
            .appraised(unit, &[("1.1", appraised)])
            .answer(unit, "2.1", percent)
    })
}

#[test]
fn binh_duong_2017_comes_out_to_the_last_digit() {
    let small = districts();
    for (unit, appraised, _, survey, total) in BINH_DUONG_2017 {
        let card = small.card(unit);
        assert_eq!(card.appraised, crate::small::pts(appraised), "{unit}");
        assert_eq!(card.survey.unwrap().fixed(2), survey, "{unit}");
        assert_eq!(card.total.fixed(2), total, "{unit}");
        assert_eq!(card.index.unwrap().shown(2).fixed(2), total, "{unit}");
        assert_eq!(card.lacks, [], "{unit}");
    }
}

#[test]
fn binh_duong_2017_ranks_and_averages_as_it_was_printed() {
    let small = districts();
    assert_eq!(
        small.order(),
        "1 Thủ Dầu Một, 2 Tân Uyên, 3 Bàu Bàng, 4 Thuận An, 5 Dĩ An, 6 Bến Cát, \
         7 Dầu Tiếng, 8 Phú Giáo, 9 Bắc Tân Uyên"
    );
    assert_eq!(small.ranking().mean.unwrap().fixed(2), "78,39");
    assert_eq!(small.codes(), []);
}
