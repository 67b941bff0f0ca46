//! A scan gives every item of its entity once, in any number of segments.

use std::num::NonZeroU16;

use dynamo_model::{Db, Entity};
use futures_util::TryStreamExt as _;

use crate::{
    check::{Table, on_cases},
    model::{Event, Marker, Note, Queries, Task},
    world::Stored,
};

async fn scan<E>(db: &Db<Queries>, stored: &[Stored<E>], segments: NonZeroU16, limit: usize)
where
    E: Entity<Table = Queries> + Clone + PartialEq + std::fmt::Debug,
{
    let live: Vec<&E> = stored.iter().filter(|stored| !stored.expired).map(|stored| &stored.entity).collect();
    let scan = || E::scan().segments(segments).consistent();
    let all = scan().all(db).await.expect("the table is read");
    assert_eq!(all.len(), live.len(), "{all:?} for {live:?}");
    assert!(live.iter().all(|entity| all.contains(entity)), "{all:?} for {live:?}");
    assert_eq!(scan().count(db).await.expect("the table is read"), live.len() as u64);

    let streamed: Vec<E> = E::scan().segments(segments).stream(db).try_collect().await.expect("the table is read");
    assert_eq!(streamed.len(), live.len());
    let some = scan().limit(limit).all(db).await.expect("the table is read");
    assert_eq!(some.len(), limit.min(live.len()));
    assert!(some.iter().all(|entity| live.contains(&entity)));
    assert_eq!(scan().limit(limit).count(db).await.expect("the table is read"), some.len() as u64);
}

#[test]
fn a_scan_gives_what_a_filter_gives() {
    on_cases("a_scan_gives_what_a_filter_gives", file!(), Table::Emptied, async |db, world, _, asks| {
        let limit = asks[0].limit;
        let segments = NonZeroU16::new(u16::try_from(limit).expect("small")).expect("at least one");
        scan::<Note>(db, &world.notes, segments, limit).await;
        scan::<Task>(db, &world.tasks, segments, limit).await;
        scan::<Event>(db, &world.events, segments, limit).await;
        scan::<Marker>(db, &world.markers, segments, limit).await;
    });
}
