//! A server or a stream that is not as demanded is refused, and the refusal says what to put right.

use diogel_event_log::jetstream::names::Role;
use diogel_event_log::jetstream::{JetStreamInlets, Streams, setup, verify};
use diogel_event_log::log::{Inlets, LogError};

use crate::board::Board;
use crate::suite::{NORTH, SOUTH};

#[tokio::test(flavor = "multi_thread")]
async fn streams_as_made_pass_and_making_them_again_changes_nothing() {
    let board = Board::start().await;
    let (streams, agencies) = (board.hub.streams(), [NORTH, SOUTH]);
    setup(&board.hub.link(Role::Operator).await, &agencies, &streams)
        .await
        .expect("again");
    verify(&board.hub.link(Role::Projection).await, &agencies, &streams)
        .await
        .expect("passes");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_with_another_setting_is_refused_by_name() {
    let board = Board::start().await;
    let streams = Streams {
        agency_bytes: 1 << 20,
        ..board.hub.streams()
    };
    let wanted = "stream EVT_NORTH: max_bytes: found 67108864, wanted 1048576";
    let projection = board.hub.link(Role::Projection).await;
    for answer in [
        verify(&projection, &[NORTH], &streams).await,
        setup(&board.hub.link(Role::Operator).await, &[NORTH], &streams).await,
        JetStreamInlets::new(projection.clone(), streams)
            .inlet(NORTH, diogel_event_log::entry::Place::START)
            .await
            .map(drop),
    ] {
        let Err(LogError::Refused(text)) = answer else {
            panic!("{answer:?}")
        };
        assert_eq!(text, wanted);
    }
}
