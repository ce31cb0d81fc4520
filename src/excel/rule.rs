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

use super::look;
use super::page::column;
use super::page::cut;
use super::page::moment;
use crate::report::sheet::Allow;
use crate::report::sheet::SheetOf;
use crate::report::sheet::Validation;

/// The most UTF-16 units Excel takes in the title of a message.
const TITLE_MAX: usize = 32;

/// The most UTF-16 units Excel takes in a message.
const MESSAGE_MAX: usize = 255;

const ERROR_TITLE: &str = "Giá trị chưa hợp lệ";

/// Adds a sheet's validations, heat blocks and marks to its page.
pub(super) fn write(page: &mut Worksheet, sheet: &SheetOf) -> Result<(), XlsxError> {
    for validation in &sheet.validations {
        let (first, last) = (validation.first, validation.last);
        let checked = allowed(validation)?;
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

fn allowed(validation: &Validation) -> Result<DataValidation, XlsxError> {
    let rule = DataValidation::new();
    let rule = match &validation.rule {
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
    let rule = if validation.prompt.is_empty() {
        rule
    } else {
        rule.set_input_title(cut(&validation.prompt_title, TITLE_MAX))?
            .set_input_message(cut(&validation.prompt, MESSAGE_MAX))?
    };
    if validation.error.is_empty() {
        return Ok(rule);
    }
    rule.set_error_title(ERROR_TITLE)?.set_error_message(cut(&validation.error, MESSAGE_MAX))
}
