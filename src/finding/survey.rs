//! The sentences about the survey, `S`.

use super::said::{Slot, sentences};
use super::{Code, Said, Text};
use crate::points::Quantity;

sentences! {
    SurveyInvalid NotAPercent { label: Text, found: Quantity }
        "{label} không nằm trong khoảng 0 đến 100: {found}"
    SurveyInvalid NotACount { label: Text, found: Quantity }
        "{label} không phải là số nguyên lớn hơn 0: {found}"
}
