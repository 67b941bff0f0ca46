//! What DynamoDB refuses and the database would take.
//!
//! A test on the embedded engine must not pass where AWS would fail, so each check here is one that is exact and cheap: it looks at
//! the request that has been read anyway, and at the table only when the request holds something unusual. What else
//! the database takes too kindly is for tests of the built requests.

mod index_key;
mod key_condition;
mod table;

pub(super) use index_key::{batch_write_item, put_item, transact_write_items, update_item};
pub(super) use key_condition::query;
pub(super) use table::{create_table, update_table, update_time_to_live};
