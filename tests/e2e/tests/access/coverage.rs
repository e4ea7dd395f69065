//! The whole matrix, on a board of processes of their own.

use diogel_contract::v1;
use diogel_domain::ids::EventId;
use diogel_e2e::{Board, REPLICA, SOON, danger, until};
use tonic::Code;

use crate::matrix::{Matrix, Row, Subjects};
use crate::messages::Subject;
use crate::{exemptions, rules, text};

/// Premises that police knows of, and some that nobody does.
const UPRNS: [&str; 2] = ["10099000071", "10099000072"];

/// Police's report, which it shares with nobody: whoever else learns of it has learned too much.
fn private(key: &str) -> v1::PublishRequest {
    let mut request = danger("police", key, UPRNS[0]);
    let audience = request.audience.as_mut().expect("an audience");
    audience.grants.clear();
    audience.originator_only = true;
    request
}

/// What is there, and what isn't.
async fn subjects(board: &Board) -> Subjects {
    let read = board.publish("police", private("read")).await;
    let erased = board.publish("police", private("erased")).await;
    let receipts = [read, erased];
    board.settled(&receipts).await;
    shown(board, &receipts[0].event_id).await;
    let [read, erased] = receipts.map(|receipt| receipt.event_id);
    let absent = |byte| EventId([byte; 16]).to_string();
    Subjects {
        there: Subject {
            event: read,
            erased,
            uprn: UPRNS[0],
        },
        absent: Subject {
            event: absent(1),
            erased: absent(2),
            uprn: UPRNS[1],
        },
    }
}

/// The replica shows it too.
async fn shown(board: &Board, event_id: &str) {
    let request = v1::GetItemRequest {
        event_id: event_id.into(),
        ..v1::GetItemRequest::default()
    };
    until("the replica shows it", SOON, async || {
        let mut reader = board.reader_at(REPLICA, "police");
        match reader.get_item(request.clone()).await {
            Ok(_) => Some(()),
            Err(status) if [Code::NotFound, Code::Unavailable].contains(&status.code()) => None,
            Err(status) => panic!("{status:?}"),
        }
    })
    .await;
}

/// No refusal may hold any of these. Agencies aren't among them: «for the police» stands in a rule's own words.
fn secrets(subjects: &Subjects) -> Vec<String> {
    let mut all = vec!["nobody-here".into()];
    for subject in [&subjects.there, &subjects.absent] {
        all.extend([
            subject.event.clone(),
            subject.erased.clone(),
            subject.uprn.into(),
        ]);
    }
    all
}

fn held(rows: &[Row], secrets: &[String]) {
    let exemptions = exemptions::read();
    let mut wrong = rules::broken(rows, &exemptions, secrets);
    if exemptions.len() != exemptions::AT_MOST {
        let (many, most) = (exemptions.len(), exemptions::AT_MOST);
        wrong.push(format!(
            "{many} exemptions; the list only gets shorter than {most}"
        ));
    }
    wrong.extend(text::hold(&text::of(rows)).err());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_call_answers_those_alone_whom_it_is_for() {
    let mut board = Board::start().await;
    board.start_service(REPLICA).await;
    let subjects = subjects(&board).await;
    let secrets = secrets(&subjects);
    let rows = Matrix::new(&board, subjects).rows().await;
    held(&rows, &secrets);
}
