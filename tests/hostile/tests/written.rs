//! Indexes of what every write changes.

use dm::{
    expr::ExpressionErrorKind,
    op::{Context, SdkRequest as _, Update},
    prelude::*,
};

#[derive(Debug, Clone, PartialEq, Table)]
#[table(
    crate = dm,
    name = "written",
    pk = "PK",
    sk = "SK",
    gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"),
    gsi(GSI2, pk = "GSI2PK", sk = "GSI2SK"),
    lsi(LSI1, sk = "LSI1SK")
)]
enum Written {
    Note(Note),
    Draft(Draft),
    Counted(Counted),
    Generic(Generic<String>),
}

/// The keys of two indexes are made of the primary key and of the time of the write; another's of a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(crate = dm, table = Written, pk = "NOTE#{owner}", sk = "{number}")]
#[entity(index(GSI1, name = recent, pk = "NOTES", sk = "{updated}#{number}"))]
#[entity(index(LSI1, name = of_owner, sk = "UPDATED#{updated}"))]
#[entity(index(GSI2, name = by_kind, pk = "KIND#{kind}", sk = "{owner}"))]
struct Note {
    owner: String,
    number: u8,
    kind: String,
    text: String,
    #[entity(updated_at)]
    updated: Option<Timestamp>,
}

/// An index of the time of the write and of another field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(crate = dm, table = Written, pk = "DRAFT#{id}", sk = "DRAFT")]
#[entity(index(GSI1, name = by_status, pk = "STATUS#{status}", sk = "{updated_at}"))]
struct Draft {
    id: String,
    status: String,
    #[entity(updated_at)]
    updated_at: Timestamp,
}

/// An index of the version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(crate = dm, table = Written, pk = "COUNTED#{id}", sk = "COUNTED")]
#[entity(index(GSI2, name = often, pk = "COUNTED", sk = "{writes}#{id}"))]
struct Counted {
    id: String,
    text: String,
    #[entity(version)]
    writes: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[serde(bound = "")]
#[entity(crate = dm, table = Written, pk = "GENERIC#{id}", sk = "GENERIC")]
#[entity(index(GSI1, name = recent, pk = "GENERIC#{id}", sk = "{updated}"))]
struct Generic<T>
where
    T: std::fmt::Debug + Clone + PartialEq + Send + Sync + Serialize + for<'any> Deserialize<'any> + 'static,
{
    id: String,
    payload: T,
    #[entity(updated_at)]
    updated: Timestamp,
}

/// What an update at the epoch sets.
fn set<E: Entity<Table = Written>>(update: Update<E>) -> String {
    let mut context = Context::of(Written::SCHEMA.table);
    context.now = Timestamp::UNIX_EPOCH;
    let text = update.build(&context).expect("it can be made").explanation().to_string();
    let (_, set) = text.split_once(" SET ").expect("it sets something");
    set.split_once(" | if ").map_or(set, |(set, _)| set).to_owned()
}

#[test]
fn an_update_makes_the_keys_of_its_time() {
    let time = r#"updated = "1970-01-01T00:00:00.000Z""#;
    let keys = r#"GSI1PK = "NOTES", GSI1SK = "1970-01-01T00:00:00.000Z#007""#;
    let local = r#"LSI1SK = "UPDATED#1970-01-01T00:00:00.000Z""#;
    let update = Note::update("ann", &7).set(|n| n.text().to("x"));
    assert_eq!(set(update.clone()), format!(r#"text = "x", {time}, {keys}, {local}"#));
    // Without a change of its own it changes the time.
    assert_eq!(set(Note::update("ann", &7)), format!("{time}, {keys}, {local}"));
    let kind = r#"GSI2PK = "KIND#k", GSI2SK = "ann""#;
    assert_eq!(
        set(update.set(|n| n.kind().to("k"))),
        format!(r#"text = "x", kind = "k", {time}, {keys}, {kind}, {local}"#)
    );
    let generic = r#"GSI1PK = "GENERIC#g", GSI1SK = "1970-01-01T00:00:00.000Z""#;
    assert_eq!(
        set(<Generic<String>>::update("g").set(|g| g.payload().to("p"))),
        format!(r#"payload = "p", {time}, {generic}"#)
    );
}

#[test]
fn an_update_is_refused_where_it_cannot_make_a_key() {
    let refused = |error: dm::Error| match error {
        dm::Error::Expression(error) => match error.kind() {
            ExpressionErrorKind::Unfollowed { index, field } => (*index, *field),
            _ => panic!("{error}"),
        },
        _ => panic!("{error}"),
    };
    let context = Context::of(Written::SCHEMA.table);
    let draft = Draft::update("d").set(|d| d.status().to("x"));
    assert_eq!(
        draft.clone().build(&context).unwrap_err().to_string(),
        "`Draft` update: the key of `by_status` is made of `updated_at`, which every write changes, and of values that an \
         update does not know; use `modify` or `put`"
    );
    assert_eq!(draft.build(&context).map(|_| ()).map_err(refused), Err(("by_status", "updated_at")));
    let counted = Counted::update("c").set(|c| c.text().to("x"));
    assert_eq!(counted.clone().build(&context).map(|_| ()).map_err(refused), Err(("often", "writes")));
    assert_eq!(
        Written::transaction().and(counted).build(&context).map(|_| ()).map_err(refused),
        Err(("often", "writes"))
    );
    // Who knows the whole item writes the key.
    let put = Counted { id: "c".to_owned(), text: "t".to_owned(), writes: 1 }.put();
    assert!(put.build(&context).is_ok());
}
