//! What may be typed into a sheet's cells, and what makes them change their
//! look: data validations and conditional formats.

use rust_xlsxwriter::Color;
use rust_xlsxwriter::ConditionalFormat3ColorScale;
use rust_xlsxwriter::ConditionalFormatFormula;
use rust_xlsxwriter::DataValidation;
use rust_xlsxwriter::DataValidationRule;
use rust_xlsxwriter::Formula;
use rust_xlsxwriter::Worksheet;
use rust_xlsxwriter::XlsxError;

use super::library::column;
use super::library::cut;
use super::library::moment;
use super::look;
use crate::sheet::Allow;
use crate::sheet::Ask;
use crate::sheet::SheetOf;

/// The most UTF-16 units Excel takes in the title of a message.
const TITLE_MAX: usize = 32;

/// The most UTF-16 units Excel takes in a message.
const MESSAGE_MAX: usize = 255;

const ERROR_TITLE: &str = "Giá trị chưa hợp lệ";

/// Adds a sheet's validations, heat blocks and marks to its page.
pub(super) fn write(page: &mut Worksheet, sheet: &SheetOf) -> Result<(), XlsxError> {
    for validation in &sheet.validations {
        let (first, last) = (validation.first, validation.last);
        let checked = allowed(&validation.ask)?;
        page.add_data_validation(
            first.row,
            column(first.col)?,
            last.row,
            column(last.col)?,
            &checked,
        )?;
    }
    for heat in &sheet.heats {
        let [low, middle, high] = look::HEAT.map(Color::RGB);
        let scale = ConditionalFormat3ColorScale::new()
            .set_minimum_color(low)
            .set_midpoint_color(middle)
            .set_maximum_color(high);
        let (first, last) = (heat.first, heat.last);
        page.add_conditional_format(
            first.row,
            column(first.col)?,
            last.row,
            column(last.col)?,
            &scale,
        )?;
    }
    for mark in &sheet.marks {
        let condition = ConditionalFormatFormula::new()
            .set_rule(mark.formula.as_str())
            .set_format(look::mark(mark.level));
        let (first, last) = (mark.first, mark.last);
        page.add_conditional_format(
            first.row,
            column(first.col)?,
            last.row,
            column(last.col)?,
            &condition,
        )?;
    }
    Ok(())
}

fn allowed(ask: &Ask) -> Result<DataValidation, XlsxError> {
    let rule = DataValidation::new();
    let rule = match &ask.rule {
        Allow::OneOf(range) => rule.allow_list_formula(Formula::new(range.absolute())),
        Allow::Decimal { from, to } => {
            rule.allow_decimal_number(DataValidationRule::Between(from.to_cell(), to.to_cell()))
        }
        Allow::Whole { from, to } => {
            let bound = |it: i64| i32::try_from(it.clamp(i32::MIN.into(), i32::MAX.into()));
            let clamped = "a clamped number fits";
            rule.allow_whole_number(DataValidationRule::Between(
                bound(*from).expect(clamped),
                bound(*to).expect(clamped),
            ))
        }
        Allow::Days { from, to } => {
            rule.allow_date(DataValidationRule::Between(moment(*from)?, moment(*to)?))
        }
        Allow::When(formula) => rule.allow_custom(Formula::new(formula)),
    };
    let rule = if ask.prompt.is_empty() {
        rule
    } else {
        rule.set_input_title(short(&ask.title, TITLE_MAX))?
            .set_input_message(short(&ask.prompt, MESSAGE_MAX))?
    };
    if ask.error.is_empty() {
        return Ok(rule);
    }
    rule.set_error_title(ERROR_TITLE)?.set_error_message(short(&ask.error, MESSAGE_MAX))
}

/// The text, with an ellipsis where it goes on beyond `units` UTF-16 units.
fn short(text: &str, units: usize) -> String {
    match cut(text, units) {
        all if all.len() == text.len() => text.to_owned(),
        _ => format!("{}…", cut(text, units - 1).trim_end()),
    }
}
