//! Indicators: which tables there are, and what of a table may be shown. Owns the closed list of tables, whose dimensions and periods
//! are fixed, so that no two questions can be differenced; and disclosure control, in one place below console and gRPC alike.
//! Refuses a count that somebody could be found by, rankings, and any question that isn't one of the tables.
//!
//! The rules are those of practice for safeguarding statistics: counts of 0 to 4 aren't shown, others are to the nearest 5, whole
//! percentages come from unrounded counts where the denominator is at least 50, and a count needs three agencies of which none makes
//! up more than three quarters. Rounding and small-number suppression alone leak: where cells add up to a total that is shown, a
//! hidden one can follow from the others. So each release is audited against the strongest reader that the tables allow
//! ([`audit`]), and hides more until nothing follows.

pub mod audit;
mod flow;
pub mod period;
pub mod quarter;
pub mod rate;
pub mod release;
pub mod rules;
pub mod tables;

pub use period::{QuarterRelease, YearRelease};
pub use quarter::{Quarter, ReportYear};
pub use rate::Rate;
pub use release::{Cell, Column, Counts, Percent, Released, Shape, Shown, Year};
pub use rules::Rules;
pub use tables::{Category, Counted, Nature, Table, counted};
