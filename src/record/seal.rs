//! The verification code (mã xác thực): what a result and its inputs come to,
//! in digits that a person can compare with a printed page.

use std::io::BufWriter;

use serde::Serialize;

use crate::digest::Digest;
use crate::record::amendment::Amendment;
use crate::record::build;
use crate::record::contents::Record;
use crate::record::input::Input;
use crate::round::Round;
use crate::tally::Tally;

/// The digits of a code and of each of its groups: 96 bits, so that nobody finds
/// other results, or two of them, that come to one code.
const DIGITS: usize = 24;
const GROUP: usize = 4;

/// The code of a result: the digest of the record without the program, the
/// outputs, the code itself, the names of areas, how firm the result is and how
/// well its items work. It follows from the inputs' digests and from everything that was
/// decided, never from the bytes of the workbooks that carry it.
pub fn seal(
    round: &Round,
    tally: &Tally,
    inputs: &[Input],
    amendment: Option<&Amendment>,
) -> String {
    let amendment = amendment.cloned();
    code(Record { amendment, ..build::of(round, tally, inputs, "") })
}

impl Record {
    /// The code that the contents of a record come to, whatever code it carries.
    pub fn own_seal(&self) -> String {
        code(Record {
            program: String::new(),
            areas: Vec::new(),
            analysis: Vec::new(),
            firmness: None,
            ..self.clone()
        })
    }
}

/// `3F2A-91BC-07DE-55A1-9C0B-E410`, of the record with empty outputs and an empty code.
fn code<I: Serialize>(bare: Record<I>) -> String {
    let bare = Record { outputs: Some(Vec::new()), seal: Some(String::new()), ..bare };
    let mut text = BufWriter::new(Digest::default());
    serde_json::to_writer(&mut text, &bare).expect("a digest takes every byte");
    let digest = text.into_inner().expect("a digest takes every byte");
    let digits = digest.hex().to_ascii_uppercase();
    let groups: Vec<&str> = (0..DIGITS).step_by(GROUP).map(|at| &digits[at..at + GROUP]).collect();
    groups.join("-")
}
