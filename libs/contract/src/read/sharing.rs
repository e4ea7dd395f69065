//! What is said about sharing, from the wire: involvement, meetings, requests for access, changes of audience, disclosures.

use diogel_domain::{
    content::{Content, Open, ReferenceRole},
    disclosure::{AccessRequest, Decided, EmergencyDisclosure, SharingDecision},
    involvement::{ClaimGrounds, InvolvementClaim},
    meeting::{Attendance, Meeting},
};
use diogel_sharing::change::{Change, Disclosure, Narrowing};

use super::{Reading, Said};
use crate::v1;

impl Reading<'_> {
    pub(super) fn claim(&mut self, given: &v1::InvolvementClaim) -> Content {
        self.sensitive = given.sensitive;
        let people = given.person.as_ref().map(std::slice::from_ref);
        let reason = !given.reason.is_empty() || !given.planned_contact.is_empty();
        Content::Involvement(InvolvementClaim {
            people: self.people("involvement", people.unwrap_or_default()),
            grounds: reason.then(|| ClaimGrounds {
                reason: given.reason.clone(),
                planned_contact: given.planned_contact.clone(),
            }),
        })
    }

    /// A confirmation or closing says all by the claim that it names.
    pub(super) fn about_claim(
        &mut self,
        at: &str,
        claim: Option<&v1::Reference>,
        open: Open,
    ) -> Said {
        self.reference(&format!("{at}.claim"), ReferenceRole::Claim, claim);
        Said::Open(open)
    }

    pub(super) fn acknowledgement(&mut self, given: &v1::Acknowledgement) -> Said {
        let event = given.event.as_ref();
        self.reference("acknowledgement.event", ReferenceRole::Acknowledges, event);
        Said::Open(Open::Acknowledged)
    }

    /// `asked`: a request says who attends and what it changes; read back from the seal, the header does.
    pub(super) fn meeting(&mut self, given: &v1::Meeting, asked: bool) -> Content {
        if asked {
            self.attendance = self.attending(given);
            if given.changes.is_some() {
                let changes = given.changes.as_ref();
                self.reference("meeting.changes", ReferenceRole::Changes, changes);
            }
        }
        let meeting = Meeting {
            people: self.people("meeting", &given.people),
            places: self.places("meeting", &given.places),
            held_at: self.moment("meeting.held_at", given.held_at.as_ref()),
            occasion: given.occasion.clone(),
        };
        Content::Meeting(meeting, given.changes.is_some())
    }

    fn attending(&mut self, given: &v1::Meeting) -> Option<Attendance> {
        let chair = self.agency("meeting.chair", &given.chair);
        let named = given.attending.iter().take(25).enumerate();
        let mut attending: Vec<_> = named
            .filter_map(|(i, a)| self.agency(&format!("meeting.attending[{i}]"), a))
            .collect();
        let chair = chair?;
        if !attending.contains(&chair) {
            attending.push(chair.clone());
        }
        attending.sort();
        attending.dedup();
        if given.cancelled {
            attending.clear();
        }
        Some(Attendance { chair, attending })
    }

    pub(super) fn access_request(&mut self, given: &v1::AccessRequest, asked: bool) -> Content {
        if asked {
            let event = given.event.as_ref();
            self.reference("access_request.event", ReferenceRole::Requests, event);
            self.asked = self.groups("access_request.groups", &given.groups);
            if given.groups.is_empty() {
                self.add("access_request.groups", "needs at least one: what you need");
            }
        }
        Content::AccessRequest(AccessRequest {
            reason: given.reason.clone(),
        })
    }

    pub(super) fn audience_changed(&mut self, given: &v1::AudienceChanged, asked: bool) -> Content {
        let at = "audience_changed";
        if asked {
            let event = given.event.as_ref();
            self.reference(&format!("{at}.event"), ReferenceRole::Shares, event);
            self.answers(at, given.answers.as_ref());
            self.change = self.change(&format!("{at}.change"), given.change.as_ref());
            if matches!(self.change, Some(Change::Disclose(_))) {
                let way_out = "isn't taken here; EmergencyService discloses";
                self.add(format!("{at}.change.disclose"), way_out);
            }
        }
        Content::SharingDecision(SharingDecision {
            decided: Decided::Changed,
            reason: given.reason.clone(),
        })
    }

    pub(super) fn sharing_declined(&mut self, given: &v1::SharingDeclined, asked: bool) -> Content {
        let at = "sharing_declined";
        if asked {
            if given.event.is_some() {
                let event = given.event.as_ref();
                self.reference(&format!("{at}.event"), ReferenceRole::Shares, event);
            }
            self.answers(at, given.answers.as_ref());
        }
        Content::SharingDecision(SharingDecision {
            decided: Decided::NotShared,
            reason: given.reason.clone(),
        })
    }

    fn answers(&mut self, at: &str, answers: Option<&v1::Reference>) {
        if answers.is_some() {
            self.reference(&format!("{at}.answers"), ReferenceRole::Answers, answers);
        }
    }

    pub(super) fn emergency(&mut self, given: &v1::EmergencyDisclosure, asked: bool) -> Content {
        if asked {
            let event = given.event.as_ref();
            self.reference("disclosure.event", ReferenceRole::Shares, event);
            let at = "disclosure.disclosure";
            let disclosure = given.disclosure.as_ref();
            self.change = disclosure.map(|d| Change::Disclose(self.disclosure(at, d)));
            if disclosure.is_none() {
                self.add(at, "is required: to whom, and what");
            }
        }
        Content::EmergencyDisclosure(EmergencyDisclosure {
            reason: given.reason.clone(),
        })
    }

    pub(super) fn change(
        &mut self,
        at: &str,
        given: Option<&v1::AudienceChange>,
    ) -> Option<Change> {
        use v1::audience_change::Change as Given;
        match given.and_then(|g| g.change.as_ref()) {
            Some(Given::Widen(widening)) => {
                let grants = self.grants(&format!("{at}.widen.grants"), &widening.grants);
                Some(Change::Widen(grants))
            }
            Some(Given::Narrow(narrowing)) => {
                let named = narrowing.agencies.iter().take(65).enumerate();
                let from = named
                    .filter_map(|(i, a)| self.agency(&format!("{at}.narrow.agencies[{i}]"), a));
                let from = from.collect();
                let groups = self.groups(&format!("{at}.narrow.groups"), &narrowing.groups);
                let all = narrowing.groups.is_empty();
                let groups = if all {
                    diogel_sharing::groups::Groups::ALL
                } else {
                    groups
                };
                Some(Change::Narrow(Narrowing { from, groups }))
            }
            Some(Given::Withdraw(true)) => Some(Change::Withdraw),
            Some(Given::Disclose(disclosure)) => {
                let at = format!("{at}.disclose");
                Some(Change::Disclose(self.disclosure(&at, disclosure)))
            }
            Some(Given::Withdraw(false)) | None => {
                self.add(at, "is required: `widen`, `narrow` or `withdraw`");
                None
            }
        }
    }

    fn disclosure(&mut self, at: &str, given: &v1::Disclosure) -> Disclosure {
        let named = given.agencies.iter().take(17).enumerate();
        let to = named.filter_map(|(i, a)| self.agency(&format!("{at}.agencies[{i}]"), a));
        let to = to.collect();
        let groups = self.groups(&format!("{at}.groups"), &given.groups);
        let until = self.moment(&format!("{at}.until"), given.until.as_ref());
        Disclosure { to, groups, until }
    }
}
