//! What this machine tells of itself and of a folder.

use std::env;
use std::fs;
use std::path::Path;
use std::thread;

use walkdir::WalkDir;

use crate::batch::folder::Folder;
use crate::batch::{clock, trial};
use crate::machine::{Drive, Facts, VIETNAM, service_in, synced_by};

/// Finds out everything about this machine and a folder, given from the root.
/// Writes below it for a moment.
pub fn facts(folder: &Folder) -> Facts {
    let root = folder.root();
    let path = root.display().to_string();
    let ahead = clock::ahead();
    let is_round = folder.settings().path.exists();
    let (free, drive) = drive(root);
    Facts {
        version: env!("CARGO_PKG_VERSION"),
        program: env::current_exe().ok().map(|it| it.display().to_string()),
        temporary: env::temp_dir().display().to_string(),
        size: is_round.then(|| size(root)),
        trial: trial::trial(root),
        free,
        drive,
        synced_by: synced(root, &path).map(str::to_owned),
        now: clock::at(clock::seconds(), ahead.unwrap_or(VIETNAM)),
        ahead,
        processors: thread::available_parallelism().map_or(1, usize::from),
        memory: memory(),
        is_utf8: is_utf8(),
        folder: path,
    }
}

fn size(root: &Path) -> u64 {
    let entries = WalkDir::new(root).into_iter().flatten().filter(|it| it.file_type().is_file());
    entries.filter_map(|it| it.metadata().ok()).map(|it| it.len()).sum()
}

fn synced(root: &Path, path: &str) -> Option<&'static str> {
    let names = ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"];
    let one_drives: Vec<String> = names.iter().filter_map(|it| env::var(it).ok()).collect();
    synced_by(path, &one_drives).or_else(|| root.ancestors().find_map(marked))
}

/// Who says in a folder that its files are carried away.
fn marked(folder: &Path) -> Option<&'static str> {
    if folder.join(".dropbox.cache").is_dir() {
        return Some("Dropbox");
    }
    // In the system's own code page or in UTF-16; the names sought are ASCII.
    let text = fs::read(folder.join("desktop.ini")).ok();
    let ascii = text.map(|text| text.into_iter().filter(|it| (1..128).contains(it)).collect());
    ascii
        .and_then(|it| service_in(&String::from_utf8(it).unwrap_or_default()))
        .or_else(|| by_sign(folder))
}

/// By the attributes of files that are not wholly on this machine, or are to be.
#[cfg(windows)]
fn by_sign(folder: &Path) -> Option<&'static str> {
    use std::os::windows::fs::MetadataExt;

    // Pinned, unpinned, recalled when opened or read.
    const SIGNS: u32 = 0x0008_0000 | 0x0010_0000 | 0x0004_0000 | 0x0040_0000;
    let is_signed = fs::metadata(folder).is_ok_and(|it| it.file_attributes() & SIGNS != 0);
    is_signed.then_some("một dịch vụ đám mây")
}

#[cfg(not(windows))]
fn by_sign(_: &Path) -> Option<&'static str> {
    None
}

/// The bytes that are free where a folder lies, and what it lies on.
#[cfg(windows)]
fn drive(root: &Path) -> (Option<u64>, Drive) {
    use winsafe::co::{DRIVE, FILE_VOL};

    let volume = root.to_str().and_then(|path| winsafe::GetVolumePathName(path).ok());
    let Some(volume) = volume else { return (None, Drive::Unknown) };
    let (mut free, mut flags) = (0, FILE_VOL::default());
    let is_told = winsafe::GetDiskFreeSpaceEx(Some(&volume), Some(&mut free), None, None).is_ok();
    let told =
        winsafe::GetVolumeInformation(Some(&volume), None, None, None, Some(&mut flags), None);
    let kind = winsafe::GetDriveType(Some(&volume));
    let drive = if kind == DRIVE::CDROM || told.is_ok() && flags.has(FILE_VOL::READ_ONLY_VOLUME) {
        Drive::ReadOnly
    } else if kind == DRIVE::REMOTE {
        Drive::Network
    } else if kind == DRIVE::REMOVABLE {
        Drive::Removable
    } else if kind == DRIVE::FIXED {
        Drive::Fixed
    } else {
        Drive::Unknown
    };
    (is_told.then_some(free), drive)
}

#[cfg(target_os = "linux")]
fn drive(root: &Path) -> (Option<u64>, Drive) {
    use rustix::fs::{StatVfsMountFlags, statvfs};

    use crate::machine::mount_of;

    let Ok(told) = statvfs(root) else { return (None, Drive::Unknown) };
    let free = told.f_bavail.saturating_mul(told.f_frsize);
    if told.f_flag.contains(StatVfsMountFlags::RDONLY) {
        return (Some(free), Drive::ReadOnly);
    }
    let list = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    let real = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let Some(mount) = mount_of(&list, &real.to_string_lossy()) else {
        return (Some(free), Drive::Unknown);
    };
    // Of a part of a disk, the disk says it.
    let device = Path::new("/sys/dev/block").join(&mount.device);
    let device = fs::canonicalize(device).unwrap_or_default();
    let is_removable = device
        .ancestors()
        .take(2)
        .any(|it| fs::read_to_string(it.join("removable")).is_ok_and(|said| said.trim() == "1"));
    let drive = if mount.is_network {
        Drive::Network
    } else if is_removable {
        Drive::Removable
    } else {
        Drive::Fixed
    };
    (Some(free), drive)
}

#[cfg(not(any(windows, target_os = "linux")))]
fn drive(_: &Path) -> (Option<u64>, Drive) {
    (None, Drive::Unknown)
}

/// The bytes of this machine's memory.
#[cfg(windows)]
fn memory() -> Option<u64> {
    winsafe::GlobalMemoryStatusEx().ok().map(|it| it.ullTotalPhys)
}

#[cfg(not(windows))]
fn memory() -> Option<u64> {
    let told = fs::read_to_string("/proc/meminfo").ok()?;
    let total = told.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kilobytes: u64 = total.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes * 1024)
}

/// Whether the environment says that texts are in UTF-8. A console of Windows is
/// given letters, not bytes.
fn is_utf8() -> Option<bool> {
    if cfg!(windows) {
        return None;
    }
    let said = ["LC_ALL", "LC_CTYPE", "LANG"].iter().filter_map(env::var_os);
    let first = said.into_iter().find(|it| !it.is_empty());
    Some(
        first.is_some_and(|it| {
            it.to_string_lossy().to_lowercase().replace('-', "").contains("utf8")
        }),
    )
}
