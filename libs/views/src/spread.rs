//! Work over many items for one reader who waits: spread over as many threads as there are processors, answered in order.

use std::{num::NonZero, thread};

/// Fewer items than this are done sooner than a thread starts.
const WORTH_A_THREAD: usize = 64;

/// What `of` makes of each item, in their order; the first error, if there is one.
///
/// # Panics
/// If `of` does.
pub fn each<I: Sync, T: Send, E: Send>(
    items: &[I],
    of: impl Fn(&I) -> Result<T, E> + Sync,
) -> Result<Vec<T>, E> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let mut shares = items.chunks(items.len().div_ceil(threads).max(WORTH_A_THREAD));
    let first = shares.next().unwrap_or_default();
    let done = |share: &[I]| share.iter().map(&of).collect::<Result<Vec<T>, E>>();
    thread::scope(|scope| {
        let done = &done;
        let others: Vec<_> = shares
            .map(|share| {
                let started = thread::Builder::new().spawn_scoped(scope, move || done(share));
                // Where the system gives no thread, this one does it all.
                started.map_err(|_| share)
            })
            .collect();
        let mut all = done(first)?;
        for other in others {
            let of_share = match other.map(thread::ScopedJoinHandle::join) {
                Ok(Ok(of_share)) => of_share,
                Ok(Err(panic)) => std::panic::resume_unwind(panic),
                Err(share) => done(share),
            };
            all.extend(of_share?);
        }
        Ok(all)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_done_in_order_or_the_first_error_is_answered() {
        for count in [0, 1, 63, 64, 65, 1000] {
            let items: Vec<u32> = (0..count).collect();
            let twice = each(&items, |n| Ok::<u32, ()>(n * 2));
            let expected: Vec<u32> = (0..count).map(|n| n * 2).collect();
            assert_eq!(twice, Ok(expected));
        }
        let items: Vec<u32> = (0..1000).collect();
        let failed = each(&items, |n| if n % 400 == 399 { Err(*n) } else { Ok(()) });
        assert_eq!(failed, Err(399));
    }
}
