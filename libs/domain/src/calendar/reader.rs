//! Reads a list of bank holidays, line by line. Owns the words of each mistake: the rule and a way out. Refuses what would make a
//! deadline wrong in silence: a slip in a date, a year that is covered and empty.

use std::collections::BTreeSet;

use super::{
    Hours,
    holidays::{Holidays, Mistake, Names},
};
use crate::times::Day;

/// What was read so far.
#[derive(Default)]
pub(super) struct Reader {
    /// The first and last day of the years, and their line.
    years: Option<(Day, Day, usize)>,
    source: Option<String>,
    names: Names,
    mistakes: Vec<Mistake>,
}

impl Reader {
    pub(super) fn read(mut self, text: &str) -> Result<Holidays, Vec<Mistake>> {
        for (line, text) in (1..).zip(text.lines()) {
            if let Err(words) = self.line(line, text.trim()) {
                self.mistake(line, words);
            }
        }
        self.finish()
    }

    fn line(&mut self, line: usize, text: &str) -> Result<(), &'static str> {
        if text.is_empty() || text.starts_with('#') {
            Ok(())
        } else if let Some(years) = text.strip_prefix("years:") {
            self.years(line, years.trim())
        } else if let Some(source) = text.strip_prefix("source:") {
            self.source(source.trim())
        } else {
            self.holiday(text)
        }
    }

    fn years(&mut self, line: usize, text: &str) -> Result<(), &'static str> {
        let form = "`years:` takes the first and the last year covered; write them as 2024-2028";
        let (first, last) = text.split_once('-').ok_or(form)?;
        let first = Day::parse(&format!("{first}-01-01")).ok_or(form)?;
        let last = Day::parse(&format!("{last}-12-31")).ok_or(form)?;
        if first > last {
            return Err(
                "the last year covered comes before the first; write the earlier one first",
            );
        }
        if self.years.is_some() {
            return Err("`years:` stands here twice; leave one");
        }
        self.years = Some((first, last, line));
        Ok(())
    }

    fn source(&mut self, text: &str) -> Result<(), &'static str> {
        if text.is_empty() {
            return Err("`source:` is empty; say who publishes the list, and where");
        }
        if self.source.is_some() {
            return Err("`source:` stands here twice; leave one");
        }
        self.source = Some(text.to_owned());
        Ok(())
    }

    fn holiday(&mut self, text: &str) -> Result<(), &'static str> {
        let (date, names) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let day = Day::parse(date).ok_or(
            "begins with no date that there is; write YYYY-MM-DD, or `#` before a comment",
        )?;
        let (english, welsh) = names
            .split_once(" / ")
            .map(|(english, welsh)| (english.trim(), welsh.trim()))
            .filter(|(english, welsh)| !english.is_empty() && !welsh.is_empty())
            .ok_or("needs the name in English and in Welsh; write `YYYY-MM-DD  Name / Enw`")?;
        if day.is_weekend() {
            return Err(
                "is a Saturday or Sunday, no working day anyway; write the substitute day, or leave it out",
            );
        }
        if self
            .names
            .last_key_value()
            .is_some_and(|(last, _)| *last >= day)
        {
            return Err("repeats a day or comes before the one above; write each once, in order");
        }
        let (first, last, _) = self
            .years
            .ok_or("stands before `years:`; say first which years the list covers")?;
        if day < first || last < day {
            return Err("lies outside `years:`; correct the date, or the years");
        }
        self.names
            .insert(day, (english.to_owned(), welsh.to_owned()));
        Ok(())
    }

    /// The list, if nothing is wrong: with its header, and no year that is covered and empty.
    fn finish(mut self) -> Result<Holidays, Vec<Mistake>> {
        if self.source.is_none() {
            self.mistake(1, "lacks `source:`; say who publishes the list, and where");
        }
        match self.years {
            None => self.mistake(
                1,
                "lacks `years:`; say which years the list covers, as 2024-2028",
            ),
            Some((first, last, line)) if self.mistakes.is_empty() && self.has_gap(first, last) => {
                self.mistake(
                    line,
                    "covers a year without any holiday; add its days, or cover fewer years",
                );
            }
            Some(_) => {}
        }
        match (self.years, self.source) {
            (Some((first, last, _)), Some(source)) if self.mistakes.is_empty() => Ok(Holidays {
                first,
                last,
                source,
                names: self.names,
                hours: Hours::default(),
            }),
            _ => {
                self.mistakes.sort();
                Err(self.mistakes)
            }
        }
    }

    fn has_gap(&self, first: Day, last: Day) -> bool {
        let year = |day: Day| day.date().year();
        let named: BTreeSet<i32> = self.names.keys().map(|day| year(*day)).collect();
        (year(first)..=year(last)).any(|wanted| !named.contains(&wanted))
    }

    fn mistake(&mut self, line: usize, words: &'static str) {
        self.mistakes.push(Mistake { line, words });
    }
}
