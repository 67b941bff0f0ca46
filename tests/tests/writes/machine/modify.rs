//! `modify`: read, change in Rust, write what differs.

use dynamo_model::{Db, EntityKey as _};
use proptest::{option, prelude::*, sample::Index};

use super::{
    kind::{Kind, assert_as_foretold},
    modelled::{Aim, Modelled, aimed},
    ready::Answer,
    state::{State, place_of},
};
use crate::world::Work;

/// A `modify` to come, of the item with the key of `of`.
#[derive(Debug, Clone)]
pub(crate) struct Edit<E> {
    of: E,
    aim: Aim,
    verb: Verb,
}

#[derive(Debug, Clone, Copy)]
enum Verb {
    /// Takes these fields of `of`.
    Mix(u32),
    Decline,
    MoveKey,
}

pub(crate) fn edit<E: Modelled>() -> impl Strategy<Value = Edit<E>> {
    let verb = prop_oneof![
        6 => (0..64_u32).prop_map(Verb::Mix),
        1 => Just(Verb::Mix(0)),
        1 => Just(Verb::Decline),
        1 => Just(Verb::MoveKey),
    ];
    let aim = option::weighted(0.8, any::<Index>());
    (E::values(), aim, verb).prop_map(|(of, aim, verb)| Edit { of, aim, verb })
}

impl<E: Modelled> Edit<E> {
    pub(crate) async fn run(&self, db: &Db<Work>, state: &mut State) {
        let (of, verb) = (aimed(&self.of, &self.aim, state), self.verb);
        let place = place_of(&of.key());
        let live = state.live::<E>(&place).cloned();
        let foretold = self.foretell(&of, state);
        let key = of.key();
        let change = move |value: &mut E| -> Result<(), &'static str> {
            match verb {
                Verb::Mix(fields) => value.mix(&of, fields),
                Verb::Decline => return Err("no"),
                Verb::MoveKey => value.move_key(),
            }
            Ok(())
        };
        let result = key.modify(change).send(db).await;
        if let Ok(after) = &foretold
            && live.as_ref() != Some(after)
        {
            state.store(after.clone());
        }
        let (result, foretold) = (result.map(Answer::Value), foretold.map(Answer::Value));
        assert_as_foretold(result, &foretold, live.as_ref(), &format!("{self:?}"));
    }

    fn foretell(&self, of: &E, state: &State) -> Result<E, Kind> {
        let place = place_of(&of.key());
        let live = state.live::<E>(&place).ok_or(Kind::NotFound)?;
        let mut after = live.clone();
        match self.verb {
            Verb::Mix(fields) => after.mix(of, fields),
            Verb::Decline => return Err(Kind::Declined),
            Verb::MoveKey => return Err(Kind::Expression),
        }
        if after == *live {
            return Ok(after);
        }
        after.stamp(state.now(), false);
        match after.uniques().iter().find(|unique| state.is_taken::<E>(unique, &place)) {
            Some(taken) => Err(Kind::NotUnique(taken.fields)),
            None => Ok(after),
        }
    }
}
