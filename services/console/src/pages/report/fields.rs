//! Reading what several forms have in common: times by the clock on the wall, people, what a service says is wrong.

use diogel_contract::{Timestamp, v1, write};
use diogel_domain::{calendar::moment_of, codes::Language, times::Day};
use diogel_texts::console::Phrase as P;
use tonic::Status;
use tonic_types::StatusExt;

use crate::{
    answers::{Answers, Fault, Faults},
    page::Visit,
};

/// A day and a time by London's clocks, from the fields `NAME-day` and `NAME-time`; none: no day is filled in.
pub(crate) fn moment(
    answers: &Answers,
    name: &str,
    faults: &mut Faults,
    language: Language,
) -> Option<Timestamp> {
    let (day_field, time_field) = (format!("{name}-day"), format!("{name}-time"));
    let (day, time) = (answers.get(&day_field), answers.get(&time_field));
    if day.is_empty() && time.is_empty() {
        return None;
    }
    let parsed = Day::parse(day);
    if parsed.is_none() {
        faults.add(&day_field, P::ConsoleDayWrong.say(language));
    }
    let minute = if time.is_empty() {
        Some(0)
    } else {
        minute(time)
    };
    if minute.is_none() {
        faults.add(&time_field, P::ConsoleTimeWrong.say(language));
    }
    Some(write::timestamp(moment_of(parsed?, minute?)))
}

/// "14:05" as minutes of the day.
fn minute(time: &str) -> Option<u16> {
    let (hours, minutes) = time.split_once(':')?;
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.get(..2)?.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// When it occurred: to the minute with a time, else to the day.
pub(crate) fn occurred(
    answers: &Answers,
    faults: &mut Faults,
    language: Language,
) -> Option<v1::Occurred> {
    let from = moment(answers, "occurred", faults, language);
    if from.is_none() && faults.at("occurred-day").is_none() && faults.at("occurred-time").is_none()
    {
        faults.add("occurred-day", P::ConsoleDayNeeded.say(language));
    }
    let from = from?;
    let by_minute = !answers.get("occurred-time").is_empty();
    let precision = if by_minute {
        v1::Precision::Minute
    } else {
        v1::Precision::Day
    };
    let to = (!by_minute).then(|| Timestamp {
        seconds: from.seconds + 24 * 3_600 - 60,
        nanos: 0,
    });
    Some(v1::Occurred {
        from: Some(from),
        to,
        precision: precision as i32,
    })
}

/// A person by the fields `PREFIXnhs`, `PREFIXlocal`, `PREFIXname`; none: no identifier is filled in.
pub(crate) fn person(
    answers: &Answers,
    prefix: &str,
    label: &str,
    role: v1::PersonRole,
    visit: &Visit,
) -> Option<v1::Person> {
    let value = |field: &str| -> String {
        answers
            .get(&format!("{prefix}{field}"))
            .split_whitespace()
            .collect()
    };
    let identifier = |scheme, value, agency: &str| v1::Identifier {
        scheme,
        value,
        agency: agency.to_owned(),
    };
    let (nhs, local) = (value("nhs"), value("local"));
    let mut identifiers = Vec::new();
    if !nhs.is_empty() {
        identifiers.push(identifier(v1::IdentifierScheme::NhsNumber as i32, nhs, ""));
    }
    if !local.is_empty() {
        let scheme = v1::IdentifierScheme::Local as i32;
        identifiers.push(identifier(scheme, local, &visit.who.agency));
    }
    (!identifiers.is_empty()).then(|| v1::Person {
        label: label.to_owned(),
        role: role as i32,
        identifiers,
        name: answers.get(&format!("{prefix}name")).to_owned(),
        ..v1::Person::default()
    })
}

/// What a service says is wrong, each at the field that `at` knows for its path.
pub(crate) fn from_service(faults: &mut Faults, status: &Status, at: impl Fn(&str) -> String) {
    let details = status.get_error_details();
    let violations = details
        .bad_request()
        .map(|bad| bad.field_violations.as_slice());
    for violation in violations.unwrap_or_default() {
        faults.0.push(Fault {
            field: at(&violation.field),
            words: format!("{}: {}", violation.field, violation.description),
            from_service: true,
        });
    }
    if faults.is_empty() {
        faults.0.push(Fault {
            field: at(""),
            words: status.message().to_owned(),
            from_service: true,
        });
    }
}
