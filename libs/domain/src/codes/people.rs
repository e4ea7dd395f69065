//! Roles of people, identifier schemes, sectors, precision of times.

use super::code_list;

code_list! {
    /// A person's role in one event; never carried over to another.
    PersonRole {
        ChildAtRisk = 1, "child-at-risk", "child at risk", "plentyn sy'n wynebu risg";
        AdultAtRisk = 2, "adult-at-risk", "adult at risk", "oedolyn sy'n wynebu risg";
        ParentOrCarer = 3, "parent-or-carer", "parent or carer", "rhiant neu ofalwr";
        Partner = 4, "partner", "partner", "partner";
        HouseholdMember = 5, "household-member", "member of the household", "aelod o'r aelwyd";
        WhoseBehaviour = 6, "whose-behaviour", "person whose behaviour is reported", "person yr adroddir am ei ymddygiad";
        Other = 7, "other", "other", "arall";
        SuspectedVictim = 8, "suspected-victim", "suspected victim", "dioddefwr tybiedig";
    }
}

code_list! {
    /// The scheme an identifier belongs to.
    IdentifierScheme {
        NhsNumber = 1, "nhs-number", "NHS number", "Rhif GIG";
        Upn = 2, "upn", "Unique pupil number", "Rhif unigryw y disgybl";
        Uprn = 3, "uprn", "Unique property reference number", "Cyfeirnod unigryw eiddo";
        Local = 4, "local", "Agency's own reference", "Cyfeirnod yr asiantaeth ei hun";
    }
}

code_list! {
    /// The sector an agency works in.
    Sector {
        SocialCare = 1, "social-care", "Social care", "Gofal cymdeithasol";
        Police = 2, "police", "Police", "Heddlu";
        Health = 3, "health", "Health", "Iechyd";
        Education = 4, "education", "Education", "Addysg";
        Probation = 5, "probation", "Probation", "Prawf";
        Housing = 6, "housing", "Housing", "Tai";
        Charity = 7, "charity", "Charity", "Elusen";
        Board = 8, "board", "Safeguarding board", "Bwrdd diogelu";
    }
}

code_list! {
    /// How precisely a time is known.
    Precision {
        Minute = 1, "minute", "to the minute", "i'r funud";
        Hour = 2, "hour", "to the hour", "i'r awr";
        Day = 3, "day", "to the day", "i'r diwrnod";
        Month = 4, "month", "to the month", "i'r mis";
        Year = 5, "year", "to the year", "i'r flwyddyn";
    }
}
