//! The example's data, and how it gets into a table.

use std::{error::Error as StdError, fmt};

use dynamo_model::{Error, prelude::*};
use serde::de::DeserializeOwned;

use crate::{Activity, Codexflow, Comment, Membership, Organization, Project, Session, Task, User, UserId};

/// The example's data: what the files in `seeds/` hold, one an entity, each value as serde writes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Seeds {
    /// `users.json`
    pub users: Vec<User>,
    /// `organizations.json`
    pub organizations: Vec<Organization>,
    /// `memberships.json`
    pub memberships: Vec<Membership>,
    /// `projects.json`
    pub projects: Vec<Project>,
    /// `tasks.json`
    pub tasks: Vec<Task>,
    /// `comments.json`
    pub comments: Vec<Comment>,
    /// `activities.json`
    pub activities: Vec<Activity>,
    /// `sessions.json`
    pub sessions: Vec<Session>,
}

/// How many items a load has written, and how many stood in the table as the seeds state them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Loaded {
    /// Items written.
    pub written: usize,
    /// Tasks that were there already. Only tasks are counted: what has no version is written without a look.
    pub kept: usize,
}

impl Seeds {
    /// The files as they were when the program was built; it carries them.
    ///
    /// # Errors
    ///
    /// A file is not JSON of its entity.
    pub fn embedded() -> Result<Self, SeedError> {
        Ok(Self {
            users: parse("users.json", include_str!("../seeds/users.json"))?,
            organizations: parse("organizations.json", include_str!("../seeds/organizations.json"))?,
            memberships: parse("memberships.json", include_str!("../seeds/memberships.json"))?,
            projects: parse("projects.json", include_str!("../seeds/projects.json"))?,
            tasks: parse("tasks.json", include_str!("../seeds/tasks.json"))?,
            comments: parse("comments.json", include_str!("../seeds/comments.json"))?,
            activities: parse("activities.json", include_str!("../seeds/activities.json"))?,
            sessions: parse("sessions.json", include_str!("../seeds/sessions.json"))?,
        })
    }

    /// Writes every item, in place of what may be there: loading twice leaves the table as loading once does.
    ///
    /// # Errors
    ///
    /// The failures of the SDK and the service; [`Error::VersionConflict`] if somebody else writes a task meanwhile.
    pub async fn load(&self, db: &Db<Codexflow>) -> Result<Loaded, Error> {
        let mut loaded = Loaded {
            written: put_all(&self.users, db).await?
                + put_all(&self.organizations, db).await?
                + put_all(&self.memberships, db).await?
                + put_all(&self.projects, db).await?
                + put_all(&self.comments, db).await?
                + put_all(&self.activities, db).await?
                + put_all(&self.sessions, db).await?,
            kept: 0,
        };
        for task in &self.tasks {
            let count = if put_task(task, db).await? { &mut loaded.written } else { &mut loaded.kept };
            *count += 1;
        }
        Ok(loaded)
    }

    /// How many of a user's sessions are over at `now`: no read returns them.
    #[must_use]
    pub fn expired_sessions(&self, user: &UserId, now: Timestamp) -> usize {
        let now = EpochSeconds::from(now);
        self.sessions.iter().filter(|session| session.user_id == *user && session.expires_at <= now).count()
    }
}

async fn put_all<E>(entities: &[E], db: &Db<Codexflow>) -> Result<usize, Error>
where
    E: Entity<Table = Codexflow> + Clone,
{
    for entity in entities {
        entity.clone().put().send(db).await?;
    }
    Ok(entities.len())
}

/// Whether the task was written; it is not where it stands as stated.
///
/// A seed has never been stored, so its version is 0 and `put` only creates. What is there is replaced as what it was read
/// as: at its own version.
async fn put_task(seed: &Task, db: &Db<Codexflow>) -> Result<bool, Error> {
    match seed.clone().put().send(db).await {
        Ok(_) => return Ok(true),
        Err(Error::VersionConflict(_)) => {}
        Err(error) => return Err(error),
    }
    let Some(stored) = seed.key().get().consistent().send(db).await? else {
        seed.clone().put().send(db).await?;
        return Ok(true);
    };
    let task = Task { version: stored.version, updated_at: stored.updated_at, ..seed.clone() };
    if task == stored {
        return Ok(false);
    }
    task.put().send(db).await?;
    Ok(true)
}

fn parse<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<Vec<T>, SeedError> {
    serde_json::from_str(text).map_err(|source| SeedError { file, source })
}

/// A file of `seeds/` that is not JSON of its entity.
#[derive(Debug)]
pub struct SeedError {
    file: &'static str,
    source: serde_json::Error,
}

impl fmt::Display for SeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`seeds/{}` does not hold what the model states", self.file)
    }
}

impl StdError for SeedError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.source)
    }
}
