//! Working days, civil time and clocks: when something is due, whether that is near or past, and when a visit is in daylight. Owns
//! the bank holidays, the rule of summer time and the list of named clocks. Refuses to ask what time it is, and to decide what
//! follows from lateness: that is for the room whose clock it is.
//!
//! How clocks count (the field's practice, corrected by practitioners):
//! - The day of the event is day 0. After working hours, or on no working day, an event counts as of the next working day.
//! - A clock of working days lands on a working day, and is due when its working hours end.
//! - A maximum (weeks, months) and a protect-by time keep their date, whatever day that is; the last working day is shown beside it.
//! - A clock before a meeting counts backward.
//! - A deadline that rests on days past the years of the list of bank holidays is provisional.

mod clock;
mod daylight;
mod due;
mod holidays;
mod length;
mod london;
mod reader;
mod riddor;
mod working;

pub use clock::{Clock, Notice, exclusion_notice};
pub use daylight::{Daylight, is_daylight};
pub use due::{Due, NEAR, Timing};
pub use holidays::{Holidays, Mistake};
pub use length::{Kind, Length, protect_by, working_days, working_days_before};
pub use london::{Civil, london, moment_of};
pub use riddor::{Accident, Injured, RiddorPrompt};
pub use working::{Hours, WrongHours, is_out_of_hours};
