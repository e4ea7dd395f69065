//! Behaviour, threat and harm (guidance, section 2).

use super::code_list;

code_list! {
    /// Kinds of resistant behaviour. Unordered, several an event, never a person's level.
    ResistantBehaviour {
        Ambivalence = 1, "ambivalence", "Ambivalence", "Amwysedd";
        Avoidance = 2, "avoidance", "Avoidance", "Osgoi";
        DisguisedCompliance = 3, "disguised-compliance", "Disguised compliance", "Cydymffurfio ffug";
        Confrontation = 4, "confrontation", "Confrontation", "Gwrthdaro";
        ThreateningOrViolent = 5, "threatening-or-violent", "Threatening or violent behaviour", "Ymddygiad bygythiol neu dreisgar";
    }
}

code_list! {
    /// Forms of threat. Alerts rest on these alone.
    ThreatForm {
        Silence = 1, "silence", "Deliberate silence", "Distawrwydd bwriadol";
        Written = 2, "written", "Written threats", "Bygythiadau ysgrifenedig";
        Bombarding = 3, "bombarding", "Bombarding with e-mails, texts or calls", "Peledu ag e-byst, negeseuon testun neu alwadau";
        IntimidatingLanguage = 4, "intimidating-language", "Intimidating or derogatory language", "Iaith fygythiol neu ddifrïol";
        Racist = 5, "racist", "Racist attitudes or remarks", "Agweddau neu sylwadau hiliol";
        Sexual = 6, "sexual", "Sexual comments or intimidation", "Sylwadau neu fygythiadau rhywiol";
        Homophobic = 7, "homophobic", "Homophobic attitudes or comments", "Agweddau neu sylwadau homoffobig";
        BodyLanguage = 8, "body-language", "Domineering body language", "Iaith corff ormesol";
        Animal = 9, "animal", "Dog or other animal used as a threat", "Ci neu anifail arall yn cael ei ddefnyddio fel bygythiad";
        Swearing = 10, "swearing", "Swearing", "Rhegi";
        Shouting = 11, "shouting", "Shouting", "Gweiddi";
        Throwing = 12, "throwing", "Throwing objects", "Taflu pethau";
        Following = 13, "following", "Following or harassing workers", "Dilyn gweithwyr neu aflonyddu arnynt";
        OnlineSearch = 14, "online-search", "Seeking workers' personal information online", "Chwilio am wybodaeth bersonol gweithwyr ar-lein";
        ThreatToKill = 15, "threat-to-kill", "Threat to kill", "Bygythiad i ladd";
        Assault = 16, "assault", "Physical assault", "Ymosodiad corfforol";
    }
}

impl ThreatForm {
    /// A body could be hurt at the next visit (PRACTICE, section 10, "Danger at once").
    pub const fn is_physical_danger(self) -> bool {
        match self {
            Self::Animal
            | Self::Throwing
            | Self::Following
            | Self::ThreatToKill
            | Self::Assault => true,
            Self::Silence
            | Self::Written
            | Self::Bombarding
            | Self::IntimidatingLanguage
            | Self::Racist
            | Self::Sexual
            | Self::Homophobic
            | Self::BodyLanguage
            | Self::Swearing
            | Self::Shouting
            | Self::OnlineSearch => false,
        }
    }
}

code_list! {
    /// Whether the behaviour is general (guidance, sections 3 and 6.4).
    BehaviourPattern {
        General = 1, "general", "with everybody", "gyda phawb";
        ParticularCircumstances = 2, "particular-circumstances", "in particular circumstances only", "o dan amgylchiadau penodol yn unig";
        TowardOne = 3, "toward-one", "toward one person or agency only", "tuag at un person neu asiantaeth yn unig";
    }
}

code_list! {
    /// In what kind of place something happened, or by what means.
    IncidentSetting {
        Home = 1, "home", "in the person's home, or on the way in", "yng nghartref y person, neu wrth fynd i mewn";
        AgencyPremises = 2, "agency-premises", "where an agency receives people", "lle mae asiantaeth yn derbyn pobl";
        School = 3, "school", "at a school, nursery or college", "mewn ysgol, meithrinfa neu goleg";
        HealthPremises = 4, "health-premises", "at a hospital, clinic or surgery", "mewn ysbyty, clinig neu feddygfa";
        CourtOrMeeting = 5, "court-or-meeting", "at court, or in a meeting about the case", "yn y llys, neu mewn cyfarfod am yr achos";
        PublicPlace = 6, "public-place", "in a public place", "mewn man cyhoeddus";
        ByPhone = 7, "by-phone", "by telephone or video call", "dros y ffôn neu alwad fideo";
        InWriting = 8, "in-writing", "by letter, message or online", "drwy lythyr, neges neu ar-lein";
        Elsewhere = 9, "elsewhere", "elsewhere", "rhywle arall";
    }
}

code_list! {
    /// What bears an account out (guidance, section 5.1).
    CorroborationSource {
        Professional = 1, "professional", "another professional", "gweithiwr proffesiynol arall";
        FamilyMember = 2, "family-member", "another member of the family", "aelod arall o'r teulu";
        Observation = 3, "observation", "observation of the family", "arsylwi ar y teulu";
        AccountOfThePerson = 4, "account-of-the-person", "the account of the child or adult at risk", "hanes y plentyn neu'r oedolyn sy'n wynebu risg";
        Record = 5, "record", "a record", "cofnod";
    }
}

code_list! {
    /// At whom the behaviour was directed.
    DirectedAt {
        Worker = 1, "worker", "a worker", "gweithiwr";
        ChildAtRisk = 2, "child-at-risk", "the child at risk", "y plentyn sy'n wynebu risg";
        AdultAtRisk = 3, "adult-at-risk", "the adult at risk", "yr oedolyn sy'n wynebu risg";
        Partner = 4, "partner", "the partner", "y partner";
        OtherPerson = 5, "other-person", "another person", "person arall";
        Property = 6, "property", "property", "eiddo";
    }
}

code_list! {
    /// The harm done.
    Harm {
        None = 1, "none", "no harm", "dim niwed";
        Shaken = 2, "shaken", "somebody was shaken", "cafodd rhywun ysgytwad";
        Injury = 3, "injury", "somebody was injured", "cafodd rhywun ei anafu";
        SeriousInjury = 4, "serious-injury", "somebody was seriously injured", "cafodd rhywun anaf difrifol";
        Death = 5, "death", "somebody died", "bu farw rhywun";
    }
}

code_list! {
    /// How likely the originator holds a repetition. An opinion, never a score.
    Likelihood {
        Unlikely = 1, "unlikely", "unlikely to recur", "annhebygol o ddigwydd eto";
        Possible = 2, "possible", "may recur", "gallai ddigwydd eto";
        Likely = 3, "likely", "likely to recur", "tebygol o ddigwydd eto";
        NotKnown = 4, "not-known", "not known whether it will recur", "nid yw'n hysbys a fydd yn digwydd eto";
    }
}

code_list! {
    /// Possible causes (guidance, section 3): context, never behaviour.
    Cause {
        Fear = 1, "fear", "Fear", "Ofn";
        Shame = 2, "shame", "Shame", "Cywilydd";
        EarlierBadExperience = 3, "earlier-bad-experience", "Earlier bad experience", "Profiad gwael blaenorol";
        CultureOrLanguage = 4, "culture-or-language", "Culture or language", "Diwylliant neu iaith";
        LearningNeed = 5, "learning-need", "Learning need", "Angen dysgu";
        MentalHealthOrDementia = 6, "mental-health-or-dementia", "Mental health or dementia", "Iechyd meddwl neu ddementia";
        SubstanceUse = 7, "substance-use", "Substance use", "Defnyddio sylweddau";
        Bereavement = 8, "bereavement", "Bereavement", "Profedigaeth";
        Poverty = 9, "poverty", "Poverty", "Tlodi";
    }
}

code_list! {
    /// What the originator vouches for.
    Standing {
        Fact = 1, "fact", "fact", "ffaith";
        Observation = 2, "observation", "observation", "arsylwad";
        Allegation = 3, "allegation", "allegation", "honiad";
        Opinion = 4, "opinion", "professional opinion", "barn broffesiynol";
    }
}
