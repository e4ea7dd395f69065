//! Invented children, one whom very many reports are about and one of a few: the generated load's, each with that child among its people, for every agency.

use bench::Outcome;
use diogel_contract::v1::{self, publish_request::Content};
use diogel_domain::times::Moment;
use diogel_generator::{Generator, Shape};

/// The child of very many reports; no NHS number begins so.
pub const MANY: &str = "9990011044";
/// The child of a few.
pub const FEW: &str = "9990012172";

/// A child's identifier.
pub fn identifier(number: &str) -> v1::Identifier {
    v1::Identifier {
        scheme: v1::IdentifierScheme::NhsNumber.into(),
        value: number.into(),
        agency: String::new(),
    }
}

/// So many reports about a child, by agency.
pub fn events(
    agencies: &[&str],
    number: &str,
    count: usize,
) -> Outcome<Vec<(String, v1::PublishRequest)>> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
    let now = Moment(i64::try_from(now.as_micros())?);
    let seed = number.parse()?;
    let load = Generator::new(seed, Shape::cwm_derwen(250, now));
    let own = load.filter_map(|(agency, request)| {
        let known = agencies.contains(&agency.as_str());
        let about = known.then(|| about_the_child(request, agencies, &agency, number))??;
        Some((agency, about))
    });
    Ok(own.take(count).collect())
}

fn about_the_child(
    mut request: v1::PublishRequest,
    agencies: &[&str],
    own: &str,
    number: &str,
) -> Option<v1::PublishRequest> {
    let Some(Content::Incident(report)) = &mut request.content else {
        return None;
    };
    report.people.push(v1::Person {
        label: "p12".into(),
        role: v1::PersonRole::ChildAtRisk.into(),
        identifiers: vec![identifier(number)],
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
