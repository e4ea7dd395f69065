//! The gRPC side of indicators: the Board's own, and nobody else's. Owns that a period is released once, kept beside order journal and
//! access log, and answered the same ever after; what may be shown is decided in `libs/indicators`.

use std::{
    collections::BTreeMap,
    fs, io,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use diogel_contract::{
    refusal::{Reason, Refusal},
    v1::{self, indicator_service_server::IndicatorService},
    write,
};
use diogel_domain::{codes::Language, ids::AgencyId, times::Moment};
use diogel_identity::private_file::{PRIVATE, create_folder, write_whole};
use diogel_indicators::{
    Cell, Column, Nature, Quarter, QuarterRelease, Rate, ReportYear, Rules, Shape, Shown, Table,
    YearRelease,
};
use diogel_texts::indicators::Phrase as I;
use diogel_views::{Folded, store::Store};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;
use tonic::{Request, Response, Status};

use crate::{
    accesses::{Accesses, unreadable},
    desk::{Asks, Call, Desk},
    reading::broken,
    run::now,
};

/// A quarter's release with when and of how many it was made. It holds the counts themselves: the file is its owner's alone.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    released_at: Moment,
    ordered_up_to: Moment,
    /// Who published anything that is counted, by number.
    contributing: Vec<u8>,
    agencies: u32,
    /// Released before its quarter had settled: an exercise.
    early: bool,
    release: QuarterRelease,
}

/// The releases that there are.
pub(crate) struct Releases {
    folder: PathBuf,
    rules: Rules,
    /// Where checks before visits are counted from.
    accesses: Accesses,
    /// A quarter is released at once, settled or not: for demonstrations and exercises.
    early: bool,
    kept: Mutex<BTreeMap<Quarter, Arc<Kept>>>,
}

impl Releases {
    pub(crate) fn open(folder: PathBuf, early: bool, accesses: Accesses) -> io::Result<Arc<Self>> {
        create_folder(&folder)?;
        Ok(Arc::new(Self {
            folder,
            early,
            accesses,
            rules: Rules::default(),
            kept: Mutex::default(),
        }))
    }

    fn file(&self, quarter: Quarter) -> PathBuf {
        self.folder.join(format!("{quarter}.json"))
    }

    /// It can be released now.
    fn is_settled(&self, quarter: Quarter, now: Moment) -> bool {
        now >= quarter.settles() || (self.early && Quarter::of(now).0 >= quarter)
    }

    /// The quarter's release: the one that was made, or now made and kept before anybody hears of it.
    fn of<S: Store>(&self, quarter: Quarter, views: &Folded<S>) -> Result<Arc<Kept>, Refusal> {
        let internal = |error: &dyn std::fmt::Display| {
            tracing::error!(%error, %quarter, "a release");
            Refusal::new(Reason::Internal)
        };
        let mut all = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = all.get(&quarter) {
            return Ok(Arc::clone(kept));
        }
        let path = self.file(quarter);
        let kept = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|e| internal(&e))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let made = self.made(quarter, views)?;
                let bytes = serde_json::to_vec(&made).map_err(|e| internal(&e))?;
                write_whole(&path, &bytes, PRIVATE).map_err(|e| internal(&e))?;
                made
            }
            Err(error) => return Err(internal(&error)),
        };
        let kept = Arc::new(kept);
        all.insert(quarter, Arc::clone(&kept));
        Ok(kept)
    }

    fn made<S: Store>(&self, quarter: Quarter, views: &Folded<S>) -> Result<Kept, Refusal> {
        // First how far, then what: what is counted is in it, whatever is folded meanwhile.
        let ordered_up_to = views.checkpoint().ordered_at;
        let mut counts = views.counts(quarter).map_err(broken)?;
        counts.extend(views.at_end(quarter).map_err(broken)?);
        let registry = views.registry();
        for (number, agency) in (0..).zip(registry.agencies()) {
            let checks = self.accesses.checks(&agency.facts.agency, quarter);
            for (month, count) in (0..).zip(checks.map_err(unreadable)?) {
                if count > 0 {
                    counts.insert((Table::Checks.at(month), number), count);
                }
            }
        }
        let mut contributing: Vec<u8> = counts.keys().map(|(_, agency)| *agency).collect();
        contributing.sort_unstable();
        contributing.dedup();
        let agencies = registry.agencies().len();
        let released_at = now();
        Ok(Kept {
            released_at,
            ordered_up_to,
            contributing,
            agencies: u32::try_from(agencies).unwrap_or(u32::MAX),
            early: released_at < quarter.settles(),
            release: QuarterRelease::new(self.rules, quarter, counts),
        })
    }
}

/// Serves `IndicatorService`.
pub(crate) struct Indicating<S> {
    pub(crate) desk: Desk<S>,
    pub(crate) views: Arc<Folded<S>>,
    pub(crate) releases: Arc<Releases>,
    /// The Board's agency.
    pub(crate) board: AgencyId,
    /// Let go of after the views.
    pub(crate) held: mpsc::Sender<()>,
}

impl<S> Clone for Indicating<S> {
    fn clone(&self) -> Self {
        Self {
            desk: self.desk.clone(),
            views: Arc::clone(&self.views),
            releases: Arc::clone(&self.releases),
            board: self.board.clone(),
            held: self.held.clone(),
        }
    }
}

/// A period that is asked for.
enum Period {
    Quarter(Quarter),
    Year(ReportYear),
}

impl<S: Store> Indicating<S> {
    /// Quarters that are settled, from the first in which anything was counted.
    fn quarters(&self) -> Result<Vec<Quarter>, Refusal> {
        let Some(first) = self.views.first_counted().map_err(broken)? else {
            return Ok(Vec::new());
        };
        let all = std::iter::successors(Some(first), |quarter| Some(quarter.next()));
        let now = now();
        Ok(all
            .take_while(|quarter| self.releases.is_settled(*quarter, now))
            .collect())
    }

    /// What the Board's own are answered, and nobody else.
    fn for_the_board<T>(
        &self,
        call: &Call,
        answer: impl FnOnce(&Self) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        if *call.reader.agency() == self.board {
            answer(self)
        } else {
            Err(Refusal::new(Reason::NotPermitted))
        }
    }

    fn periods(&self) -> Result<Vec<String>, Refusal> {
        let quarters = self.quarters()?;
        let whole = |year: &ReportYear| year.quarters().iter().all(|q| quarters.contains(q));
        let mut years: Vec<ReportYear> = quarters.iter().map(|q| ReportYear::of(*q)).collect();
        years.dedup();
        years.retain(whole);
        let years = years.iter().rev().map(ToString::to_string);
        let quarters = quarters.iter().rev().map(ToString::to_string);
        Ok(years.chain(quarters).collect())
    }

    fn period(&self, text: &str) -> Result<Period, Refusal> {
        let rule = "is none of the periods that ListTables names";
        let known = self.periods()?.iter().any(|period| period == text);
        let quarter = Quarter::parse(text).map(Period::Quarter);
        let period = quarter.or_else(|| ReportYear::parse(text).map(Period::Year));
        let period = period.filter(|_| known);
        period.ok_or_else(|| Refusal::field("period", rule))
    }

    fn table(&self, request: &v1::GetTableRequest) -> Result<v1::GetTableResponse, Refusal> {
        let table = Table::from_code(&request.table);
        let rule = "is none of the tables that ListTables names";
        let table = table.ok_or_else(|| Refusal::field("table", rule))?;
        match self.period(&request.period)? {
            Period::Quarter(quarter) => {
                let kept = self.releases.of(quarter, &self.views)?;
                let rate = rate(table, &kept.release.rules, |table| {
                    kept.release.table(table)
                });
                let column = kept.release.table(table);
                answer(table, &request.period, column, &[kept.as_ref()], rate)
            }
            Period::Year(year) => {
                let kept: Result<Vec<Arc<Kept>>, Refusal> = year
                    .quarters()
                    .iter()
                    .map(|q| self.releases.of(*q, &self.views))
                    .collect();
                let kept = kept?;
                let [a, b, c, d] = &kept[..] else {
                    return Err(Refusal::new(Reason::Internal));
                };
                let quarters = [a, b, c, d].map(|kept| kept.release.clone());
                let released = YearRelease::new(&self.releases.rules, year, &quarters);
                let kept: Vec<&Kept> = kept.iter().map(AsRef::as_ref).collect();
                let rate = rate(table, &self.releases.rules, |table| released.table(table));
                let column = released.table(table);
                answer(table, &request.period, column, &kept, rate)
            }
        }
    }
}

fn answer(
    table: Table,
    period: &str,
    column: Option<&Column>,
    of: &[&Kept],
    rate: Option<v1::ReportingRate>,
) -> Result<v1::GetTableResponse, Refusal> {
    let column = column.ok_or_else(|| Refusal::new(Reason::NotFound))?;
    let mut contributing: Vec<u8> = of
        .iter()
        .flat_map(|kept| kept.contributing.iter().copied())
        .collect();
    contributing.sort_unstable();
    contributing.dedup();
    let latest = |at: fn(&Kept) -> Moment| {
        let latest = of.iter().map(|kept| at(kept)).max();
        latest.map(write::timestamp)
    };
    let categories = table.categories();
    let rows = categories
        .iter()
        .zip(&column.released.cells)
        .map(|(category, cell)| {
            let Cell { shown, percent } = *cell;
            v1::TableRow {
                code: category.code.to_owned(),
                label: category.label(Language::English).to_owned(),
                label_cy: category.label(Language::Welsh).to_owned(),
                figure: Some(figure(shown)),
                percent: percent.and_then(|percent| u32::try_from(percent).ok()),
            }
        });
    Ok(v1::GetTableResponse {
        name: Some(name(table)),
        period: period.to_owned(),
        rows: rows.collect(),
        total: Some(figure(column.released.total)),
        categories_add_up: table.shape() == Shape::One,
        released_at: latest(|kept| kept.released_at),
        ordered_up_to: latest(|kept| kept.ordered_up_to),
        agencies_contributing: u32::try_from(contributing.len()).unwrap_or(u32::MAX),
        agencies: of.iter().map(|kept| kept.agencies).max().unwrap_or(0),
        before_its_time: of.iter().any(|kept| kept.early),
        rate,
    })
}

/// The rate goes with the two tables that it is made of.
fn rate<'a>(
    table: Table,
    rules: &Rules,
    released: impl Fn(Table) -> Option<&'a Column>,
) -> Option<v1::ReportingRate> {
    let rate = match table {
        Table::IncidentsMonth | Table::Contacts => {
            let contacts = released(Table::Contacts)?;
            Rate::new(rules, released(Table::IncidentsMonth)?, contacts)
        }
        Table::Checks | Table::ContactsHome => {
            let contacts = released(Table::ContactsHome)?;
            Rate::of_checks(rules, released(Table::Checks)?, contacts)
        }
        _ => return None,
    };
    Some(v1::ReportingRate {
        feeds_cover: rate.covered,
        per_hundred: rate.per_hundred.and_then(|rate| u32::try_from(rate).ok()),
    })
}

const fn figure(shown: Shown) -> v1::Figure {
    match shown {
        Shown::Count(count) => v1::Figure {
            hidden: false,
            count,
        },
        Shown::Hidden => v1::Figure {
            hidden: true,
            count: 0,
        },
    }
}

fn name(table: Table) -> v1::TableName {
    let (name, counts) = phrases(table);
    let [english, welsh] = [Language::English, Language::Welsh];
    v1::TableName {
        code: table.code().to_owned(),
        name: name.say(english).to_owned(),
        name_cy: name.say(welsh).to_owned(),
        definition: counts.say(english).to_owned(),
        definition_cy: counts.say(welsh).to_owned(),
        nature: match table.nature() {
            Nature::Published => v1::TableNature::Published,
            Nature::Became => v1::TableNature::Became,
            Nature::Stood => v1::TableNature::Stood,
        } as i32,
    }
}

const fn phrases(table: Table) -> (I, I) {
    match table {
        Table::IncidentsMonth => (I::TableIncidentsMonth, I::CountsIncidentsMonth),
        Table::IncidentsThreat => (I::TableIncidentsThreat, I::CountsIncidentsThreat),
        Table::IncidentsBehaviour => (I::TableIncidentsBehaviour, I::CountsIncidentsBehaviour),
        Table::IncidentsHarm => (I::TableIncidentsHarm, I::CountsIncidentsHarm),
        Table::IncidentsDirected => (I::TableIncidentsDirected, I::CountsIncidentsDirected),
        Table::IncidentsSector => (I::TableIncidentsSector, I::CountsIncidentsSector),
        Table::IncidentsPolice => (I::TableIncidentsPolice, I::CountsIncidentsPolice),
        Table::IncidentsCorroborated => (
            I::TableIncidentsCorroborated,
            I::CountsIncidentsCorroborated,
        ),
        Table::AlertsTarget => (I::TableAlertsTarget, I::CountsAlertsTarget),
        Table::AlertsSeverity => (I::TableAlertsSeverity, I::CountsAlertsSeverity),
        Table::AlertsTold => (I::TableAlertsTold, I::CountsAlertsTold),
        Table::AlertsSteps => (I::TableAlertsSteps, I::CountsAlertsSteps),
        Table::EscalationsTopic => (I::TableEscalationsTopic, I::CountsEscalationsTopic),
        Table::EscalationsStage => (I::TableEscalationsStage, I::CountsEscalationsStage),
        Table::EscalationsOutcome => (I::TableEscalationsOutcome, I::CountsEscalationsOutcome),
        Table::Contacts => (I::TableContacts, I::CountsContacts),
        Table::AlertsAge => (I::TableAlertsAge, I::CountsAlertsAge),
        Table::Requests => (I::TableRequests, I::CountsRequests),
        Table::BoardRequests => (I::TableBoardRequests, I::CountsBoardRequests),
        Table::EscalationsTime => (I::TableEscalationsTime, I::CountsEscalationsTime),
        Table::Lens => (I::TableLens, I::CountsLens),
        Table::AlertsStanding => (I::TableAlertsStanding, I::CountsAlertsStanding),
        Table::AlertsStandingTarget => {
            (I::TableAlertsStandingTarget, I::CountsAlertsStandingTarget)
        }
        Table::AlertsStandingTold => (I::TableAlertsStandingTold, I::CountsAlertsStandingTold),
        Table::EscalationsOpen => (I::TableEscalationsOpen, I::CountsEscalationsOpen),
        Table::Plans => (I::TablePlans, I::CountsPlans),
        Table::Measures => (I::TableMeasures, I::CountsMeasures),
        Table::IncidentsSetting => (I::TableIncidentsSetting, I::CountsIncidentsSetting),
        Table::ContactsHome => (I::TableContactsHome, I::CountsContactsHome),
        Table::Checks => (I::TableChecks, I::CountsChecks),
    }
}

#[tonic::async_trait]
impl<S: Store + 'static> IndicatorService for Indicating<S> {
    async fn list_tables(
        &self,
        request: Request<v1::ListTablesRequest>,
    ) -> Result<Response<v1::ListTablesResponse>, Status> {
        let this = self.clone();
        let answer = move |request: &Request<v1::ListTablesRequest>| {
            let call = this
                .desk
                .call(request, request.get_ref().asking("ListTables"))?;
            let periods = this.for_the_board(&call, Self::periods);
            let answer = periods.map(|periods| v1::ListTablesResponse {
                tables: Table::ALL.into_iter().map(name).collect(),
                periods,
            });
            this.desk
                .told(&call, answer.map(|answer| (answer, Vec::new())))
        };
        self.desk.in_turn(request, answer).await
    }

    async fn get_table(
        &self,
        request: Request<v1::GetTableRequest>,
    ) -> Result<Response<v1::GetTableResponse>, Status> {
        let this = self.clone();
        let answer = move |request: &Request<v1::GetTableRequest>| {
            let call = this
                .desk
                .call(request, request.get_ref().asking("GetTable"))?;
            let table = this.for_the_board(&call, |this| this.table(request.get_ref()));
            this.desk
                .told(&call, table.map(|table| (table, Vec::new())))
        };
        self.desk.in_turn(request, answer).await
    }
}
