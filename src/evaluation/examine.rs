//! How firm a result is: its margins, then the draws, made in parallel.

use crate::batch::parallel;
use crate::evaluation::progress::Progress;
use crate::failure::Failure;
use crate::margin;
use crate::robustness::{Drawn, Examined, Study};
use crate::round::Round;
use crate::scenario;
use crate::tally::Tally;

/// Stretches of draws that may be in memory before they are added up.
const AT_ONCE: usize = 8;

/// What a round that asks for it came to; `None` for every other round.
pub fn examine(
    round: &Round,
    tally: &Tally,
    progress: &dyn Progress,
) -> Result<Option<Examined>, Failure> {
    let Some(firmness) = &round.settings.firmness else { return Ok(None) };
    let margins = margin::margins(round, tally, firmness);
    let study = Study::of(round, tally, firmness, &margins);
    let stretches = study.stretches();
    let tick = progress.begin("Mô phỏng", stretches.len());
    let mut counts = study.nothing();
    for some in stretches.chunks(AT_ONCE) {
        let draw = |stretch: &std::ops::Range<u32>| -> Result<Drawn, Failure> {
            let drawn = study.draw(stretch.clone());
            tick();
            Ok(drawn)
        };
        for drawn in parallel(some, draw)? {
            counts.add(&drawn);
        }
    }
    drop(tick);
    let robustness = study.finish(&counts);
    let plain = scenario::play(round, tally, &scenario::plain());
    Ok(Some(Examined { margins, robustness, plain }))
}
