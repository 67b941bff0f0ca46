//! Any runtime or none, many tasks at once, and sleep everywhere.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::AsyncSleep;
use futures_util::future::{join_all, select};

use crate::support::{TABLE, block_on, n, s, with_table};

/// Adds one to a counter, a hundred times.
async fn count(client: Client) {
    for _ in 0..100 {
        client
            .update_item()
            .table_name(TABLE)
            .key("PK", s("p"))
            .key("SK", s("counter"))
            .update_expression("ADD c :one")
            .expression_attribute_values(":one", n(1))
            .send()
            .await
            .unwrap();
    }
}

async fn counted(client: &Client) -> String {
    let read = client.get_item().table_name(TABLE).key("PK", s("p")).key("SK", s("counter")).send().await.unwrap();
    read.item.unwrap()["c"].as_n().unwrap().clone()
}

#[test]
fn eight_threads_without_a_runtime_lose_no_update() {
    let client = block_on(with_table());
    thread::scope(|threads| {
        for _ in 0..8 {
            threads.spawn(|| block_on(count(client.clone())));
        }
    });
    assert_eq!(block_on(counted(&client)), "800");
}

#[tokio::test]
async fn eight_tasks_of_tokio_lose_no_update() {
    let client = with_table().await;
    let tasks: Vec<_> = (0..8).map(|_| tokio::spawn(count(client.clone()))).collect();
    for task in join_all(tasks).await {
        task.unwrap();
    }
    assert_eq!(counted(&client).await, "800");
}

#[test]
fn concurrent_tasks_take_turns() {
    // Two tasks that read, then write what they read plus one: both read before either writes, as on a network.
    let bump = async |client: &Client| {
        let read = client.get_item().table_name(TABLE).key("PK", s("p")).key("SK", s("c")).send().await.unwrap();
        let old: u32 = read.item.map_or(0, |item| item["c"].as_n().unwrap().parse().unwrap());
        let put = client.put_item().table_name(TABLE).item("PK", s("p")).item("SK", s("c")).item("c", n(old + 1));
        put.send().await.unwrap();
        old
    };
    block_on(async {
        let client = with_table().await;
        assert_eq!(join_all([bump(&client), bump(&client)]).await, [0, 0]);
    });
}

#[test]
fn a_call_that_is_dropped_before_its_turn_does_nothing() {
    let client = block_on(with_table());
    {
        let put = client.put_item().table_name(TABLE).item("PK", s("p")).item("SK", s("c")).send();
        let polled = pin!(put).poll(&mut Context::from_waker(Waker::noop()));
        assert!(polled.is_pending());
    }
    assert_eq!(block_on(client.scan().table_name(TABLE).send()).unwrap().count(), 0);
}

#[test]
fn the_clients_sleep_sleeps_without_a_runtime() {
    let sleep = block_on(with_table()).config().sleep_impl().unwrap();
    let start = Instant::now();
    let times = [60, 20, 40].map(|ms| {
        let sleep = sleep.sleep(Duration::from_millis(ms));
        async move {
            sleep.await;
            start.elapsed()
        }
    });
    let woken = block_on(join_all(times));
    for (woken, at_least) in woken.iter().zip([60, 20, 40]) {
        assert!(*woken >= Duration::from_millis(at_least), "{woken:?}");
    }
    assert!(start.elapsed() < Duration::from_secs(20), "together, not one after the other");
    block_on(sleep.sleep(Duration::ZERO));
    // The thread of the first ones may be gone: another takes its place.
    thread::sleep(Duration::from_millis(20));
    block_on(sleep.sleep(Duration::from_millis(1)));
}

#[test]
fn a_sleep_that_is_polled_often_or_moved_to_another_task_ends() {
    let sleep = block_on(with_table()).config().sleep_impl().unwrap();
    let mut moved = Box::pin(sleep.sleep(Duration::from_millis(50)));
    assert!(moved.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    let mut polls = 0;
    let busy = poll_fn(|cx| {
        polls += 1;
        cx.waker().wake_by_ref();
        Poll::<()>::Pending
    });
    block_on(select(moved, busy));
    assert!(polls > 1);
    let mut never = pin!(sleep.sleep(Duration::MAX));
    assert!(never.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
}
