//! The figures of a run: a name, a value, and the limit asked for, where there is one.

use std::{fmt::Write as _, time::Duration};

use serde::Serialize;

/// One figure.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// What was measured.
    pub name: String,
    /// How much it was.
    pub value: f64,
    /// In what.
    pub unit: &'static str,
    /// It has to stay below this.
    pub limit: Option<f64>,
}

/// All of them, in their order.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Figures(pub Vec<Figure>);

/// What a duration is told in.
#[derive(Debug, Clone, Copy)]
pub enum In {
    /// Nanoseconds.
    Nanos,
    /// Microseconds.
    Micros,
    /// Milliseconds.
    Millis,
    /// Seconds.
    Seconds,
}

impl In {
    const fn scale(self) -> (f64, &'static str) {
        match self {
            Self::Nanos => (1e9, "ns"),
            Self::Micros => (1e6, "µs"),
            Self::Millis => (1e3, "ms"),
            Self::Seconds => (1.0, "s"),
        }
    }
}

impl Figures {
    /// Notes a figure.
    pub fn note(&mut self, name: impl Into<String>, value: f64, unit: &'static str) {
        self.add(name.into(), value, unit, None);
    }

    /// Notes a duration.
    pub fn time(&mut self, name: impl Into<String>, took: Duration, unit: In) {
        let (scale, unit) = unit.scale();
        self.add(name.into(), took.as_secs_f64() * scale, unit, None);
    }

    /// Notes a duration that has to stay below another.
    pub fn below(&mut self, name: impl Into<String>, took: Duration, unit: In, limit: Duration) {
        let (scale, unit) = unit.scale();
        let limit = limit.as_secs_f64() * scale;
        self.add(name.into(), took.as_secs_f64() * scale, unit, Some(limit));
    }

    fn add(&mut self, name: String, value: f64, unit: &'static str, limit: Option<f64>) {
        let figure = Figure {
            name,
            value,
            unit,
            limit,
        };
        // As they come: a run of a quarter of an hour isn't silent.
        eprintln!("  {}", row(&figure, 0));
        self.0.push(figure);
    }

    /// As a table.
    pub fn table(&self) -> String {
        let names = self.0.iter().map(|figure| figure.name.chars().count());
        let width = names.max().unwrap_or_default();
        let mut table = String::new();
        for figure in &self.0 {
            // Writing to a text doesn't fail.
            let _ = writeln!(table, "{}", row(figure, width));
        }
        table
    }
}

fn row(figure: &Figure, width: usize) -> String {
    let Figure {
        name, value, unit, ..
    } = figure;
    let judged = figure.limit.map(|limit| {
        let word = if *value < limit { "met" } else { "NOT MET" };
        format!("   below {}: {word}", number(limit))
    });
    let judged = judged.unwrap_or_default();
    format!("{name:width$}  {:>10} {unit:<8}{judged}", number(*value))
        .trim_end()
        .to_owned()
}

/// Three digits that count, at least.
fn number(value: f64) -> String {
    let decimals = match value.abs() {
        small if small < 10.0 => 2,
        middle if middle < 100.0 => 1,
        _ => 0,
    };
    format!("{value:.decimals$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_says_whether_it_is_below_its_limit() {
        let mut figures = Figures::default();
        let (limit, name) = (Duration::from_micros(1), "decision");
        figures.below(name, Duration::from_nanos(412), In::Nanos, limit);
        figures.below(name, Duration::from_micros(2), In::Micros, limit);
        figures.note("rows", 12.34, "");
        let table = figures.table();
        let rows: Vec<&str> = table.lines().map(str::trim_end).collect();
        assert!(
            rows[0].ends_with("412 ns         below 1000: met"),
            "{table}"
        );
        assert!(
            rows[1].ends_with("2.00 µs         below 1.00: NOT MET"),
            "{table}"
        );
        assert!(rows[2].ends_with("12.3"), "{table}");
    }
}
