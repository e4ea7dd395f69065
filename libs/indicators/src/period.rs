//! A period's release: every table of it at once. Owns that all tables of a quarter are released together, once, and a year from the
//! releases of its quarters: figures of a year are the sums of what its quarters were released from, whatever was corrected since.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::quarter::{Quarter, ReportYear};
use crate::release::{Column, Counts, Shown, Year};
use crate::rules::Rules;
use crate::tables::{Counted, Nature, Table};

/// A quarter, as it was released.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarterRelease {
    /// Which.
    pub quarter: Quarter,
    /// By what rules.
    pub rules: Rules,
    /// Each table by its number.
    tables: BTreeMap<u8, Column>,
}

/// A year, as it is released from its quarters.
#[derive(Debug, Clone)]
pub struct YearRelease {
    /// Which.
    pub year: ReportYear,
    tables: BTreeMap<u8, Column>,
}

impl QuarterRelease {
    /// Releases the quarter of which somebody counted so much: per table, category and agency.
    pub fn new(
        rules: Rules,
        quarter: Quarter,
        counted: impl IntoIterator<Item = ((Counted, u8), u64)>,
    ) -> Self {
        let counted: BTreeMap<(Counted, u8), u64> = counted.into_iter().collect();
        let agencies = counted.keys().map(|(_, agency)| usize::from(*agency) + 1);
        let agencies = agencies.max().unwrap_or(0);
        let cells = |table: Table| -> Vec<Vec<u64>> {
            let cell = |category: usize| {
                let mut by_agency = vec![0; agencies];
                let category = u8::try_from(category).unwrap_or(u8::MAX);
                let what = Counted {
                    table: table.number(),
                    category,
                };
                for ((_, agency), count) in counted.range((what, 0)..=(what, u8::MAX)) {
                    by_agency[usize::from(*agency)] += count;
                }
                by_agency
            };
            (0..table.categories().len()).map(cell).collect()
        };
        let column = |table: Table| {
            let total = sum(&cells(table.population()), agencies);
            let counts = Counts {
                cells: cells(table),
                total,
            };
            (
                table.number(),
                Column::release(&rules, table.shape(), counts),
            )
        };
        let mut tables: BTreeMap<u8, Column> = Table::ALL.into_iter().map(column).collect();
        one_total(
            &rules,
            tables.iter_mut().map(|(table, column)| (*table, column)),
        );
        Self {
            quarter,
            rules,
            tables,
        }
    }

    /// One of its tables; none: there was no such table when it was released.
    pub fn table(&self, table: Table) -> Option<&Column> {
        self.tables.get(&table.number())
    }
}

impl YearRelease {
    /// Releases the year of these quarters. A table that one of them lacks isn't released. What stood at the year's end is what its last
    /// quarter was released with.
    pub fn new(rules: &Rules, year: ReportYear, quarters: &[QuarterRelease; 4]) -> Self {
        let of = |table: Table| {
            let columns: Option<Vec<Column>> = quarters
                .iter()
                .map(|quarter| quarter.table(table).cloned())
                .collect();
            let columns = columns?;
            let column = match table.nature() {
                Nature::Stood => columns.into_iter().next_back()?,
                Nature::Published | Nature::Became => {
                    let counts = summed(&columns);
                    Year::release(rules, columns, counts).year
                }
            };
            Some((table.number(), column))
        };
        let mut tables: BTreeMap<u8, Column> = Table::ALL.into_iter().filter_map(of).collect();
        one_total(
            rules,
            tables.iter_mut().map(|(table, column)| (*table, column)),
        );
        Self { year, tables }
    }

    /// One of its tables.
    pub fn table(&self, table: Table) -> Option<&Column> {
        self.tables.get(&table.number())
    }
}

/// What one table hides of the total, no other table of the same events shows.
fn one_total<'a>(rules: &Rules, tables: impl Iterator<Item = (u8, &'a mut Column)>) {
    let events = |number: u8| Table::from_number(number).map(Table::same_events);
    let tables: Vec<(Option<Table>, &mut Column)> = tables
        .map(|(number, column)| (events(number), column))
        .collect();
    let hidden: BTreeSet<Option<Table>> = tables
        .iter()
        .filter(|(_, column)| column.released.total == Shown::Hidden)
        .map(|(events, _)| *events)
        .collect();
    for (events, column) in tables {
        if hidden.contains(&events) {
            column.hide_total(rules);
        }
    }
}

/// Over the cells, for each agency.
fn sum(cells: &[Vec<u64>], agencies: usize) -> Vec<u64> {
    let of = |agency: usize| cells.iter().filter_map(|cell| cell.get(agency)).sum();
    (0..agencies).map(of).collect()
}

/// Over the periods, for each category and agency.
fn summed(columns: &[Column]) -> Counts {
    let agencies = columns.iter().map(|column| column.counts.total.len()).max();
    let agencies = agencies.unwrap_or(0);
    let categories = columns.iter().map(|column| column.counts.cells.len()).min();
    let cells = (0..categories.unwrap_or(0)).map(|at| {
        let cells: Vec<Vec<u64>> = columns
            .iter()
            .map(|column| column.counts.cells[at].clone())
            .collect();
        sum(&cells, agencies)
    });
    let totals: Vec<Vec<u64>> = columns
        .iter()
        .map(|column| column.counts.total.clone())
        .collect();
    Counts {
        cells: cells.collect(),
        total: sum(&totals, agencies),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(table: Table, category: u8, by: [u64; 4]) -> Vec<((Counted, u8), u64)> {
        let what = Counted {
            table: table.number(),
            category,
        };
        (0..4)
            .map(|agency| ((what, agency), by[usize::from(agency)]))
            .collect()
    }

    #[test]
    fn a_years_figures_are_the_sums_of_its_quarters_and_nothing_follows_from_both() {
        let rules = Rules::default();
        let year = ReportYear::parse("2026-27").unwrap();
        let releases = year.quarters().map(|quarter| {
            let counts = [
                counted(Table::IncidentsMonth, 0, [10, 12, 9, 3]),
                counted(Table::IncidentsMonth, 1, [10, 11, 9, 2]),
                counted(Table::IncidentsHarm, 0, [20, 23, 18, 5]),
                counted(Table::IncidentsSector, 0, [20, 23, 18, 5]),
                counted(Table::IncidentsPolice, 2, [20, 23, 18, 5]),
                // Nobody says in what kind of place.
                counted(Table::IncidentsSetting, 9, [20, 23, 18, 5]),
                counted(Table::IncidentsThreat, 10, [5, 6, 4, 1]),
                counted(Table::IncidentsThreat, 14, [1, 0, 0, 0]),
            ];
            QuarterRelease::new(rules, quarter, counts.concat())
        });
        let quarter = releases[0].table(Table::IncidentsMonth).unwrap();
        assert_eq!(quarter.released.total, Shown::Count(65));
        let threats = releases[0].table(Table::IncidentsThreat).unwrap();
        assert_eq!(threats.released.cells[10].shown, Shown::Count(15));
        assert_eq!(threats.released.cells[10].percent, Some(24));
        assert_eq!(threats.released.cells[14].shown, Shown::Hidden);
        let of_year = YearRelease::new(&rules, year, &releases);
        let months = of_year.table(Table::IncidentsMonth).unwrap();
        assert_eq!(months.released.total, Shown::Count(265));
        let threats = of_year.table(Table::IncidentsThreat).unwrap();
        assert_eq!(threats.released.cells[10].shown, Shown::Count(65));
        // Four in the year, of one agency alone.
        assert_eq!(threats.released.cells[14].shown, Shown::Hidden);
    }

    #[test]
    fn a_total_that_one_table_hides_is_shown_by_no_other_of_the_same_events() {
        let quarter = Quarter::parse("2026-Q3").unwrap();
        // Seven reports: by month 4 and 3, which the total would give away; by harm all of one kind.
        let counts = [
            counted(Table::IncidentsMonth, 0, [1, 1, 1, 1]),
            counted(Table::IncidentsMonth, 1, [1, 1, 1, 0]),
            counted(Table::IncidentsHarm, 0, [2, 2, 2, 1]),
            counted(Table::Contacts, 0, [20, 20, 20, 20]),
            counted(Table::ContactsHome, 0, [10, 15, 8, 12]),
            counted(Table::ContactsHome, 1, [10, 5, 12, 8]),
        ];
        let release = QuarterRelease::new(Rules::default(), quarter, counts.concat());
        let total = |table| release.table(table).unwrap().released.total;
        for table in Table::ALL {
            if table.same_events() == Table::IncidentsMonth {
                assert_eq!(total(table), Shown::Hidden, "{table:?}");
            }
        }
        assert_eq!(total(Table::Contacts), Shown::Count(80));
    }

    #[test]
    fn a_release_reads_back_as_it_was_made() {
        let quarter = Quarter::parse("2026-Q3").unwrap();
        let counts = counted(Table::Contacts, 0, [30, 20, 25, 2]);
        let release = QuarterRelease::new(Rules::default(), quarter, counts);
        let text = serde_json::to_string(&release).unwrap();
        assert_eq!(
            serde_json::from_str::<QuarterRelease>(&text).unwrap(),
            release
        );
    }
}
