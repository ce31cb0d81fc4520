//! What a path tells: who carries its files away, whether it stays.

use crate::machine::facts::Mount;

/// Folders of services that carry files to other machines, as their names begin,
/// in lower case; those of the second list are named so in full.
const BEGINNINGS: &[(&str, &str)] = &[
    ("onedrive", "OneDrive"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("dropbox", "Dropbox"),
    ("icloud", "iCloud"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("pcloud", "pCloud"),
    ("synologydrive", "Synology Drive"),
];
const NAMES: &[(&str, &str)] = &[
    ("my drive", "Google Drive"),
    ("drive của tôi", "Google Drive"),
    ("shared drives", "Google Drive"),
    ("box", "Box"),
    ("box sync", "Box"),
    ("mega", "MEGA"),
];

/// What these services write beside their folders, in lower case.
const MARKS: &[(&str, &str)] = &[
    ("onedrive", "OneDrive"),
    ("drivefs", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("dropbox", "Dropbox"),
    ("icloud", "iCloud"),
];

fn parts(path: &str) -> impl Iterator<Item = String> {
    path.split(['/', '\\']).filter(|it| !it.is_empty()).map(str::to_lowercase)
}

/// The service in whose folder a path lies, by its name or by the folders that
/// the environment names (of OneDrive).
pub fn synced_by(path: &str, one_drives: &[String]) -> Option<&'static str> {
    let own: Vec<String> = parts(path).collect();
    let is_below = |root: &String| {
        let root: Vec<String> = parts(root).collect();
        !root.is_empty() && own.starts_with(&root)
    };
    if one_drives.iter().any(is_below) {
        return Some("OneDrive");
    }
    own.iter().find_map(|part| {
        let begins = BEGINNINGS.iter().find(|it| part.starts_with(it.0));
        begins.or_else(|| NAMES.iter().find(|it| part == it.0)).map(|it| it.1)
    })
}

/// The service that what lies in a folder (`desktop.ini`) speaks of.
pub fn service_in(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    MARKS.iter().find(|it| text.contains(it.0)).map(|it| it.1)
}

/// Why a program will not stay where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fleeting {
    /// Opened inside an archive, or in a folder that is cleared.
    Temporary,
    /// Among what was downloaded.
    Downloads,
}

/// Whether a program's path is one that will be cleared.
pub fn fleeting(program: &str, temporary: &str) -> Option<Fleeting> {
    let (own, temporary): (Vec<String>, Vec<String>) =
        (parts(program).collect(), parts(temporary).collect());
    let folders = &own[..own.len().saturating_sub(1)];
    let is_archive = |it: &String| {
        [".zip", ".7z", ".rar"].iter().any(|end| it.ends_with(end))
            || ["temp1_", "7zo", "rar$"].iter().any(|start| it.starts_with(start))
    };
    let is_temporary = !temporary.is_empty() && own.starts_with(&temporary);
    if is_temporary || folders.iter().any(is_archive) {
        return Some(Fleeting::Temporary);
    }
    let is_download = |it: &String| ["downloads", "tải xuống", "tải về"].contains(&it.as_str());
    folders.iter().any(is_download).then_some(Fleeting::Downloads)
}

/// The file system a path lies on, by what the kernel of Linux lists
/// (`/proc/self/mountinfo`).
pub fn mount_of(list: &str, path: &str) -> Option<Mount> {
    let mounts = list.lines().filter_map(|line| {
        let (fields, rest) = line.split_once(" - ")?;
        let fields: Vec<&str> = fields.split(' ').collect();
        let point = unescaped(fields.get(4)?);
        let below = path.strip_prefix(point.trim_end_matches('/'))?;
        let kind = rest.split(' ').next()?;
        let mount = Mount { device: (*fields.get(2)?).to_owned(), is_network: is_network(kind) };
        (below.is_empty() || below.starts_with('/')).then_some((point.len(), mount))
    });
    // Of two at one point the later one covers the earlier.
    mounts.max_by_key(|it| it.0).map(|it| it.1)
}

fn is_network(kind: &str) -> bool {
    ["nfs", "cifs", "smb", "9p", "afs", "ceph", "davfs", "fuse.sshfs", "fuse.rclone", "fuse.davfs"]
        .iter()
        .any(|it| kind.starts_with(it))
}

/// A path as the kernel lists it, where blanks and the like are in octal.
fn unescaped(text: &str) -> String {
    [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_services_are_known_by_name_and_by_the_environment() {
        let own = ["C:\\Users\\a\\Đám mây".to_owned(), String::new()];
        for (path, expected) in [
            (r"C:\Users\a\OneDrive\CCHC", Some("OneDrive")),
            (r"C:\Users\a\OneDrive - Sở Nội vụ\Desktop\kỳ", Some("OneDrive")),
            (r"c:\users\A\đám mây\kỳ", Some("OneDrive")),
            (r"C:\Users\a\Đám mây 2\kỳ", None),
            (r"G:\My Drive\kỳ", Some("Google Drive")),
            (r"G:\Drive của tôi\kỳ", Some("Google Drive")),
            ("/home/a/Dropbox (Sở)/kỳ", Some("Dropbox")),
            (r"C:\Users\a\iCloudDrive\kỳ", Some("iCloud")),
            (r"D:\Box\kỳ", Some("Box")),
            (r"D:\Boxes\Drive\mega2\kỳ", None),
            (r"D:\CCHC\ha-long-2026", None),
        ] {
            assert_eq!(synced_by(path, &own), expected, "{path}");
        }
        assert_eq!(service_in("IconResource=C:\\x\\OneDrive.exe,1"), Some("OneDrive"));
        assert_eq!(service_in("[.ShellClassInfo]\nIconIndex=-183"), None);
    }

    #[test]
    fn a_program_in_an_archive_or_among_downloads_does_not_stay() {
        for (program, expected) in [
            (r"C:\Users\a\AppData\Local\Temp\Temp1_cchc.zip\cchc.exe", Some(Fleeting::Temporary)),
            (r"C:\Users\a\AppData\Local\Temp\x\cchc.exe", Some(Fleeting::Temporary)),
            (r"E:\cchc.zip\cchc.exe", Some(Fleeting::Temporary)),
            (r"E:\7zO4A\cchc.exe", Some(Fleeting::Temporary)),
            (r"C:\Users\a\Downloads\cchc.exe", Some(Fleeting::Downloads)),
            ("/home/a/Tải xuống/cchc", Some(Fleeting::Downloads)),
            (r"C:\Users\a\AppData\Local\Programs\cchc\cchc.exe", None),
            (r"D:\cchc.zip", None),
        ] {
            let temporary = r"c:\users\a\appdata\local\temp\";
            assert_eq!(fleeting(program, temporary), expected, "{program}");
        }
        assert_eq!(fleeting("/opt/cchc", ""), None);
    }

    #[test]
    fn the_deepest_and_latest_mount_holds_a_path() {
        let list = "\
21 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
30 21 0:40 / /mnt/chung rw shared:1 - cifs //may/chung rw
31 21 8:17 / /mnt/o\\040usb rw - vfat /dev/sdb1 rw
32 21 8:33 / /mnt/hai rw - ext4 /dev/sdc1 rw
33 21 0:50 / /mnt/hai rw - nfs4 may:/hai rw
";
        for (path, device, is_network) in [
            ("/srv/a", "8:1", false),
            ("/mnt/chung/kỳ", "0:40", true),
            ("/mnt/chung-2/kỳ", "8:1", false),
            ("/mnt/o usb", "8:17", false),
            ("/mnt/hai/x", "0:50", true),
        ] {
            let mount = Mount { device: device.to_owned(), is_network };
            assert_eq!(mount_of(list, path), Some(mount), "{path}");
        }
        assert_eq!(mount_of("", "/"), None);
    }
}
