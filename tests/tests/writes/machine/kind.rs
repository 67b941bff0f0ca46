//! What kind of failure an error is, as far as the model foretells it.

use dynamo_model::{
    Error,
    error::{ReasonKind, Refusal},
};

use super::{modelled::Modelled, ready::Answer};

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    AlreadyExists,
    NotFound,
    VersionConflict,
    ConditionFailed,
    /// The fields whose values are taken.
    NotUnique(&'static [&'static str]),
    Declined,
    Expression,
    /// The positions of the two operations.
    SameItem(usize, usize),
    /// What became of each operation.
    Transaction(Vec<Option<Kind>>),
}

pub(crate) fn kind(error: &Error) -> Kind {
    match error {
        Error::AlreadyExists(_) => Kind::AlreadyExists,
        Error::NotFound(_) => Kind::NotFound,
        Error::VersionConflict(_) => Kind::VersionConflict,
        Error::ConditionFailed(_) => Kind::ConditionFailed,
        Error::NotUnique(refusal) => Kind::NotUnique(refusal.fields()),
        Error::Declined(_) => Kind::Declined,
        Error::Expression(_) => Kind::Expression,
        Error::SameItem(same) => Kind::SameItem(same.positions().0, same.positions().1),
        Error::Transaction(cancelled) if !cancelled.reasons().is_empty() => {
            let kinds = cancelled.reasons().iter().map(|reason| match reason.kind() {
                ReasonKind::None => None,
                ReasonKind::Refused(error) => Some(kind(error)),
                other => panic!("{other:?} in {error:?}"),
            });
            Kind::Transaction(kinds.collect())
        }
        other => panic!("{other:?}"),
    }
}

/// The item that an error of a write by itself says stood in the way; `None` if the error is not of that kind.
pub(crate) fn in_the_way(error: &Error) -> Option<&Refusal> {
    match error {
        Error::AlreadyExists(refusal) | Error::VersionConflict(refusal) | Error::ConditionFailed(refusal) => {
            Some(refusal)
        }
        _ => None,
    }
}

/// The answer, or the failure, is as foretold; what stood in the way is what every reader sees.
pub(crate) fn assert_as_foretold<E: Modelled>(
    result: Result<Answer<E>, Error>,
    foretold: &Result<Answer<E>, Kind>,
    live: Option<&E>,
    what: &str,
) {
    if let Err(error) = &result
        && let Some(refusal) = in_the_way(error)
    {
        let item = refusal.item::<E>().transpose().unwrap_or_else(|other| panic!("{other:?}: {what}"));
        assert_eq!(item.as_ref(), live, "what stood in the way of {what}");
    }
    let result = result.map_err(|error| kind(&error));
    assert_eq!(result, *foretold, "{what}");
}
