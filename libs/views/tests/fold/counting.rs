//! Counts for the Board's indicators: kept by the fold, equal to a recount from the views, whatever was corrected, withdrawn or erased.

use diogel_indicators::{Quarter, Table};
use diogel_views::{Folded, tally::QuarterCounts};

use crate::given::{
    random,
    views::{Shared, folded_in},
};

fn kept(views: &Folded<Shared>, quarter: Quarter) -> QuarterCounts {
    views.counts(quarter).unwrap()
}

fn of(counts: &QuarterCounts, table: Table) -> u64 {
    let rows = counts
        .iter()
        .filter(|((what, _), _)| what.table == table.number());
    rows.map(|(_, count)| count).sum()
}

#[test]
fn p4_counts_equal_a_recount_from_the_views_in_batches_of_any_size() {
    let (mut incidents, mut alerts) = (0, 0);
    for seed in 0..120 {
        let (story, _) = random::story(seed, 80);
        for sizes in [&[1][..], &[7, 3], &[100]] {
            let views = folded_in(&story.inputs, sizes);
            let recounted = views.recounted().unwrap();
            for (quarter, counts) in &recounted {
                assert_eq!(kept(&views, *quarter), *counts, "seed {seed}");
                incidents += of(counts, Table::IncidentsMonth);
                alerts += of(counts, Table::AlertsTarget);
            }
            let first = recounted.keys().next().copied();
            assert_eq!(views.first_counted().unwrap(), first, "seed {seed}");
        }
    }
    assert!(
        incidents > 500 && alerts > 100,
        "{incidents} and {alerts} prove little"
    );
}

#[test]
fn each_report_counts_once_in_its_month_its_sector_and_its_harm() {
    for seed in 0..40 {
        let (story, _) = random::story(seed, 80);
        let views = folded_in(&story.inputs, &[1]);
        for (quarter, counts) in views.recounted().unwrap() {
            let all = of(&counts, Table::IncidentsMonth);
            for table in [
                Table::IncidentsSector,
                Table::IncidentsHarm,
                Table::IncidentsSetting,
                Table::IncidentsPolice,
            ] {
                assert_eq!(
                    of(&counts, table),
                    all,
                    "{table:?} of {quarter}, seed {seed}"
                );
            }
            for table in [Table::AlertsSeverity, Table::AlertsTold] {
                assert_eq!(of(&counts, table), of(&counts, Table::AlertsTarget));
            }
        }
    }
}
