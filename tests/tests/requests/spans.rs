//! Spans: names and counts, and no value.

use std::{
    fmt,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use dynamo_model::{db::Meter, prelude::*};
use dynamo_model_tests::with_engine;
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

use crate::shop::{Order, Shop, open, order};

/// Keeps the library's spans.
#[derive(Clone, Default)]
struct Collector {
    spans: Arc<Mutex<Vec<Span>>>,
    next: Arc<AtomicU64>,
}

#[derive(Clone, Default)]
struct Span {
    id: u64,
    fields: Vec<(&'static str, String)>,
}

impl Visit for Span {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.fields.push((field.name(), format!("{value:?}").trim_matches('"').to_owned()));
    }
}

impl Span {
    fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| *field == name).map(|(_, value)| value.as_str())
    }
}

impl Subscriber for Collector {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("dynamo_model")
    }

    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        let id = self.next.fetch_add(1, Ordering::Relaxed) + 1;
        let mut span = Span { id, fields: Vec::new() };
        attributes.record(&mut span);
        self.spans.lock().unwrap().push(span);
        span::Id::from_u64(id)
    }

    fn record(&self, id: &span::Id, values: &span::Record<'_>) {
        let mut spans = self.spans.lock().unwrap();
        let span = spans.iter_mut().find(|span| span.id == id.into_u64()).unwrap();
        values.record(span);
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, _: &Event<'_>) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

#[test]
fn a_span_names_and_counts_and_shows_no_value() {
    with_engine(|engine, runtime| {
        let client = engine.client("a_span_names_and_counts_and_shows_no_value");
        let (db, _) = runtime.block_on(open(client));
        let collector = Collector::default();
        tracing::subscriber::with_default(collector.clone(), || {
            // Another test of this process may have met the library's spans while nobody listened.
            tracing::callsite::rebuild_interest_cache();
            runtime.block_on(async {
                let db = db.with_meter(&Meter::default());
                let mut secret = order(1);
                secret.customer = "secret".to_owned();
                secret.state = Some("hidden".to_owned());
                secret.create().send(&db).await.unwrap();
                Order::by_state("hidden").filter(|o| o.cents().lt(424_242)).all(&db).await.unwrap();
                Order::update("secret", &1).set(|o| o.cents().to(313_131)).send(&db).await.unwrap();
                Order::update("secret", &2).set(|o| o.cents().to(313_131)).send(&db).await.unwrap_err();
                Shop::transaction().and(Order::delete("secret", &1)).send(&db).await.unwrap();
            });
        });
        let spans = collector.spans.lock().unwrap().clone();
        let requests: Vec<_> = spans.iter().filter_map(|span| span.get("request")).collect();
        assert_eq!(requests, ["PutItem", "Query", "UpdateItem", "UpdateItem", "TransactWriteItems"]);
        let query = &spans[1];
        assert_eq!(
            ["operation", "table", "entity", "index", "attempts", "items"].map(|name| query.get(name).unwrap()),
            ["query", "shop", "Order", "GSI1", "1", "1"]
        );
        assert!(query.get("capacity").unwrap().parse::<f64>().unwrap() > 0.0);
        assert_eq!(spans[3].get("error"), Some("ConditionalCheckFailedException"));
        let everything = spans.iter().flat_map(|span| &span.fields).map(|(_, value)| value.as_str());
        let everything = everything.collect::<Vec<_>>().join(" ");
        for value in ["secret", "hidden", "424242", "313131"] {
            assert!(!everything.contains(value), "{value} in {everything}");
        }
    });
}
