//! Who runs: the threads of the program, numbered in the order in which they began.

use std::collections::VecDeque;
use std::fs;

use super::Occurrence;

/// Stops after which a thread lets others go on: it may wait for one of them in a loop.
const TURN: u32 = 100;

/// What a thread does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Activity {
    /// It is new, and has not reported its first stop.
    New,
    /// It is stopped, and may go on when it is its turn.
    Held,
    /// It runs.
    Running,
    /// It waits in a system call, and is not stopped.
    Blocked,
    /// It has ended.
    Gone,
}

#[derive(Debug)]
struct Thread {
    id: i32,
    activity: Activity,
    /// A signal that it gets when it goes on.
    signal: Option<i32>,
}

/// All threads there ever were; the number of a thread is its place, from 1.
#[derive(Debug)]
pub(super) struct Threads {
    all: Vec<Thread>,
    /// The thread whose turn it is.
    current: usize,
    /// How often it was let go on since its turn began.
    resumed: u32,
    pending: VecDeque<Occurrence>,
}

impl Threads {
    pub(super) fn of(id: i32) -> Self {
        Self {
            all: vec![Thread { id, activity: Activity::Held, signal: None }],
            current: 0,
            resumed: 0,
            pending: VecDeque::new(),
        }
    }

    /// The number of a thread, which is given to it when it is first heard of.
    pub(super) fn number(&mut self, id: i32) -> u32 {
        let known = self.all.iter().rposition(|thread| thread.id == id);
        let place = known.unwrap_or_else(|| {
            self.all.push(Thread { id, activity: Activity::New, signal: None });
            self.begin_turn(self.all.len() - 1);
            self.current
        });
        u32::try_from(place + 1).unwrap_or(u32::MAX)
    }

    pub(super) fn id(&self, number: u32) -> i32 {
        self.thread(number).map_or(0, |thread| thread.id)
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = i32> {
        self.all.iter().map(|thread| thread.id)
    }

    fn thread(&self, number: u32) -> Option<&Thread> {
        self.all.get(number as usize - 1)
    }

    pub(super) fn set(&mut self, number: u32, activity: Activity) {
        if let Some(thread) = self.all.get_mut(number as usize - 1) {
            thread.activity = activity;
        }
    }

    /// Whether there never was more than one thread.
    pub(super) fn is_one(&self) -> bool {
        self.all.len() == 1
    }

    pub(super) fn is_blocked(&self, number: u32) -> bool {
        self.thread(number).is_some_and(|thread| thread.activity == Activity::Blocked)
    }

    pub(super) fn pass_on(&mut self, number: u32, signal: i32) {
        if let Some(thread) = self.all.get_mut(number as usize - 1) {
            thread.signal = Some(signal);
        }
    }

    pub(super) fn take_signal(&mut self, number: u32) -> Option<i32> {
        self.all.get_mut(number as usize - 1)?.signal.take()
    }

    pub(super) fn put_off(&mut self, occurrence: Occurrence) {
        self.pending.push_back(occurrence);
    }

    /// Something that happened earlier, when nobody runs.
    pub(super) fn take_pending(&mut self) -> Option<Occurrence> {
        if self.is_any(Activity::Running) { None } else { self.pending.pop_front() }
    }

    fn is_any(&self, activity: Activity) -> bool {
        self.all.iter().any(|thread| thread.activity == activity)
    }

    /// The thread whose turn it is, when nobody runs: the one that ran, or else the youngest that is held.
    /// None while one is about to begin, or to wake: it will report itself.
    pub(super) fn runnable(&mut self) -> Option<u32> {
        if self.is_any(Activity::Running) || self.is_any(Activity::New) {
            return None;
        }
        self.resumed += 1;
        let may_stay = self.all[self.current].activity == Activity::Held;
        if !may_stay || self.resumed > TURN {
            let is_awake = |thread: &Thread| thread.activity == Activity::Blocked && !sleeps(thread.id);
            if self.all.iter().any(is_awake) {
                return None;
            }
            let next = self.next_held()?;
            self.begin_turn(next);
        }
        u32::try_from(self.current + 1).ok()
    }

    /// The youngest that is held, of those older than the current one if there are any.
    fn next_held(&self) -> Option<usize> {
        let is_held = |thread: &Thread| thread.activity == Activity::Held;
        self.all[..self.current].iter().rposition(is_held).or_else(|| self.all.iter().rposition(is_held))
    }

    fn begin_turn(&mut self, place: usize) {
        (self.current, self.resumed) = (place, 0);
    }

    /// Whether a thread could go on if the running one slept.
    pub(super) fn others_wait(&self) -> bool {
        self.is_any(Activity::Running) && self.is_any(Activity::Held)
    }

    /// Whether the running thread sleeps in a system call, as `/proc` tells.
    pub(super) fn running_sleeps(&self) -> bool {
        let mut running = self.all.iter().filter(|thread| thread.activity == Activity::Running);
        running.all(|thread| sleeps(thread.id))
    }

    pub(super) fn running_is_blocked(&mut self) {
        for thread in &mut self.all {
            if thread.activity == Activity::Running {
                thread.activity = Activity::Blocked;
            }
        }
    }
}

/// Whether a thread sleeps, as `/proc` tells.
fn sleeps(id: i32) -> bool {
    let stat = fs::read(format!("/proc/{id}/stat")).unwrap_or_default();
    let name_end = stat.iter().rposition(|byte| *byte == b')');
    name_end.is_some_and(|end| stat.get(end + 2) == Some(&b'S'))
}
