//! Users: two unique constraints, one of which is an index too and one of which is made of two fields.

use dynamo_model::{Condition, op::Update};
use proptest::{option, prelude::*};

use super::{
    modelled::{Given, Modelled, Moved, given, text},
    state::{Rows, State, Unique},
};
use crate::world::{User, UserFields};

type Handle = Option<String>;

#[derive(Debug, Clone)]
pub(crate) enum Change {
    Email(String, Given<String>),
    Team(String, Given<String>, Given<Handle>),
    Handle(Handle, Given<String>, Given<Handle>),
    RemoveHandle(Given<String>, Given<Handle>),
    TeamAndHandle(String, Handle, Given<String>, Given<Handle>),
    Name(String),
    NameOfEmail,
    Logins(u64),
}

#[derive(Debug, Clone)]
pub(crate) enum When {
    Logins(u64),
    Email(String),
    NoHandle,
    AnyHandle,
}

impl Change {
    /// What the caller says that team and handle are.
    fn said(&self, stored: Option<&User>) -> Option<(String, Handle)> {
        match self {
            Self::Team(_, team, handle)
            | Self::Handle(_, team, handle)
            | Self::RemoveHandle(team, handle)
            | Self::TeamAndHandle(_, _, team, handle) => Some((
                team.value(stored.map(|user| user.team.clone())),
                handle.value(stored.map(|user| user.handle.clone())),
            )),
            _ => None,
        }
    }

    /// What team and handle become, if they were what the caller says.
    fn becomes(&self, (team, handle): (String, Handle)) -> (String, Handle) {
        match self {
            Self::Team(to, ..) => (to.clone(), handle),
            Self::Handle(to, ..) => (team, to.clone()),
            Self::RemoveHandle(..) => (team, None),
            Self::TeamAndHandle(to, handle, ..) => (to.clone(), handle.clone()),
            _ => (team, handle),
        }
    }
}

fn email(email: &str) -> Unique {
    Unique { fields: &["email"], text: format!("UNIQUE#User#email#{email}") }
}

fn handle((team, handle): &(String, Handle)) -> Option<Unique> {
    let text = format!("UNIQUE#User#team+handle#{team}#{}", handle.as_ref()?);
    Some(Unique { fields: &["team", "handle"], text })
}

impl Modelled for User {
    type Change = Change;
    type When = When;

    fn rows(state: &State) -> &Rows<Self> {
        &state.users
    }

    fn rows_mut(state: &mut State) -> &mut Rows<Self> {
        &mut state.users
    }

    fn values() -> BoxedStrategy<Self> {
        let handle = option::of(text('h', 2));
        (1..4_u32, text('e', 4), text('t', 2), handle, text('n', 2), 0..3_u64)
            .prop_map(|(id, email, team, handle, name, logins)| Self { id, email, team, handle, name, logins })
            .boxed()
    }

    fn changes() -> BoxedStrategy<Change> {
        let handle = || option::of(text('h', 2));
        let (of_team, of_handle) = (|| given(text('t', 2)), move || given(handle()));
        prop_oneof![
            3 => (text('e', 4), given(text('e', 4))).prop_map(|(to, email)| Change::Email(to, email)),
            1 => (text('t', 2), of_team(), of_handle()).prop_map(|(to, team, handle)| Change::Team(to, team, handle)),
            1 => (handle(), of_team(), of_handle()).prop_map(|(to, team, handle)| Change::Handle(to, team, handle)),
            1 => (of_team(), of_handle()).prop_map(|(team, handle)| Change::RemoveHandle(team, handle)),
            1 => (text('t', 2), handle(), of_team(), of_handle())
                .prop_map(|(to, new, team, handle)| Change::TeamAndHandle(to, new, team, handle)),
            1 => text('n', 2).prop_map(Change::Name),
            1 => Just(Change::NameOfEmail),
            1 => (0..3_u64).prop_map(Change::Logins),
        ]
        .boxed()
    }

    fn whens() -> BoxedStrategy<When> {
        prop_oneof![
            (0..3_u64).prop_map(When::Logins),
            text('e', 4).prop_map(When::Email),
            Just(When::NoHandle),
            Just(When::AnyHandle),
        ]
        .boxed()
    }

    fn set(update: Update<Self>, change: &Change, stored: Option<&Self>) -> Update<Self> {
        let (team, handle) = change.said(stored).unwrap_or_default();
        match change {
            Change::Email(to, given) => {
                let given = given.value(stored.map(|user| user.email.clone()));
                update.set(|u| u.email().to(to).given_email(given))
            }
            Change::Team(to, ..) => update.set(|u| u.team().to(to).given_team(team).given_handle(handle)),
            Change::Handle(to, ..) => update.set(|u| u.handle().to(to).given_handle(handle).given_team(team)),
            Change::RemoveHandle(..) => update.set(|u| u.handle().remove().given_handle(handle).given_team(team)),
            Change::TeamAndHandle(to, new, ..) => {
                update.set(|u| u.team_and_handle().to(to, new).given_team(team).given_handle(handle))
            }
            Change::Name(name) => update.set(|u| u.name().to(name)),
            Change::NameOfEmail => update.set(|u| u.name().to(u.email())),
            Change::Logins(number) => update.set(|u| u.logins().add(number)),
        }
    }

    fn apply(change: &Change, stored: &Self, after: &mut Self) -> bool {
        if let Some(said) = change.said(Some(stored)) {
            let right = said == (stored.team.clone(), stored.handle.clone());
            (after.team, after.handle) = change.becomes(said);
            return right;
        }
        match change {
            Change::Email(to, given) => {
                after.email.clone_from(to);
                given.value(Some(stored.email.clone())) == stored.email
            }
            Change::Name(name) => {
                after.name.clone_from(name);
                true
            }
            Change::NameOfEmail => {
                after.name.clone_from(&stored.email);
                true
            }
            Change::Logins(number) => {
                after.logins += number;
                true
            }
            _ => unreachable!("said above"),
        }
    }

    fn path(change: &Change) -> Vec<String> {
        let field = match change {
            Change::Email(..) => "email",
            Change::Name(_) | Change::NameOfEmail => "name",
            Change::Logins(_) => "logins",
            _ => "team and handle",
        };
        vec![field.to_owned()]
    }

    fn moves(change: &Change, stored: Option<&Self>) -> Option<Moved> {
        if let Change::Email(to, given) = change {
            let old = email(&given.value(stored.map(|user| user.email.clone())));
            return Some(Moved { old: Some(old), new: Some(email(to)), always: false });
        }
        let said = change.said(stored)?;
        let old = handle(&said);
        Some(Moved { old, new: handle(&change.becomes(said)), always: false })
    }

    fn condition(when: &When, u: UserFields) -> Condition<Self> {
        match when {
            When::Logins(logins) => u.logins().ge(logins),
            When::Email(email) => u.email().eq(email),
            When::NoHandle => u.handle().is_none(),
            When::AnyHandle => u.handle().is_some(),
        }
    }

    fn holds(when: &When, stored: Option<&Self>) -> bool {
        match when {
            When::Logins(logins) => stored.is_some_and(|user| user.logins >= *logins),
            When::Email(email) => stored.is_some_and(|user| user.email == *email),
            When::NoHandle => stored.is_none_or(|user| user.handle.is_none()),
            When::AnyHandle => stored.is_some_and(|user| user.handle.is_some()),
        }
    }

    fn mix(&mut self, from: &Self, fields: u32) {
        if fields & 1 != 0 {
            self.email.clone_from(&from.email);
        }
        if fields & 2 != 0 {
            self.team.clone_from(&from.team);
        }
        if fields & 4 != 0 {
            self.handle.clone_from(&from.handle);
        }
        if fields & 8 != 0 {
            self.name.clone_from(&from.name);
        }
        if fields & 16 != 0 {
            self.logins = from.logins;
        }
    }

    fn rekey(&mut self, of: &Self) {
        self.id = of.id;
    }

    fn move_key(&mut self) {
        self.id += 100;
    }

    fn uniques(&self) -> Vec<Unique> {
        let pair = (self.team.clone(), self.handle.clone());
        std::iter::once(email(&self.email)).chain(handle(&pair)).collect()
    }

    fn unique_fields(&self) -> Vec<Option<String>> {
        vec![Some(self.email.clone()), Some(self.team.clone()), self.handle.clone()]
    }
}
