//! Every heading and fixed phrase, English and Welsh side by side: a phrase that lacks a language doesn't compile. Values follow
//! a colon rather than stand within a sentence, since Welsh mutates what follows (*tuag at weithiwr*) and a name can't be.

use diogel_domain::codes::Language;

use crate::{Mark, PointKind, Topic};

macro_rules! phrases {
    ($($name:ident: $english:literal, $welsh:literal;)+) => {
        /// A fixed phrase.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Phrase { $(#[doc = $english] $name,)+ }

        #[cfg(test)]
        impl Phrase {
            /// Every phrase.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name,)+];
        }

        /// The phrase in a language.
        pub(crate) const fn say(phrase: Phrase, language: Language) -> &'static str {
            match (phrase, language) {
                $((Phrase::$name, Language::English) => $english,
                  (Phrase::$name, Language::Welsh) => $welsh,)+
            }
        }
    };
}

phrases! {
    // The head, the key, the foot.
    Title: "Summary before a meeting", "Crynodeb cyn cyfarfod";
    ThePerson: "the person of this meeting", "person y cyfarfod hwn";
    Marking: "OFFICIAL-SENSITIVE", "SWYDDOGOL-SENSITIF (OFFICIAL-SENSITIVE)";
    For: "For", "Ar gyfer";
    Attending: "Attending", "Yn mynychu";
    Purpose: "Purpose", "Diben";
    MadeAt: "Made at", "Lluniwyd";
    Handling: "Handling", "Sut i'w drin";
    HandlingRule: "For this recipient and this purpose only. The default is no: nothing is read out or told to the family unless the key at the end says that it may be, and never a line marked DON'T READ OUT. Don't forward it. It may be disclosed to a court or on an access request.", "Ar gyfer y derbynnydd hwn a'r diben hwn yn unig. Na yw'r ateb diofyn: ni ddarllenir dim yn uchel ac ni ddywedir dim wrth y teulu oni bai fod yr allwedd ar y diwedd yn dweud y gellir, a byth linell sydd wedi'i marcio PEIDIWCH Â DARLLEN YN UCHEL. Peidiwch â'i anfon ymlaen. Gellir ei ddatgelu i lys neu mewn ymateb i gais am fynediad.";
    Check: "Check first", "Gwiriwch yn gyntaf";
    BirthDatesDiffer: "the events known to you give different dates of birth: make sure that they are about one person", "mae'r digwyddiadau sy'n hysbys i chi yn rhoi dyddiadau geni gwahanol: gwnewch yn siŵr mai am un person y maent";
    Key: "Events cited", "Digwyddiadau a ddyfynnir";
    KeyNote: "Event, agency, day of publication, and what the family may be told. A line marked DON'T READ OUT stays unread whatever stands here.", "Digwyddiad, asiantaeth, diwrnod cyhoeddi, a'r hyn y gellir ei ddweud wrth y teulu. Ni ddarllenir llinell sydd wedi'i marcio PEIDIWCH Â DARLLEN YN UCHEL, beth bynnag sydd yma.";
    OnlyWhatIsKnown: "It holds what is known to its recipient at that time. Nothing here is a score or a finding.", "Mae'n dal yr hyn sy'n hysbys i'w dderbynnydd bryd hynny. Nid yw dim yma'n sgôr nac yn gasgliad.";
    Guidance: "Prompts follow the Cwm Taf Morgannwg Safeguarding Board's guidance of October 2022; its review, due in October 2025, is overdue.", "Mae'r awgrymiadau'n dilyn canllawiau Bwrdd Diogelu Cwm Taf Morgannwg, Hydref 2022; mae eu hadolygiad, a oedd i fod ym mis Hydref 2025, yn hwyr.";
    NotEvidence: "That is not evidence of none.", "Nid yw hynny'n dystiolaeth nad oes dim.";

    // Where many lines are gathered into one.
    BesideThese: "Besides these", "Yn ogystal â'r rhain";
    EarlierMeasures: "Measures whose date passed longer ago", "Mesurau yr aeth eu dyddiad heibio ers mwy o amser";

    // Marks.
    DontReadOut: "DON'T READ OUT", "PEIDIWCH Â DARLLEN YN UCHEL";
    ChairOnly: "CHAIR ONLY", "I'R CADEIRYDD YN UNIG";
    ReportedNotAssessed: "REPORTED, NOT YET ASSESSED", "WEDI'I ADRODD, HEB EI ASESU ETO";
    Stale: "STALE, VERIFY AGAIN", "WEDI DYDDIO, GWIRIWCH ETO";
    Overdue: "OVERDUE UNLESS DONE", "YN HWYR ONI BAI IDDO GAEL EI WNEUD";
    Uncorroborated: "UNCONFIRMED", "HEB EI GADARNHAU";

    // Headings.
    VoiceHeading: "The person's own voice and account", "Llais y person, yn ei eiriau ei hun";
    ProgressHeading: "Progress and strengths", "Cynnydd a chryfderau";
    DangerHeading: "Danger", "Perygl";
    HostilityHeading: "Hostility and resistance", "Gelyniaeth a gwrthwynebiad";
    UnconfirmedHeading: "Borne out by nobody known to you", "Heb ei ategu gan neb sy'n hysbys i chi";
    PlanHeading: "Plan", "Cynllun";
    DisagreementsHeading: "Disagreements (CRISP)", "Anghytundebau (CRISP)";
    AsksHeading: "To ask the agencies", "I'w ofyn i'r asiantaethau";
    NotRecordedHeading: "Not recorded by anybody known to you", "Heb ei gofnodi gan neb sy'n hysbys i chi";
    ClosingHeading: "To close", "I gloi";

    // The person's own voice.
    VoiceFirst: "It takes precedence over every other account (guidance, section 5.1).", "Mae'n cael blaenoriaeth dros bob hanes arall (canllawiau, adran 5.1).";
    NoVoiceForAll: "No account of the person's own is for everybody attending; your own agency may know one. Who has asked, when, and was the person alone?", "Nid oes hanes gan y person ei hun y caiff pawb sy'n mynychu ei weld; efallai fod un yn hysbys i'ch asiantaeth chi. Pwy sydd wedi gofyn, pryd, ac a oedd y person ar ei ben ei hun?";
    NoVoice: "No account of the person's own is known to you. Who has asked, when, and was the person alone?", "Nid oes hanes gan y person ei hun yn hysbys i chi. Pwy sydd wedi gofyn, pryd, ac a oedd y person ar ei ben ei hun?";

    // Progress.
    SixMonths: "Changes aren't embedded until they have been sustained for at least six months (guidance, section 4).", "Nid yw newidiadau wedi gwreiddio nes iddynt gael eu cynnal am o leiaf chwe mis (canllawiau, adran 4).";
    NoProgress: "None is known to you. What is going well?", "Nid oes dim yn hysbys i chi. Beth sy'n mynd yn dda?";
    WhatHasWorked: "what has worked", "beth sydd wedi gweithio";

    // Danger.
    NoDanger: "No alert and no report of danger is known to you. Checked", "Nid oes rhybudd nac adroddiad o berygl yn hysbys i chi. Gwiriwyd";
    AboutPerson: "about", "ynghylch";
    AboutHousehold: "about a household", "ynghylch aelwyd";
    AboutPremises: "about premises", "ynghylch mangre";
    AboutAnimal: "about an animal", "ynghylch anifail";
    Precautions: "precautions", "rhagofalon";
    ProvisionalPrecautions: "provisional precautions", "rhagofalon dros dro";
    DecidedOn: "decided", "penderfynwyd";
    NotDecided: "proposed, not decided", "wedi'i gynnig, heb ei benderfynu";
    ReviewBy: "review by", "i'w adolygu erbyn";
    ReviewWasDue: "review was due", "dylid bod wedi'i adolygu erbyn";
    ToldOn: "those concerned were told", "dywedwyd wrth y rhai dan sylw";
    NotTold: "those concerned were not told", "ni ddywedwyd wrth y rhai dan sylw";
    ToldUnknown: "not known to you whether those concerned were told", "nid yw'n hysbys i chi a ddywedwyd wrth y rhai dan sylw";
    DangerReported: "danger reported", "adroddwyd perygl";
    NoDecisionKnown: "no decision on an alert is known to you. Was one approved or refused, and why?", "nid oes penderfyniad ar rybudd yn hysbys i chi. A gafodd un ei gymeradwyo neu ei wrthod, a pham?";

    // Hostility.
    Threats: "Threats and violence", "Bygythiadau a thrais";
    Confrontation: "Confrontation", "Gwrthdaro";
    KeepingAway: "Avoidance and other resistance", "Osgoi a gwrthwynebiad arall";
    BehaviourOf: "behaviour of", "ymddygiad";
    DirectedAt: "directed at", "wedi'i gyfeirio at";
    PreventsTask: "keeps the agency from its task", "yn rhwystro'r asiantaeth rhag gwneud ei gwaith";
    ReportedAs: "reported as", "adroddwyd fel";
    BorneOutBy: "borne out by", "ategwyd gan";
    Extent: "extent", "graddau";
    NoIncident: "No incident is known to you.", "Nid oes digwyddiad yn hysbys i chi.";
    NoneAtThePerson: "No report known to you says that it was directed at a child or adult at risk.", "Nid oes adroddiad sy'n hysbys i chi yn dweud iddo gael ei gyfeirio at blentyn neu oedolyn mewn perygl.";
    TrendByMonth: "Reports of threats, violence or confrontation known to you, last six months", "Adroddiadau o fygythiadau, trais neu wrthdaro sy'n hysbys i chi, y chwe mis diwethaf";
    TrendMore: "More in the last three months than in the three before", "Mwy yn y tri mis diwethaf nag yn y tri mis cynt";
    TrendFewer: "Fewer in the last three months than in the three before", "Llai yn y tri mis diwethaf nag yn y tri mis cynt";
    TrendSame: "As many in the last three months as in the three before", "Cynifer yn y tri mis diwethaf ag yn y tri mis cynt";
    TrendCaution: "More reports may mean better reporting; fewer may mean fewer visits or less reporting.", "Gall mwy o adroddiadau olygu adrodd gwell; gall llai olygu llai o ymweliadau neu lai o adrodd.";

    // What nobody bears out.
    UnconfirmedNote: "Check what parents or carers say with others (guidance, section 4). The account of a child or adult at risk is never listed here.", "Gwiriwch yr hyn y mae rhieni neu ofalwyr yn ei ddweud gydag eraill (canllawiau, adran 4). Ni restrir hanes plentyn nac oedolyn mewn perygl yma byth.";
    KeyWithdrawn: "signed with a key that was withdrawn later. Ask the agency whether it holds before you rely on it.", "llofnodwyd ag allwedd a dynnwyd yn ôl wedyn. Gofynnwch i'r asiantaeth a yw'n dal cyn dibynnu arno.";
    WhoCanConfirm: "Who else knows of it?", "Pwy arall sy'n gwybod amdano?";

    // Plan.
    PlanNote: "These events don't say whether a measure was done: ask its owner.", "Nid yw'r digwyddiadau hyn yn dweud a gyflawnwyd mesur: gofynnwch i'r sawl sy'n gyfrifol.";
    NoPlan: "No measure is known to you. What is agreed, by whom and by when?", "Nid oes mesur yn hysbys i chi. Beth sydd wedi'i gytuno, gan bwy ac erbyn pryd?";
    NoOwner: "no owner named", "neb wedi'i enwi'n gyfrifol";
    DueOn: "due", "erbyn";
    NoDueDate: "no date set", "dim dyddiad wedi'i osod";

    // Disagreements.
    Stage: "stage", "cam";
    ProtectBy: "protect by", "diogelu erbyn";
    TimeHasPassed: "that time has passed", "mae'r amser hwnnw wedi mynd heibio";

    // Asks.
    AsksNote: "Questions, not findings: about agencies, never about workers.", "Cwestiynau, nid casgliadau: am asiantaethau, byth am weithwyr.";
    LastEvent: "last event known to you on", "y digwyddiad diwethaf sy'n hysbys i chi ar";
    AfterThreat: "after the threat of", "ar ôl y bygythiad ar";
    OthersSince: "others have reported since, last on", "mae eraill wedi adrodd ers hynny, ddiwethaf ar";
    VisitSafe: "What would make a visit safe?", "Beth fyddai'n gwneud ymweliad yn ddiogel?";
    NoEvent: "no event known to you. What does it know of the person's daily life?", "dim digwyddiad yn hysbys i chi. Beth mae'n ei wybod am fywyd bob dydd y person?";

    // Not recorded: the practice tips of the guidance, section 5.
    NotRecordedNote: "No field of the events known to you answers these; an account may speak of them (guidance, section 5).", "Nid oes maes yn y digwyddiadau sy'n hysbys i chi yn ateb y rhain; gall hanes sôn amdanynt (canllawiau, adran 5).";
    TipMeaning: "What do these behaviours mean for the person's safety and wellbeing?", "Beth mae'r ymddygiadau hyn yn ei olygu i ddiogelwch a llesiant y person?";
    TipDailyLife: "What is daily life like, living in this environment, with these parents or carers?", "Sut beth yw bywyd bob dydd, o fyw yn yr amgylchedd hwn, gyda'r rhieni neu'r gofalwyr hyn?";
    TipImpact: "What is the likely impact, now or in future, of living in this situation and being exposed to these behaviours?", "Beth yw'r effaith debygol, nawr neu yn y dyfodol, o fyw yn y sefyllfa hon a phrofi'r ymddygiadau hyn?";
    TipAfraid: "Does the person appear afraid, or show “frozen watchfulness”?", "A yw'r person i'w weld yn ofnus, neu'n dangos “gwyliadwriaeth rewedig”?";
    TipAppeasing: "Is the person minimising the behaviour, or seeking to appease?", "A yw'r person yn bychanu'r ymddygiad, neu'n ceisio cadw'r ddysgl yn wastad?";
    TipDesensitised: "Has the person become desensitised, acting as if this were usual?", "A yw'r person wedi cynefino â'r ymddygiad, gan ymddwyn fel pe bai'n beth arferol?";

    // To close: the guidance, section 7.
    CloseEnough: "Is there, or can there be, enough information for an assessment of needs?", "A oes digon o wybodaeth ar gyfer asesiad o anghenion, neu a ellir ei chasglu?";
    CloseEffective: "Is the plan effectively safeguarding the person?", "A yw'r cynllun yn diogelu'r person yn effeithiol?";
    CloseIfNot: "If not: CRISP, or legal advice through the plan's lead agency? Whose task, by when?", "Os na: CRISP, neu gyngor cyfreithiol drwy'r asiantaeth sy'n arwain y cynllun? Tasg pwy, erbyn pryd?";
    CloseFamily: "What is shared with the family, how, by whom and when?", "Beth a rennir gyda'r teulu, sut, gan bwy a phryd?";

    // Around the page.
    ForChair: "FOR THE CHAIR", "I'R CADEIRYDD";
    ForProfessionals: "FOR PROFESSIONALS", "I WEITHWYR PROFFESIYNOL";
    ForFamily: "FOR THE FAMILY", "I'R TEULU";
    HandlingShort: "For this recipient and purpose only; don't copy it or forward it.", "Ar gyfer y derbynnydd a'r diben hwn yn unig; peidiwch â'i gopïo na'i anfon ymlaen.";
    Page: "page", "tudalen";
    Of: "of", "o";
    NotShown: "□ stands for a character that the typeface of this page lacks; the text and the screen show it.", "Mae □ yn sefyll am nod nad yw ar gael yn wyneb-deip y dudalen hon; mae'r testun a'r sgrin yn ei ddangos.";
    PointIncident: "Incident", "Digwyddiad";
    PointAlert: "Alert", "Rhybudd";
    PointContact: "Contact", "Cyswllt";
    PointMeeting: "Meeting", "Cyfarfod";
    PointPlan: "Plan", "Cynllun";
    PointOther: "Other", "Arall";
}

/// A section's heading.
pub(crate) const fn heading(topic: Topic) -> Phrase {
    match topic {
        Topic::Voice => Phrase::VoiceHeading,
        Topic::Progress => Phrase::ProgressHeading,
        Topic::Danger => Phrase::DangerHeading,
        Topic::Hostility => Phrase::HostilityHeading,
        Topic::Unconfirmed => Phrase::UnconfirmedHeading,
        Topic::Plan => Phrase::PlanHeading,
        Topic::Disagreements => Phrase::DisagreementsHeading,
        Topic::Asks => Phrase::AsksHeading,
        Topic::NotRecorded => Phrase::NotRecordedHeading,
        Topic::Closing => Phrase::ClosingHeading,
    }
}

impl Mark {
    /// What people read.
    pub const fn label(self, language: Language) -> &'static str {
        let phrase = match self {
            Self::DontReadOut => Phrase::DontReadOut,
            Self::ChairOnly => Phrase::ChairOnly,
            Self::ReportedNotAssessed => Phrase::ReportedNotAssessed,
            Self::Stale => Phrase::Stale,
            Self::Overdue => Phrase::Overdue,
            Self::Uncorroborated => Phrase::Uncorroborated,
        };
        say(phrase, language)
    }
}

impl PointKind {
    /// What people read.
    pub const fn label(self, language: Language) -> &'static str {
        let phrase = match self {
            Self::Incident => Phrase::PointIncident,
            Self::Alert => Phrase::PointAlert,
            Self::Contact => Phrase::PointContact,
            Self::Meeting => Phrase::PointMeeting,
            Self::Plan => Phrase::PointPlan,
            Self::Other => Phrase::PointOther,
        };
        say(phrase, language)
    }
}
