//! Counters: numbers within their types, and a note that is stored as `NULL`.

use dynamo_model::{
    Condition, Db, Error, Request as _,
    op::{Delete, Update},
};
use proptest::{option, prelude::*};

use super::{
    modelled::{Modelled, text},
    state::{Rows, State},
};
use crate::world::{Counter, CounterFields, Work};

#[derive(Debug, Clone)]
pub(crate) enum Change {
    Value(i64),
    AddValue(i64),
    SubtractValue(i64),
    AddSmall(u8),
    SubtractSmall(u8),
    SmallIfAbsent(u8),
    Note(Option<String>),
}

#[derive(Debug, Clone)]
pub(crate) enum When {
    Small(u8),
    NoNote,
    Value(i64),
}

impl Modelled for Counter {
    const RETURNS: bool = true;

    type Change = Change;
    type When = When;

    fn rows(state: &State) -> &Rows<Self> {
        &state.counters
    }

    fn rows_mut(state: &mut State) -> &mut Rows<Self> {
        &mut state.counters
    }

    fn values() -> BoxedStrategy<Self> {
        let value = prop_oneof![4 => -3..4_i64, 1 => Just(i64::MAX), 1 => Just(i64::MIN)];
        let small = prop_oneof![3 => 0..3_u8, 1 => 250..=255_u8];
        (text('c', 3), value, small, option::of(text('n', 2)))
            .prop_map(|(name, value, small, note)| Self { name, value, small, note })
            .boxed()
    }

    fn changes() -> BoxedStrategy<Change> {
        let wide = || prop_oneof![4 => -3..4_i64, 1 => Just(i64::MAX), 1 => Just(i64::MIN + 1)];
        prop_oneof![
            wide().prop_map(Change::Value),
            wide().prop_map(Change::AddValue),
            wide().prop_map(Change::SubtractValue),
            prop_oneof![0..3_u8, Just(250)].prop_map(Change::AddSmall),
            prop_oneof![0..3_u8, Just(250)].prop_map(Change::SubtractSmall),
            (0..3_u8).prop_map(Change::SmallIfAbsent),
            option::of(text('n', 2)).prop_map(Change::Note),
        ]
        .boxed()
    }

    fn whens() -> BoxedStrategy<When> {
        prop_oneof![(0..4_u8).prop_map(When::Small), Just(When::NoNote), (-3..4_i64).prop_map(When::Value)].boxed()
    }

    fn set(update: Update<Self>, change: &Change, _: Option<&Self>) -> Update<Self> {
        match change {
            Change::Value(value) => update.set(|c| c.value().to(value)),
            Change::AddValue(number) => update.set(|c| c.value().add(number)),
            Change::SubtractValue(number) => update.set(|c| c.value().subtract(number)),
            Change::AddSmall(number) => update.set(|c| c.small().add(number)),
            Change::SubtractSmall(number) => update.set(|c| c.small().subtract(number)),
            Change::SmallIfAbsent(number) => update.set(|c| c.small().to_if_absent(number)),
            Change::Note(note) => update.set(|c| c.note().to(note)),
        }
    }

    fn apply(change: &Change, stored: &Self, after: &mut Self) -> bool {
        let value = match change {
            Change::Value(value) => Some(*value),
            Change::AddValue(number) => stored.value.checked_add(*number),
            Change::SubtractValue(number) => stored.value.checked_sub(*number),
            _ => Some(after.value),
        };
        let small = match change {
            Change::AddSmall(number) => stored.small.checked_add(*number),
            Change::SubtractSmall(number) => stored.small.checked_sub(*number),
            _ => Some(after.small),
        };
        if let Change::Note(note) = change {
            after.note.clone_from(note);
        }
        let (Some(value), Some(small)) = (value, small) else { return false };
        (after.value, after.small) = (value, small);
        true
    }

    fn path(change: &Change) -> Vec<String> {
        let field = match change {
            Change::Value(_) | Change::AddValue(_) | Change::SubtractValue(_) => "value",
            Change::AddSmall(_) | Change::SubtractSmall(_) | Change::SmallIfAbsent(_) => "small",
            Change::Note(_) => "note",
        };
        vec![field.to_owned()]
    }

    fn condition(when: &When, c: CounterFields) -> Condition<Self> {
        match when {
            When::Small(small) => c.small().le(small),
            When::NoNote => c.note().is_none(),
            When::Value(value) => c.value().ne(value),
        }
    }

    fn holds(when: &When, stored: Option<&Self>) -> bool {
        match when {
            When::Small(small) => stored.is_some_and(|counter| counter.small <= *small),
            When::NoNote => stored.is_none_or(|counter| counter.note.is_none()),
            When::Value(value) => stored.is_none_or(|counter| counter.value != *value),
        }
    }

    fn mix(&mut self, from: &Self, fields: u32) {
        if fields & 1 != 0 {
            self.value = from.value;
        }
        if fields & 2 != 0 {
            self.small = from.small;
        }
        if fields & 4 != 0 {
            self.note.clone_from(&from.note);
        }
    }

    fn rekey(&mut self, of: &Self) {
        self.name.clone_from(&of.name);
    }

    fn move_key(&mut self) {
        self.name.push('x');
    }

    async fn update_returning(update: Update<Self>, new: bool, db: &Db<Work>) -> Result<Self, Error> {
        if new { update.returning_new().send(db).await } else { update.returning_old().send(db).await }
    }

    async fn delete_returning(delete: Delete<Self>, db: &Db<Work>) -> Result<Option<Self>, Error> {
        delete.returning_old().send(db).await
    }
}
