//! A cursor of a native index goes with its query, and only behind items of it.

use std::{collections::BTreeMap, pin::Pin};

use base64_simd::URL_SAFE_NO_PAD;
use dynamo_model::{Cursor, Db, Error, Query, QueryRequest as _, op::Global};

use crate::{
    ask::{Asked, Visit},
    model::Native,
    pages::on_cases,
};

type Answer = Pin<Box<dyn Future<Output = Result<(), Error>>>>;

/// A query without its type: what it asks for, and what it makes of a cursor.
struct Other {
    spelled: String,
    is_sent: bool,
    cursor: Option<Cursor>,
    continue_after: Box<dyn Fn(Cursor) -> Answer>,
}

struct Cursors<'a> {
    db: &'a Db<Native>,
    asked: Vec<Other>,
}

impl Visit for Cursors<'_> {
    async fn visit<E: Asked>(&mut self, query: Query<E, Global>, expected: Vec<&E>, _: &[&str]) {
        let db = self.db;
        // A cursor is behind the first of at least two items.
        let cursor = query.clone().limit(1).page(db).await.expect("the query is answered").next;
        assert_eq!(cursor.is_some(), expected.len() > 1);
        if let Some(cursor) = &cursor {
            let other_way = query.clone().descending();
            if other_way != query {
                refused(other_way.after(cursor.clone()).limit(1).page(db).await);
            }
            let signing = db.clone().with_cursor_key([7; 32]);
            refused(query.clone().after(cursor.clone()).page(&signing).await);
            let signed = query.clone().limit(1).page(&signing).await.expect("the query is answered").next;
            let signed = signed.expect("there was one").to_string();
            refused(
                query.clone().after(signed.parse::<Cursor>().ok()).page(&db.clone().with_cursor_key([8; 32])).await,
            );
            for text in changed(&signed).step_by(7).filter(|text| *text != signed) {
                if let Ok(changed) = text.parse::<Cursor>() {
                    refused(query.clone().after(changed).all(&signing).await);
                }
            }
            for text in changed(&cursor.to_string()) {
                let Ok(changed) = text.parse::<Cursor>() else { continue };
                assert_eq!(changed.to_string(), text, "one text a cursor");
                match query.clone().after(changed).all(db).await {
                    Ok(found) => {
                        assert!(found.iter().all(|entity| expected.contains(&entity)), "{found:?} of {expected:?}");
                    }
                    Err(error) => assert!(matches!(error, Error::Cursor(_)), "{error:?}: {text}"),
                }
            }
        }
        let explanation = query.clone().explain_in(&db.context());
        // Binary is explained by its length.
        let values =
            query.clone().build(&db.context()).ok().and_then(|sdk| sdk.get_expression_attribute_values().clone());
        let values: BTreeMap<_, _> = values.into_iter().flatten().collect();
        let db = db.clone();
        self.asked.push(Other {
            spelled: format!("{explanation} {values:?}"),
            is_sent: explanation.unsent().is_none(),
            cursor,
            continue_after: Box::new(move |cursor| {
                let (query, db) = (query.clone(), db.clone());
                Box::pin(async move { query.after(cursor).limit(1).page(&db).await.map(drop) })
            }),
        });
    }
}

fn refused<T>(result: Result<T, Error>) {
    match result {
        Err(Error::Cursor(error)) => assert!(error.to_string().contains("start again without one"), "{error}"),
        Err(error) => panic!("{error:?}"),
        Ok(_) => panic!("a cursor of another query was taken"),
    }
}

/// The cursor cut short, lengthened, and with its bytes changed one by one.
fn changed(text: &str) -> impl Iterator<Item = String> {
    let bytes = URL_SAFE_NO_PAD.decode_to_vec(text).expect("a cursor");
    let cut = (0..bytes.len()).step_by(5).map({
        let bytes = bytes.clone();
        move |length| bytes[..length].to_vec()
    });
    let longer = [[&bytes[..], &[0]].concat(), [&bytes[..], &[b'N', 0, 1, b'7']].concat()];
    // The bytes of the query's number are as good as one another.
    let places = [0, 1, 2, 8].into_iter().chain(9..bytes.len());
    let each = places.flat_map(move |at| {
        let bytes = bytes.clone();
        [b'9', b'-', 0, 255].into_iter().map(move |byte| {
            let mut bytes = bytes.clone();
            bytes[at] = byte;
            bytes
        })
    });
    cut.chain(longer).chain(each).map(|bytes| URL_SAFE_NO_PAD.encode_to_string(bytes))
}

#[test]
fn a_native_cursor_is_refused_by_every_query_but_its_own() {
    on_cases("a_native_cursor_is_refused_by_every_query_but_its_own", file!(), async |db, world, drafts, asks| {
        let mut cursors = Cursors { db, asked: Vec::new() };
        for ask in asks {
            ask.run(drafts, world, &mut cursors).await;
        }
        for mine in &cursors.asked {
            let Some(cursor) = &mine.cursor else { continue };
            for other in &cursors.asked {
                let answer = (other.continue_after)(cursor.clone()).await;
                if mine.spelled == other.spelled {
                    answer.expect("a cursor goes with its query");
                } else if other.is_sent {
                    refused(answer);
                }
            }
        }
    });
}

/// DynamoDB would refuse such a start key in words of its own.
#[test]
fn what_no_attribute_can_hold_is_no_cursor() {
    let cursor = |sort: &[u8], primary: &[u8]| {
        let mut bytes = vec![5; 9];
        bytes.extend_from_slice(sort);
        bytes.extend_from_slice(primary);
        URL_SAFE_NO_PAD.encode_to_string(bytes).parse::<Cursor>()
    };
    let primary: &[u8] = &[0, 0, 0, 1, b'p', 0, 1, b's'];
    let value = |kind: u8, value: &[u8]| {
        let length = u16::try_from(value.len()).expect("short").to_be_bytes();
        [&[1, kind], &length[..], value].concat()
    };
    assert!(cursor(&value(b'S', "é".as_bytes()), primary).is_ok());
    assert!(cursor(&value(b'N', b"-1.5"), primary).is_ok());
    assert!(cursor(&value(b'B', &[255]), primary).is_ok());
    assert!(cursor(&value(b'S', &[b'x'; 1024]), primary).is_ok());
    assert!(cursor(&[0], primary).is_ok());
    for refused in [
        value(b'S', b""),
        value(b'S', &[255]),
        value(b'S', &[b'x'; 1025]),
        value(b'N', b"seven"),
        value(b'N', b"1e126"),
        value(b'M', b"x"),
        vec![2, b'S', 0, 1, b'x'],
        [5_u8].into_iter().chain([b'S', 0, 1, b'x'].repeat(5)).collect(),
    ] {
        assert!(cursor(&refused, primary).is_err(), "{refused:?}");
    }
    // It is of an index, so it has a primary key; its sort key is no text.
    assert!(cursor(&[0], &[0, 0, 0, 0, 0, 0]).is_err());
    assert!(cursor(&[0], &[0, 1, b'x', 0, 1, b'p', 0, 0]).is_err());
}
