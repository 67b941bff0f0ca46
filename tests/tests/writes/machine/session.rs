//! Sessions: versioned; they expire, and what holds their token expires with them.

use dynamo_model::{
    Condition, EpochSeconds, Timestamp,
    op::{Delete, Update},
};
use proptest::{option, prelude::*};

use super::{
    modelled::{Given, Modelled, Moved, given, text},
    state::{Rows, State, Unique},
};
use crate::world::{Session, SessionFields, at};

type Expiry = Option<EpochSeconds>;

#[derive(Debug, Clone)]
pub(crate) enum Change {
    Token(String, Given<String>, Given<Expiry>),
    TokenAndExpiry(String, Expiry, Given<String>),
    Expiry(Expiry, Given<String>),
    NoExpiry(Given<String>, Given<Expiry>),
    Device(Option<String>),
    RemoveDevice,
    Hits(u32),
    LessHits(u32),
}

#[derive(Debug, Clone)]
pub(crate) enum When {
    Hits(u32),
    Device(String),
    Lasting,
}

impl Change {
    fn given_token(&self, stored: Option<&Session>) -> Option<String> {
        match self {
            Self::Token(_, token, _)
            | Self::TokenAndExpiry(_, _, token)
            | Self::Expiry(_, token)
            | Self::NoExpiry(token, _) => Some(token.value(stored.map(|session| session.token.clone()))),
            _ => None,
        }
    }

    fn given_expiry(&self, stored: Option<&Session>) -> Option<Expiry> {
        match self {
            Self::Token(_, _, expiry) | Self::NoExpiry(_, expiry) => {
                Some(expiry.value(stored.map(|session| session.expires_at)))
            }
            _ => None,
        }
    }
}

fn token(token: &str) -> Unique {
    Unique { fields: &["token"], text: format!("UNIQUE#Session#token#{token}") }
}

/// Never, or some seconds after the tests begin: often soon, sometimes before.
fn expiry() -> BoxedStrategy<Expiry> {
    option::weighted(0.8, (-5..40_i64).prop_map(|seconds| EpochSeconds::from(at(seconds)))).boxed()
}

impl Modelled for Session {
    type Change = Change;
    type When = When;

    fn rows(state: &State) -> &Rows<Self> {
        &state.sessions
    }

    fn rows_mut(state: &mut State) -> &mut Rows<Self> {
        &mut state.sessions
    }

    fn values() -> BoxedStrategy<Self> {
        (1..3_u32, 1..3_u32, text('k', 4), option::of(text('d', 2)), 0..3_u32, expiry())
            .prop_map(|(user, session, token, device, hits, expires_at)| Self {
                user,
                session,
                token,
                device,
                hits,
                expires_at,
                ..crate::world::session(session)
            })
            .boxed()
    }

    fn changes() -> BoxedStrategy<Change> {
        let of_token = || given(text('k', 4));
        prop_oneof![
            (text('k', 4), of_token(), given(expiry()))
                .prop_map(|(to, token, expiry)| Change::Token(to, token, expiry)),
            (text('k', 4), expiry(), of_token())
                .prop_map(|(to, expiry, token)| Change::TokenAndExpiry(to, expiry, token)),
            (expiry(), of_token()).prop_map(|(to, token)| Change::Expiry(to, token)),
            (of_token(), given(expiry())).prop_map(|(token, expiry)| Change::NoExpiry(token, expiry)),
            option::of(text('d', 2)).prop_map(Change::Device),
            Just(Change::RemoveDevice),
            (0..3_u32).prop_map(Change::Hits),
            (0..3_u32).prop_map(Change::LessHits),
        ]
        .boxed()
    }

    fn whens() -> BoxedStrategy<When> {
        prop_oneof![(0..3_u32).prop_map(When::Hits), text('d', 2).prop_map(When::Device), Just(When::Lasting)].boxed()
    }

    fn set(update: Update<Self>, change: &Change, stored: Option<&Self>) -> Update<Self> {
        let token = change.given_token(stored).unwrap_or_default();
        let expiry = change.given_expiry(stored).flatten();
        match change {
            Change::Token(to, ..) => update.set(|s| s.token().to(to).given_token(token).given_expires_at(expiry)),
            Change::TokenAndExpiry(to, expiry, _) => {
                update.set(|s| s.token().to(to).given_token(token).with_expires_at(expiry))
            }
            Change::Expiry(to, _) => update.set(|s| s.expires_at().to(to).given_token(token)),
            Change::NoExpiry(..) => update.set(|s| s.expires_at().remove().given_expires_at(expiry).given_token(token)),
            Change::Device(device) => update.set(|s| s.device().to(device)),
            Change::RemoveDevice => update.set(|s| s.device().remove()),
            Change::Hits(number) => update.set(|s| s.hits().add(number)),
            Change::LessHits(number) => update.set(|s| s.hits().subtract(number)),
        }
    }

    fn apply(change: &Change, stored: &Self, after: &mut Self) -> bool {
        let is_right = change.given_token(Some(stored)).is_none_or(|token| token == stored.token)
            && change.given_expiry(Some(stored)).is_none_or(|expiry| expiry == stored.expires_at);
        match change {
            Change::Token(to, ..) => after.token.clone_from(to),
            Change::TokenAndExpiry(to, expiry, _) => {
                after.token.clone_from(to);
                after.expires_at = *expiry;
            }
            Change::Expiry(to, _) => after.expires_at = *to,
            Change::NoExpiry(..) => after.expires_at = None,
            Change::Device(device) => after.device.clone_from(device),
            Change::RemoveDevice => after.device = None,
            Change::Hits(number) => after.hits += number,
            Change::LessHits(number) => match stored.hits.checked_sub(*number) {
                Some(hits) => after.hits = hits,
                None => return false,
            },
        }
        is_right
    }

    fn path(change: &Change) -> Vec<String> {
        let field = match change {
            Change::Device(_) | Change::RemoveDevice => "device",
            Change::Hits(_) | Change::LessHits(_) => "hits",
            _ => "token and expiry",
        };
        vec![field.to_owned()]
    }

    fn moves(change: &Change, stored: Option<&Self>) -> Option<Moved> {
        let old = change.given_token(stored)?;
        let new = match change {
            Change::Token(to, ..) | Change::TokenAndExpiry(to, ..) => to,
            _ => &old,
        };
        Some(Moved { new: Some(token(new)), old: Some(token(&old)), always: true })
    }

    fn condition(when: &When, s: SessionFields) -> Condition<Self> {
        match when {
            When::Hits(hits) => s.hits().ge(hits),
            When::Device(device) => s.device().ne(device),
            When::Lasting => s.expires_at().is_none(),
        }
    }

    fn holds(when: &When, stored: Option<&Self>) -> bool {
        match when {
            When::Hits(hits) => stored.is_some_and(|session| session.hits >= *hits),
            When::Device(device) => stored.is_none_or(|session| session.device.as_ref() != Some(device)),
            When::Lasting => stored.is_none_or(|session| session.expires_at.is_none()),
        }
    }

    fn mix(&mut self, from: &Self, fields: u32) {
        if fields & 1 != 0 {
            self.token.clone_from(&from.token);
        }
        if fields & 2 != 0 {
            self.expires_at = from.expires_at;
        }
        if fields & 4 != 0 {
            self.device.clone_from(&from.device);
        }
        if fields & 8 != 0 {
            self.hits = from.hits;
        }
    }

    fn rekey(&mut self, of: &Self) {
        (self.user, self.session) = (of.user, of.session);
    }

    fn move_key(&mut self) {
        self.session += 100;
    }

    fn stamp(&mut self, _: Timestamp, create: bool) {
        self.version = if create { 1.into() } else { self.version.next().expect("few writes") };
    }

    fn version(&self) -> Option<u64> {
        Some(self.version.get())
    }

    fn expiry(&self) -> Option<EpochSeconds> {
        self.expires_at
    }

    fn uniques(&self) -> Vec<Unique> {
        vec![token(&self.token)]
    }

    fn unique_fields(&self) -> Vec<Option<String>> {
        vec![Some(self.token.clone())]
    }

    fn update_version(update: Update<Self>, version: u64) -> Update<Self> {
        update.version(version)
    }

    fn delete_version(delete: Delete<Self>, version: u64) -> Delete<Self> {
        delete.version(version)
    }
}
