//! Whole-program tests, one binary.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod analysis;
mod appraisal;
mod bytes;
mod clock;
mod damage;
mod data;
mod doctor;
mod forged;
mod freeze;
mod history;
mod judge;
mod judged;
mod judgement;
mod letters;
mod lines;
mod lint;
mod margin;
mod office;
mod official;
mod pages;
mod people;
mod properties;
mod published;
mod robustness;
mod run;
mod samples;
mod scenario;
mod schedule;
mod small;
mod supplement;
mod survey;
mod swap;
mod table;
mod tamper;
mod telling;
mod tidy;
mod trace;
mod verify;
mod waivers;
mod window;
mod watch;
mod years;
mod foreign;
mod form;
