//! Ids: one type each, so that none is taken for another.

use dynamo_model::prelude::*;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, KeyPart)]
        #[serde(transparent)]
        pub struct $name(String);

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

id! {
    /// A user's id.
    UserId;
    /// An organization's id.
    OrganizationId;
    /// A project's id.
    ProjectId;
    /// A task's id, unique in its project.
    TaskId;
    /// An activity's id.
    ActivityId;
    /// A comment's id, unique among those of its task's instant.
    CommentId;
    /// A session's id, unique to its user.
    SessionId;
}

/// User ids in attributes other than `userId` are stored as the design document shows them: `"USER#123"`.
pub(crate) mod user_ref {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use super::UserId;

    const PREFIX: &str = "USER#";

    pub(crate) fn serialize<S: Serializer>(id: &UserId, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{PREFIX}{id}"))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<UserId, D::Error> {
        let text = String::deserialize(deserializer)?;
        let id = text.strip_prefix(PREFIX).ok_or_else(|| D::Error::custom("a user reference begins with `USER#`"))?;
        Ok(UserId::from(id))
    }

    /// The same where there may be no user.
    pub(crate) mod option {
        use super::{Deserialize, Deserializer, Serializer, UserId};

        #[expect(clippy::ref_option, reason = "serde gives a reference to the field")]
        pub(crate) fn serialize<S: Serializer>(id: &Option<UserId>, serializer: S) -> Result<S::Ok, S::Error> {
            match id {
                Some(id) => super::serialize(id, serializer),
                None => serializer.serialize_none(),
            }
        }

        pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<UserId>, D::Error> {
            #[derive(Deserialize)]
            struct Reference(#[serde(with = "super")] UserId);

            let reference = Option::<Reference>::deserialize(deserializer)?;
            Ok(reference.map(|Reference(id)| id))
        }
    }
}
