//! One invented child whom very many reports are about: the generated load's, each with that child among its people, for every agency.

use bench::Outcome;
use diogel_contract::v1::{self, publish_request::Content};
use diogel_domain::times::Moment;
use diogel_generator::{Generator, Shape};

/// By which the child is found; no NHS number begins so.
const NUMBER: &str = "9990011044";

/// The child's identifier.
pub fn identifier() -> v1::Identifier {
    v1::Identifier {
        scheme: v1::IdentifierScheme::NhsNumber.into(),
        value: NUMBER.into(),
        agency: String::new(),
    }
}

/// So many reports, by agency.
pub fn events(agencies: &[&str], count: usize) -> Outcome<Vec<(String, v1::PublishRequest)>> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
    let now = Moment(i64::try_from(now.as_micros())?);
    let load = Generator::new(1, Shape::cwm_derwen(250, now));
    let own = load.filter_map(|(agency, request)| {
        let known = agencies.contains(&agency.as_str());
        let about = known.then(|| about_the_child(request, agencies, &agency))??;
        Some((agency, about))
    });
    Ok(own.take(count).collect())
}

fn about_the_child(
    mut request: v1::PublishRequest,
    agencies: &[&str],
    own: &str,
) -> Option<v1::PublishRequest> {
    let Some(Content::Incident(report)) = &mut request.content else {
        return None;
    };
    report.people.push(v1::Person {
        label: "p12".into(),
        role: v1::PersonRole::ChildAtRisk.into(),
        identifiers: vec![identifier()],
        name: "Mali Invented".into(),
        ..v1::Person::default()
    });
    let audience = request.audience.as_mut()?;
    let others = agencies.iter().filter(|agency| **agency != own);
    let grants = others.map(|agency| v1::Grant {
        to: Some(v1::grant::To::Agency((*agency).to_owned())),
        groups: Vec::new(),
    });
    audience.grants = grants.collect();
    audience.originator_only = false;
    audience.withheld_agencies.clear();
    audience.withheld_persons.clear();
    audience.purpose = v1::Purpose::ChildProtection.into();
    audience.lawful_basis = v1::LawfulBasis::PublicTask.into();
    Some(request)
}
