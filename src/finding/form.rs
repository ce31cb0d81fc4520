//! The sentences about a unit's form, `P`.

use super::said::sentences;
use super::{Code, Said};

sentences! {
    RuleWaived CountedWithFaults {}
        "Phiếu có lỗi vẫn được tính, mục lỗi 0 điểm"
}
