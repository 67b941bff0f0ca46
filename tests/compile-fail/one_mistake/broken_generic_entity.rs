use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK")]
enum Planner {
    Event(Event<u8>),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "EVENT#{id}", sk = "AT#{att}")]
struct Event<P: Send + Sync + 'static> {
    id: String,
    at: Timestamp,
    payload: P,
}

async fn caller(db: Db<Planner>, key: EventKey<u8>) -> Result<Option<Event<u8>>, dynamo_model::Error> {
    Event::<u8>::get(&key.id, &key.at).send(&db).await
}

fn main() {}
