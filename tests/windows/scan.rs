//! `scan FOLDER MILLISECONDS SHARE STOP`: a virus scanner or an indexer. Opens
//! each file below the folder that is new or has changed, for a moment, until the
//! file STOP is there; then says how many it had.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::os::windows::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

fn walk(folder: &Path, seen: &mut BTreeMap<PathBuf, SystemTime>, met: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(data) = entry.metadata() else { continue };
        let path = entry.path();
        if data.is_dir() {
            walk(&path, seen, met);
        } else if let Ok(changed) = data.modified()
            && seen.insert(path.clone(), changed) != Some(changed)
        {
            met.push(path);
        }
    }
}

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let [_, folder, moment, share, stop] = words.as_slice() else {
        panic!("scan FOLDER MILLISECONDS SHARE STOP")
    };
    let moment = Duration::from_millis(moment.parse().unwrap());
    let share = share.parse().unwrap();
    let (mut seen, mut met) = (BTreeMap::new(), Vec::new());
    walk(Path::new(folder), &mut seen, &mut met);
    println!("up");
    let mut held = 0;
    while !Path::new(stop).exists() {
        met.clear();
        walk(Path::new(folder), &mut seen, &mut met);
        for path in met.drain(..) {
            if let Ok(file) = OpenOptions::new().read(true).share_mode(share).open(path) {
                held += 1;
                thread::spawn(move || {
                    thread::sleep(moment);
                    drop(file);
                });
            }
        }
        thread::sleep(Duration::from_millis(2));
    }
    println!("{held} files held");
}
