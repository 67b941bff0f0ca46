//! A cursor goes with its query, and only behind items of it.

use std::{cell::Cell, pin::Pin};

use dynamo_model::{Cursor, Db, Entity, Error, Query, QueryRequest as _, explain::Explanation, op::WholeSource};

use crate::{
    ask::Visit,
    check::{Table, on_cases},
    model::Queries,
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
    db: &'a Db<Queries>,
    asked: Vec<Asked>,
    /// Cursors that their query never gave.
    attacks: &'a Cell<usize>,
}

impl Visit for Cursors<'_> {
    async fn visit<E, S>(&mut self, query: Query<E, S>, expected: Vec<&Stored<E>>, _: Option<&str>)
    where
        E: Entity<Table = Queries> + Clone + PartialEq + std::fmt::Debug,
        S: WholeSource,
    {
        // A cursor is behind the first of at least two items.
        let cursor = query.clone().limit(1).page(self.db).await.expect("the query is answered").next;
        assert_eq!(cursor.is_some(), expected.len() > 1);
        if let Some(cursor) = &cursor {
            let expected: Vec<&E> = expected.iter().map(|stored| &stored.entity).collect();
            let (other_way, db) = (query.clone().descending(), self.db);
            if other_way != query {
                refused(other_way.after(cursor.clone()).limit(1).page(db).await);
            }
            let signing = self.db.clone().with_cursor_key([7; 32]);
            refused(query.clone().after(cursor.clone()).page(&signing).await);
            let signed = query.clone().limit(1).page(&signing).await.expect("the query is answered").next;
            let signed = signed.expect("there was one").to_string();
            refused(
                query.clone().after(signed.parse::<Cursor>().ok()).page(&db.clone().with_cursor_key([8; 32])).await,
            );
            for text in changed(&signed) {
                // One letter in place of itself is no change.
                if let Ok(changed) = text.parse::<Cursor>()
                    && text != signed
                {
                    self.attacks.update(|attacks| attacks + 1);
                    refused(query.clone().after(changed).all(&signing).await);
                }
            }
            for text in changed(&cursor.to_string()) {
                let Ok(changed) = text.parse::<Cursor>() else { continue };
                self.attacks.update(|attacks| attacks + 1);
                match query.clone().after(changed).all(db).await {
                    Ok(found) => {
                        assert!(found.iter().all(|entity| expected.contains(&entity)), "{found:?} of {expected:?}");
                    }
                    Err(error) => assert!(matches!(error, Error::Cursor(_)), "{error:?}: {text}"),
                }
            }
        }
        let db = self.db.clone();
        self.asked.push(Asked {
            explanation: query.clone().explain(),
            cursor,
            continue_after: Box::new(move |cursor| {
                let (query, db) = (query.clone(), db.clone());
                Box::pin(async move { query.after(cursor).limit(1).page(&db).await.map(drop) })
            }),
        });
    }
}

#[track_caller]
pub(crate) fn refused<T>(result: Result<T, Error>) {
    match result {
        Err(Error::Cursor(error)) => assert!(error.to_string().contains("start again without one"), "{error}"),
        Err(error) => panic!("{error:?}"),
        Ok(_) => panic!("a cursor of another query was taken"),
    }
}

/// The text of a cursor, cut short, lengthened and with each of its letters changed, as far as it is worth it.
pub(crate) fn changed(text: &str) -> Vec<String> {
    let mut texts: Vec<String> = [0, 1, 8, 12, text.len() / 2, text.len() - 1]
        .iter()
        .filter_map(|cut| text.get(..*cut))
        .map(str::to_owned)
        .collect();
    texts.extend([
        format!("{text}A"),
        format!("{text}AAAA"),
        format!("A{text}"),
        text.to_uppercase(),
        text.replace('A', "B"),
    ]);
    // The first 12 letters say which query it is; one of them changed is as good as all.
    for at in [3, 7].into_iter().chain(12..text.len()).step_by(2) {
        for letter in ["A", "-", "w"] {
            let mut changed = text.to_owned();
            changed.replace_range(at..=at, letter);
            texts.push(changed);
        }
    }
    texts
}

#[test]
fn a_cursor_is_refused_by_every_query_but_its_own() {
    let attacks = Cell::new(0);
    on_cases(
        "a_cursor_is_refused_by_every_query_but_its_own",
        file!(),
        Table::Shared,
        async |db, world, drafts, asks| {
            let mut cursors = Cursors { db, asked: Vec::new(), attacks: &attacks };
            for ask in asks {
                ask.run(drafts, world, &mut cursors).await;
            }
            for mine in &cursors.asked {
                let Some(cursor) = &mine.cursor else { continue };
                for other in &cursors.asked {
                    let answer = (other.continue_after)(cursor.clone()).await;
                    if asks_the_same(&mine.explanation, &other.explanation) {
                        answer.expect("a cursor goes with its query");
                    } else if other.explanation.unsent().is_none() {
                        attacks.update(|attacks| attacks + 1);
                        refused(answer);
                    }
                }
            }
        },
    );
    // Those that cannot even be read do not count.
    eprintln!("ATT {}", attacks.get());
    assert!(attacks.get() >= 10_000, "{} attacks", attacks.get());
}

/// Consistency is not part of what is asked.
fn asks_the_same(a: &Explanation, b: &Explanation) -> bool {
    let spelled = |explanation: &Explanation| explanation.to_string().replace(" | consistent true", "");
    spelled(a) == spelled(b)
}

#[test]
fn arbitrary_text_is_no_cursor_and_no_panic() {
    use proptest::prelude::*;

    proptest!(crate::cases::cases(10_000), |(text in prop_oneof![any::<String>(), "[A-Za-z0-9_-]{0,60}", "AQ[A-Za-z0-9_-]{0,60}"])| {
        if let Ok(cursor) = text.parse::<Cursor>() {
            // One text a cursor, so that none is another's in disguise.
            prop_assert_eq!(cursor.to_string(), text);
        }
    });
}

/// DynamoDB would refuse such a start key in words of its own.
#[test]
fn a_text_longer_than_a_key_is_no_cursor() {
    let cursor = |lengths: [usize; 3]| {
        let mut bytes = vec![1; 9];
        for length in lengths {
            bytes.extend(u16::try_from(length).expect("short").to_be_bytes());
            bytes.extend(std::iter::repeat_n(b'x', length));
        }
        base64_simd::URL_SAFE_NO_PAD.encode_to_string(bytes).parse::<Cursor>()
    };
    assert!(cursor([1024, 2048, 1024]).is_ok());
    for lengths in [[1025, 2048, 1024], [1024, 2049, 1024], [1024, 2048, 1025]] {
        assert!(cursor(lengths).is_err(), "{lengths:?}");
    }
}
