//! A library's table, and where errors go.

use aws_sdk_dynamodb::{Client, types::AttributeValue};
use dynamo_model::{Error, prelude::*, value::Item};

#[derive(Debug, Clone, PartialEq, Table)]
#[table(name = "library", pk = "PK", sk = "SK", ttl = "expiresAt", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"))]
pub(crate) enum Library {
    Reader(Reader),
    Loan(Loan),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Library, pk = "READER#{reader}", sk = "PROFILE")]
#[entity(index(GSI1, name = by_city, pk = "CITY#{city}", sk = "READER#{reader}"))]
pub(crate) struct Reader {
    pub(crate) reader: String,
    pub(crate) city: Option<String>,
    pub(crate) notes: Vec<Note>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Note {
    pub(crate) text: String,
    pub(crate) page: u16,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Library, pk = "READER#{reader}", sk = "LOAN#{book}", name = of_reader)]
pub(crate) struct Loan {
    pub(crate) reader: String,
    pub(crate) book: String,
    pub(crate) days: u8,
    #[serde(flatten)]
    pub(crate) more: std::collections::BTreeMap<String, String>,
}

pub(crate) fn reader(id: &str) -> Reader {
    Reader { reader: id.to_owned(), city: None, notes: Vec::new() }
}

pub(crate) fn loan(reader: &str, book: &str) -> Loan {
    Loan { reader: reader.to_owned(), book: book.to_owned(), days: 14, more: [].into() }
}

pub(crate) async fn open(client: Client) -> Db<Library> {
    let db = Db::new(client);
    db.create_table().await.expect("the table is created");
    db
}

/// Writes an item as it is, past the library.
pub(crate) async fn plant(db: &Db<Library>, item: Item) {
    db.client().put_item().table_name("library").set_item(Some(item)).send().await.expect("the item is written");
}

/// An item with some attributes replaced, or removed.
pub(crate) fn altered(mut item: Item, changes: &[(&str, Option<AttributeValue>)]) -> Item {
    for (name, value) in changes {
        match value {
            Some(value) => item.insert((*name).to_owned(), value.clone()),
            None => item.remove(*name),
        };
    }
    item
}

#[test]
fn errors_go_where_errors_go() {
    fn travels<T: std::error::Error + Send + Sync + 'static>() {}
    fn asked() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        Reader::get("").into_sdk()?;
        Ok(())
    }
    travels::<Error>();
    assert!(asked().is_err());
}
