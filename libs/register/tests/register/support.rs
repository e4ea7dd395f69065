//! The board that registers are judged for, and files made of rows.

use std::path::Path;

use diogel_contract::{
    read::{self, Publication, Publisher},
    v1,
};
use diogel_domain::{
    codes::Sector,
    crisp::Policy,
    ids::AgencyId,
    rules::{Setting, Violation},
    times::{Day, Moment},
};
use diogel_register::{Board, DryRun, Earlier, Mapping, Sheet, dry_run};
use diogel_sharing::defaults::Defaults;
use rust_xlsxwriter::Workbook;

/// The day of the tests: a Monday.
pub(crate) const TODAY: &str = "2026-11-30";

fn deployed(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy");
    std::fs::read_to_string(path.join(file)).unwrap()
}

/// The documented example's text.
pub(crate) fn example() -> String {
    deployed("registers/example.toml")
}

pub(crate) fn mapping(text: &str) -> Mapping {
    Mapping::from_toml(text).unwrap()
}

/// What the service of social care would know.
pub(crate) struct Council {
    agency: AgencyId,
    agencies: Vec<AgencyId>,
    defaults: Defaults,
    policy: Policy,
    now: Moment,
}

impl Council {
    /// On a day, at noon.
    pub(crate) fn on(day: &str) -> Self {
        let agencies = ["board", "health", "housing", "police", "social-care"];
        let noon = Moment(i64::from(Day::parse(day).unwrap().0) * Moment::DAY + Moment::DAY / 2);
        Self {
            agency: AgencyId::new("social-care").unwrap(),
            agencies: agencies.map(|id| AgencyId::new(id).unwrap()).to_vec(),
            defaults: Defaults::from_toml(&deployed("audiences.toml")).unwrap(),
            policy: Policy::default(),
            now: noon,
        }
    }

    pub(crate) fn board(&self) -> Board<'_> {
        Board {
            publisher: Publisher {
                agency: &self.agency,
                sector: Sector::SocialCare,
                codes: None,
                defaults: &self.defaults,
            },
            setting: Setting {
                now: self.now,
                originator: &self.agency,
                sector: Sector::SocialCare,
                agencies: &self.agencies,
                policy: &self.policy,
            },
        }
    }

    pub(crate) fn judges(
        &self,
        sheet: &Sheet,
        mapping: &Mapping,
        earlier: Option<&Earlier>,
    ) -> DryRun {
        dry_run(sheet, mapping, &self.board(), earlier)
    }

    /// As intake reads and checks it.
    pub(crate) fn takes_in(
        &self,
        request: &v1::PublishRequest,
    ) -> Result<Publication, Vec<Violation>> {
        let board = self.board();
        let publication = read::publication(request, board.publisher)?;
        let found = read::violations(&publication, board.setting);
        if found.is_empty() {
            Ok(publication)
        } else {
            Err(found)
        }
    }
}

/// A CSV file of rows.
pub(crate) fn csv(rows: &[Vec<String>]) -> Vec<u8> {
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(",");
    let lines: Vec<String> = rows.iter().map(line).collect();
    lines.join("\r\n").into_bytes()
}

/// A workbook of rows, every cell text.
pub(crate) fn xlsx(rows: &[Vec<String>]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Register").unwrap();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            if !cell.is_empty() {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// A row's cells by heading; those that aren't named are blank.
pub(crate) fn row(headings: &[&str], cells: &[(&str, &str)]) -> Vec<String> {
    let unknown = cells
        .iter()
        .find(|(heading, _)| !headings.contains(heading));
    assert_eq!(unknown, None);
    let cell = |heading: &&str| {
        let cell = cells.iter().find(|(named, _)| named == heading);
        cell.map_or_else(String::new, |(_, cell)| (*cell).to_owned())
    };
    headings.iter().map(cell).collect()
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % bound as u64).unwrap()
    }

    pub(crate) fn pick<'t>(&mut self, all: &[&'t str]) -> &'t str {
        all[self.below(all.len())]
    }
}
