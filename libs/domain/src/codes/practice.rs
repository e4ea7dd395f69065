//! Precautions, the grades of an alert, topics of escalation.

use super::code_list;

code_list! {
    /// What a visiting worker is asked to do (guidance, section 6.1).
    PrecautionCode {
        VisitInPairs = 1, "visit-in-pairs", "Visit in pairs", "Ymweld mewn parau";
        DaylightOnly = 2, "daylight-only", "Visit in daylight only", "Ymweld yng ngolau dydd yn unig";
        NeutralVenue = 3, "neutral-venue", "Meet at a neutral venue", "Cyfarfod mewn lleoliad niwtral";
        NotAloneWith = 4, "not-alone-with", "Not alone with the person", "Peidio â bod ar eich pen eich hun gyda'r person";
        CheckInAfterVisit = 5, "check-in-after-visit", "Check in at the end of the visit", "Cysylltu ar ddiwedd yr ymweliad";
        PoliceAdviceFirst = 6, "police-advice-first", "Take police advice first", "Cael cyngor gan yr heddlu yn gyntaf";
        PhoneFirst = 7, "phone-first", "Telephone first", "Ffonio yn gyntaf";
        AnimalSecuredFirst = 8, "animal-secured-first", "Animal secured before entry", "Yr anifail wedi'i gau'n ddiogel cyn mynd i mewn";
        Other = 9, "other", "See note", "Gweler y nodyn";
    }
}

code_list! {
    /// How bad the expected harm would be.
    Severity {
        Minor = 1, "minor", "minor", "mân";
        Moderate = 2, "moderate", "moderate", "cymedrol";
        Severe = 3, "severe", "severe", "difrifol";
        Extreme = 4, "extreme", "extreme", "eithafol";
    }
}

code_list! {
    /// How soon a reader has to act.
    Urgency {
        Routine = 1, "routine", "routine", "arferol";
        Soon = 2, "soon", "soon", "yn fuan";
        Immediate = 3, "immediate", "immediate", "ar unwaith";
    }
}

code_list! {
    /// How sure the originator is.
    Certainty {
        Possible = 1, "possible", "possible", "posibl";
        Likely = 2, "likely", "likely", "tebygol";
        Observed = 3, "observed", "observed", "wedi'i weld";
    }
}

code_list! {
    /// Whether an alert is real.
    AlertStatus {
        Actual = 1, "actual", "actual", "gwirioneddol";
        Exercise = 2, "exercise", "EXERCISE", "YMARFER";
        Test = 3, "test", "TEST", "PRAWF";
    }
}

code_list! {
    /// What an escalation is about.
    EscalationTopic {
        Threshold = 1, "threshold", "Thresholds", "Trothwyon";
        Assessment = 2, "assessment", "Assessment", "Asesu";
        Roles = 3, "roles", "Roles", "Rolau";
        DriftInPlan = 4, "drift-in-plan", "Drift in the plan", "Llithriad yn y cynllun";
        Provision = 5, "provision", "Provision", "Darpariaeth";
        InformationSharing = 6, "information-sharing", "Information sharing", "Rhannu gwybodaeth";
        StepUpDownOrClosure = 7, "step-up-down-or-closure", "Step up, step down or closure", "Camu i fyny, camu i lawr neu gau";
        NoEffectivePlan = 8, "no-effective-plan", "No effective plan possible", "Dim cynllun effeithiol yn bosibl";
        InternalDispute = 20, "internal-dispute", "One agency's internal dispute", "Anghydfod mewnol un asiantaeth";
        ProfessionalConduct = 21, "professional-conduct", "A professional's conduct", "Ymddygiad gweithiwr proffesiynol";
        Complaint = 22, "complaint", "Complaint", "Cwyn";
        Whistleblowing = 23, "whistleblowing", "Whistleblowing", "Chwythu'r chwiban";
    }
}

code_list! {
    /// Whether an incident was reported to the police.
    ReportedToPolice {
        Yes = 1, "yes", "reported to the police", "adroddwyd i'r heddlu";
        No = 2, "no", "not reported to the police", "heb ei adrodd i'r heddlu";
    }
}
