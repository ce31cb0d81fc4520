//! Names of files that not every system takes.
//!
//! A round is made on one machine and opened on another: what Windows cannot
//! name is nobody's name.

/// Characters that Windows takes in no name.
const REFUSED: &[char] = &['<', '>', ':', '"', '|', '?', '*', '\\'];

/// Whether Windows opens a device instead of a file of this name, whatever ending
/// it has.
pub fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_ascii_lowercase();
    if ["con", "prn", "aux", "nul", "conin$", "conout$"].contains(&stem.as_str()) {
        return true;
    }
    let numbered = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let is_number = |c: char| c.is_ascii_digit() || "¹²³".contains(c);
    numbered.is_some_and(|rest| rest.chars().count() == 1 && rest.chars().all(is_number))
}

/// Why Windows does not take the name of a file or a folder; `None` of a name
/// that every system takes.
pub fn unportable(name: &str) -> Option<&'static str> {
    if is_device(name) {
        Some("Windows dành tên này cho thiết bị")
    } else if name.ends_with(['.', ' ']) {
        Some("tên kết thúc bằng dấu chấm hoặc dấu cách")
    } else if name.contains(REFUSED) || name.contains(|c: char| c < ' ') {
        Some("tên có ký tự mà Windows không cho dùng")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_windows_does_not_take_are_known() {
        for name in ["con", "CON.xlsx", "Nul .txt", "com1", "COM¹.xlsx", "lpt9.a.b", "aux"] {
            assert!(is_device(name), "{name}");
        }
        for name in ["phieu.", "phieu ", "a:b.xlsx", "a\\b", "a?", "\u{7}", "prn.xlsx"] {
            assert!(unportable(name).is_some(), "{name}");
        }
        for name in ["conn.xlsx", "com.xlsx", "com10", "cơm1.xlsx", "Phiếu (1).xlsx", ".con", "~$a"]
        {
            assert_eq!(unportable(name), None, "{name}");
        }
    }
}
