//! Expiry by a clock of the test's own, and what a file keeps.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use aws_sdk_dynamodb::types::TimeToLiveSpecification;
use dynamo_model::engine::Embedded;

use crate::support::{TABLE, block_on, create_table, n, s};

#[test]
fn a_sweep_deletes_what_has_expired_by_the_clock_given() {
    const START: u64 = 1_700_000_000;
    block_on(async {
        let now = Arc::new(AtomicU64::new(START));
        let seen = Arc::clone(&now);
        let clock = move || SystemTime::UNIX_EPOCH + Duration::from_secs(seen.load(Ordering::SeqCst));
        let engine = Embedded::memory_with_clock(clock).unwrap();
        let client = engine.client();
        create_table(&client).await;
        let ttl = TimeToLiveSpecification::builder().attribute_name("expiresAt").enabled(true).build().unwrap();
        client.update_time_to_live().table_name(TABLE).time_to_live_specification(ttl).send().await.unwrap();
        for (pk, expires) in [("soon", START + 10), ("later", START + 1000)] {
            let put = client.put_item().table_name(TABLE).item("PK", s(pk)).item("SK", s("s"));
            put.item("expiresAt", n(expires)).send().await.unwrap();
        }

        assert_eq!(engine.sweep_ttl().unwrap(), 0);
        now.store(START + 11, Ordering::SeqCst);
        assert_eq!(client.scan().table_name(TABLE).send().await.unwrap().count(), 2, "DynamoDB deletes late");
        assert_eq!(engine.sweep_ttl().unwrap(), 1);
        let left = client.scan().table_name(TABLE).send().await.unwrap();
        assert_eq!(left.items()[0]["PK"], s("later"));
    });
}

/// A path in a new folder that is deleted afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("engine-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_file_is_found_as_it_was_left() {
    let folder = Folder::new("kept");
    let path = folder.0.join("data.db");
    block_on(async {
        let client = Embedded::file(&path).unwrap().client();
        create_table(&client).await;
        client.put_item().table_name(TABLE).item("PK", s("a")).item("SK", s("b")).item("v", n(1)).send().await.unwrap();
    });
    block_on(async {
        let client = Embedded::file(&path).unwrap().client();
        let read = client.get_item().table_name(TABLE).key("PK", s("a")).key("SK", s("b")).send().await.unwrap();
        assert_eq!(read.item.unwrap()["v"], n(1));
    });
}

#[test]
fn a_file_that_cannot_be_opened_is_named() {
    let folder = Folder::new("refused");
    let text = folder.0.join("text.db");
    std::fs::write(&text, "not a database, though it is long enough to be taken for one by its size".repeat(20))
        .unwrap();
    for path in [folder.0.join("no/such/folder/data.db"), folder.0.clone(), text] {
        let error = Embedded::file(&path).unwrap_err();
        assert!(error.to_string().contains(&path.display().to_string()), "{error}");
        let error: Box<dyn std::error::Error + Send + Sync> = error.into();
        assert!(error.source().is_some(), "{error}");
    }
}

#[cfg(unix)]
#[test]
fn a_path_that_is_not_text_is_refused() {
    use std::os::unix::ffi::OsStrExt;
    let error = Embedded::file(std::ffi::OsStr::from_bytes(b"data-\xff.db")).unwrap_err();
    assert!(error.to_string().contains("not UTF-8"), "{error}");
}

#[test]
fn databases_in_memory_share_nothing_and_clones_share_all() {
    block_on(async {
        let (one, two) = (Embedded::memory().unwrap(), Embedded::memory().unwrap());
        create_table(&one.client()).await;
        assert_eq!(one.clone().client().list_tables().send().await.unwrap().table_names(), [TABLE]);
        assert!(two.client().list_tables().send().await.unwrap().table_names().is_empty());
    });
}
