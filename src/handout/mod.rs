//! What is handed out to be filled in and comes back: blank forms, appraisals and
//! surveys, and the books that a round or a summary begins with.

mod choices;
mod identity;
mod instructions;
mod ledger;
pub mod appraisal_form;
pub mod blank_form;
pub mod history_books;
pub mod round_books;
pub mod survey_form;
