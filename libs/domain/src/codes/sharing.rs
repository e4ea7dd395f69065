//! Purposes, lawful bases, family handling, handling codes.

use super::code_list;

code_list! {
    /// Why information is shared.
    Purpose {
        WorkerSafety = 1, "worker-safety", "Safety of workers", "Diogelwch gweithwyr";
        ChildProtection = 2, "child-protection", "Protection of a child", "Amddiffyn plentyn";
        AdultProtection = 3, "adult-protection", "Protection of an adult at risk", "Amddiffyn oedolyn sy'n wynebu risg";
        MultiAgencyMeeting = 4, "multi-agency-meeting", "Multi-agency meeting", "Cyfarfod amlasiantaeth";
        DisputeResolution = 5, "dispute-resolution", "Resolving a professional disagreement", "Datrys anghytundeb proffesiynol";
        BoardGovernance = 6, "board-governance", "Governance by the Board", "Llywodraethu gan y Bwrdd";
    }
}

code_list! {
    /// The lawful basis relied on (UK GDPR, article 6).
    LawfulBasis {
        LegalObligation = 1, "legal-obligation", "6(1)(c) legal obligation", "6(1)(c) rhwymedigaeth gyfreithiol";
        PublicTask = 2, "public-task", "6(1)(e) public task", "6(1)(e) tasg gyhoeddus";
        VitalInterests = 3, "vital-interests", "6(1)(d) vital interests", "6(1)(d) buddiannau hanfodol";
        RecognisedLegitimateInterest = 4, "recognised-legitimate-interest", "recognised legitimate interest", "buddiant dilys cydnabyddedig";
    }
}

code_list! {
    /// What may be told to the family. The default is no.
    FamilyHandling {
        Yes = 1, "yes", "may be told to the family", "gellir dweud wrth y teulu";
        AskOriginator = 2, "ask-originator", "ask the originator before telling the family", "gofynnwch i'r tarddwr cyn dweud wrth y teulu";
        No = 3, "no", "not to be told to the family", "nid yw i'w ddweud wrth y teulu";
    }
}

code_list! {
    /// Handling code of 3x5x2.
    HandlingCode {
        Permitted = 1, "P", "lawful sharing permitted", "caniateir rhannu cyfreithlon";
        Conditions = 2, "C", "sharing permitted with conditions", "caniateir rhannu gydag amodau";
    }
}

code_list! {
    /// For how long involvement counts.
    InvolvedWhen {
        WhileInvolved = 1, "while-involved", "while involved", "tra bo'n ymwneud";
        AtPublication = 2, "at-publication", "involved at publication", "yn ymwneud adeg cyhoeddi";
    }
}

code_list! {
    /// What a recipient may do with it beyond its own work.
    OnwardSharing {
        AskOriginator = 1, "ask-originator", "ask the originator before sharing further", "gofynnwch i'r tarddwr cyn rhannu ymhellach";
        No = 2, "no", "not to be shared further", "nid yw i'w rannu ymhellach";
        SamePurpose = 3, "same-purpose", "may be shared further for the same purpose", "gellir ei rannu ymhellach at yr un diben";
    }
}
