//! Records that the SDK's client of DynamoDB Streams reads.

use aws_sdk_dynamodbstreams::types::{self as sdk, StreamViewType};

use super::{
    Change, Changes,
    image::Image,
    record::{Event, Raw, Sorted, removed_by},
};
use crate::{error::Error, schema::StreamView, table::Table, timestamp::Timestamp};

impl<T: Table> Change<T> {
    /// The change that a record of the table's stream tells of; `None` if it is of an item that is passed over.
    ///
    /// # Errors
    ///
    /// [`Error::Change`] if an image of a known type cannot be read, or the record is not one of the table's stream.
    pub fn from_record(record: sdk::Record) -> Result<Option<Self>, Error> {
        match Raw::from(record).decode()? {
            Sorted::Change(change) => Ok(Some(change)),
            Sorted::Unknown | Sorted::Held => Ok(None),
        }
    }
}

impl<T: Table> Changes<T> {
    /// The changes that records of the table's stream tell of, such as those of one answer of `GetRecords`.
    pub fn from_records(records: impl IntoIterator<Item = sdk::Record>) -> Self {
        Self::new(records.into_iter().map(Raw::from).collect())
    }
}

impl From<sdk::Record> for Raw {
    fn from(record: sdk::Record) -> Self {
        let user = record.user_identity.as_ref();
        let removed = removed_by(user.and_then(|user| user.r#type()), user.and_then(|user| user.principal_id()));
        let event = record.event_name.as_ref().and_then(|name| Event::of(name.as_str()));
        let stream = record.dynamodb;
        let (mut sequence_number, mut created_at, mut view) = (None, None, None);
        let (mut keys, mut old, mut new) = (None, None, None);
        if let Some(stream) = stream {
            sequence_number = stream.sequence_number;
            created_at = stream.approximate_creation_date_time.and_then(|time| time.to_millis().ok());
            view = stream.stream_view_type;
            keys = stream.keys.and_then(Image::of);
            old = stream.old_image.and_then(Image::of);
            new = stream.new_image.and_then(Image::of);
        }
        Self {
            event,
            event_id: record.event_id,
            sequence_number,
            created_at: created_at.map(Timestamp::clamped),
            view: view.and_then(|view| known(&view)),
            keys,
            old,
            new,
            removed,
        }
    }
}

fn known(view: &StreamViewType) -> Option<StreamView> {
    Some(match view {
        StreamViewType::KeysOnly => StreamView::KeysOnly,
        StreamViewType::NewImage => StreamView::NewImage,
        StreamViewType::OldImage => StreamView::OldImage,
        StreamViewType::NewAndOldImages => StreamView::NewAndOldImages,
        _ => return None,
    })
}
