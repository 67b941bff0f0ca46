//! Entities that share partitions, and what reads several of them.

use dynamo_model::prelude::*;

#[derive(Debug, Clone, PartialEq, Table)]
#[table(
    name = "collections",
    pk = "PK",
    sk = "SK",
    type_attribute = "kind",
    ttl = "expires",
    gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"),
    lsi(LSI1, sk = "LSI1SK")
)]
pub(crate) enum Collections {
    Project(Project),
    Task(Task),
    Note(Note),
    Plan(Plan),
}

/// One a partition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Collections, pk = "P#{p}#{year}", sk = "META")]
#[entity(index(GSI1, name = by_group, pk = "G#{group}", sk = "META#{p}#{year}"))]
#[entity(index(LSI1, name = by_rank, sk = "A#{rank}"))]
pub(crate) struct Project {
    pub(crate) p: String,
    pub(crate) year: u16,
    pub(crate) group: Option<String>,
    pub(crate) rank: i8,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Collections, pk = "P#{p}#{year}", sk = "TASK#{n}", name = tasks)]
#[entity(index(GSI1, name = by_group, pk = "G#{group}", sk = "T#{n}#{p}#{year}"))]
#[entity(index(LSI1, name = by_rank, sk = "B#{rank}#{n}"))]
pub(crate) struct Task {
    pub(crate) p: String,
    pub(crate) year: u16,
    pub(crate) n: i16,
    pub(crate) group: Option<String>,
    pub(crate) rank: i8,
}

/// Its fields are called otherwise; it is in another place of the index than of the table, and it expires.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Collections, pk = "P#{owner}#{of}", sk = "NOTE#{text}", name = notes)]
#[entity(index(GSI1, name = by_group, pk = "G#{team}", sk = "U#{text}#{owner}#{of}"))]
#[entity(index(LSI1, name = by_rank, sk = "A#{rank}#{text}"))]
pub(crate) struct Note {
    pub(crate) owner: String,
    pub(crate) of: u16,
    pub(crate) text: String,
    pub(crate) team: Option<String>,
    pub(crate) rank: i8,
    #[entity(ttl)]
    pub(crate) expires: Option<EpochSeconds>,
}

/// No member of a collection, between those that are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Collections, pk = "P#{p}#{year}", sk = "PLAN#{n}", name = plans)]
#[entity(index(GSI1, name = by_group, pk = "G#{group}", sk = "P#{n}#{p}#{year}"))]
#[entity(index(LSI1, name = by_rank, sk = "AB#{rank}#{n}"))]
pub(crate) struct Plan {
    pub(crate) p: String,
    pub(crate) year: u16,
    pub(crate) n: i16,
    pub(crate) group: Option<String>,
    pub(crate) rank: i8,
}

#[derive(Debug, Clone, PartialEq, Collection)]
pub(crate) struct View {
    pub(crate) project: Project,
    pub(crate) tasks: Vec<Task>,
    pub(crate) note: Option<Note>,
}

/// Nothing of it has to be there.
#[derive(Debug, Clone, PartialEq, Collection)]
pub(crate) struct Loose {
    pub(crate) task: Option<Task>,
    pub(crate) notes: Vec<Note>,
}

#[derive(Debug, Clone, PartialEq, Collection)]
#[collection(index = GSI1)]
pub(crate) struct Group {
    pub(crate) notes: Vec<Note>,
    pub(crate) projects: Vec<Project>,
    pub(crate) task: Option<Task>,
}

#[derive(Debug, Clone, PartialEq, Collection)]
#[collection(index = LSI1)]
pub(crate) struct Ranking {
    pub(crate) tasks: Vec<Task>,
    pub(crate) notes: Vec<Note>,
}

#[derive(Debug, Clone, PartialEq, Collection)]
pub(crate) enum InProject {
    Project(Project),
    Task(Box<Task>),
    Note(Note),
}

#[derive(Debug, Clone, PartialEq, Collection)]
pub(crate) enum Work {
    Note(Note),
    Task(Task),
}

#[derive(Debug, Clone, PartialEq, Collection)]
#[collection(index = GSI1)]
pub(crate) enum InGroup {
    Task(Task),
    Note(Note),
    Project(Project),
}

#[derive(Debug, Clone, PartialEq, Collection)]
#[collection(index = LSI1)]
pub(crate) enum Ranked {
    Project(Project),
    Note(Note),
}

#[derive(Debug, Clone, PartialEq, Collection)]
pub(crate) enum Alone {
    Project(Project),
}

macro_rules! entities {
    ($($name:ident { $($entity:ident => $value:expr),+ })*) => {$(
        impl From<$name> for Collections {
            fn from(item: $name) -> Self {
                match item {
                    $($name::$entity(item) => Self::$entity($value(item))),+
                }
            }
        }
    )*};
}

entities! {
    InProject { Project => same, Task => |task: Box<Task>| *task, Note => same }
    Work { Task => same, Note => same }
    InGroup { Project => same, Task => same, Note => same }
    Ranked { Project => same, Note => same }
    Alone { Project => same }
}

fn same<T>(item: T) -> T {
    item
}
