//! The desk that forms arrive at: each new version is read once, and everything
//! that was read so far is decided and told as `cchc check` does. What was answered
//! is kept in the folder, so that a desk that was killed goes on where it stood.

use std::collections::BTreeMap;
use std::mem;
use std::time::Duration;

use crate::arrival::{
    Answered, Arrivals, Change, Count, Look, News, Reached, Turnout, Wait, reached,
};
use crate::batch::Folder;
use crate::batch::clock::{self, Moment};
use crate::batch::intake::{self, Loaded};
use crate::batch::lock::{self, Lock};
use crate::batch::watch::{self, Looks, Watch};
use crate::batch::{save, swap};
use crate::day::Day;
use crate::evaluation::decide::{Decided, decide_of};
use crate::evaluation::progress::Progress;
use crate::evaluation::results;
use crate::excel;
use crate::failure::Failure;
use crate::form::{Reading, Receipt};
use crate::page;
use crate::record::Input;
use crate::report::turnout;
use crate::round::Round;
use crate::words::arrival as words;

/// How long nothing is told at first, for files that are being copied.
const PATIENCE: Duration = Duration::from_secs(10);

/// The desk of one round.
pub struct Desk {
    folder: Folder,
    arrivals: Arrivals,
    /// The files of the round that everything was read by.
    own: Vec<Input>,
    others: BTreeMap<String, Look>,
    readings: BTreeMap<String, Reading>,
    answered: Answered,
    /// What the page tells: the day, and the files that are waited for.
    told_on: Option<Day>,
    waited: Vec<(String, Wait)>,
    /// Something is not told yet.
    is_behind: bool,
    /// A broken file is told at once: nobody will look again.
    is_last: bool,
}

/// What a pass came to. Nobody else writes as long as it is held.
pub struct Told {
    _lock: Lock,
    pub decided: Decided,
    /// What is answered once this was heard.
    answered: Answered,
    /// The files that are new or another version.
    pub new: Vec<Receipt>,
    /// Files that were read before and are no longer there.
    pub gone: Vec<String>,
    /// How many letters were written; `None` after publication, when none is.
    pub letters: Option<usize>,
    /// How many units stand how.
    pub count: Count,
    /// Files that wait for somebody, and did not before.
    pub stuck: Vec<(String, Wait)>,
}

impl Desk {
    /// With `is_last`, what looks half copied is told as it is.
    pub fn open(folder: &Folder, is_last: bool) -> Desk {
        Desk {
            folder: folder.clone(),
            arrivals: Arrivals::default(),
            own: Vec::new(),
            others: BTreeMap::new(),
            readings: BTreeMap::new(),
            answered: watch::answered(folder),
            told_on: None,
            waited: Vec::new(),
            is_behind: true,
            is_last,
        }
    }

    /// When something may be ready next, by the clock of the watch.
    pub fn next(&self) -> Option<Duration> {
        self.arrivals.next()
    }

    /// Whether files are still being copied, as far as can be seen.
    pub fn is_settling(&self) -> bool {
        self.arrivals.waiting().any(|it| it.1 == Wait::Growing)
    }

    /// Takes in what was seen; where there is news, reads it and tells everything
    /// anew. `None` where there is none.
    pub fn take(
        &mut self,
        looks: Looks,
        watch: &Watch,
        progress: &dyn Progress,
    ) -> Result<Option<Told>, Failure> {
        let Change { ready, gone } = self.arrivals.look(watch.now(), looks.forms);
        for name in &gone {
            self.readings.remove(name);
        }
        self.is_behind |= self.others != looks.others || !gone.is_empty();
        self.others = looks.others;
        // Nobody is told to be missing whose form will be read in a moment.
        let is_early = self.told_on.is_none() && self.is_settling() && watch.now() < PATIENCE;
        if ready.is_empty() && (is_early || !self.is_due()) {
            return Ok(None);
        }
        self.tell(ready, watch, progress)
    }

    fn tell(
        &mut self,
        ready: Vec<String>,
        watch: &Watch,
        progress: &dyn Progress,
    ) -> Result<Option<Told>, Failure> {
        let lock = lock::take(self.folder.root())?;
        swap::recover(&self.folder.results())?;
        let loaded = intake::load(&self.folder)?;
        self.read(ready, &loaded, watch, progress);
        if !self.is_due() {
            return Ok(None);
        }
        let readings: Vec<Reading> = self.readings.values().cloned().collect();
        let decided = decide_of(&self.folder, loaded, |_| Ok(readings))?;
        let letters = self.write_letters(&decided, progress)?;
        let receipts = &decided.tally.intake.receipts;
        let mut answered = self.answered.clone();
        let awaited = self.waiting().into_iter().map(|it| it.0).collect();
        let News { new, gone } = answered.note(receipts, &awaited);
        let new = new.into_iter().cloned().collect();
        let stuck = self.stuck().into_iter().filter(|it| !self.waited.contains(it)).collect();
        let count = self.write_pages(&decided)?;
        self.is_behind = false;
        Ok(Some(Told { _lock: lock, decided, answered, new, gone, letters, count, stuck }))
    }

    /// That everything told so far was heard: it is not told again, by whichever
    /// process.
    pub fn heard(&mut self, told: &Told) -> Result<(), Failure> {
        if told.answered != self.answered {
            watch::note_answered(&self.folder, &told.answered)?;
            self.answered = told.answered.clone();
        }
        Ok(())
    }

    /// Reads what is ready, and everything again where the round has changed.
    fn read(
        &mut self,
        ready: Vec<String>,
        loaded: &Loaded,
        watch: &Watch,
        progress: &dyn Progress,
    ) {
        let mut names = ready;
        if self.own != loaded.inputs {
            self.own.clone_from(&loaded.inputs);
            names.extend(mem::take(&mut self.readings).into_keys());
            names.sort();
            names.dedup();
        }
        if names.is_empty() {
            return;
        }
        let files = names.iter().map(|name| self.folder.named(name)).collect();
        let tick = progress.begin("Đọc phiếu", names.len());
        let readings = intake::forms(&self.folder, files, &loaded.round, &tick);
        drop(tick);
        for reading in readings {
            let (name, now) = (reading.file.clone(), watch.now());
            match reached(&reading) {
                Reached::Held => self.arrivals.held(&name, now),
                Reached::Doubtful if !self.is_last && self.arrivals.is_early(&name, now) => {}
                Reached::Doubtful | Reached::Read => {
                    self.arrivals.taken(&name);
                    self.readings.insert(name, reading);
                    self.is_behind = true;
                }
            }
        }
    }

    /// The letters to the units, as `check` writes them; none after publication.
    fn write_letters(
        &self,
        decided: &Decided,
        progress: &dyn Progress,
    ) -> Result<Option<usize>, Failure> {
        if !self.folder.publications()?.is_empty() {
            return Ok(None);
        }
        results::letters(&self.folder, decided, progress).map(Some)
    }

    /// The page and the workbook; how many units stand how there.
    fn write_pages(&mut self, decided: &Decided) -> Result<Count, Failure> {
        let Decided { round, tally, .. } = decided;
        let now = clock::now();
        let waiting = self.waiting();
        let turnout = Turnout::of(round, tally, &waiting);
        let [moment, deadline] = times(round, &now);
        let times = [moment.as_str(), deadline.as_str()];
        let folder = self.folder.watched();
        let page = page::turnout::page(round, &turnout, &waiting, times);
        save::file(&folder.join(turnout::PAGE), page.as_bytes())?;
        let book = turnout::workbook(round, tally, &turnout, &waiting, times);
        save::file(&folder.join(turnout::WORKBOOK), &excel::write(&book)?)?;
        self.told_on = now.day;
        self.waited = self.stuck();
        Ok(turnout.count())
    }

    /// Whether what the page tells is no longer so.
    fn is_due(&self) -> bool {
        self.is_behind || self.told_on != clock::now().day || self.waited != self.stuck()
    }

    /// Those of them that nothing will come of by itself.
    fn stuck(&self) -> Vec<(String, Wait)> {
        self.waiting().into_iter().filter(|it| it.1 != Wait::Growing).collect()
    }

    /// The files that are not read yet, and why.
    fn waiting(&self) -> Vec<(String, Wait)> {
        self.arrivals.waiting().map(|(name, wait)| (name.to_owned(), wait)).collect()
    }
}

/// The time that is told, and how far off the deadline is then.
fn times(round: &Round, now: &Moment) -> [String; 2] {
    [now.to_string(), words::deadline(round.settings.intake.deadline, now.day)]
}
