//! Typed expressions: conditions, filters and changes, written in Rust and sent in DynamoDB's words.
//!
//! A closure is given the entity's fields, each with the methods that its type allows:
//!
//! ```
//! # use dynamo_model::prelude::*;
//! # #[derive(Debug, Clone, PartialEq, Table)]
//! # #[table(name = "work", pk = "PK", sk = "SK")]
//! # pub enum Work { Task(Task) }
//! #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
//! #[entity(table = Work, pk = "PROJECT#{project}", sk = "TASK#{number}", name = in_project)]
//! pub struct Task {
//!     pub project: String,
//!     pub number: u32,
//!     pub title: String,
//!     pub points: u32,
//! }
//!
//! let large = Task::in_project("456").filter(|t| t.points().ge(3).and(!t.title().begins_with("draft")));
//! assert_eq!(
//!     large.explain().to_string(),
//!     r#"Query PK = "PROJECT#456" AND begins_with(SK, "TASK#") | filter points >= 3 AND NOT begins_with(title, "draft")"#,
//! );
//! ```
//!
//! | On a field | Offered where it is stored as |
//! |---|---|
//! | `eq`, `ne`, `is_in`, `attribute_exists`, `attribute_not_exists`, `attribute_type` | anything |
//! | `lt`, `le`, `gt`, `ge`, `between` | a string, a number, binary |
//! | `begins_with` | a string |
//! | `contains` | a string, a list, a set |
//! | `size` | a string, binary, a list, a map, a set |
//! | `at(index)`, `key(name)` | a list; a map |
//! | the fields of a struct with `#[derive(Attribute)]` | a map |
//! | `is_some`, `is_none` | an `Option` |
//!
//! A type of your own has the operators of what it is stored as if it derives [`Attribute`]: a newtype
//! those of the value inside, a unit enum those of a string, a struct paths to its fields.
//!
//! ```
//! # use dynamo_model::prelude::*;
//! # use std::collections::BTreeMap;
//! # #[derive(Debug, Clone, PartialEq, Table)]
//! # #[table(name = "work", pk = "PK", sk = "SK")]
//! # pub enum Work { Person(Person) }
//! #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
//! #[entity(table = Work, pk = "PERSON#{id}", sk = "PERSON")]
//! pub struct Person {
//!     pub id: String,
//!     pub home: Address,
//!     pub work: Option<Address>,
//!     pub other: Vec<Address>,
//!     pub tags: Vec<String>,
//!     pub limits: BTreeMap<String, u32>,
//!     pub age: Years,
//! }
//!
//! #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Attribute)]
//! pub struct Address {
//!     pub city: String,
//!     pub floor: Option<u8>,
//! }
//!
//! #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Attribute)]
//! pub struct Years(u8);
//!
//! let inside = Person::scan().filter(|p| p.work().city().begins_with("B") & p.other().at(1).floor().gt(3));
//! assert_eq!(
//!     inside.explain().to_string(),
//!     r#"Scan | filter entityType = "Person" AND begins_with(work.city, "B") AND other[1].floor > 3"#,
//! );
//! let changes = Person::update("7").set(|p| {
//!     (p.home().floor().remove(), p.tags().at(0).to("first"), p.limits().key("x").add(1), p.age().add(Years(1)))
//! });
//! assert!(changes.explain().to_string().contains("REMOVE home.floor"));
//! ```
//!
//! Conditions are joined by `and`, `or`, `&`, `|` and `!`. Names and values are placeholders always, so no attribute
//! name meets a reserved word and no value is quoted.

mod action;
mod changes;
pub mod class;
mod condition;
mod error;
mod form;
mod node;
mod own;
mod path;
mod place;
mod placeholders;
mod project;
mod read;
mod setter;
mod size;
mod state;
mod tied;
mod value;

pub use action::{Action, Assign};
pub use changes::Changes;
pub use class::Attribute;
pub use condition::Condition;
pub use error::{ExpressionError, ExpressionErrorKind};
pub use form::{Converted, Form, Plain, SetOf, Skipping, Typed};
pub use path::{Document, Path};
pub use place::Place;
pub use project::{Field, FieldReader, OfField, Projected, Selection, Unread};
pub use read::Decoded;
pub use setter::{Fixed, Free, Key, Maintained, Optional, Setter, Tied};
pub use size::{AttributeType, Size};
pub use state::{Complete, Known, Lacking, Missing, State};
pub use tied::{Part, TiedField};
pub use value::{IntoValue, Nullable, Operand};

pub(crate) use changes::UpdateText;
pub(crate) use node::{Node, OPERATOR_LIMIT, Terms};
pub(crate) use own::{live, unless_live};
pub(crate) use placeholders::{Names, Values};
