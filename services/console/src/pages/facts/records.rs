//! What the records beside incidents and alerts say: plans, contacts, needs, offers, changes, strengths, requests for information.

use diogel_contract::v1;
use diogel_texts::console::Phrase as P;

use super::Facts;
use crate::pages::words::label;

impl Facts<'_> {
    pub(super) fn plan(&mut self, plan: &v1::SafetyPlan) {
        self.people(&plan.people);
        self.written(P::ConsoleWorries, [&plan.worries]);
        self.written(P::ConsoleAim, [&plan.aim]);
        let lead = match plan.lead.as_str() {
            "" => String::new(),
            lead => self.agency(lead),
        };
        self.fixed(P::ConsoleLead, lead);
        self.measures(&plan.measures);
        self.written(P::ConsoleContingency, [&plan.contingency]);
        self.day(P::ConsoleReviewOn, &plan.review_on);
    }

    pub(super) fn contact(&mut self, contact: &v1::ContactNote) {
        let language = self.language;
        self.occurred(contact.occurred.as_ref());
        self.fixed(
            P::ConsoleContactOutcome,
            label!(ContactOutcome, contact.outcome, language),
        );
        self.people(&contact.people);
        self.written(P::ConsoleNote, [&contact.note]);
    }

    pub(super) fn needs(&mut self, needs: &v1::EngagementNeeds) {
        self.people(needs.person.as_slice());
        self.written(P::ConsoleNeedsLanguage, [&needs.language]);
        if needs.interpreter {
            self.fixed(P::ConsoleInterpreter, P::ConsoleYes.say(self.language));
        }
        self.written(P::ConsoleNeedsAccess, [&needs.access]);
        let more = [
            &needs.customs,
            &needs.dress,
            &needs.bereavement,
            &needs.advice_sought,
        ];
        self.written(P::ConsoleNeedsCustoms, more);
        self.written(P::ConsoleSafeContact, [&needs.safe_contact]);
    }

    pub(super) fn advocacy(&mut self, advocacy: &v1::Advocacy) {
        let language = self.language;
        self.people(advocacy.person.as_slice());
        let what = label!(Offer, advocacy.what, language);
        let response = label!(OfferResponse, advocacy.response, language);
        self.listed(P::ConsoleKindAdvocacy, [what, response]);
        self.day(P::ConsoleWhen, &advocacy.on);
        self.written(P::ConsoleNote, [&advocacy.note]);
    }

    pub(super) fn change(&mut self, change: &v1::ChangeClaimed) {
        self.people(&change.people);
        self.written(P::ConsoleKindChange, [&change.what]);
        self.day(P::ConsoleSince, &change.since);
        self.corroborated(&change.confirmed_by);
    }

    pub(super) fn strength(&mut self, strength: &v1::StrengthNoted) {
        self.people(&strength.people);
        self.written(P::ConsoleKindStrength, [&strength.what]);
        self.day(P::ConsoleSince, &strength.since);
    }

    pub(super) fn information_request(&mut self, request: &v1::InformationRequest) {
        self.people(&request.people);
        self.agencies(P::ConsoleAsked, &request.asked);
        self.written(P::ConsoleNeeded, [&request.what]);
        self.day(P::ConsoleAnswerBy, &request.by);
        let power = label!(RequestPower, request.power, self.language);
        self.fixed(P::ConsolePower, power);
    }
}
