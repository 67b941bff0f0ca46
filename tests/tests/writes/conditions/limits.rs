//! What DynamoDB takes in one expression, and what is refused before it is sent.

use dynamo_model::{
    Condition, Error,
    expr::ExpressionErrorKind::{self, TooLong, TooManyOperators},
    prelude::*,
};
use dynamo_model_tests::on_engine;

use super::sample::{Address, Bytes, Level, Sample, SampleFields, Samples};
use crate::world::at;

fn plain(id: u32) -> Sample {
    Sample {
        case: 1,
        id,
        text: "a".to_owned(),
        other: "b".to_owned(),
        number: id.into(),
        limit: 0,
        flag: false,
        due: at(0),
        level: Level::Low,
        bytes: Bytes(vec![1]),
        maybe_text: None,
        maybe_number: None,
        tags: ["a".to_owned()].into(),
        votes: [1].into(),
        list: Vec::new(),
        map: std::collections::BTreeMap::new(),
        place: Address { city: "Bonn".to_owned(), floor: None },
        hits: 0,
    }
}

/// A table with three items: the numbers 1 to 3.
async fn three(client: aws_sdk_dynamodb::Client) -> Db<Samples> {
    let db = Samples::db(client);
    db.create_table().await.expect("the table is created");
    Samples::batch_write().put_all((1..4).map(plain)).send(&db).await.expect("the items are written");
    db
}

/// What is wrong with an expression that was not sent.
fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> ExpressionErrorKind {
    match result {
        Err(Error::Expression(error)) => {
            assert_eq!(error.entity(), "Sample");
            error.kind().clone()
        }
        other => panic!("{other:?}"),
    }
}

/// One of so many numbers, which are joined by `OR`.
fn either(s: SampleFields, many: i64) -> Condition<Sample> {
    Condition::any((0..many).map(|number| s.number().eq(number)))
}

#[test]
fn what_is_always_or_never_true_can_be_sent() {
    on_engine("what_is_always_or_never_true_can_be_sent", async |client| {
        let db = three(client).await;
        let nothing = || std::iter::empty::<Condition<Sample>>();
        let always = Sample::of_case(&1).filter(|_| Condition::all(nothing()));
        assert_eq!(always.count(&db).await.unwrap(), 3);
        let never = Sample::of_case(&1).filter(|_| Condition::any(nothing()));
        assert_eq!(never.count(&db).await.unwrap(), 0);
        let update = Sample::update(&1, &1).set(|s| s.hits().add(1));
        update.clone().when(|_| !Condition::any(nothing())).send(&db).await.unwrap();
        let error = update.when(|_| !Condition::all(nothing())).send(&db).await.unwrap_err();
        assert!(matches!(error, Error::ConditionFailed(_)), "{error:?}");
    });
}

#[test]
fn a_list_has_none_one_or_more_values_than_in_takes() {
    on_engine("a_list_has_none_one_or_more_values_than_in_takes", async |client| {
        let db = three(client).await;
        for (values, found) in [(0..0, 0), (2..3, 1), (0..100, 3), (3..103, 1), (2..103, 2), (2..152, 2), (4..200, 0)] {
            let query = Sample::of_case(&1).filter(|s| s.number().is_in(values.clone()));
            assert_eq!(query.count(&db).await.unwrap(), found, "{values:?}");
            let not = Sample::of_case(&1).filter(|s| !s.number().is_in(values.clone()));
            assert_eq!(not.count(&db).await.unwrap(), 3 - found, "not {values:?}");
            let beside = Sample::of_case(&1).filter(|s| s.number().ge(3) & s.number().is_in(values.clone()));
            assert_eq!(beside.count(&db).await.unwrap(), u64::from(values.contains(&3)), "{values:?}");
            let update = Sample::update(&1, &3).set(|s| s.hits().add(1)).when(|s| s.number().is_in(values.clone()));
            let is_done = update.send(&db).await;
            assert_eq!(is_done.is_ok(), values.contains(&3), "{values:?}: {is_done:?}");
        }
    });
}

#[test]
fn more_than_300_operators_are_not_sent() {
    on_engine("more_than_300_operators_are_not_sent", async |client| {
        let db = three(client).await;
        assert_eq!(Sample::of_case(&1).filter(|s| either(s, 150)).all(&db).await.unwrap().len(), 3, "299 operators");
        let filtered = Sample::of_case(&1).filter(|s| either(s, 151)).all(&db).await;
        assert!(matches!(refused(filtered), TooManyOperators));
        let nested = Sample::of_case(&1).filter(|s| !(either(s, 100) & either(s, 100))).all(&db).await;
        assert!(matches!(refused(nested), TooManyOperators));

        let update = || Sample::update(&1, &1).set(|s| s.hits().add(1));
        assert!(matches!(refused(update().when(|s| either(s, 151)).send(&db).await), TooManyOperators));
        let stored = Sample::get(&1, &1).send(&db).await.unwrap().unwrap();
        assert!(matches!(refused(stored.clone().put().when(|s| either(s, 151)).send(&db).await), TooManyOperators));
        assert!(matches!(refused(stored.remove().when(|s| either(s, 151)).send(&db).await), TooManyOperators));
        let delete = Sample::delete(&1, &1).when(|s| either(s, 151));
        assert!(matches!(refused(delete.send(&db).await), TooManyOperators));
        let together = Samples::transaction().and(update()).and(Sample::exists(&1, &2).when(|s| either(s, 151)));
        assert!(matches!(refused(together.send(&db).await), TooManyOperators));
        assert_eq!(Sample::get(&1, &1).send(&db).await.unwrap(), Some(plain(1)));
    });
}

#[test]
fn more_than_4_kb_are_not_sent() {
    on_engine("more_than_4_kb_are_not_sent", async |client| {
        let db = three(client).await;
        let long = |s: SampleFields| s.number().is_in(0..900);
        let found = Sample::of_case(&1).filter(long).all(&db).await;
        assert!(matches!(refused(found), TooLong { bytes: 4097.. }));
        let update = || Sample::update(&1, &1).set(|s| s.hits().add(1));
        assert!(matches!(refused(update().when(long).send(&db).await), TooLong { bytes: 4097.. }));
        let keys = |many: u32| (0..many).map(|key| format!("key{key}"));
        let entries = |many| update().set(|s| keys(many).map(|key| s.map().key(key).to(1)).collect::<Vec<_>>());
        assert!(matches!(refused(entries(400).send(&db).await), TooLong { bytes: 4097.. }));
        assert_eq!(entries(100).returning_new().send(&db).await.unwrap().map.len(), 100);
    });
}
