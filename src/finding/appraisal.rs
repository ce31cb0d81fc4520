//! The sentences about appraisal workbooks, `D`.

use super::said::{Slot, sentences};
use super::{Code, Said, Text};

sentences! {
    AppraisalUnclear BlankBesideWords { said: Text }
        "ô điểm để trống (nghĩa là đồng ý) mà ghi «{said}»"
}
