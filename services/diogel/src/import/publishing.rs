//! Sends a register's good rows to the agency's own service: of each the incident first, then the alert that rests on it. Sent again,
//! nothing is taken twice.

use diogel_contract::{
    refusal::Violation,
    v1::{self, publishing_service_client::PublishingServiceClient},
};
use diogel_register::{DryRun, Proposal, RowReport};
use tonic::{Code, Status, transport::Channel};
use tonic_types::StatusExt;

use crate::{client, failure::Failure, folder::Folder, show};

type Client = PublishingServiceClient<Channel>;

/// What became of one publication. What isn't the publication's own fault is a failure instead.
enum Sent {
    /// Taken; again: it had been before.
    Taken { again: bool },
    /// Its key was used before with other content.
    Changed,
    /// It breaks a rule, which the dry run should have said.
    Refused(Vec<Violation>),
}

/// Sends every proposal, and says in the report what became of it.
pub(super) async fn all(folder: &Folder, agency: &str, run: &mut DryRun) -> Result<(), Failure> {
    let mut client = client::publishing(folder, agency)?;
    let bar = show::progress(run.proposals.len() as u64, "publishing");
    let DryRun { report, proposals } = run;
    for (number, proposal) in proposals.iter().enumerate() {
        let Some(row) = report.rows.get_mut(proposal.at) else {
            continue;
        };
        if let Err(failure) = one(&mut client, proposal, row).await {
            bar.finish_and_clear();
            let way_out = "import it again: what was taken isn't taken twice";
            show::note(&format!("broken off after {number} rows; {way_out}"));
            return Err(failure.within(&format!("row {}", row.row)));
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(())
}

async fn one(client: &mut Client, proposal: &Proposal, row: &mut RowReport) -> Result<(), Failure> {
    let first = match send(client, &proposal.incident).await? {
        Sent::Taken { again } => again,
        Sent::Changed => {
            row.was_changed();
            return Ok(());
        }
        Sent::Refused(violations) => {
            row.was_refused(false, &violations);
            return Ok(());
        }
    };
    match send(client, &proposal.alert).await {
        Ok(Sent::Taken { again }) => row.was_taken(first && again),
        Ok(Sent::Changed) => row.was_changed(),
        Ok(Sent::Refused(violations)) => row.was_refused(true, &violations),
        Err(failure) => {
            row.was_refused(true, &[]);
            return Err(failure);
        }
    }
    Ok(())
}

async fn send(client: &mut Client, request: &v1::PublishRequest) -> Result<Sent, Failure> {
    match client.publish(request.clone()).await {
        Ok(answer) => {
            let receipt = answer.into_inner().receipt.unwrap_or_default();
            Ok(Sent::Taken {
                again: receipt.replayed,
            })
        }
        Err(status) => match status.code() {
            Code::AlreadyExists => Ok(Sent::Changed),
            Code::InvalidArgument => Ok(Sent::Refused(violations(&status))),
            _ => Err(status.into()),
        },
    }
}

/// The fields that a refusal names; the refusal itself, if it names none.
fn violations(status: &Status) -> Vec<Violation> {
    let fields = status
        .get_details_bad_request()
        .map(|bad| bad.field_violations);
    let fields = fields.unwrap_or_default().into_iter();
    let mut violations: Vec<Violation> = fields
        .map(|violation| Violation {
            field: violation.field,
            description: violation.description,
        })
        .collect();
    if violations.is_empty() {
        violations.push(Violation {
            field: "request".into(),
            description: status.message().into(),
        });
    }
    violations
}
