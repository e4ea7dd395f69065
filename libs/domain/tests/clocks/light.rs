//! The table of daylight, held against the equations that it was made by.

#![allow(
    clippy::many_single_char_names,
    clippy::similar_names,
    reason = "the equations' own names"
)]

use diogel_domain::{
    calendar::{Daylight, is_daylight},
    times::{Day, Moment},
};

use super::given::{at, day};

/// Where the table is for, in degrees.
const NORTH: f64 = 51.6;
const EAST: f64 = -3.4;

/// Minute of the day, UTC, at which the sun's upper edge is on the horizon: in the morning or in the evening. Low-accuracy solar
/// coordinates (Meeus, chapter 25), good to a quarter of a minute here.
fn sun_on_horizon(day: Day, evening: bool) -> f64 {
    let side = if evening { 1.0 } else { -1.0 };
    (0..5).fold(720.0, |minute: f64, _| {
        let t = (f64::from(day.0) - 10_957.5 + minute / 1_440.0) / 36_525.0;
        let longitude = (280.466_46 + 36_000.769_83 * t).to_radians();
        let anomaly = (357.529_11 + 35_999.050_29 * t).to_radians();
        let eccentricity = 0.016_708_634 - 0.000_042_037 * t;
        let centre = (1.914_602 - 0.004_817 * t) * anomaly.sin()
            + 0.019_993 * (2.0 * anomaly).sin()
            + 0.000_289 * (3.0 * anomaly).sin();
        let node = (125.04 - 1_934.136 * t).to_radians();
        let apparent = longitude + (centre - 0.005_69 - 0.004_78 * node.sin()).to_radians();
        let tilt = (23.439_291 - 0.013_004 * t + 0.002_56 * node.cos()).to_radians();
        let declination = (tilt.sin() * apparent.sin()).asin();
        let y = (tilt / 2.0).tan().powi(2);
        let equation_of_time = 4.0
            * (y * (2.0 * longitude).sin() - 2.0 * eccentricity * anomaly.sin()
                + 4.0 * eccentricity * y * anomaly.sin() * (2.0 * longitude).cos()
                - 0.5 * y * y * (4.0 * longitude).sin()
                - 1.25 * eccentricity * eccentricity * (2.0 * anomaly).sin())
            .to_degrees();
        let north = NORTH.to_radians();
        let cosine = (-0.833_f64).to_radians().sin() / (north.cos() * declination.cos())
            - north.tan() * declination.tan();
        720.0 - 4.0 * EAST - equation_of_time + side * 4.0 * cosine.acos().to_degrees()
    })
}

fn minute_of(moment: Moment, day: Day) -> f64 {
    let minutes = (moment.0 - i64::from(day.0) * Moment::DAY) / (60 * Moment::SECOND);
    f64::from(i32::try_from(minutes).unwrap())
}

#[test]
fn the_table_is_right_to_three_minutes_on_every_day_of_eight_years() {
    for n in 0..8 * 365 + 2 {
        let day = day("2024-01-01").plus_days(n);
        let Daylight { sunrise, sunset } = Daylight::of(day);
        for (shown, evening) in [(sunrise, false), (sunset, true)] {
            let off = minute_of(shown, day) - sun_on_horizon(day, evening);
            assert!(
                off.abs() <= 3.0,
                "{day}, evening {evening}: {off} minutes off"
            );
        }
    }
}

#[test]
fn daylight_follows_the_sun_and_not_the_clocks() {
    // Published for Cardiff on 21 December: 08:15 and 16:05.
    assert!(!is_daylight(at("2026-12-21 08:10")));
    assert!(is_daylight(at("2026-12-21 08:20")) && is_daylight(at("2026-12-21 16:00")));
    assert!(!is_daylight(at("2026-12-21 16:10")));
    assert!(is_daylight(at("2026-06-21 05:10")) && is_daylight(at("2026-06-21 21:20")));
    assert!(!is_daylight(at("2026-06-21 04:45")) && !is_daylight(at("2026-06-21 21:45")));
    // The evening before the clocks go back, and the evening after: an hour less by the clock.
    assert!(is_daylight(at("2026-10-24 17:30")));
    assert!(!is_daylight(at("2026-10-25 17:30")));
}
