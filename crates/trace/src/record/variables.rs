//! Whether variables still have their values: what lines do, applied to the calls that executed them.

use std::collections::{BTreeMap, BTreeSet};

use model::recording::{Event, State};

use crate::dwarf::{Function, Program};
use crate::frames::Call;
use crate::mir::Effects;

/// A call that has not returned, and what is known of its variables.
#[derive(Debug)]
struct Activation {
    function: usize,
    /// The end of its frame, which no other call of the thread has.
    cfa: u64,
    /// The line that it executes, and the address at which that began.
    line: u32,
    address: u64,
    /// Variables (by their place in the function) that have lost their values, or got them back.
    states: BTreeMap<usize, State>,
    /// Variables that were in scope at the last stop, and ever.
    in_scope: BTreeSet<usize>,
    seen: BTreeSet<usize>,
    /// Variables in scope whose declaration is done: a scope may begin before the value is stored.
    settled: BTreeSet<usize>,
}

/// The calls of one thread, the outermost first.
#[derive(Debug, Default)]
pub(super) struct Activations(Vec<Activation>);

impl Activations {
    /// Whether a stop of the innermost call is a new step: another line, or the same one again. One line may
    /// consist of many statements.
    pub(super) fn is_step(&self, innermost: &Call, line: u32) -> bool {
        let known = self.0.iter().rfind(|activation| activation.is(innermost));
        known.is_none_or(|known| known.line != line || innermost.registers.pc_in_file <= known.address)
    }

    /// Takes note of a step: `calls`, the innermost first, are what is on the stack now. Gives what happened
    /// to variables since the step before.
    pub(super) fn step(&mut self, program: &Program, effects: &Effects, calls: &[Call]) -> Vec<Event> {
        let mut events = Vec::new();
        let same = self.0.iter().zip(calls.iter().rev()).take_while(|(known, call)| known.is(call)).count();
        for mut returned in self.0.drain(same..).rev() {
            returned.line_is_done(program, effects, &mut events);
        }
        for (place, call) in calls.iter().rev().enumerate() {
            let line = program.line_at(call.place());
            match self.0.get_mut(place) {
                Some(known) if call.is_waiting => known.call_begins(program, effects, &mut events),
                Some(known) => known.line_is_done(program, effects, &mut events),
                None => self.0.push(Activation::new(call, line)),
            }
            let activation = &mut self.0[place];
            (activation.line, activation.address) = (line, call.registers.pc_in_file);
            if call.is_waiting {
                activation.call_begins(program, effects, &mut events);
            }
            activation.enter_scopes(&program.functions[call.function], call.place());
        }
        events
    }

    /// The state of a variable at the step that was noted last; none when it is not to be shown.
    pub(super) fn state(&self, program: &Program, effects: &Effects, call: &Call, variable: usize) -> Option<State> {
        let activation = self.0.iter().rfind(|activation| activation.is(call))?;
        let state = activation.states.get(&variable).copied().unwrap_or_default();
        if activation.in_scope.contains(&variable) {
            return activation.settled.contains(&variable).then_some(state);
        }
        let declared = &program.functions[call.function].variables[variable];
        let is_ending = activation.seen.contains(&variable)
            && effects.ends_on(activation.line, &(declared.name.clone(), declared.line));
        is_ending.then_some(if state == State::Live { State::Ending } else { state })
    }

    /// The thread has ended: what its last lines did has happened.
    pub(super) fn end(&mut self, program: &Program, effects: &Effects) -> Vec<Event> {
        self.step(program, effects, &[])
    }
}

impl Activation {
    fn new(call: &Call, line: u32) -> Self {
        Self {
            function: call.function,
            cfa: call.registers.cfa,
            line,
            address: 0,
            states: BTreeMap::new(),
            in_scope: BTreeSet::new(),
            seen: BTreeSet::new(),
            settled: BTreeSet::new(),
        }
    }

    fn is(&self, call: &Call) -> bool {
        self.function == call.function && self.cfa == call.registers.cfa
    }

    /// What a call takes was moved before the call began; the rest of its line is still to come.
    fn call_begins(&mut self, program: &Program, effects: &Effects, events: &mut Vec<Event>) {
        self.apply(program, effects, events, |state| state == State::Moved);
    }

    fn line_is_done(&mut self, program: &Program, effects: &Effects, events: &mut Vec<Event>) {
        self.apply(program, effects, events, |_| true);
    }

    fn apply(
        &mut self,
        program: &Program,
        effects: &Effects,
        events: &mut Vec<Event>,
        is_meant: impl Fn(State) -> bool,
    ) {
        let function = &program.functions[self.function];
        for ((name, line), state) in effects.of_line(self.line).iter().filter(|(_, state)| is_meant(*state)) {
            let is_named =
                |(_, variable): &(usize, &crate::dwarf::Variable)| variable.name == *name && variable.line == *line;
            let Some((place, _)) = function.variables.iter().enumerate().find(is_named) else { continue };
            let before = self.states.get(&place).copied().unwrap_or_default();
            // What was moved away is not dropped here: a flag of the compiler's prevents it.
            if !self.seen.contains(&place) || before == *state || (before == State::Moved && *state == State::Dropped) {
                continue;
            }
            self.states.insert(place, *state);
            let (variable, line) = (format!("{}.{name}", function.name), self.line);
            match state {
                State::Moved => events.push(Event::Moved { variable, line }),
                State::Dropped => events.push(Event::Dropped { variable, line }),
                State::Live | State::Ending => {}
            }
        }
    }

    /// A variable whose scope begins, again in a loop, is a new one.
    fn enter_scopes(&mut self, function: &Function, place: u64) {
        let is_in_scope = |(_, variable): &(usize, &crate::dwarf::Variable)| variable.is_in_scope(place);
        let now: BTreeSet<usize> = function.variables.iter().enumerate().filter(is_in_scope).map(|(i, _)| i).collect();
        for begun in now.difference(&self.in_scope) {
            self.states.remove(begun);
        }
        self.seen.extend(&now);
        let is_done = |place: &usize| {
            let variable = &function.variables[*place];
            variable.is_argument || variable.line != self.line || self.settled.contains(place)
        };
        self.settled = now.iter().copied().filter(is_done).collect();
        self.in_scope = now;
    }
}
