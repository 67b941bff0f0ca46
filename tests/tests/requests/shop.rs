//! A shop's table: an entity for each lifecycle feature.

use aws_sdk_dynamodb::Client;
use dynamo_model::{ManualClock, prelude::*};

#[derive(Debug, Clone, PartialEq, Table)]
#[table(
    name = "shop",
    pk = "PK",
    sk = "SK",
    ttl = "expiresAt",
    gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"),
    lsi(LSI1, sk = "LSI1SK"),
    stream = "new_and_old_images",
    deletion_protection
)]
pub(crate) enum Shop {
    Customer(Customer),
    Order(Order),
    Basket(Basket),
}

/// No lifecycle fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "PROFILE")]
pub(crate) struct Customer {
    pub(crate) customer: String,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) addresses: Vec<Address>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Address {
    pub(crate) city: String,
    pub(crate) floor: u8,
}

/// Versioned and stamped, on both kinds of index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{number}", name = of_customer)]
#[entity(index(GSI1, name = by_state, pk = "STATE#{state}", sk = "ORDER#{number}"))]
#[entity(index(LSI1, name = by_total, sk = "TOTAL#{cents}"))]
pub(crate) struct Order {
    pub(crate) customer: String,
    pub(crate) number: u32,
    pub(crate) state: Option<String>,
    pub(crate) cents: i64,
    #[entity(version)]
    pub(crate) version: Version,
    #[entity(created_at)]
    pub(crate) created_at: Timestamp,
    #[entity(updated_at)]
    pub(crate) updated_at: Timestamp,
}

/// Expires.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "BASKET#{basket}", name = of_customer)]
pub(crate) struct Basket {
    pub(crate) customer: String,
    pub(crate) basket: u32,
    pub(crate) goods: u32,
    #[entity(ttl)]
    #[serde(rename = "expiresAt")]
    pub(crate) expires_at: EpochSeconds,
}

pub(crate) fn customer(id: &str) -> Customer {
    Customer { customer: id.to_owned(), name: "Ada".to_owned(), addresses: Vec::new() }
}

pub(crate) fn order(number: u32) -> Order {
    Order {
        customer: "ada".to_owned(),
        number,
        state: Some("open".to_owned()),
        cents: i64::from(number) - 3,
        version: Version::default(),
        created_at: Timestamp::default(),
        updated_at: Timestamp::default(),
    }
}

pub(crate) fn basket(basket: u32, expires_at: u64) -> Basket {
    Basket { customer: "ada".to_owned(), basket, goods: 1, expires_at: EpochSeconds::from(expires_at) }
}

/// When the tests begin: to come, as DynamoDB Local deletes what has expired by its own clock.
pub(crate) const START: i64 = 4_102_444_800;

/// The table on a client, at a time that the test moves.
pub(crate) async fn open(client: Client) -> (Db<Shop>, ManualClock) {
    let clock = ManualClock::new(Timestamp::from_secs(START).expect("a time of this century"));
    let db = Db::<Shop>::new(client).with_clock(clock.clone());
    db.create_table().await.expect("the table is created");
    (db, clock)
}
