//! The same work on many items, on all processors, with results in the order of the items.

use std::cell::Cell;
use std::panic::resume_unwind;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread::{available_parallelism, scope};

static PROCESSORS: LazyLock<usize> = LazyLock::new(|| available_parallelism().map_or(1, usize::from));

thread_local! {
    /// Whether this thread is at work here already: the processors are then busy, and more threads would only wait.
    static AT_WORK: Cell<bool> = const { Cell::new(false) };
}

/// Does the same with every item, each taken in its turn by whichever thread is free. What comes out depends on no thread:
/// it is in the order of the items. A single item, and work within work, need no thread.
pub(crate) fn in_parallel<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let threads = items.len().min(*PROCESSORS);
    if threads < 2 || AT_WORK.get() {
        return items.into_iter().map(work).collect();
    }
    let queue = Mutex::new(items.into_iter().enumerate());
    let take = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let worker = || {
        AT_WORK.set(true);
        let done: Vec<(usize, R)> = std::iter::from_fn(take).map(|(place, item)| (place, work(item))).collect();
        AT_WORK.set(false);
        done
    };
    let mut results = scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(worker)).collect();
        let mut results = worker();
        for other in others {
            results.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        results
    });
    results.sort_unstable_by_key(|(place, _)| *place);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::in_parallel;

    #[test]
    fn results_are_in_the_order_of_the_items_also_within_other_work() {
        let squares = |from: usize| in_parallel((from..from + 100).collect(), |n| n * n);
        let nested = in_parallel((0..50).collect(), squares);
        for (from, found) in nested.iter().enumerate() {
            assert_eq!(*found, (from..from + 100).map(|n| n * n).collect::<Vec<_>>());
        }
    }
}
