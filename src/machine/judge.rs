//! Facts → a line each: will it do, what was found, what to do.

use crate::machine::facts::{Deed, Drive, Facts};
use crate::machine::place::{Fleeting, fleeting};

/// The year of this version: no clock that is right shows an earlier one.
const RELEASED: i16 = 2026;

/// Years after which a clock is doubted.
const FAR: i16 = 20;

const MEGABYTE: u64 = 1 << 20;
const GIGABYTE: u64 = 1 << 30;

/// Room that a run wants beside three times the round: the round, its results
/// while the old ones are still there, and a publication.
const ROOM: u64 = 200 * MEGABYTE;

/// Memory below which one thread at a time is safer.
const MEMORY: u64 = 2 * GIGABYTE;

/// The longest path that Excel opens, and what a result adds to a round's.
const EXCEL: usize = 218;
const BELOW: usize = 90;

/// What helps where a disk is full.
const FREE_SPACE: &str = "Giải phóng chỗ trống hoặc chuyển kỳ sang ổ khác.";

/// Minutes by which Vietnam is ahead of UTC, all year.
pub const VIETNAM: i64 = 7 * 60;

/// Whether a thing will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Fit,
    /// It will do, but somebody should know.
    Noted,
    Unfit,
}

/// What is said of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub verdict: Verdict,
    pub topic: &'static str,
    pub found: String,
    /// What to do; empty where all is well.
    pub remedy: &'static str,
}

impl Line {
    fn fit(topic: &'static str, found: impl Into<String>) -> Line {
        Line { verdict: Verdict::Fit, topic, found: found.into(), remedy: "" }
    }

    fn noted(topic: &'static str, found: impl Into<String>, remedy: &'static str) -> Line {
        Line { verdict: Verdict::Noted, topic, found: found.into(), remedy }
    }

    fn unfit(topic: &'static str, found: impl Into<String>, remedy: &'static str) -> Line {
        Line { verdict: Verdict::Unfit, topic, found: found.into(), remedy }
    }
}

/// Judges everything that is known, in the order of reading.
pub fn judge(facts: &Facts) -> Vec<Line> {
    let lines = [
        program(facts),
        Some(rights(facts)),
        space(facts),
        drive(facts),
        Some(synced(facts)),
        long_path(facts),
        names(facts),
        Some(clock(facts)),
        zone(facts),
        Some(strength(facts)),
        encoding(facts),
    ];
    lines.into_iter().flatten().collect()
}

fn program(facts: &Facts) -> Option<Line> {
    let topic = "Chương trình";
    let program = facts.program.as_ref()?;
    let found = format!("phiên bản {}, chạy từ {program}", facts.version);
    Some(match fleeting(program, &facts.temporary) {
        None => Line::fit(topic, found),
        Some(Fleeting::Temporary) => Line::noted(
            topic,
            found,
            "Chương trình đang chạy trong tệp nén hoặc thư mục tạm, có thể bị xóa: giải nén, chép vào \
             một thư mục cố định rồi chạy từ đó.",
        ),
        Some(Fleeting::Downloads) => Line::noted(
            topic,
            found,
            "Thư mục tải về hay được dọn: chép chương trình vào một thư mục cố định, nhất là khi hẹn \
             máy tự chấm.",
        ),
    })
}

fn rights(facts: &Facts) -> Line {
    let topic = "Quyền trong thư mục";
    let Some((deed, why)) = &facts.trial.refused else {
        return Line::fit(topic, format!("ghi, đọc, đổi tên, xóa được trong {}", facts.folder));
    };
    let (deed, remedy) = match deed {
        Deed::MakeFolder => {
            ("tạo thư mục", "Chọn thư mục mà tài khoản này được ghi, hoặc nhờ cấp quyền.")
        }
        Deed::Write => ("ghi tệp", "Chọn thư mục mà tài khoản này được ghi, hoặc nhờ cấp quyền."),
        Deed::ReadBack => ("đọc lại đúng tệp vừa ghi", "Ổ đĩa có thể hỏng: chuyển kỳ sang ổ khác."),
        Deed::RenameFile => {
            ("đổi tên tệp", "Kết quả mới không thay được kết quả cũ: nhờ cấp quyền sửa và xóa.")
        }
        Deed::RenameFolder => (
            "đổi tên thư mục",
            "Kết quả mới không thay được kết quả cũ: đóng cửa sổ đang mở thư mục này, nhờ cấp quyền.",
        ),
        Deed::Remove => {
            ("xóa", "Nhờ cấp quyền xóa; thư mục .cchc-thu-may còn lại thì xóa bằng tay được.")
        }
    };
    let remedy = if facts.trial.is_full { FREE_SPACE } else { remedy };
    Line::unfit(topic, format!("không {deed} được trong {}: {why}", facts.folder), remedy)
}

fn space(facts: &Facts) -> Option<Line> {
    let topic = "Chỗ trống";
    let (free, size) = (facts.free?, facts.size.unwrap_or(0));
    let needed = size.saturating_mul(3).saturating_add(ROOM);
    let found = format!("còn {}, một kỳ cần khoảng {}", shown(free), shown(needed));
    Some(if free < size.saturating_add(ROOM / 4) {
        Line::unfit(topic, found, FREE_SPACE)
    } else if free < needed {
        Line::noted(topic, found, "Nên giải phóng thêm chỗ trống trước khi chấm và công bố.")
    } else {
        Line::fit(topic, found)
    })
}

/// `1,5 GB`.
fn shown(bytes: u64) -> String {
    if bytes < GIGABYTE {
        return format!("{} MB", bytes / MEGABYTE);
    }
    let tenths = bytes.saturating_mul(10) / GIGABYTE;
    format!("{},{} GB", tenths / 10, tenths % 10)
}

fn drive(facts: &Facts) -> Option<Line> {
    let topic = "Ổ đĩa";
    Some(match facts.drive {
        Drive::Unknown => return None,
        Drive::Fixed => Line::fit(topic, "ổ trong máy"),
        Drive::Removable => Line::noted(
            topic,
            "ổ rời (USB, thẻ nhớ)",
            "Đừng rút khi đang chấm; nên chấm ở ổ trong máy rồi chép sang.",
        ),
        Drive::Network => Line::noted(
            topic,
            "ổ mạng",
            "Chậm, và mất mạng giữa chừng thì phải chấm lại; nên chấm ở ổ trong máy rồi chép sang. \
             Đừng để hai máy cùng chấm một kỳ.",
        ),
        Drive::ReadOnly => Line::unfit(topic, "ổ chỉ đọc", "Chép cả thư mục kỳ sang ổ ghi được."),
    })
}

fn synced(facts: &Facts) -> Line {
    let topic = "Đồng bộ đám mây";
    match &facts.synced_by {
        None => Line::fit(topic, "không thấy"),
        Some(service) => Line::noted(
            topic,
            format!("thư mục do {service} đồng bộ"),
            "Tạm dừng đồng bộ khi chấm, hoặc để kỳ ở thư mục không đồng bộ (ví dụ D:\\CCHC); để các \
             tệp trong nop/ luôn có trên máy.",
        ),
    }
}

fn long_path(facts: &Facts) -> Option<Line> {
    let topic = "Đường dẫn dài";
    let length = facts.folder.chars().count();
    Some(match facts.trial.long_path.as_ref()? {
        Err(why) => Line::noted(
            topic,
            format!("không tạo được đường dẫn quá 260 ký tự: {why}"),
            "Để kỳ ở thư mục có đường dẫn ngắn, ví dụ D:\\CCHC, và đặt tên tệp ngắn.",
        ),
        Ok(()) if EXCEL < length + BELOW => Line::noted(
            topic,
            format!("đường dẫn của thư mục đã dài {length} ký tự"),
            "Excel không mở tệp có đường dẫn quá 218 ký tự: chuyển kỳ đến thư mục có đường dẫn ngắn \
             hơn, ví dụ D:\\CCHC.",
        ),
        Ok(()) => Line::fit(topic, "quá 260 ký tự vẫn ghi và đọc được"),
    })
}

fn names(facts: &Facts) -> Option<Line> {
    let topic = "Tên tệp";
    let case = if facts.trial.tells_case? {
        "phân biệt chữ hoa, chữ thường"
    } else {
        "không phân biệt chữ hoa, chữ thường"
    };
    Some(if facts.trial.keeps_names? {
        Line::fit(topic, format!("tiếng Việt giữ nguyên; {case}"))
    } else {
        Line::noted(
            topic,
            format!("ổ này đổi cách ghi tên tiếng Việt; {case}"),
            "Đặt tên thư mục, tệp không dấu, hoặc chuyển kỳ sang ổ khác.",
        )
    })
}

fn clock(facts: &Facts) -> Line {
    let topic = "Đồng hồ";
    let (day, minute) = facts.now;
    let hour = format!("{:02}:{:02}", minute / 60, minute % 60);
    let remedy = "Chỉnh lại ngày giờ của máy: nhật ký và lịch tự chấm theo giờ này (điểm và hạng thì \
                  không).";
    match day {
        Some(day) if (RELEASED..RELEASED + FAR).contains(&day.year()) => {
            Line::fit(topic, format!("{day} {hour}"))
        }
        Some(day) => Line::noted(topic, format!("{day} {hour}, không thể đúng"), remedy),
        None => Line::noted(topic, "ngày ngoài mọi lịch", remedy),
    }
}

fn zone(facts: &Facts) -> Option<Line> {
    let topic = "Múi giờ";
    let ahead = facts.ahead?;
    let sign = if ahead < 0 { '-' } else { '+' };
    let found = format!("UTC{sign}{:02}:{:02}", ahead.abs() / 60, ahead.abs() % 60);
    Some(if ahead == VIETNAM {
        Line::fit(topic, found)
    } else {
        Line::noted(
            topic,
            found,
            "Việt Nam là UTC+07:00: đặt lại múi giờ của máy; lịch tự chấm theo giờ của máy.",
        )
    })
}

fn strength(facts: &Facts) -> Line {
    let topic = "Sức máy";
    let processors = format!("{} nhân", facts.processors);
    match facts.memory {
        Some(memory) if memory < MEMORY => Line::noted(
            topic,
            format!("{processors}, bộ nhớ {}", shown(memory)),
            "Kỳ nhiều phiếu thì đóng bớt chương trình khác và thêm --luong 1.",
        ),
        Some(memory) => Line::fit(topic, format!("{processors}, bộ nhớ {}", shown(memory))),
        None => Line::fit(topic, processors),
    }
}

fn encoding(facts: &Facts) -> Option<Line> {
    let topic = "Chữ trên màn hình";
    Some(if facts.is_utf8? {
        Line::fit(topic, "tiếng Việt (UTF-8)")
    } else {
        Line::noted(
            topic,
            "hệ thống không đặt UTF-8",
            "Chữ tiếng Việt có thể hiện sai: đặt LANG=C.UTF-8 hoặc vi_VN.UTF-8; kết quả không đổi.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::Day;
    use crate::machine::facts::Trial;

    /// A machine on which everything will do.
    fn sound() -> Facts {
        Facts {
            version: "1.0",
            program: Some(r"C:\cchc\cchc.exe".to_owned()),
            temporary: r"C:\Temp".to_owned(),
            folder: r"D:\CCHC".to_owned(),
            size: Some(10 * MEGABYTE),
            trial: Trial {
                refused: None,
                is_full: false,
                long_path: Some(Ok(())),
                tells_case: Some(false),
                keeps_names: Some(true),
            },
            free: Some(50 * GIGABYTE),
            drive: Drive::Fixed,
            synced_by: None,
            now: (Day::new(2026, 11, 27), 485),
            ahead: Some(420),
            processors: 4,
            memory: Some(8 * GIGABYTE + GIGABYTE / 2),
            is_utf8: Some(true),
        }
    }

    #[test]
    fn a_sound_machine_will_do_and_what_is_not_known_is_not_said() {
        let lines = judge(&sound());
        let told: Vec<String> =
            lines.iter().map(|it| format!("{}: {}", it.topic, it.found)).collect();
        assert!(lines.iter().all(|it| it.verdict == Verdict::Fit && it.remedy.is_empty()));
        insta::assert_snapshot!(told.join("\n"), @r"
        Chương trình: phiên bản 1.0, chạy từ C:\cchc\cchc.exe
        Quyền trong thư mục: ghi, đọc, đổi tên, xóa được trong D:\CCHC
        Chỗ trống: còn 50,0 GB, một kỳ cần khoảng 230 MB
        Ổ đĩa: ổ trong máy
        Đồng bộ đám mây: không thấy
        Đường dẫn dài: quá 260 ký tự vẫn ghi và đọc được
        Tên tệp: tiếng Việt giữ nguyên; không phân biệt chữ hoa, chữ thường
        Đồng hồ: 27/11/2026 08:05
        Múi giờ: UTC+07:00
        Sức máy: 4 nhân, bộ nhớ 8,5 GB
        Chữ trên màn hình: tiếng Việt (UTF-8)
        ");
        let unknown = Facts {
            program: None,
            trial: Trial::default(),
            free: None,
            drive: Drive::Unknown,
            ahead: None,
            memory: None,
            is_utf8: None,
            ..sound()
        };
        let topics: Vec<&str> = judge(&unknown).iter().map(|it| it.topic).collect();
        let said = ["Quyền trong thư mục", "Đồng bộ đám mây", "Đồng hồ", "Sức máy"];
        assert_eq!(topics, said);
    }

    #[test]
    fn what_will_not_do_is_said_with_what_was_found_and_a_remedy() {
        #[track_caller]
        fn check(verdict: Verdict, found: &str, spoil: impl FnOnce(&mut Facts)) {
            let mut facts = sound();
            spoil(&mut facts);
            let lines = judge(&facts);
            let bad: Vec<&Line> = lines.iter().filter(|it| it.verdict != Verdict::Fit).collect();
            let [line] = bad.as_slice() else { panic!("{found}: {bad:?}") };
            assert_eq!(line.verdict, verdict, "{line:?}");
            assert!(line.found.contains(found) && line.remedy.ends_with('.'), "{line:?}");
        }
        let (noted, unfit) = (Verdict::Noted, Verdict::Unfit);
        for (deed, found) in [
            (Deed::MakeFolder, "không tạo thư mục được"),
            (Deed::Write, "không ghi tệp được"),
            (Deed::ReadBack, "không đọc lại đúng tệp vừa ghi được"),
            (Deed::RenameFile, "không đổi tên tệp được"),
            (Deed::RenameFolder, "không đổi tên thư mục được"),
            (Deed::Remove, "không xóa được"),
        ] {
            let why = format!(r"{found} trong D:\CCHC: không có quyền");
            check(unfit, &why, |it| it.trial.refused = Some((deed, "không có quyền".to_owned())));
        }
        let mut full = sound();
        full.trial.refused = Some((Deed::Write, "đĩa đầy".to_owned()));
        full.trial.is_full = true;
        assert_eq!(rights(&full).remedy, FREE_SPACE);
        check(unfit, "còn 59 MB", |it| it.free = Some(60 * MEGABYTE - 1));
        check(noted, "còn 60 MB", |it| it.free = Some(60 * MEGABYTE));
        check(noted, "còn 229 MB", |it| it.free = Some(230 * MEGABYTE - 1));
        check(unfit, "còn 0 MB", |it| (it.free, it.size) = (Some(0), None));
        check(noted, "ổ rời", |it| it.drive = Drive::Removable);
        check(noted, "ổ mạng", |it| it.drive = Drive::Network);
        check(unfit, "ổ chỉ đọc", |it| it.drive = Drive::ReadOnly);
        check(noted, "OneDrive", |it| it.synced_by = Some("OneDrive".to_owned()));
        check(noted, "260 ký tự: x", |it| it.trial.long_path = Some(Err("x".to_owned())));
        check(noted, "dài 129 ký tự", |it| it.folder = "x".repeat(129));
        check(noted, "đổi cách ghi tên", |it| it.trial.keeps_names = Some(false));
        check(noted, "31/12/2025 08:05", |it| it.now.0 = Day::new(2025, 12, 31));
        check(noted, "01/01/2046", |it| it.now.0 = Day::new(2046, 1, 1));
        check(noted, "ngoài mọi lịch", |it| it.now.0 = None);
        check(noted, "UTC+00:00", |it| it.ahead = Some(0));
        check(noted, "UTC-03:30", |it| it.ahead = Some(-210));
        check(noted, "1,9 GB", |it| it.memory = Some(MEMORY - 1));
        check(noted, "không đặt UTF-8", |it| it.is_utf8 = Some(false));
        check(noted, r"C:\Temp\cchc.exe", |it| it.program = Some(r"C:\Temp\cchc.exe".to_owned()));
        check(noted, "Downloads", |it| it.program = Some(r"D:\Downloads\cchc.exe".to_owned()));
    }
}
