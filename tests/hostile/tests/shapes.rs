//! Tables of other shapes: without a sort key, with local and inverted indexes, with natural keys.

#![allow(clippy::cloned_ref_to_slice_refs, reason = "a list of items reads as what is expected")]

use dm::prelude::*;

type Outcome = Result<(), dm::Error>;

mod partition_only {
    use super::*;

    #[derive(Debug, Clone, PartialEq, Table)]
    #[table(crate = dm, name = "partition-only", pk = "PK", gsi(GSI1, pk = "GSI1PK"))]
    pub(super) enum PartitionOnly {
        Thing(Thing),
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
    #[entity(crate = dm, table = PartitionOnly, pk = "THING#{id}#{part}")]
    #[entity(index(GSI1, name = of_part, pk = "PART#{part}"))]
    pub(super) struct Thing {
        pub(super) id: String,
        pub(super) part: u8,
    }
}

#[tokio::test]
async fn a_table_may_have_no_sort_key() -> Outcome {
    use partition_only::{PartitionOnly, Thing};

    let db = PartitionOnly::embedded().await?;
    let thing = Thing { id: "t".to_owned(), part: 1 }.create().send(&db).await?;
    assert_eq!(Thing::get("t", &1).send(&db).await?, Some(thing.clone()));
    assert_eq!(Thing::of_part(&1).all(&db).await?, [thing.clone()]);
    assert_eq!(Thing::parse_key("THING#t#001")?, thing.key());
    assert!(thing.clone().create().send(&db).await.is_err());
    Thing::delete("t", &1).send(&db).await?;
    assert!(!Thing::exists("t", &1).send(&db).await?);
    Ok(())
}

mod local_and_inverted {
    use super::*;

    #[derive(Debug, Clone, PartialEq, Table)]
    #[table(
        crate = dm,
        name = "local-and-inverted",
        pk = "PK",
        sk = "SK",
        lsi(ByScore, sk = "ScoreSK"),
        gsi(Inverted, pk = "SK", sk = "PK")
    )]
    pub(super) enum Games {
        Play(Play),
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
    #[entity(crate = dm, table = Games, pk = "PLAYER#{player}", sk = "GAME#{game}", name = of_player)]
    #[entity(index(ByScore, name = by_score, sk = "SCORE#{score}#{game}"))]
    #[entity(index(Inverted, name = of_game, pk = "GAME#{game}", sk = "PLAYER#{player}"))]
    pub(super) struct Play {
        pub(super) player: String,
        pub(super) game: String,
        pub(super) score: Option<i32>,
    }
}

#[tokio::test]
async fn a_local_index_has_the_tables_partition_key() -> Outcome {
    use local_and_inverted::{Games, Play};

    let db = Games::embedded().await?;
    let mut plays = Vec::new();
    for (game, score) in [("chess", Some(7)), ("go", Some(-3)), ("poker", None)] {
        let play = Play { player: "ann".to_owned(), game: game.to_owned(), score };
        plays.push(play.create().send(&db).await?);
    }
    let by_score = Play::by_score("ann").consistent().all(&db).await?;
    assert_eq!(by_score, [plays[1].clone(), plays[0].clone()]);
    assert_eq!(Play::by_score("ann").score(0..).all(&db).await?, [plays[0].clone()]);
    assert_eq!(Play::of_game("go").all(&db).await?, [plays[1].clone()]);
    assert_eq!(Play::of_game("go").player("a".."b").all(&db).await?, [plays[1].clone()]);
    assert_eq!(Play::of_player("ann").game("go").all(&db).await?, [plays[1].clone()]);
    Ok(())
}

mod natural {
    use super::*;

    #[derive(Debug, Clone, PartialEq, Table)]
    #[table(crate = dm, name = "natural", pk = "id", sk = "slug", type_attribute = "kind", gsi(ByMail, pk = "mail", sk = "id"))]
    pub(super) enum Natural {
        Page(Page),
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
    #[entity(crate = dm, table = Natural, pk = "{id:raw}", sk = "{slug:raw}")]
    #[entity(index(ByMail, name = by_mail, pk = "{mail:raw}", sk = "{id:raw}"))]
    pub(super) struct Page {
        pub(super) id: String,
        pub(super) slug: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(super) mail: Option<String>,
    }
}

#[tokio::test]
async fn a_key_attribute_may_be_the_field_itself() -> Outcome {
    use natural::{Natural, Page};

    let db = Natural::embedded().await?;
    let page = Page { id: "50% off!".to_owned(), slug: "a b".to_owned(), mail: Some("a@b".to_owned()) };
    let page = page.create().send(&db).await?;
    let item = page.to_item()?;
    assert_eq!(item.len(), 4);
    assert_eq!(item["id"].as_s().map(String::as_str), Ok("50% off!"));
    assert_eq!(Page::get("50% off!", "a b").send(&db).await?, Some(page.clone()));
    assert_eq!(Page::query("50% off!").slug("a".."b").all(&db).await?, [page.clone()]);
    assert_eq!(Page::by_mail("a@b").all(&db).await?, [page.clone()]);
    let absent = Page { slug: "other".to_owned(), mail: None, ..page };
    assert_eq!(absent.clone().create().send(&db).await?, absent);
    assert!(Page { id: "a#b".to_owned(), ..absent }.to_item().is_err());
    Ok(())
}
