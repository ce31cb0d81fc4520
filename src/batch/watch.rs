//! A folder that is watched: what lies in it now, and waiting until something may
//! have changed. The system tells of changes where it can; it is looked at slowly
//! all the same, because network drives tell of nothing.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::arrival::{Answered, Look};
use crate::batch::Folder;
use crate::batch::folder::{Named, passing};
use crate::batch::{patience, save};
use crate::failure::Failure;

/// The pace of looking where the system tells of changes, and where not.
const SLOW: Duration = Duration::from_secs(10);
const POLLING: Duration = Duration::from_secs(3);

/// Nobody waits longer for a look, however long looks take.
const SLOWEST: Duration = Duration::from_secs(60);

/// Looking takes at most one part of so many of a processor's time while nothing
/// happens, and one of so many while something does.
const SHARE: u32 = 500;
const BUSY_SHARE: u32 = 10;

/// What comes in one go is looked at in one.
const TOGETHER: Duration = Duration::from_millis(250);

/// What was answered, in the folder of the page.
const ANSWERED: &str = "da-tra-loi.txt";

/// What was answered by whoever watched before.
pub fn answered(folder: &Folder) -> Answered {
    let text = patience::text(&folder.watched().join(ANSWERED)).unwrap_or_default();
    Answered::parse(&text)
}

/// Leaves what was answered to whoever watches next.
pub fn note_answered(folder: &Folder, answered: &Answered) -> Result<(), Failure> {
    save::file(&folder.watched().join(ANSWERED), answered.text().as_bytes())
}

/// What is watched, by a clock of its own.
pub struct Watch {
    folder: Folder,
    began: Instant,
    /// What the system tells, if it does.
    told: Option<Told>,
    /// What the last look took.
    took: Duration,
}

struct Told {
    changes: Receiver<()>,
    /// Tells as long as it is held.
    _watcher: RecommendedWatcher,
}

/// What is in the folder.
pub struct Looks {
    /// The files where forms are put, but those that pass by themselves.
    pub forms: BTreeMap<String, Look>,
    /// The round's own files and what came back from appraisers and surveys.
    pub others: BTreeMap<String, Look>,
}

impl Watch {
    pub fn begin(folder: &Folder) -> Watch {
        let told = told(folder);
        Watch { folder: folder.clone(), began: Instant::now(), told, took: Duration::ZERO }
    }

    /// The time since it was begun.
    pub fn now(&self) -> Duration {
        self.began.elapsed()
    }

    /// What is in the folder; `None` while the folder cannot be seen.
    pub fn look(&mut self) -> Option<Looks> {
        let began = Instant::now();
        let looks = self.looks();
        self.took = began.elapsed();
        match &looks {
            // What was told of is another folder than the one that comes back.
            None => self.told = None,
            Some(_) if self.told.is_none() => self.told = told(&self.folder),
            Some(_) => {}
        }
        looks
    }

    fn looks(&self) -> Option<Looks> {
        if !self.folder.inbox().is_dir() {
            return None;
        }
        let folder = &self.folder;
        let forms = folder.forms().ok()?.into_iter();
        let forms = forms.filter(|it| passing(&it.name).is_none());
        let own = [folder.settings(), folder.register()].into_iter();
        let own = own.chain(folder.exemptions()).chain(folder.waivers());
        let own = own.chain(folder.revisions()).chain(folder.last_round());
        let lists = [folder.criteria(), folder.appraisals(), folder.surveys(), folder.published()];
        let others = own.chain(lists.into_iter().flatten().flatten());
        let seen = |named: Named| {
            let metadata = fs::metadata(&named.path);
            let metadata = metadata.or_else(|_| fs::symlink_metadata(&named.path)).ok()?;
            let is_unnamed = folder.named(&named.name).path != named.path;
            Some((named.name, Look { is_unnamed, ..look(&metadata) }))
        };
        Some(Looks {
            forms: forms.filter_map(seen).collect(),
            others: others.filter_map(seen).collect(),
        })
    }

    /// Waits until something may have changed, at most until `next` by the clock of
    /// this, and no shorter than `least`.
    pub fn wait(&mut self, next: Option<Duration>, least: Duration) {
        std::thread::sleep(least);
        let pace = if self.told.is_some() { SLOW } else { POLLING };
        let pace = pace.max((self.took * SHARE).min(SLOWEST));
        let most = next.map_or(pace, |next| next.saturating_sub(self.now()).min(pace));
        let rest = most.max(self.took * BUSY_SHARE);
        let Some(told) = &self.told else { return std::thread::sleep(rest) };
        match told.changes.recv_timeout(rest) {
            Ok(()) => {
                std::thread::sleep(TOGETHER.max(self.took * BUSY_SHARE));
                while told.changes.try_recv().is_ok() {}
            }
            Err(RecvTimeoutError::Timeout) => {}
            // Whoever tells has ended: it is begun again with the next look.
            Err(RecvTimeoutError::Disconnected) => {
                self.told = None;
                std::thread::sleep(rest);
            }
        }
    }
}

/// Has the system tell of changes where forms are put, if it can.
fn told(folder: &Folder) -> Option<Told> {
    let (tell, changes) = mpsc::sync_channel(1);
    // Reading changes nothing; our own would never end. What finds the channel full
    // is told already.
    let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if !event.is_ok_and(|event| matches!(event.kind, EventKind::Access(_))) {
            let _ = tell.try_send(());
        }
    });
    let mut watcher = watcher.ok()?;
    watcher.watch(&folder.inbox(), RecursiveMode::Recursive).ok()?;
    Some(Told { changes, _watcher: watcher })
}

fn look(metadata: &Metadata) -> Look {
    Look {
        size: metadata.len(),
        stamp: stamp(metadata),
        is_elsewhere: is_elsewhere(metadata),
        is_unnamed: false,
    }
}

/// When a file was last changed, in units of its own.
#[cfg(unix)]
fn stamp(metadata: &Metadata) -> i128 {
    use std::os::unix::fs::MetadataExt;
    // The time of any change: also of rights, and of a file put in its place that
    // kept its own time.
    i128::from(metadata.ctime()) * 1_000_000_000 + i128::from(metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn stamp(metadata: &Metadata) -> i128 {
    use std::time::UNIX_EPOCH;
    let since = metadata.modified().ok().and_then(|it| it.duration_since(UNIX_EPOCH).ok());
    since.and_then(|it| i128::try_from(it.as_nanos()).ok()).unwrap_or_default()
}

/// Whether a program that syncs has left only the name of a file here.
#[cfg(windows)]
fn is_elsewhere(metadata: &Metadata) -> bool {
    use std::os::windows::fs::MetadataExt;
    const OFFLINE: u32 = 0x1000;
    const RECALL_ON_OPEN: u32 = 0x4_0000;
    const RECALL_ON_DATA_ACCESS: u32 = 0x40_0000;
    metadata.file_attributes() & (OFFLINE | RECALL_ON_OPEN | RECALL_ON_DATA_ACCESS) != 0
}

#[cfg(not(windows))]
fn is_elsewhere(_: &Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_seen_and_a_change_ends_the_wait() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::open(dir.path()).unwrap();
        let mut watch = Watch::begin(&folder);
        assert!(watch.look().is_none());
        fs::create_dir_all(folder.inbox().join("xã")).unwrap();
        for name in ["a.xlsx", "xã/b.xlsx", "~$a.xlsx", "c.xlsx.part"] {
            fs::write(folder.inbox().join(name), "một").unwrap();
        }
        fs::write(folder.settings().path, "").unwrap();
        let looks = watch.look().unwrap();
        assert_eq!(looks.forms.keys().collect::<Vec<_>>(), ["nop/a.xlsx", "nop/xã/b.xlsx"]);
        assert_eq!(looks.others.keys().collect::<Vec<_>>(), ["ky.toml"]);
        assert_eq!(looks.forms, watch.look().unwrap().forms);
        // What is read changes nothing; what is written does.
        fs::read(folder.inbox().join("a.xlsx")).unwrap();
        let next = watch.now() + Duration::from_millis(300);
        watch.wait(Some(next), Duration::ZERO);
        assert!(next <= watch.now());
        if watch.told.is_some() {
            fs::write(folder.inbox().join("a.xlsx"), "hai").unwrap();
            watch.wait(None, Duration::ZERO);
            assert!(watch.now() < next + SLOW);
        }
        fs::write(folder.inbox().join("a.xlsx"), "hai ba").unwrap();
        assert_ne!(looks.forms, watch.look().unwrap().forms);
        fs::remove_dir_all(folder.inbox()).unwrap();
        assert!(watch.look().is_none() && watch.told.is_none());
    }
}
