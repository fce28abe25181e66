import { Migration } from '@mikro-orm/migrations';

/**
 * The spine: identity as far as a key needs it, and the ledger.
 *
 * The ledger is insert-only. A start and its settlement are rows of different tables, so that "started = settled + abandoned +
 * in flight" compares independent facts and every write can be repeated without effect (`on conflict do nothing`).
 * There are no foreign keys inside the ledger: rows of one call may arrive in any order from the journal.
 */
export class Spine extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const USAGE_COLUMNS = `
  input_tokens bigint not null, cached_read_tokens bigint not null, cache_write_tokens bigint not null, output_tokens bigint not null,
  reasoning_tokens bigint not null, audio_input_tokens bigint not null, audio_output_tokens bigint not null, image_input_tokens bigint not null,
  total_tokens bigint not null`;

const STATEMENTS = [
  `create table organization (
     id uuid primary key,
     name text not null,
     created_at timestamptz not null
   )`,
  `create table project (
     id uuid primary key,
     organization_id uuid not null references organization (id),
     name text not null,
     created_at timestamptz not null
   )`,
  `create index project_organization on project (organization_id)`,
  `create table api_key (
     id uuid primary key,
     organization_id uuid not null references organization (id),
     project_id uuid not null references project (id),
     name text not null,
     display_prefix text not null,
     secret_hash bytea not null unique,
     scopes text[] not null,
     requests_per_minute integer,
     concurrency integer,
     created_at timestamptz not null,
     expires_at timestamptz,
     revoked_at timestamptz,
     last_used_at timestamptz
   )`,
  `create index api_key_project on api_key (project_id)`,
  `create table login_link (
     token_hash bytea primary key,
     organization_id uuid not null references organization (id),
     project_id uuid not null references project (id),
     expires_at timestamptz not null,
     used_at timestamptz
   )`,
  `create table installation (
     is_only boolean primary key default true check (is_only),
     created_at timestamptz not null,
     pepper_fingerprint bytea not null
   )`,

  `create table ledger_instance (
     id uuid primary key,
     slot_id uuid not null,
     host text not null,
     process_id integer not null,
     data_dir text not null,
     started_at timestamptz not null,
     lease_until timestamptz not null,
     ended_at timestamptz,
     reconciled_at timestamptz
   )`,
  `create index ledger_instance_open on ledger_instance (started_at) where reconciled_at is null`,
  `create table completion_request (
     id uuid primary key,
     organization_id uuid not null,
     project_id uuid not null,
     api_key_id uuid,
     instance_id uuid not null,
     door text not null,
     operation text not null,
     requested_model text not null,
     is_streaming boolean not null,
     reserved_nano_usd bigint,
     idempotency_key text,
     metadata json,
     started_at timestamptz not null
   )`,
  `create index completion_request_project on completion_request (project_id, id desc)`,
  `create index completion_request_instance on completion_request (instance_id, id)`,
  `create table completion_attempt (
     id uuid primary key,
     request_id uuid not null,
     ordinal smallint not null,
     provider_id text not null,
     model_id text not null,
     started_at timestamptz not null
   )`,
  `create index completion_attempt_request on completion_attempt (request_id)`,
  `create table completion_attempt_settlement (
     attempt_id uuid primary key,
     request_id uuid not null,
     outcome text not null check (outcome in ('SUCCEEDED', 'FAILED', 'CANCELLED', 'ORPHANED')),
     basis text not null check (basis in ('ACTUAL', 'ESTIMATED', 'VOID')),
     error_class text,
     http_status smallint,
     upstream_request_id text,
     ${USAGE_COLUMNS},
     cost_nano_usd bigint,
     price_version text,
     time_to_first_token_ms double precision,
     duration_ms double precision not null,
     settled_at timestamptz not null
   )`,
  `create index completion_attempt_settlement_request on completion_attempt_settlement (request_id)`,
  `create table completion_settlement (
     request_id uuid primary key,
     kind text not null check (kind in ('SETTLED', 'ABANDONED')),
     outcome text not null check (outcome in ('SUCCEEDED', 'FAILED', 'CANCELLED', 'ORPHANED')),
     basis text not null check (basis in ('ACTUAL', 'ESTIMATED', 'VOID')),
     error_code text,
     error_message text,
     served_attempt_id uuid,
     finish_reason text,
     warnings json,
     ${USAGE_COLUMNS},
     cost_nano_usd bigint,
     time_to_first_token_ms double precision,
     duration_ms double precision not null,
     overhead_ms double precision,
     settled_at timestamptz not null
   )`,
  `create index completion_settlement_abandoned on completion_settlement (settled_at) where kind = 'ABANDONED'`,
  `create table completion_checkpoint (
     attempt_id uuid primary key,
     request_id uuid not null,
     input_tokens bigint not null,
     output_tokens bigint not null,
     at timestamptz not null
   )`,
  `create table completion_input (
     request_id uuid primary key,
     format text not null,
     body json,
     size_bytes integer not null
   )`,
  `create table completion_output (
     request_id uuid primary key,
     format text not null,
     body json,
     size_bytes integer not null
   )`,
  `create table request_refusal (
     id uuid primary key,
     at timestamptz not null,
     door text not null,
     code text not null,
     http_status smallint not null,
     organization_id uuid,
     project_id uuid,
     api_key_id uuid,
     detail text,
     occurrences integer not null
   )`,
  `create table idempotency (
     project_id uuid not null,
     key text not null,
     request_hash bytea not null,
     request_id uuid not null,
     created_at timestamptz not null,
     primary key (project_id, key)
   )`,
  `create index idempotency_created on idempotency (created_at)`,
];
