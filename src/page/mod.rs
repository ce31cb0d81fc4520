//! Pages for a browser: values → a text in HTML that needs no script, no network
//! and no file beside it.

mod html;
pub mod turnout;
