//! What a step says.

use diogel_contract::v1;
use diogel_texts::console::Phrase as P;

use super::Facts;
use crate::pages::words::{self, label};

impl Facts<'_> {
    pub(super) fn step(&mut self, step: &v1::Step) {
        use v1::step::Said;
        let language = self.language;
        self.fixed(P::ConsoleDeed, label!(Deed, step.deed, language));
        match &step.said {
            Some(Said::Alert(said)) => {
                self.written(P::ConsoleWords, [&said.words]);
                self.written(P::ConsoleDecidedBy, [&said.decided_by]);
                self.day(P::ConsoleReviewOn, &said.review_on);
                self.told(said.told.as_ref());
            }
            Some(Said::Incident(said)) => {
                self.written(P::ConsoleWords, [&said.words]);
                self.written(P::ConsoleDecidedBy, [&said.decided_by]);
                let source: Vec<v1::Corroboration> = said.source.iter().cloned().collect();
                self.corroborated(&source);
            }
            Some(Said::Escalation(said)) => self.escalation_step(said),
            Some(Said::Plan(said)) => {
                if said.measure > 0 {
                    self.fixed(P::ConsoleMeasure, said.measure.to_string());
                }
                self.written(P::ConsoleWords, [&said.words]);
                self.day(P::ConsoleReviewOn, &said.review_on);
            }
            Some(Said::Change(said)) => {
                self.written(P::ConsoleWords, [&said.words]);
                self.day(P::ConsoleWhen, &said.on);
            }
            Some(Said::Meeting(said)) => self.meeting_step(said),
            Some(Said::Information(said)) => {
                self.written(P::ConsoleWords, [&said.words]);
                self.written(P::ConsoleRole, [&said.role]);
            }
            Some(Said::Statement(said)) => self.written(P::ConsoleWords, [&said.words]),
            None => {}
        }
    }

    fn escalation_step(&mut self, said: &v1::EscalationStep) {
        let language = self.language;
        self.written(P::ConsoleWords, [&said.words]);
        self.written(P::ConsoleRole, [&said.role]);
        if said.stage > 0 {
            self.fixed(P::ConsoleStage, said.stage.to_string());
        }
        self.written(P::ConsoleUrgentReason, [&said.urgent_reason]);
        self.fixed(
            P::ConsoleOutcomeOf,
            label!(EscalationOutcome, said.outcome, language),
        );
        self.fixed(
            P::ConsoleProtectBy,
            words::moment(said.protect_by.as_ref(), language),
        );
        let interim: Vec<v1::Measure> = said.interim_position.iter().cloned().collect();
        self.measures(&interim);
        self.agencies(P::ConsolePanel, &said.panel);
    }

    fn meeting_step(&mut self, said: &v1::MeetingRecord) {
        let language = self.language;
        if let Some(exclusion) = &said.exclusion {
            self.written(P::ConsoleExcluded, [&exclusion.who]);
            let ground = label!(ExclusionGround, exclusion.ground, language);
            let extent = label!(ExclusionExtent, exclusion.extent, language);
            self.listed(P::ConsoleExclusion, [extent, ground]);
            self.written(P::ConsoleReason, [&exclusion.reason]);
            self.written(P::ConsoleViewsHeard, [&exclusion.views_heard]);
        }
        if let Some(closing) = &said.closing {
            self.agencies(P::ConsoleAttended, &closing.attended);
            self.answer(P::ConsoleEnough, closing.enough_information());
            self.answer(P::ConsoleEffective, closing.plan_effective());
            if let Some(next) = &closing.next {
                let what = label!(CloseAction, next.what, language);
                let (owner, by) = (self.agency(&next.owner), words::day(&next.by, language));
                self.listed(P::ConsoleNext, [what, &owner, &by]);
            }
            self.written(P::ConsoleDecided, [&closing.decided]);
        }
    }

    fn answer(&mut self, phrase: P, answer: v1::Answer) {
        match answer {
            v1::Answer::Unspecified => {}
            v1::Answer::Yes => self.fixed(phrase, P::ConsoleYes.say(self.language)),
            v1::Answer::No => self.fixed(phrase, P::ConsoleNo.say(self.language)),
        }
    }
}
