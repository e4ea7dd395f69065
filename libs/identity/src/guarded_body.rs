//! An answer on its way out, cut off once its reader is refused. Owns that no service can forget it: every stream of answers
//! passes here, also while it has nothing to say. A single answer passes untouched.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http_body::{Body as HttpBody, Frame, SizeHint};
use tonic::Status;
use tonic::body::Body;
use tonic::codegen::{Bytes, http};

use crate::guard::Guard;
use crate::peer::Peer;

/// A single answer is one frame and the trailers, a long one some more; whatever goes beyond, or waits, is watched.
const SINGLE: u8 = 1;

type Refused = Pin<Box<dyn Future<Output = Status> + Send>>;

/// A body of answers to one peer.
pub(crate) struct GuardedBody {
    inner: Body,
    guard: Arc<Guard>,
    peer: Arc<Peer>,
    uri: http::Uri,
    frames: u8,
    watch: Watch,
}

enum Watch {
    /// It may be a single answer: nobody watches yet.
    NotYet,
    /// Ends with the refusal.
    Watching(Refused),
    /// The last of it was sent.
    Over,
}

impl GuardedBody {
    pub(crate) fn new(inner: Body, guard: Arc<Guard>, peer: Arc<Peer>, uri: http::Uri) -> Self {
        Self {
            inner,
            guard,
            peer,
            uri,
            frames: 0,
            watch: Watch::NotYet,
        }
    }

    fn start_watching(&mut self) {
        let guard = self.guard.clone();
        let refused = guard.refused(self.peer.clone(), self.uri.clone());
        self.watch = Watch::Watching(Box::pin(refused));
    }

    fn poll_refused(&mut self, cx: &mut Context<'_>) -> Option<Status> {
        match &mut self.watch {
            Watch::Watching(refused) => match refused.as_mut().poll(cx) {
                Poll::Ready(status) => Some(status),
                Poll::Pending => None,
            },
            Watch::NotYet | Watch::Over => None,
        }
    }

    /// The refusal as the last thing that the reader gets; what the service would have said goes with its body.
    fn end(&mut self, status: &Status) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        self.watch = Watch::Over;
        self.inner = Body::empty();
        let mut trailers = http::HeaderMap::new();
        Poll::Ready(Some(match status.add_header(&mut trailers) {
            Ok(()) => Ok(Frame::trailers(trailers)),
            Err(status) => Err(status),
        }))
    }
}

impl HttpBody for GuardedBody {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        if let Some(status) = self.poll_refused(cx) {
            return self.end(&status);
        }
        let frame = Pin::new(&mut self.inner).poll_frame(cx);
        match &frame {
            Poll::Ready(Some(Ok(sent))) if sent.is_data() => {
                self.frames = self.frames.saturating_add(1);
            }
            // The end: nothing comes after it, a refusal neither.
            Poll::Ready(_) => self.watch = Watch::Over,
            Poll::Pending => self.frames = u8::MAX,
        }
        if self.frames > SINGLE && matches!(self.watch, Watch::NotYet) {
            self.start_watching();
            // Polled, so that it wakes this stream; whoever it refuses at once doesn't get this frame either.
            if let Some(status) = self.poll_refused(cx) {
                return self.end(&status);
            }
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        // A refusal can cut it short: no length is promised.
        SizeHint::default()
    }
}
