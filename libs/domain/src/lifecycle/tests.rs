use super::*;

fn agency(id: &str) -> AgencyId {
    AgencyId::new(id).unwrap()
}

/// Given these steps on an event of this kind of "housing", when an agency takes one more, then…
struct Given {
    matter: Matter,
    taken: Vec<Taken>,
}

fn given(matter: Matter, steps: &[(&str, Deed)]) -> Given {
    let taken = steps.iter().map(|(by, deed)| Taken {
        deed: *deed,
        by: agency(by),
        stage: 0,
    });
    Given {
        matter,
        taken: taken.collect(),
    }
}

impl Given {
    fn moved_to(mut self, stage: u8) -> Self {
        self.taken.push(Taken {
            deed: Deed::MovedOn,
            by: agency("health"),
            stage,
        });
        self
    }

    fn when(&self, by: &str, deed: Deed) -> Result<Shared, Reason> {
        self.moves(by, deed, 0, false, &[])
    }

    fn moves(
        &self,
        by: &str,
        deed: Deed,
        stage: u8,
        urgent: bool,
        panel: &[&str],
    ) -> Result<Shared, Reason> {
        let (originator, chair) = (agency("housing"), agency("social-care"));
        let parties = [agency("housing"), agency("health")];
        let ground = Ground {
            matter: self.matter,
            originator: &originator,
            parties: &parties,
            chair: Some(&chair),
            stage: 1,
            last_stage: 4,
            taken: &self.taken,
        };
        let step = StepHead {
            deed,
            urgent,
            panel: panel.iter().map(|p| agency(p)).collect(),
        };
        let by = By {
            agency: &agency(by),
            is_board: by == "board",
        };
        decide(&ground, by, &step, stage)
    }
}

#[test]
fn an_alert_is_decided_once_and_by_its_originator() {
    let proposed = given(Matter::HazardAlert, &[]);
    assert_eq!(
        proposed.when("housing", Deed::Approved),
        Ok(Shared::AsItsGround)
    );
    assert_eq!(
        proposed.when("police", Deed::Approved),
        Err(Reason::NotTheOriginator)
    );
    let approved = given(Matter::HazardAlert, &[("housing", Deed::Approved)]);
    for again in [Deed::Approved, Deed::Refused] {
        assert_eq!(approved.when("housing", again), Err(Reason::AlreadyDecided));
    }
    assert!(approved.when("housing", Deed::Renewed).is_ok());
}

#[test]
fn what_is_over_of_an_alert_stays_over_but_for_what_the_person_says() {
    for end in [Deed::Ended, Deed::Refused, Deed::OccupantsChanged] {
        let over = given(Matter::HazardAlert, &[("housing", end)]);
        for deed in [Deed::Approved, Deed::Renewed, Deed::Ended, Deed::Suspended] {
            assert_eq!(over.when("housing", deed), Err(Reason::LifecycleOver));
        }
        assert!(over.when("housing", Deed::Stated).is_ok());
    }
}

#[test]
fn nobody_corroborates_its_own_report() {
    let report = given(Matter::Incident, &[]);
    assert_eq!(
        report.when("housing", Deed::Corroborated),
        Err(Reason::OwnEvent)
    );
    assert_eq!(
        report.when("health", Deed::Corroborated),
        Ok(Shared::OfItsOwn)
    );
    assert_eq!(
        report.when("health", Deed::AssessedNoAlert),
        Err(Reason::NotTheOriginator)
    );
}

#[test]
fn a_step_is_taken_on_what_it_belongs_to() {
    let report = given(Matter::Incident, &[]);
    assert_eq!(
        report.when("housing", Deed::Approved),
        Err(Reason::WrongKind)
    );
    assert_eq!(
        report.when("housing", Deed::MovedOn),
        Err(Reason::WrongKind)
    );
}

#[test]
fn an_escalation_is_between_its_parties_and_the_board() {
    let raised = given(Matter::Escalation, &[]);
    for by in ["housing", "health", "board"] {
        assert_eq!(raised.when(by, Deed::Responded), Ok(Shared::AsItsGround));
    }
    assert_eq!(
        raised.when("police", Deed::Responded),
        Err(Reason::NotAParty)
    );
}

#[test]
fn who_has_to_answer_cannot_end_the_question() {
    let raised = given(Matter::Escalation, &[("health", Deed::Responded)]);
    assert_eq!(
        raised.when("health", Deed::Resolved),
        Err(Reason::NotTheOriginator)
    );
    assert!(raised.when("housing", Deed::Resolved).is_ok());
    assert_eq!(
        raised.when("health", Deed::Withdrawn),
        Err(Reason::NotTheOriginator)
    );
    let over = given(Matter::Escalation, &[("housing", Deed::Resolved)]);
    assert_eq!(
        over.when("health", Deed::Responded),
        Err(Reason::LifecycleOver)
    );
    assert!(
        over.when("health", Deed::Dissented).is_ok(),
        "the exact dissent is recorded"
    );
}

#[test]
fn an_escalation_moves_a_stage_at_a_time_unless_a_risk_is_imminent() {
    let raised = given(Matter::Escalation, &[]);
    let moved = |to, urgent| raised.moves("housing", Deed::MovedOn, to, urgent, &[]);
    assert!(moved(2, false).is_ok());
    assert_eq!(moved(3, false), Err(Reason::NotAtThisStage));
    assert!(moved(4, true).is_ok());
    for never in [0, 1, 5] {
        assert_eq!(moved(never, true), Err(Reason::NotAtThisStage));
    }
    let third = given(Matter::Escalation, &[]).moved_to(3);
    let next = |to| third.moves("housing", Deed::MovedOn, to, false, &[]);
    assert!(next(4).is_ok());
    assert_eq!(next(2), Err(Reason::NotAtThisStage), "never back");
}

#[test]
fn panel_members_with_a_conflict_are_barred() {
    let last = given(Matter::Escalation, &[]).moved_to(4);
    let panel = |members: &[&str]| last.moves("board", Deed::PanelConvened, 0, false, members);
    assert!(panel(&["police", "education"]).is_ok());
    assert_eq!(panel(&["police", "health"]), Err(Reason::PanelConflict));
    assert_eq!(
        last.moves("housing", Deed::PanelConvened, 0, false, &["police"]),
        Err(Reason::NotTheBoard)
    );
    let early = given(Matter::Escalation, &[]);
    assert_eq!(
        early.when("board", Deed::Determined),
        Err(Reason::NotAtThisStage)
    );
    assert_eq!(
        last.when("board", Deed::Determined),
        Err(Reason::NotAtThisStage),
        "by nobody"
    );
    let mut sat = given(Matter::Escalation, &[]).moved_to(4);
    sat.taken.push(Taken {
        deed: Deed::PanelConvened,
        by: agency("board"),
        stage: 0,
    });
    assert!(sat.when("board", Deed::Determined).is_ok());
}

#[test]
fn p7_a_stage_in_a_step_that_moves_nothing_counts_for_nothing() {
    let raised = given(Matter::Escalation, &[]);
    assert_eq!(
        raised.moves("health", Deed::Responded, 200, false, &[]),
        Err(Reason::NotAtThisStage)
    );
}

#[test]
fn who_must_answer_cannot_put_off_by_when_somebody_must_be_protected() {
    let raised = given(Matter::Escalation, &[]);
    assert_eq!(
        raised.when("health", Deed::ProtectBySet),
        Err(Reason::NotTheOriginator)
    );
    assert!(raised.when("housing", Deed::ProtectBySet).is_ok());
}

#[test]
fn nobody_speaks_to_a_claim_or_a_disagreement() {
    for matter in [
        Matter::Involvement,
        Matter::Escalation,
        Matter::AccessRequest,
    ] {
        let on = given(matter, &[]);
        assert_eq!(on.when("housing", Deed::Stated), Err(Reason::WrongKind));
    }
}

#[test]
fn whoever_hears_the_person_passes_it_on_and_the_originator_answers() {
    let alert = given(Matter::HazardAlert, &[]);
    assert_eq!(alert.when("health", Deed::Objected), Ok(Shared::OfItsOwn));
    assert_eq!(
        alert.when("housing", Deed::Objected),
        Ok(Shared::AsItsGround)
    );
    let answer = |by| alert.when(by, Deed::ObjectionUpheld);
    assert_eq!(answer("health"), Err(Reason::NotTheOriginator));
    assert_eq!(
        answer("housing"),
        Ok(Shared::AsItsGround),
        "also of what it heard from the person alone"
    );
}

#[test]
fn a_measure_is_reported_by_whoever_owns_it_and_a_plan_by_its_originator() {
    let plan = given(Matter::SafetyPlan, &[]);
    assert_eq!(plan.when("health", Deed::MeasureDone), Ok(Shared::OfItsOwn));
    assert_eq!(
        plan.when("health", Deed::PlanReviewed),
        Err(Reason::NotTheOriginator)
    );
    let ended = given(Matter::SafetyPlan, &[("housing", Deed::PlanEnded)]);
    assert_eq!(
        ended.when("health", Deed::MeasureDone),
        Err(Reason::LifecycleOver)
    );
}

#[test]
fn the_chair_or_the_host_closes_a_meeting() {
    let meeting = given(Matter::Meeting, &[]);
    for by in ["housing", "social-care"] {
        assert_eq!(
            meeting.when(by, Deed::MeetingClosed),
            Ok(Shared::AsItsGround)
        );
    }
    assert_eq!(
        meeting.when("police", Deed::MeetingClosed),
        Err(Reason::NotTheOriginator)
    );
}

#[test]
fn p7_steps_on_one_event_are_bounded_for_each_agency() {
    let steps: Vec<(&str, Deed)> = vec![("health", Deed::Stated); MOST_STEPS];
    let full = given(Matter::Incident, &steps);
    assert_eq!(
        full.when("health", Deed::Stated),
        Err(Reason::ChangedTooOften)
    );
    assert!(
        full.when("housing", Deed::Stated).is_ok(),
        "nobody uses up another's"
    );
}

#[test]
fn a_request_is_answered_by_others_and_not_by_who_asks() {
    let request = given(Matter::InformationRequest, &[]);
    for deed in [
        Deed::InformationGiven,
        Deed::NothingHeld,
        Deed::InformationDeclined,
    ] {
        assert_eq!(request.when("health", deed), Ok(Shared::OfItsOwn));
        assert_eq!(request.when("housing", deed), Err(Reason::OwnEvent));
        let incident = given(Matter::Incident, &[]);
        assert_eq!(incident.when("health", deed), Err(Reason::WrongKind));
    }
    // It is no place to speak of a person in.
    assert_eq!(
        request.when("health", Deed::Objected),
        Err(Reason::WrongKind)
    );
}
