//! What a run does in a folder, tried out: a folder → what was refused. Nothing
//! is left there; what a killed trial left is cleared by the next one.

use std::fs;
use std::io;
use std::path::Path;

use crate::batch::patience;
use crate::failure::reason;
use crate::machine::{Deed, Trial};

/// Everything is tried in here.
const FOLDER: &str = ".cchc-thu-may";

/// A name with letters that some file systems write in another way.
const NAME: &str = "Phiếu tự chấm điểm.txt";
const WRITTEN: &[u8] = b"cchc";

/// A path longer than old programs take, in characters.
const LONG: usize = 280;

/// Tries out the folder at `root`, a path from the root of its drive.
pub fn trial(root: &Path) -> Trial {
    let place = root.join(FOLDER);
    let mut trial = Trial::default();
    let tried = patience::remove_folder(&place).map_err(|why| (Deed::Remove, why));
    let tried = tried.and_then(|()| tried_in(&place, &mut trial));
    let cleared = patience::remove_folder(&place).map_err(|why| (Deed::Remove, why));
    let refused = tried.and(cleared).err();
    trial.is_full = refused.as_ref().is_some_and(|(_, source)| {
        matches!(source.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
    });
    trial.refused = refused.map(|(deed, source)| (deed, reason(&source)));
    trial
}

fn tried_in(place: &Path, trial: &mut Trial) -> Result<(), (Deed, io::Error)> {
    let (folder, file) = (place.join("cu"), place.join(NAME));
    let at = |deed| move |why| (deed, why);
    fs::create_dir(place).and_then(|()| fs::create_dir(&folder)).map_err(at(Deed::MakeFolder))?;
    fs::write(&file, WRITTEN).map_err(at(Deed::Write))?;
    read_back(&file).map_err(at(Deed::ReadBack))?;
    trial.keeps_names = Some(has_name(place, NAME));
    let upper = place.join("Chu-Hoa.txt");
    patience::rename(&file, &upper).map_err(at(Deed::RenameFile))?;
    trial.tells_case = Some(!place.join("chu-hoa.txt").exists());
    patience::rename(&upper, &folder.join(NAME)).map_err(at(Deed::RenameFile))?;
    patience::rename(&folder, &place.join("moi")).map_err(at(Deed::RenameFolder))?;
    trial.long_path = Some(long_path(place).map_err(|why| reason(&why)));
    Ok(())
}

fn read_back(file: &Path) -> io::Result<()> {
    let is_same = patience::read(file)? == WRITTEN;
    if is_same {
        Ok(())
    } else {
        Err(io::Error::other("nội dung đọc lại khác nội dung đã ghi"))
    }
}

fn has_name(folder: &Path, name: &str) -> bool {
    let mut entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.any(|entry| entry.file_name().to_str() == Some(name))
}

fn long_path(place: &Path) -> io::Result<()> {
    let mut path = place.to_owned();
    while path.as_os_str().len() < LONG {
        path.push("thu-muc-co-ten-dai-de-thu-xem-duong-dan-dai-co-dung-duoc-khong");
    }
    patience::make_folder(&path)?;
    let file = path.join(NAME);
    fs::write(&file, WRITTEN)?;
    read_back(&file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trial_leaves_nothing_and_clears_what_a_killed_one_left() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join(FOLDER).join("cu/sau")).unwrap();
        fs::write(dir.path().join(FOLDER).join("cu/sau").join(NAME), "x").unwrap();
        fs::write(dir.path().join("ky.toml"), "x").unwrap();
        let trial = trial(dir.path());
        assert_eq!(trial.refused, None);
        assert_eq!((trial.long_path, trial.keeps_names), (Some(Ok(())), Some(true)));
        assert_eq!(trial.tells_case, Some(cfg!(target_os = "linux")));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_that_is_none_is_refused_at_the_first_step() {
        let dir = tempfile::tempdir().unwrap();
        let trial = trial(&dir.path().join("khong-co"));
        let why = "không có ở đó".to_owned();
        assert_eq!(trial.refused, Some((Deed::MakeFolder, why)));
        assert_eq!((trial.long_path, trial.keeps_names), (None, None));
    }
}
