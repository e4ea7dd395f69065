//! A finding of a pre-visit check: how it stands, what it is about, who says so.

use diogel_contract::{Timestamp, read, v1};
use diogel_domain::{
    codes::{CorroborationSource, Language, PrecautionCode, ThreatForm},
    times::Day,
};
use diogel_texts::{
    Filled,
    check::{
        CheckAbout, CheckBorneOutBy, CheckKeyWithdrawn, CheckOnCondition, CheckReportedBy,
        CheckReviewBy, Phrase,
    },
    dates,
};

/// A finding, for somebody who reads one of the languages.
pub struct Of<'a> {
    /// As it was answered.
    pub finding: &'a v1::CheckFinding,
    /// For whom.
    pub language: Language,
    /// What an agency is called there.
    pub called: &'a dyn Fn(&str) -> String,
    /// Whether the event's id stands at the end of the line about it.
    pub cites: bool,
}

impl Of<'_> {
    fn say(&self, phrase: Phrase) -> &'static str {
        phrase.say(self.language)
    }

    /// What stands below the precautions.
    pub fn lines(&self) -> Vec<String> {
        let standing = format!("{}: {}", self.standing(), self.threats());
        if self.finding.event_id.is_empty() {
            let alone = self.say(Phrase::CheckClaimAlone);
            return vec![standing, format!("{alone}{}", self.review())];
        }
        let disputed = || self.say(Phrase::CheckDisputed).to_owned();
        [standing, self.about()]
            .into_iter()
            .chain(self.finding.disputed.then(disputed))
            .chain(self.provenance())
            .chain(self.on_condition())
            .chain(self.key_withdrawn())
            .collect()
    }

    /// How it stands.
    pub fn standing(&self) -> &'static str {
        self.say(match self.finding.standing() {
            v1::FindingStanding::InForce => Phrase::CheckInForce,
            v1::FindingStanding::Stale => Phrase::CheckStale,
            v1::FindingStanding::ReportedNotAssessed => Phrase::CheckReported,
            v1::FindingStanding::Undecided => Phrase::CheckUndecided,
            v1::FindingStanding::Unspecified => Phrase::CheckAsk,
        })
    }

    /// By which behaviour.
    pub fn threats(&self) -> String {
        let numbers = self.finding.threats.iter();
        let known = numbers.filter_map(|number| ThreatForm::from_number(*number));
        let labels: Vec<&str> = known.map(|threat| threat.label(self.language)).collect();
        if labels.is_empty() {
            self.say(Phrase::CheckBehaviourNotTold).to_owned()
        } else {
            labels.join("; ")
        }
    }

    fn about(&self) -> String {
        let v1::CheckFinding {
            target_note,
            originator,
            event_id,
            ..
        } = self.finding;
        let target = match target_note.as_str() {
            "" => self.target(),
            note => &format!("{} ({note})", self.target()),
        };
        let on = &self.on(self.finding.as_of.as_ref());
        let about = CheckAbout {
            target,
            originator: &(self.called)(originator),
            on,
        };
        let about = about.say(self.language);
        let cited = if self.cites {
            format!("  [{event_id}]")
        } else {
            String::new()
        };
        format!("{about}{}{cited}", self.review())
    }

    fn target(&self) -> &str {
        self.say(match self.finding.target.as_str() {
            "person" => Phrase::CheckTargetPerson,
            "household" => Phrase::CheckTargetHousehold,
            "premises" => Phrase::CheckTargetPremises,
            "animal" => Phrase::CheckTargetAnimal,
            "incident" => Phrase::CheckTargetIncident,
            other => return other,
        })
    }

    fn on(&self, timestamp: Option<&Timestamp>) -> String {
        let moment = timestamp.and_then(read::moment);
        moment.map_or_else(
            || self.say(Phrase::CheckDateNotTold).to_owned(),
            |moment| dates::long(dates::day(moment), self.language),
        )
    }

    /// After a comma; nothing if no review is told.
    fn review(&self) -> String {
        let Some(day) = Day::parse(&self.finding.review_on) else {
            return String::new();
        };
        let on = &dates::long(day, self.language);
        format!(", {}", CheckReviewBy { on }.say(self.language))
    }

    /// Who reported it, and who bears it out; nothing where that isn't told.
    fn provenance(&self) -> Option<String> {
        let language = self.language;
        let (reported, borne_out) = (&self.finding.reported_by, self.borne_out());
        let agencies = &self.named(reported);
        let reported = (!reported.is_empty()).then(|| CheckReportedBy { agencies }.say(language));
        let agencies = &borne_out.join(", ");
        let borne_out = (!borne_out.is_empty()).then(|| CheckBorneOutBy { agencies }.say(language));
        let said: Vec<String> = reported.into_iter().chain(borne_out).collect();
        (!said.is_empty()).then(|| said.join("; "))
    }

    fn named(&self, agencies: &[String]) -> String {
        let names: Vec<String> = agencies.iter().map(|id| (self.called)(id)).collect();
        names.join(", ")
    }

    fn borne_out(&self) -> Vec<String> {
        let sources = self.finding.corroborated_by.iter().map(|one| {
            let source = CorroborationSource::from_number(one.source);
            let source = source.map_or("", |source| source.label(self.language));
            match one.who.as_str() {
                "" => source.to_owned(),
                who => format!("{source} ({who})"),
            }
        });
        let agencies = self.finding.borne_out_by.iter().map(|id| (self.called)(id));
        agencies.chain(sources).collect()
    }

    fn on_condition(&self) -> Option<String> {
        let condition = self.finding.handling_conditions.as_str();
        let said = || CheckOnCondition { condition }.say(self.language);
        (!condition.is_empty()).then(said)
    }

    fn key_withdrawn(&self) -> Option<String> {
        let originator = &(self.called)(&self.finding.originator);
        let said = || CheckKeyWithdrawn { originator }.say(self.language);
        self.finding.key_withdrawn.then(said)
    }
}

/// What to do, for whom, and the originator's note.
pub fn precaution(precaution: &v1::Precaution, language: Language) -> String {
    let code = PrecautionCode::from_number(precaution.code).unwrap_or(PrecautionCode::Other);
    let person = match precaution.person.as_str() {
        "" => String::new(),
        person => format!(" ({person})"),
    };
    let note = match precaution.note.as_str() {
        "" => String::new(),
        note => format!(": {note}"),
    };
    format!("{}{person}{note}", code.label(language))
}
