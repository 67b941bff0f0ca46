//! Generic entities and generic parts of keys.

#![allow(clippy::cloned_ref_to_slice_refs, reason = "a list of items reads as what is expected")]

use std::{collections::BTreeMap, fmt, hash, marker::PhantomData};

use dm::prelude::*;

type Outcome = Result<(), dm::Error>;

/// What may be in an event.
trait Payload: fmt::Debug + Clone + PartialEq + Send + Sync + Serialize + for<'de> Deserialize<'de> + 'static {}

impl<T> Payload for T where
    T: fmt::Debug + Clone + PartialEq + Send + Sync + Serialize + for<'de> Deserialize<'de> + 'static
{
}

/// An id of something: the parameter has none of the traits that an id has.
#[derive(Serialize, Deserialize, KeyPart)]
#[key_part(crate = dm)]
#[serde(transparent, bound = "")]
struct Id<T>(String, #[serde(skip)] PhantomData<fn() -> T>);

impl<T> Id<T> {
    fn new(id: &str) -> Self {
        Self(id.to_owned(), PhantomData)
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        Self::new(&self.0)
    }
}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> Eq for Id<T> {}

impl<T> hash::Hash for Id<T> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

/// An id whose traits are derived, and so ask its parameter for them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, KeyPart)]
#[key_part(crate = dm)]
#[serde(transparent)]
struct Tagged<T, const N: usize> {
    id: u32,
    #[serde(skip)]
    tag: PhantomData<T>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Tag;

/// A newtype around whatever part.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, KeyPart)]
#[key_part(crate = dm)]
struct Around<T>(T);

#[derive(Debug, Clone, PartialEq, Table)]
#[table(crate = dm, name = "generic", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"))]
enum Generic {
    Words(Event<Vec<String>>),
    Points(Box<Score<BTreeMap<String, u8>, 3>>),
    Keyed(Keyed<Id<Tag>>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[serde(bound = "")]
#[entity(crate = dm, table = Generic, pk = "EVENT#{id}", sk = "AT#{at}")]
#[entity(index(GSI1, name = by_tag, pk = "TAG#{tag}", sk = "{at}#{number}"))]
struct Event<P: Payload> {
    id: Id<Event<P>>,
    at: Timestamp,
    tag: Option<Tagged<Tag, 2>>,
    number: Around<i8>,
    payload: P,
    #[entity(version)]
    version: Version,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[serde(bound = "")]
#[entity(crate = dm, table = Generic, pk = "SCORE#{id}", sk = "N#{n}")]
struct Score<P, const N: usize>
where
    P: Payload,
    for<'a> &'a P: IntoIterator,
{
    id: String,
    n: u16,
    payload: P,
}

/// The parameter itself stands in the key: that it is a key part need not be said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[serde(bound = "")]
#[entity(crate = dm, table = Generic, pk = "KEYED#{part}", sk = "KEYED")]
struct Keyed<K: Payload> {
    part: K,
}

#[tokio::test]
async fn generic_entities_are_entities() -> Outcome {
    let db = Generic::embedded().await?;
    let event = Event {
        id: Id::new("e"),
        at: Timestamp::UNIX_EPOCH,
        tag: Some(Tagged { id: 7, tag: PhantomData }),
        number: Around(-1),
        payload: vec!["a".to_owned()],
        version: Version::default(),
    };
    let event = event.create().send(&db).await?;
    let key: EventKey<Vec<String>> = event.key();
    assert_eq!(key.clone().get().send(&db).await?, Some(event.clone()));
    assert_eq!(key, EventKey::new(event.id.clone(), event.at));
    let found =
        Event::<Vec<String>>::by_tag(&Tagged { id: 7, tag: PhantomData }).at(event.at).number(Around(-2)..Around(0));
    assert_eq!(found.clone().all(&db).await?, [event.clone()]);
    assert_eq!(found.clone(), found);
    let step: EventByTag<Vec<String>> = Event::by_tag(&Tagged { id: 7, tag: PhantomData });
    assert_eq!(step.first(&db).await?, Some(event.clone()));
    assert_eq!(Generic::from_item(event.to_item()?)?, Generic::Words(event));
    Ok(())
}

#[tokio::test]
async fn const_parameters_and_where_clauses_are_kept() -> Outcome {
    let db = Generic::embedded().await?;
    let score = Score::<_, 3> { id: "s".to_owned(), n: 3, payload: BTreeMap::from([("a".to_owned(), 1)]) };
    let score = score.create().send(&db).await?;
    let read = Score::<BTreeMap<String, u8>, 3>::query("s").n(..10).all(&db).await?;
    assert_eq!(read, [score]);
    let keyed = Keyed { part: Id::<Tag>::new("k") }.create().send(&db).await?;
    assert_eq!(Keyed::get(&keyed.part).send(&db).await?, Some(keyed));
    Ok(())
}
