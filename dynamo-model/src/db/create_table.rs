//! Creates the table that the schema states, and compares a deployed one with it.

use std::time::Duration;

use aws_sdk_dynamodb::{
    config::AsyncSleep as _,
    error::{BuildError, ProvideErrorMetadata as _, SdkError},
    operation::create_table::{CreateTableError, builders::CreateTableInputBuilder},
    types::{
        AttributeDefinition, BillingMode, ContinuousBackupsStatus, GlobalSecondaryIndex, IndexStatus, KeySchemaElement,
        KeyType, LocalSecondaryIndex, PointInTimeRecoverySpecification, PointInTimeRecoveryStatus, Projection,
        ProjectionType, ScalarAttributeType, StreamSpecification, StreamViewType, TableDescription, TableStatus,
        TimeToLiveSpecification,
    },
};

use super::{Db, Difference, deployed::Deployed, difference, native};
use crate::{
    error::{Error, Operation, TableError},
    schema::{IndexKind, IndexProjection, IndexSchema, KeyAttributes, Schema, StreamView},
    table::Table,
};

/// How long a table may take to become active, as sums of the growing pauses between looks.
const PATIENCE: Duration = Duration::from_mins(10);
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// How long a table has been waited for.
struct Patience {
    waited: Duration,
    pause: Duration,
}

impl Patience {
    fn new() -> Self {
        Self { waited: Duration::ZERO, pause: FIRST_PAUSE }
    }
}

impl<T: Table> Db<T> {
    /// Creates the table with its indexes, stream, backups and TTL, and waits until it is active.
    ///
    /// Does nothing if it is there already, except for switching on a TTL or backups that are off. Billing is on
    /// demand. Backups are left out on engines that have none, such as DynamoDB Local.
    ///
    /// # Errors
    ///
    /// [`Error::Table`] if a table of this name has another key, or lacks an index or has it with another key or projection, its TTL is on another attribute, or it does
    /// not become active; the failures of the SDK and the service.
    pub async fn create_table(&self) -> Result<(), Error> {
        let schema = T::SCHEMA;
        let classify = self.classify_table(Operation::CreateTable);
        let request = definition(&schema, self.table_name()).map_err(|error| self.undefined(error))?;
        if let Err(error) = request.send_with(self.client()).await {
            let exists = error.as_service_error().is_some_and(CreateTableError::is_resource_in_use_exception);
            if !exists {
                return Err(match native::not_taken(&schema, &error) {
                    Some(reason) => self.table_error(Operation::CreateTable, reason, Some(Box::new(error))),
                    None => classify.error(error),
                });
            }
        }
        let table = self.wait_until_active().await?;
        // An index that the schema does not have harms none of its requests: a newer program may use it.
        let differences = difference::structure(&schema, &Deployed::new(&table));
        let differences: Vec<_> =
            differences.into_iter().filter(|difference| difference.expected() != "none").collect();
        if !differences.is_empty() {
            let listed: Vec<_> = differences.iter().map(ToString::to_string).collect();
            return Err(self.refuse(format!("it exists with other keys or indexes; {}", listed.join("; "))));
        }
        self.enable_ttl().await?;
        self.enable_backups().await
    }

    /// Compares the deployed table with the schema and lists every difference; none means that it is as stated.
    ///
    /// Backups are compared where the engine tells about them.
    ///
    /// # Errors
    ///
    /// [`Error::TableNotFound`] if there is no table; the failures of the SDK and the service.
    pub async fn verify(&self) -> Result<Vec<Difference>, Error> {
        let table = self.describe(Operation::Verify).await?;
        let mut deployed = self.with_ttl(Deployed::new(&table), Operation::Verify).await?;
        deployed.point_in_time_recovery = self.has_backups(Operation::Verify).await?;
        Ok(difference::differences(&T::SCHEMA, &deployed))
    }

    /// The ARN of the table's stream: what [`follow`](Self::follow) reads, and what an event source mapping names.
    ///
    /// # Errors
    ///
    /// [`Error::Table`] if the table has no stream; [`Error::TableNotFound`] if there is no table; the failures of the
    /// SDK and the service.
    #[cfg(feature = "streams")]
    pub async fn stream_arn(&self) -> Result<String, Error> {
        let table = self.describe(Operation::StreamArn).await?;
        table.latest_stream_arn.ok_or_else(|| {
            let reason =
                "it has no stream; name a view in the schema (`stream = \"new_and_old_images\"`) and enable it";
            self.table_error(Operation::StreamArn, reason.to_owned(), None)
        })
    }

    async fn wait_until_active(&self) -> Result<TableDescription, Error> {
        let mut patience = Patience::new();
        loop {
            match self.describe(Operation::CreateTable).await {
                Ok(table) if is_active(&table) => return Ok(table),
                // Right after its creation a table may not be known everywhere.
                Ok(_) | Err(Error::TableNotFound(_)) => self.wait(&mut patience, "active").await?,
                Err(error) => return Err(error),
            }
        }
    }

    /// Waits a while before another look, each time longer; fails when patience ends.
    async fn wait(&self, patience: &mut Patience, state: &str) -> Result<(), Error> {
        if patience.waited > PATIENCE {
            let seconds = PATIENCE.as_secs();
            return Err(self.refuse(format!("it is not {state} after {seconds} s; look at it and try again")));
        }
        let Some(sleep) = self.client().config().sleep_impl() else {
            return Err(self.refuse(format!(
                "it is not {state} yet and the client cannot wait; enable the SDK's feature `rt-tokio`, or set \
                 `sleep_impl` on the client's config"
            )));
        };
        sleep.sleep(patience.pause).await;
        patience.waited += patience.pause;
        patience.pause = (patience.pause * 2).min(LONGEST_PAUSE);
        Ok(())
    }

    async fn describe(&self, operation: Operation) -> Result<TableDescription, Error> {
        let classify = self.classify_table(operation);
        let request = self.client().describe_table().table_name(self.table_name());
        let output = request.send().await.map_err(|error| classify.error(error))?;
        output.table.ok_or_else(|| self.table_error(operation, "DynamoDB described nothing".to_owned(), None))
    }

    async fn with_ttl(&self, deployed: Deployed, operation: Operation) -> Result<Deployed, Error> {
        let classify = self.classify_table(operation);
        let request = self.client().describe_time_to_live().table_name(self.table_name());
        let output = request.send().await.map_err(|error| classify.error(error))?;
        Ok(deployed.with_ttl(output.time_to_live_description()))
    }

    async fn enable_ttl(&self) -> Result<(), Error> {
        let Some(ttl) = T::SCHEMA.table.ttl else { return Ok(()) };
        match self.with_ttl(Deployed::default(), Operation::CreateTable).await?.ttl {
            Some(found) if found == ttl => return Ok(()),
            Some(found) => {
                return Err(
                    self.refuse(format!("it expires items by `{found}`, the schema by `{ttl}`; disable it first"))
                );
            }
            None => {}
        }
        let specification = TimeToLiveSpecification::builder().enabled(true).attribute_name(ttl).build();
        let specification = specification.map_err(|error| self.undefined(error))?;
        let request = self.client().update_time_to_live().table_name(self.table_name());
        let sent = request.time_to_live_specification(specification).send().await;
        sent.map(drop).map_err(|error| self.classify_table(Operation::CreateTable).error(error))
    }

    async fn enable_backups(&self) -> Result<(), Error> {
        if !T::SCHEMA.table.point_in_time_recovery || self.has_backups(Operation::CreateTable).await? != Some(false) {
            return Ok(());
        }
        let specification = PointInTimeRecoverySpecification::builder().point_in_time_recovery_enabled(true).build();
        let specification = specification.map_err(|error| self.undefined(error))?;
        let mut patience = Patience::new();
        loop {
            let request = self.client().update_continuous_backups().table_name(self.table_name());
            match request.point_in_time_recovery_specification(specification.clone()).send().await {
                Ok(_) => return Ok(()),
                // Right after its creation a table's backups are still being prepared.
                Err(error) if error.code() == Some("ContinuousBackupsUnavailableException") => {
                    self.wait(&mut patience, "ready for backups").await?;
                }
                Err(error) => return Err(self.classify_table(Operation::CreateTable).error(error)),
            }
        }
    }

    /// Whether point-in-time recovery is on; `None` where the engine has no such thing.
    async fn has_backups(&self, operation: Operation) -> Result<Option<bool>, Error> {
        let sent = self.client().describe_continuous_backups().table_name(self.table_name()).send().await;
        match sent {
            Ok(output) => Ok(output.continuous_backups_description().map(|description| {
                let recovery = description.point_in_time_recovery_description();
                let status = recovery.and_then(|recovery| recovery.point_in_time_recovery_status());
                *description.continuous_backups_status() == ContinuousBackupsStatus::Enabled
                    && status == Some(&PointInTimeRecoveryStatus::Enabled)
            })),
            Err(SdkError::ServiceError(error)) if error.err().code() == Some("UnknownOperationException") => Ok(None),
            Err(error) => Err(self.classify_table(operation).error(error)),
        }
    }

    fn refuse(&self, reason: String) -> Error {
        self.table_error(Operation::CreateTable, reason, None)
    }

    fn undefined(&self, error: BuildError) -> Error {
        let reason = "the SDK does not take its definition".to_owned();
        self.table_error(Operation::CreateTable, reason, Some(Box::new(error)))
    }

    fn table_error(
        &self,
        operation: Operation,
        reason: String,
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Error {
        Error::Table(TableError { operation, table: self.table_name().to_owned(), reason, source })
    }
}

fn is_active(table: &TableDescription) -> bool {
    let indexes = table.global_secondary_indexes();
    table.table_status() == Some(&TableStatus::Active)
        && indexes.iter().all(|index| index.index_status().is_none_or(|status| *status == IndexStatus::Active))
}

/// The table's definition in the SDK's terms.
fn definition(whole: &Schema, name: &str) -> Result<CreateTableInputBuilder, BuildError> {
    let schema = whole.table;
    let mut request = CreateTableInputBuilder::default()
        .table_name(name)
        .billing_mode(BillingMode::PayPerRequest)
        .set_key_schema(Some(key_schema(schema.key)?))
        .set_attribute_definitions(Some(attribute_definitions(whole)?));
    for index in schema.indexes {
        request = with_index(request, index)?;
    }
    for index in schema.native_indexes {
        request = request.global_secondary_indexes(native::index(index)?);
    }
    if let Some(view) = schema.stream {
        let view = match view {
            StreamView::KeysOnly => StreamViewType::KeysOnly,
            StreamView::NewImage => StreamViewType::NewImage,
            StreamView::OldImage => StreamViewType::OldImage,
            StreamView::NewAndOldImages => StreamViewType::NewAndOldImages,
        };
        let stream = StreamSpecification::builder().stream_enabled(true).stream_view_type(view).build()?;
        request = request.stream_specification(stream);
    }
    Ok(request.set_deletion_protection_enabled(schema.deletion_protection.then_some(true)))
}

fn with_index(request: CreateTableInputBuilder, index: &IndexSchema) -> Result<CreateTableInputBuilder, BuildError> {
    let key = Some(key_schema(index.key)?);
    let projection = projection(index.projection);
    Ok(match index.kind {
        IndexKind::Global => request.global_secondary_indexes(
            GlobalSecondaryIndex::builder()
                .index_name(index.name)
                .set_key_schema(key)
                .projection(projection)
                .build()?,
        ),
        IndexKind::Local => request.local_secondary_indexes(
            LocalSecondaryIndex::builder().index_name(index.name).set_key_schema(key).projection(projection).build()?,
        ),
    })
}

fn projection(projection: IndexProjection) -> Projection {
    let builder = Projection::builder();
    let builder = match projection {
        IndexProjection::All => builder.projection_type(ProjectionType::All),
        IndexProjection::KeysOnly => builder.projection_type(ProjectionType::KeysOnly),
        IndexProjection::Include(attributes) => builder
            .projection_type(ProjectionType::Include)
            .set_non_key_attributes(Some(attributes.iter().map(|name| (*name).to_owned()).collect())),
    };
    builder.build()
}

fn key_schema(key: KeyAttributes) -> Result<Vec<KeySchemaElement>, BuildError> {
    let element = |name, kind| KeySchemaElement::builder().attribute_name(name).key_type(kind).build();
    key.names().zip([KeyType::Hash, KeyType::Range]).map(|(name, kind)| element(name, kind)).collect()
}

/// Each key attribute once: DynamoDB refuses repeated and unused definitions.
fn attribute_definitions(whole: &Schema) -> Result<Vec<AttributeDefinition>, BuildError> {
    let schema = whole.table;
    let composed = schema.key.names().chain(schema.indexes.iter().flat_map(|index| index.key.names()));
    let composed = composed.map(|name| (name, ScalarAttributeType::S));
    let mut definitions: Vec<_> = composed.chain(native::definitions(whole)).collect();
    definitions.sort_unstable_by_key(|(name, _)| *name);
    definitions.dedup_by_key(|(name, _)| *name);
    let define = |(name, kind)| AttributeDefinition::builder().attribute_name(name).attribute_type(kind).build();
    definitions.into_iter().map(define).collect()
}
