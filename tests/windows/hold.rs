//! `hold FILE SECONDS SHARE`: opens a file as another program would, and keeps it
//! open. SHARE is what the others may do meanwhile: 0 nothing, 1 read, 3 also
//! write, 7 also delete. Says `held` once it has it.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::windows::fs::OpenOptionsExt;
use std::time::Duration;

/// FILE_FLAG_BACKUP_SEMANTICS: a folder can be opened too.
const ALSO_FOLDERS: u32 = 0x0200_0000;

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let [_, path, seconds, share] = words.as_slice() else { panic!("hold FILE SECONDS SHARE") };
    let mut options = OpenOptions::new();
    options.read(true).share_mode(share.parse().unwrap()).custom_flags(ALSO_FOLDERS);
    let _held = options.open(path).unwrap();
    println!("held");
    std::io::stdout().flush().unwrap();
    std::thread::sleep(Duration::from_secs_f64(seconds.parse().unwrap()));
}
