//! Transactions: their reasons, their limits, their tokens, and reads of one moment.

use std::time::Duration;

use dynamo_model::{
    Error, Operation,
    error::{ReasonKind, TransactionError, TransactionProblem},
    prelude::*,
};
use dynamo_model_tests::on_engine;

use crate::world::{Counter, Session, Task, User, Work, at, counter, open, session, task, user};

#[test]
fn reasons_stand_in_the_callers_order() {
    on_engine("reasons_stand_in_the_callers_order", async |client| {
        let (db, _) = open(client).await;
        let stored = task(1).create().send(&db).await.unwrap();
        user(1).create().send(&db).await.unwrap();
        let error = Work::transaction()
            // Three items: the user, and those that hold the address and the handle.
            .and(user(2).create())
            .and(Task::update("p", &1).set(|t| t.points().add(1)).version(7_u64))
            .and(counter("c").put())
            .and(User { id: 3, handle: None, ..user(1) }.create())
            .and(Session::exists(&1, &1))
            .and(Task::delete("p", &2).when(|t| t.points().ge(1)))
            .send(&db)
            .await
            .unwrap_err();
        let Error::Transaction(cancelled) = &error else { panic!("{error:?}") };

        let reasons = cancelled.reasons();
        let what: Vec<_> = reasons.iter().map(|reason| (reason.entity(), reason.operation())).collect();
        let expected = [
            ("User", Operation::Create),
            ("Task", Operation::Update),
            ("Counter", Operation::Put),
            ("User", Operation::Create),
            ("Session", Operation::Exists),
            ("Task", Operation::Delete),
        ];
        assert_eq!(what, expected);
        assert!(matches!(reasons[0].kind(), ReasonKind::None), "{reasons:?}");
        let Some(Error::VersionConflict(refusal)) = reasons[1].error() else { panic!("{reasons:?}") };
        assert_eq!(refusal.item::<Task>().unwrap().unwrap(), stored);
        assert!(matches!(reasons[2].kind(), ReasonKind::None), "{reasons:?}");
        let Some(Error::NotUnique(refusal)) = reasons[3].error() else { panic!("{reasons:?}") };
        assert_eq!(refusal.fields(), ["email"]);
        assert!(matches!(reasons[4].error(), Some(Error::NotFound(_))), "{reasons:?}");
        assert!(matches!(reasons[5].error(), Some(Error::ConditionFailed(_))), "{reasons:?}");

        let (at, first) = cancelled.first().unwrap();
        assert_eq!((at, first.operation()), (1, Operation::Update));
        let text = error.to_string();
        for part in ["operation 1, `Task` update", "operation 3, `User` create", "`email`", "operation 4, `Session`"] {
            assert!(text.contains(part), "{text}");
        }
        assert!(!text.contains("operation 0") && !text.contains("operation 2"), "{text}");

        assert_eq!(Task::get("p", &1).consistent().send(&db).await.unwrap(), Some(stored));
        assert!(!User::exists(&2).consistent().send(&db).await.unwrap());
        assert!(!Counter::exists("c").consistent().send(&db).await.unwrap());
    });
}

/// The error of a transaction that was not sent.
fn unsent(result: Result<(), Error>) -> TransactionError {
    match result {
        Err(Error::Transaction(error)) => {
            assert!(error.reasons().is_empty());
            error
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_dynamodb_does_not_take_is_not_sent() {
    on_engine("what_dynamodb_does_not_take_is_not_sent", async |client| {
        let (db, _) = open(client).await;
        let error = unsent(Work::transaction().send(&db).await);
        assert!(matches!(error.problem(), TransactionProblem::Empty), "{error:?}");

        let tasks = |many| Work::transaction().and_all((0..many).map(|number| task(number).create()));
        let error = unsent(tasks(101).send(&db).await);
        assert!(matches!(error.problem(), TransactionProblem::TooMany { items: 101 }), "{error:?}");
        // Each user is three items.
        let users = |many| Work::transaction().and_all((0..many).map(|id| user(id).create()));
        let error = unsent(users(34).send(&db).await);
        assert!(matches!(error.problem(), TransactionProblem::TooMany { items: 102 }), "{error:?}");

        let large = |number| Task { title: "x".repeat(390 * 1024), ..task(number) }.create();
        let error = unsent(Work::transaction().and_all((0..11).map(large)).send(&db).await);
        assert!(matches!(error.problem(), TransactionProblem::TooLarge { bytes: 4_194_305.. }), "{error:?}");
        assert_eq!(Task::in_project("p").count(&db).await.unwrap(), 0);

        tasks(100).send(&db).await.unwrap();
        users(33).send(&db).await.unwrap();
        assert_eq!(Task::in_project("p").count(&db).await.unwrap(), 100);
    });
}

#[test]
fn two_operations_on_one_item_are_named() {
    on_engine("two_operations_on_one_item_are_named", async |client| {
        let (db, _) = open(client).await;
        let stored = task(1).create().send(&db).await.unwrap();
        let error = Work::transaction()
            .and(Task::update("p", &1).set(|t| t.points().add(1)))
            .and(counter("c").create())
            .and(Task::delete("p", &1))
            .send(&db)
            .await
            .unwrap_err();
        let Error::SameItem(same) = &error else { panic!("{error:?}") };
        assert_eq!(same.positions(), (0, 2));
        let text = error.to_string();
        assert!(text.contains("0 (`Task` update) and 2 (`Task` delete)"), "{text}");

        // The item that holds the address is one too.
        user(1).create().send(&db).await.unwrap();
        let error = Work::transaction()
            .and(User::delete(&1))
            .and(User { email: "1@example.org".to_owned(), ..user(2) }.create())
            .send(&db)
            .await
            .unwrap_err();
        let Error::SameItem(same) = &error else { panic!("{error:?}") };
        assert_eq!(same.positions(), (0, 1));

        assert_eq!(Task::get("p", &1).consistent().send(&db).await.unwrap(), Some(stored));
        assert!(User::exists(&1).consistent().send(&db).await.unwrap());
    });
}

#[test]
fn a_token_makes_a_repetition_harmless() {
    on_engine("a_token_makes_a_repetition_harmless", async |client| {
        let (db, clock) = open(client).await;
        task(1).create().send(&db).await.unwrap();
        let add = |token: &str| {
            let update = Task::update("p", &1).set(|t| t.points().add(1));
            Work::transaction().and(update).and(counter("c").put()).with_token(token)
        };
        for _ in 0..3 {
            add("one").send(&db).await.unwrap();
        }
        let stored = Task::get("p", &1).consistent().send(&db).await.unwrap().unwrap();
        assert_eq!((stored.points, stored.version.get()), (4, 2));
        add("two").send(&db).await.unwrap();
        let stored = Task::get("p", &1).consistent().send(&db).await.unwrap().unwrap();
        assert_eq!((stored.points, stored.version.get()), (5, 3));

        // The time of the write is a part of what is said under the token.
        clock.advance(Duration::from_millis(1));
        let error = add("two").send(&db).await.unwrap_err();
        let Error::Service(refused) = &error else { panic!("{error:?}") };
        assert_eq!(refused.code(), Some("IdempotentParameterMismatchException"));
        let stored = Task::get("p", &1).consistent().send(&db).await.unwrap().unwrap();
        assert_eq!(stored.points, 5);
    });
}

#[test]
fn reads_of_one_moment_are_of_any_entities() {
    on_engine("reads_of_one_moment_are_of_any_entities", async |client| {
        let (db, clock) = open(client).await;
        let task = task(1).create().send(&db).await.unwrap();
        let user = user(1).create().send(&db).await.unwrap();
        let lasting = session(1).create().send(&db).await.unwrap();
        let expiring = Session { expires_at: Some(at(5).into()), ..session(2) }.create().send(&db).await.unwrap();

        let gets = || (Task::get("p", &1), User::get(&1), Session::get(&1, &2), Counter::get("c"));
        let found = Work::transact_get(gets()).send(&db).await.unwrap();
        assert_eq!(found, (Some(task.clone()), Some(user.clone()), Some(expiring), None));
        clock.set(at(5));
        let found = Work::transact_get(gets()).send(&db).await.unwrap();
        assert_eq!(found, (Some(task), Some(user.clone()), None, None));

        let sessions = [3, 2, 1].map(|number| Session::get(&1, &number)).to_vec();
        let found = Work::transact_get(sessions.clone()).send(&db).await.unwrap();
        assert_eq!(found, [None, None, Some(lasting.clone())]);
        let (found, owner) = Work::transact_get((sessions, User::get(&1))).send(&db).await.unwrap();
        assert_eq!((found, owner), (vec![None, None, Some(lasting)], Some(user)));

        let twice = Work::transact_get((Task::get("p", &1), User::get(&1), Task::get("p", &1))).send(&db).await;
        let Err(Error::SameItem(same)) = twice else { panic!("{twice:?}") };
        assert_eq!(same.positions(), (0, 2));
        let many: Vec<_> = (0..101).map(|number| Task::get("p", &number)).collect();
        let error = Work::transact_get(many).send(&db).await.unwrap_err();
        let Error::Transaction(error) = &error else { panic!("{error:?}") };
        assert!(matches!(error.problem(), TransactionProblem::TooMany { items: 101 }), "{error:?}");
        let error = Work::transact_get(Vec::<dynamo_model::op::Get<Task>>::new()).send(&db).await.unwrap_err();
        let Error::Transaction(error) = &error else { panic!("{error:?}") };
        assert!(matches!(error.problem(), TransactionProblem::Empty), "{error:?}");
    });
}
