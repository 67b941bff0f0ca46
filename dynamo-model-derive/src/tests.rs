//! Snapshots of generated code.
//!
//! `INSTA_UPDATE=always cargo test -p dynamo-model-derive` writes them anew: read the difference.

use proc_macro2::TokenStream;
use syn::parse_quote;

use crate::{derive_attribute, derive_collection, derive_entity, derive_key_part, derive_projection, derive_table};

/// The items as rustfmt would set them, nearly, and with a short name for the module that every path goes through.
fn pretty(tokens: &TokenStream) -> String {
    let tokens = tokens.to_string().replace(":: dynamo_model :: __private ::", "private ::");
    match syn::parse_str(&tokens) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => panic!("generated code is no Rust: {error}"),
    }
}

#[test]
fn entity() {
    insta::assert_snapshot!(pretty(&derive_entity(&parse_quote! {
        #[entity(table = Planner, pk = "USER#{user_id}", sk = "PROFILE")]
        pub struct User {
            pub user_id: UserId,
            pub name: String,
        }
    })));
}

/// Keys of several attributes: a sparse one, a part that is a `String`, a key without a sort key.
#[test]
fn entity_with_native_indexes() {
    insta::assert_snapshot!(pretty(&derive_entity(&parse_quote! {
        #[serde(rename_all = "camelCase")]
        #[entity(table = Planner, pk = "TASK#{task_id}", sk = "METADATA")]
        #[entity(index(GSI1, name = by_org_status, native(pk = (org_id, status), sk = (due, task_id))))]
        #[entity(index(GSI2, name = by_owner, native(pk = owner)))]
        pub struct Task {
            pub task_id: TaskId,
            pub org_id: String,
            pub status: Status,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub due: Option<Timestamp>,
            pub owner: UserId,
        }
    })));
}

#[test]
fn table_with_native_indexes() {
    insta::assert_snapshot!(pretty(&derive_table(&parse_quote! {
        #[table(name = "planner", pk = "PK", sk = "SK", gsi(GSI1, native(pk = ("orgId", "status"), sk = ("due", "taskId"))))]
        #[table(gsi(GSI2, native(pk = "owner")), gsi(GSI3, pk = "GSI3PK"))]
        pub enum Planner {
            Task(Task),
        }
    })));
}

/// Parts given one by one, sparse and local indexes, parts that are known already, every role of a field.
#[test]
fn entity_with_indexes() {
    insta::assert_snapshot!(pretty(&derive_entity(&parse_quote! {
        #[serde(rename_all = "camelCase")]
        #[entity(table = Planner, pk = "PROJECT#{project_id}", sk = "TASK#{number:06}", name = in_project)]
        #[entity(index(GSI1, name = by_assignee, pk = "ASSIGNEE#{assignee:lower}", sk = "{status}#{due}"))]
        #[entity(index(LSI1, name = by_place, sk = "{project_id}#{place:raw}#{number}"))]
        pub struct Task {
            pub project_id: ProjectId,
            pub number: u32,
            pub assignee: Option<String>,
            pub status: Status,
            pub due: Timestamp,
            pub place: Box<str>,
            #[serde(flatten)]
            pub rest: Rest,
            #[serde(skip)]
            pub cache: Cache,
            #[entity(version)]
            pub version: Version,
            #[entity(created_at)]
            pub created_at: Timestamp,
            #[entity(updated_at)]
            pub updated_at: Timestamp,
            #[entity(ttl)]
            pub expires_at: Option<EpochSeconds>,
        }
    })));
}

/// Every way that serde writes a field; fields that are set together, alone and not at all.
#[test]
fn entity_with_uniques() {
    insta::assert_snapshot!(pretty(&derive_entity(&parse_quote! {
        #[serde(default)]
        #[entity(table = Planner, pk = "USER#{id}", sk = "PROFILE", type_name = "user")]
        #[entity(unique(email: lower), unique(org, handle))]
        #[entity(index(GSI1, name = by_org, pk = "ORG#{org}", sk = "{created}"))]
        #[entity(index(GSI2, name = recent, pk = "USERS", sk = "{updated}"))]
        pub(crate) struct User {
            pub id: String,
            pub(crate) email: String,
            pub(crate) org: Option<OrgId>,
            handle: String,
            #[serde(with = "serde_dynamo::string_set")]
            pub tags: BTreeSet<String>,
            #[serde(serialize_with = "ser", skip_serializing_if = "Vec::is_empty")]
            pub words: Vec<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub note: Option<String>,
            #[entity(created_at)]
            pub created: Timestamp,
            #[entity(updated_at)]
            pub updated: Timestamp,
            #[entity(ttl)]
            pub ttl: Option<EpochSeconds>,
        }
    })));
}

/// Spread by a shard on the table, by a period and a shard on an index; a local index has the table's shards.
#[test]
fn spread_entity() {
    insta::assert_snapshot!(pretty(&derive_entity(&parse_quote! {
        #[entity(table = Planner, pk = "ORG#{org}#{id:shard(16)}", sk = "AT#{at}#{id}", name = by_org)]
        #[entity(index(GSI1, name = by_host, pk = "HOST#{host}#{at:day}#{id:shard(4)}", sk = "{at}#{id}"))]
        #[entity(index(LSI1, name = by_host_in_org, sk = "{host}"))]
        pub struct Activity {
            pub org: String,
            pub id: ActivityId,
            pub at: Timestamp,
            pub host: Option<String>,
        }
    })));
}

#[test]
fn generic_entity() {
    insta::assert_snapshot!(pretty(&derive_entity(&parse_quote! {
        #[entity(crate = dm, table = Planner, pk = "EVENT#{id}", sk = "AT#{at}")]
        struct Event<P: Payload, const N: usize = 1>
        where
            for<'a> &'a P: IntoIterator,
        {
            id: Id<P>,
            at: Timestamp,
            payload: [P; N],
        }
    })));
}

#[test]
fn broken_entity() {
    insta::assert_snapshot!(pretty(&derive_entity(&parse_quote! {
        #[entity(table = Planner, pk = "EVENT#{id}", sk = "AT#{when}")]
        #[entity(index(GSI1, name = by_kind, pk = "KIND#{sort}"))]
        pub struct Event<P> {
            id: Id,
            payload: P,
        }
    })));
}

#[test]
fn table() {
    insta::assert_snapshot!(pretty(&derive_table(&parse_quote! {
        #[table(
            name = "planner",
            name_env = "PLANNER_TABLE",
            pk = "PK",
            sk = "SK",
            ttl = "expiresAt",
            gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"),
            lsi(LSI1, sk = "LSI1SK"),
            stream = "new_and_old_images",
            point_in_time_recovery,
            deletion_protection
        )]
        pub enum Planner {
            User(User),
            Task(Box<Task>),
        }
    })));
}

#[test]
fn broken_table() {
    insta::assert_snapshot!(pretty(&derive_table(&parse_quote! {
        #[table(name = "planner", pk = "PK", sk = "PK")]
        pub enum Planner {
            User(User),
        }
    })));
}

/// What each kind of index carries.
#[test]
fn table_with_partial_indexes() {
    insta::assert_snapshot!(pretty(&derive_table(&parse_quote! {
        #[table(
            name = "planner",
            pk = "PK",
            sk = "SK",
            ttl = "expiresAt",
            gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK", include("title", "points")),
            gsi(GSI2, pk = "GSI2PK", projection = "keys_only"),
            gsi(GSI3, pk = "GSI3PK", projection = "all"),
            lsi(LSI1, sk = "LSI1SK", include())
        )]
        pub enum Planner {
            Task(Task),
        }
    })));
}

#[test]
fn projection() {
    insta::assert_snapshot!(pretty(&derive_projection(&parse_quote! {
        #[projection(crate = dm, of = Task, from(by_status))]
        pub struct TaskCard {
            pub task_id: TaskId,
            #[projection(field = title)]
            text: String,
            #[projection(field = address.r#type)]
            kind: Option<Kind>,
        }
    })));
}

#[test]
fn broken_projection() {
    insta::assert_snapshot!(pretty(&derive_projection(&parse_quote! {
        #[projection(of = Task)]
        pub enum TaskCard {
            Title(String),
        }
    })));
}

/// Every form of a field, on an index.
#[test]
fn struct_collection() {
    insta::assert_snapshot!(pretty(&derive_collection(&parse_quote! {
        #[collection(crate = dm, index = GSI1)]
        pub struct ProjectView {
            pub project: Project,
            owner: Box<User>,
            tasks: Vec<Task>,
            r#last: Option<Comment>,
        }
    })));
}

#[test]
fn enum_collection() {
    insta::assert_snapshot!(pretty(&derive_collection(&parse_quote! {
        enum InProject {
            Project(Project),
            Task(Box<Task>),
        }
    })));
}

#[test]
fn collection_of_one() {
    insta::assert_snapshot!(pretty(&derive_collection(&parse_quote! {
        enum Projects {
            Project(Project),
        }
    })));
}

#[test]
fn broken_collection() {
    insta::assert_snapshot!(pretty(&derive_collection(&parse_quote! {
        pub struct ProjectView {}
    })));
}

#[test]
fn newtype_key_part() {
    insta::assert_snapshot!(pretty(&derive_key_part(&parse_quote! {
        pub struct UserId(String);
    })));
}

#[test]
fn generic_key_part() {
    insta::assert_snapshot!(pretty(&derive_key_part(&parse_quote! {
        #[key_part(crate = dm)]
        pub struct Id<T, I = u64> {
            id: I,
            of: PhantomData<fn() -> T>,
        }
    })));
}

#[test]
fn enum_key_part() {
    insta::assert_snapshot!(pretty(&derive_key_part(&parse_quote! {
        #[serde(rename_all = "kebab-case")]
        pub enum Status {
            NotYet,
            #[serde(rename = "50%")]
            Half,
            r#Done,
        }
    })));
}

#[test]
fn broken_key_part() {
    insta::assert_snapshot!(pretty(&derive_key_part(&parse_quote! {
        pub struct Price(f64);
    })));
}

#[test]
fn newtype_attribute() {
    insta::assert_snapshot!(pretty(&derive_attribute(&parse_quote! {
        pub struct Wrapped<T>(T);
    })));
}

#[test]
fn document_attribute() {
    insta::assert_snapshot!(pretty(&derive_attribute(&parse_quote! {
        #[attribute(crate = dm)]
        #[serde(rename_all = "camelCase")]
        pub struct Address<E: Clone = u8>
        where
            E: PartialEq,
        {
            pub street_name: String,
            city: Option<String>,
            #[serde(default, with = "serde_dynamo::string_set")]
            pub(crate) tags: BTreeSet<String>,
            #[serde(skip)]
            cache: u8,
            extra: E,
        }
    })));
}

#[test]
fn names_attribute() {
    insta::assert_snapshot!(pretty(&derive_attribute(&parse_quote! {
        enum Mood {
            Good,
            Bad,
        }
    })));
}

#[test]
fn broken_attribute() {
    insta::assert_snapshot!(pretty(&derive_attribute(&parse_quote! {
        enum Contact<T> {
            Mail(T),
            None,
        }
    })));
}
