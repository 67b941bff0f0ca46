//! Why a write is refused, where that is easily mistaken.

use std::time::Duration;

use dynamo_model::{
    Error,
    db::{Backoff, Meter},
    prelude::*,
};
use dynamo_model_tests::on_engine;

use crate::world::{Session, Status, Task, at, open, session, task};

/// The key of an index that is made of both fields can follow one change only.
#[test]
fn fields_that_are_set_together_are_set_once() {
    on_engine("fields_that_are_set_together_are_set_once", async |client| {
        let (db, _) = open(client).await;
        task(1).create().send(&db).await.unwrap();
        let apart = Task::update("p", &1)
            .set(|t| t.status().to(Status::Done).given_due(at(10)))
            .set(|t| t.due().to(at(20)).given_status(Status::Open))
            .send(&db)
            .await;
        let Err(Error::Expression(error)) = apart else { panic!("{apart:?}") };
        assert_eq!((error.entity(), error.path()), ("Task", Some("status")));
        assert_eq!(Task::by_status("p").status(Status::Open).due(at(10)).count(&db).await.unwrap(), 1);
    });
}

#[test]
fn a_put_that_finds_nothing_is_not_refused_by_its_version() {
    on_engine("a_put_that_finds_nothing_is_not_refused_by_its_version", async |client| {
        let (db, _) = open(client).await;
        let error = task(1).put().when(|t| t.points().ge(1)).send(&db).await.unwrap_err();
        assert!(matches!(error, Error::ConditionFailed(_)), "{error:?}");
        task(1).put().send(&db).await.unwrap();
        let error = task(1).put().when(|t| t.points().ge(1)).send(&db).await.unwrap_err();
        assert!(matches!(error, Error::VersionConflict(_)), "{error:?}");
    });
}

#[test]
fn an_item_that_is_not_there_has_no_version_not_even_0() {
    on_engine("an_item_that_is_not_there_has_no_version_not_even_0", async |client| {
        let (db, _) = open(client).await;
        let error = task(1).remove().send(&db).await.unwrap_err();
        assert!(matches!(error, Error::VersionConflict(_)), "{error:?}");
        let error = Task::delete("p", &1).version(0_u64).send(&db).await.unwrap_err();
        assert!(matches!(error, Error::VersionConflict(_)), "{error:?}");
    });
}

/// Nobody wrote in between, so there is nothing to try again for.
#[test]
fn a_condition_on_what_has_expired_is_tried_once() {
    on_engine("a_condition_on_what_has_expired_is_tried_once", async |client| {
        let (db, clock) = open(client).await;
        let expiry = EpochSeconds::from(at(5));
        Session { expires_at: Some(expiry), ..session(1) }.create().send(&db).await.unwrap();
        clock.set(at(5));
        let meter = Meter::default();
        let backoff = Backoff::default().with_tries(3).with_first(Duration::from_millis(1));
        let db = db.with_meter(&meter).with_backoff(backoff);
        let error = Session::delete(&1, &1).when(|s| s.hits().ge(1)).send(&db).await.unwrap_err();
        assert!(matches!(error, Error::ConditionFailed(_)), "{error:?}");
        assert_eq!(meter.requests(), 1, "the read before");
    });
}
