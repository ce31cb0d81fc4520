//! `tinh-hinh.html`: how forms come in, for a browser that stays open on it.

use super::html::Html;
use crate::arrival::{Count, OfBloc, Sender, State, Turnout, Wait};
use crate::finding::{Finding, Severity};
use crate::report::feedback;
use crate::round::Round;
use crate::words::arrival as words;

const STYLE: &str = include_str!("turnout.css");

/// How often the browser reads the page again, in seconds.
const REFRESH: u32 = 30;

/// The most that is told of one unit; its feedback workbook tells the rest.
const MOST: usize = 25;

/// The page. `waiting` are the files that are not read yet; `moment` is the time it
/// tells of, `deadline` how far off the deadline is then.
pub fn page(
    round: &Round,
    turnout: &Turnout,
    waiting: &[(String, Wait)],
    [moment, deadline]: [&str; 2],
) -> String {
    let mut html = Html::default();
    html.element("header", "", |it| {
        it.line("p", "body", &round.settings.body);
        it.line("h1", "", "Tình hình nộp phiếu");
        it.line("p", "title", &round.settings.title);
        it.element("p", "", |it| {
            it.line("strong", "", &format!("{deadline}."));
            it.text("Cập nhật lúc ");
            it.text(moment);
            it.text(".");
        });
    });
    html.element("main", "", |it| {
        it.line("p", "sum", &format!("{}.", words::turnout(turnout.count())));
        counts(it, turnout);
        for of in &turnout.blocs {
            bloc(it, of);
        }
        unknown(it, turnout);
        unread(it, waiting);
    });
    html.line(
        "footer",
        "",
        "Trang tự đọc lại mỗi nửa phút khi đang mở; cchc theo-doi ghi lại trang này mỗi khi có \
         phiếu mới, phiếu sửa hoặc phiếu bị lấy đi.",
    );
    html.page(&format!("Tình hình nộp phiếu – {}", round.settings.title), STYLE, REFRESH)
}

fn counts(html: &mut Html, turnout: &Turnout) {
    let row = |name: &str, count: Count| {
        let Count { expected, sound, provisional, flawed, awaited, missing } = count;
        let numbers = [expected, sound, provisional, flawed, awaited, missing];
        let numbers = numbers.map(|it| ("number", it.to_string()));
        [("name", name.to_owned())].into_iter().chain(numbers).collect::<Vec<_>>()
    };
    let rows = turnout.blocs.iter().map(|it| row(&it.bloc.name, it.count()));
    let rows: Vec<_> = rows.chain([row("Cộng", turnout.count())]).collect();
    let heads =
        ["Khối", "Phải nộp", "Hợp lệ", "Tạm tính", "Chưa được tính", "Đang xem", "Chưa nộp"];
    html.table(&heads, &rows);
}

fn bloc(html: &mut Html, of: &OfBloc) {
    html.element("section", "", |it| {
        let count = of.count();
        let title = format!("{}: {}/{} đơn vị đã nộp", of.bloc.name, count.sent(), count.expected);
        it.line("h2", "", &title);
        for state in [State::Flawed, State::Provisional] {
            for sender in of.of(state) {
                flawed(it, sender);
            }
        }
        names(it, "awaited", "…", words::state(State::Awaited), of, State::Awaited);
        names(it, "missing", "○", "Chưa nộp", of, State::Missing);
        sound(it, of);
        names(it, "exempt", "–", "Được miễn", of, State::Exempt);
    });
}

/// A unit whose form is to be mended, with the cells and the remedies.
fn flawed(html: &mut Html, sender: &Sender) {
    let (class, mark) =
        if sender.state == State::Flawed { ("bad", "✗") } else { ("doubtful", "!") };
    html.element("article", class, |it| {
        let title = format!("{mark} {}: {}", sender.unit.name, words::state(sender.state));
        it.line("h3", "", &title);
        let files = sender.file_names();
        it.element("p", "files", |it| {
            it.text(&format!("Đã gửi: {files}. Phản hồi: "));
            let letter = format!("{}/{}.xlsx", feedback::FOLDER, sender.unit.id);
            it.link(&format!("../ket-qua/{letter}"), &letter);
        });
        faults(it, &sender.findings);
    });
}

fn faults(html: &mut Html, findings: &[&Finding]) {
    let row = |it: &&Finding| {
        let class = match it.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "",
        };
        let place = [it.place.sheet_name().unwrap_or_default(), &it.place.spot()].join(" ");
        let place = match place.trim() {
            "" => "cả tệp".to_owned(),
            place => place.to_owned(),
        };
        vec![
            (class, words::severity(it.severity()).to_owned()),
            ("place", place),
            ("", it.message_for_unit()),
            ("", it.help_for_unit().unwrap_or_else(|| it.help()).to_owned()),
        ]
    };
    let rows: Vec<_> = findings.iter().take(MOST).map(row).collect();
    html.table(&["Mức độ", "Ô", "Nội dung", "Cách sửa"], &rows);
    if MOST < findings.len() {
        let rest = findings.len() - MOST;
        html.line("p", "", &format!("… và {rest} chỗ nữa, xem tệp phản hồi."));
    }
}

fn names(html: &mut Html, class: &str, mark: &str, title: &str, of: &OfBloc, state: State) {
    let units: Vec<&Sender> = of.of(state).collect();
    if units.is_empty() {
        return;
    }
    html.line("h3", class, &format!("{mark} {title} ({})", units.len()));
    html.element("ul", class, |it| {
        for sender in units {
            it.line("li", "", &sender.unit.name);
        }
    });
}

fn sound(html: &mut Html, of: &OfBloc) {
    let units: Vec<&Sender> = of.of(State::Sound).collect();
    if units.is_empty() {
        return;
    }
    html.line("h3", "sound", &format!("✓ Hợp lệ ({})", units.len()));
    let row = |sender: &&Sender| {
        let dated = sender.dated.map_or_else(|| "không ghi".to_owned(), |day| day.to_string());
        let late = if sender.is_late { ", sau hạn" } else { "" };
        let asked = || sender.findings.iter().filter(|it| it.severity() != Severity::Note);
        // No letter tells what is not for the unit.
        let ours = asked().filter(|it| it.help_for_unit().is_none());
        let ours = ours.map(|it| format!(" – {} {}", it.message_for_unit(), it.help()));
        let asked = match asked().count() {
            0 => String::new(),
            count => format!("{count} chỗ{}", ours.collect::<String>()),
        };
        vec![
            ("name", sender.unit.name.clone()),
            ("", format!("{dated}{late}")),
            ("", asked),
            ("files", sender.file_names()),
        ]
    };
    let rows: Vec<_> = units.iter().map(row).collect();
    html.table(&["Đơn vị", "Ngày lập phiếu", "Cần xem lại", "Tệp"], &rows);
}

fn unknown(html: &mut Html, turnout: &Turnout) {
    if turnout.unknown.is_empty() {
        return;
    }
    html.element("section", "", |it| {
        let count = turnout.unknown.len();
        it.line("h2", "", &format!("Tệp chưa biết của đơn vị nào ({count})"));
        for (receipt, findings) in &turnout.unknown {
            it.element("article", "bad", |it| {
                it.line("h3", "", &format!("✗ {}", receipt.file));
                faults(it, findings);
            });
        }
    });
}

fn unread(html: &mut Html, waiting: &[(String, Wait)]) {
    if waiting.is_empty() {
        return;
    }
    html.element("section", "", |it| {
        it.line("h2", "", &format!("Đang đợi ({})", waiting.len()));
        it.element("ul", "waiting", |it| {
            for (name, wait) in waiting {
                it.line("li", "", &format!("… {name}: {}", words::wait(*wait)));
            }
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How bright a colour is to the eye, from 0 to 1, as WCAG reckons it.
    fn luminance(hex: &str) -> f64 {
        let wide: String = match hex.len() {
            3 => hex.chars().flat_map(|it| [it, it]).collect(),
            _ => hex.to_owned(),
        };
        let part = |at: usize| {
            let part = f64::from(u8::from_str_radix(&wide[at..at + 2], 16).unwrap()) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
    }

    #[test]
    fn every_colour_of_words_can_be_read_on_every_ground() {
        let colours = |key: &str| -> Vec<f64> {
            let found = STYLE.split(key).skip(1).filter_map(|rest| rest.split_once(';'));
            found.map(|(colour, _)| luminance(colour.trim().trim_start_matches('#'))).collect()
        };
        let (words, grounds) = (colours(" color: "), colours("background: "));
        assert!(5 < words.len() && grounds.len() == 3, "{words:?} {grounds:?}");
        for ground in grounds {
            for word in &words {
                assert!(4.5 <= (ground + 0.05) / (word + 0.05), "{word} on {ground}");
            }
        }
    }
}
