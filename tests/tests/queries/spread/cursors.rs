//! A cursor goes with its query, and reaches nothing but the partitions of it.

use std::{cell::Cell, pin::Pin};

use base64_simd::URL_SAFE_NO_PAD;
use dynamo_model::{Cursor, Db, Entity, Error, Spread, SpreadRequest as _, explain::Explanation};

use super::{
    ask::{Keys, Visit},
    model::Spreads,
    world::on_cases,
};
use crate::{
    cursors::{changed, refused},
    world::Stored,
};

type Answer = Pin<Box<dyn Future<Output = Result<(), Error>>>>;

/// A query without its type: what it asks for, and what it makes of a cursor.
struct Asked {
    explanation: Explanation,
    cursor: Option<Cursor>,
    continue_after: Box<dyn Fn(Cursor) -> Answer>,
}

struct Cursors<'a> {
    db: &'a Db<Spreads>,
    asked: Vec<Asked>,
    attacks: usize,
}

impl Visit for Cursors<'_> {
    async fn visit<E, S>(&mut self, query: Spread<E, S>, expected: Vec<&Stored<E>>, _: Keys)
    where
        E: Entity<Table = Spreads> + Clone + PartialEq + std::fmt::Debug,
        S: Send + Sync + 'static,
    {
        // A cursor is behind the first of at least two items.
        let cursor = query.clone().limit(1).page(self.db).await.expect("the query is answered").next;
        assert_eq!(cursor.is_some(), expected.len() > 1);
        if let Some(cursor) = &cursor {
            let expected: Vec<&E> = expected.iter().map(|stored| &stored.entity).collect();
            let (other_way, db) = (query.clone().descending(), self.db);
            if other_way != query {
                refused(other_way.clone().after(cursor.clone()).limit(1).page(db).await);
                refused(other_way.page_before(cursor.clone(), db).await);
            }
            let signing = self.db.clone().with_cursor_key([7; 32]);
            refused(query.clone().after(cursor.clone()).page(&signing).await);
            let signed = query.clone().limit(1).page(&signing).await.expect("the query is answered").next;
            let signed = signed.expect("there was one").to_string();
            let other_key = db.clone().with_cursor_key([8; 32]);
            refused(query.clone().after(signed.parse::<Cursor>().ok()).page(&other_key).await);
            refused(query.clone().after(unmarked(&signed)).count(&signing).await);
            refused(query.clone().after(unmarked(&cursor.to_string())).all(db).await);
            for text in changed(&signed) {
                // One letter in place of itself is no change.
                if let Ok(changed) = text.parse::<Cursor>()
                    && text != signed
                {
                    self.attacks += 1;
                    refused(query.clone().after(changed).all(&signing).await);
                }
            }
            for text in changed(&cursor.to_string()) {
                let Ok(changed) = text.parse::<Cursor>() else { continue };
                self.attacks += 1;
                let after = query.clone().after(changed.clone()).all(db).await;
                let before = query.clone().page_before(changed, db).await.map(|page| page.items);
                for found in [after, before] {
                    match found {
                        Ok(found) => {
                            assert!(found.iter().all(|entity| expected.contains(&entity)), "{found:?} of {expected:?}");
                        }
                        Err(error) => assert!(matches!(error, Error::Cursor(_)), "{error:?}: {text}"),
                    }
                }
            }
        }
        let db = self.db.clone();
        self.asked.push(Asked {
            explanation: query.clone().explain_in(&self.db.context()),
            cursor,
            continue_after: Box::new(move |cursor| {
                let (query, db) = (query.clone(), db.clone());
                Box::pin(async move { query.after(cursor).limit(1).page(&db).await.map(drop) })
            }),
        });
    }
}

/// The cursor as one of a query of one partition, which it says too.
fn unmarked(text: &str) -> Cursor {
    let mut bytes = URL_SAFE_NO_PAD.decode_to_vec(text).expect("a cursor's text");
    bytes[0] -= 2;
    bytes.drain(9..13);
    URL_SAFE_NO_PAD.encode_to_string(bytes).parse().expect("it reads as one")
}

#[test]
fn a_cursor_is_refused_by_every_spread_query_but_its_own() {
    let attacks = Cell::new(0);
    on_cases("a_cursor_is_refused_by_every_spread_query_but_its_own", file!(), 60, async |db, world, drafts, asks| {
        let mut cursors = Cursors { db, asked: Vec::new(), attacks: 0 };
        for ask in asks {
            ask.run(drafts, world, &mut cursors).await;
        }
        attacks.set(attacks.get() + cursors.attacks);
        for mine in &cursors.asked {
            let Some(cursor) = &mine.cursor else { continue };
            for other in &cursors.asked {
                let answer = (other.continue_after)(cursor.clone()).await;
                if asks_the_same(&mine.explanation, &other.explanation) {
                    answer.expect("a cursor goes with its query");
                } else if other.explanation.unsent().is_none() {
                    refused(answer);
                }
            }
        }
    });
    assert!(attacks.get() >= 2_000, "{} are too few", attacks.get());
}

/// Consistency is not part of what is asked.
fn asks_the_same(a: &Explanation, b: &Explanation) -> bool {
    let spelled = |explanation: &Explanation| explanation.to_string().replace(" | consistent true", "");
    spelled(a) == spelled(b)
}
