const TOKENS = 'r bigint, s bigint, t bigint, u bigint, v bigint, w bigint, x bigint, y bigint, z bigint';
const TOKEN_COLUMNS =
  'input_tokens, cached_read_tokens, cache_write_tokens, output_tokens, reasoning_tokens, audio_input_tokens, audio_output_tokens, image_input_tokens, total_tokens';
const TOKEN_VALUES =
  'coalesce(v.r, 0), coalesce(v.s, 0), coalesce(v.t, 0), coalesce(v.u, 0), coalesce(v.v, 0), coalesce(v.w, 0), coalesce(v.x, 0), coalesce(v.y, 0), v.z';

/**
 * A batch as one statement, so that it costs one round trip and one commit. Every insert can be repeated: what is there stays.
 *
 * Bodies come as one binary parameter ($1) of which each row cuts its slice. Inside the JSON they would have to be escaped by us or lexed with
 * their escapes by PostgreSQL, which refuses what JSON allows (`\u0000`, lone surrogates).
 *
 * An attempt of a request that the reconciler has abandoned is not settled any more: its sums are closed. That condition is a scalar
 * subquery and no `not exists`, which would become a join and take rows in any order: of two settlements the first has to stand.
 * The counts at the end tell whether a settlement met one that was there before.
 */
export const BATCH_STATEMENT = `with
requests as (
  insert into completion_request (id, organization_id, project_id, api_key_id, instance_id, door, operation, requested_model, is_streaming,
    reserved_nano_usd, idempotency_key, metadata, started_at)
  select v.a, v.b, v.c, v.d, v.e, v.f, v.g, v.h, v.i, v.j, v.k, v.l::json, to_timestamp(v.m / 1000.0)
  from json_to_recordset($2::json) as v(a uuid, b uuid, c uuid, d uuid, e uuid, f text, g text, h text, i boolean, j bigint, k text, l text,
    m float8)
  on conflict do nothing
),
attempts as (
  insert into completion_attempt (id, request_id, ordinal, provider_id, model_id, started_at)
  select v.a, v.b, v.c, v.d, v.e, to_timestamp(v.f / 1000.0)
  from json_to_recordset($3::json) as v(a uuid, b uuid, c smallint, d text, e text, f float8)
  on conflict do nothing
),
attempt_settlements as (
  insert into completion_attempt_settlement (attempt_id, request_id, outcome, basis, error_class, http_status, upstream_request_id,
    ${TOKEN_COLUMNS}, cost_nano_usd, price_version, time_to_first_token_ms, duration_ms, settled_at, billing)
  select v.a, v.b, v.c, v.d, v.e, v.f, v.g, ${TOKEN_VALUES}, v.h, v.i, v.j / 1000.0, v.k / 1000.0, to_timestamp(v.l / 1000.0), v.m
  from json_to_recordset($4::json) as v(a uuid, b uuid, c text, d text, e text, f smallint, g text, h bigint, i text, j float8, k float8,
    l float8, m json, ${TOKENS})
  where (select s.kind from completion_settlement s where s.request_id = v.b) is distinct from 'ABANDONED'
  on conflict do nothing
  returning 1
),
settlements as (
  insert into completion_settlement (request_id, kind, outcome, basis, error_code, error_message, served_attempt_id, finish_reason, warnings,
    ${TOKEN_COLUMNS}, cost_nano_usd, time_to_first_token_ms, duration_ms, overhead_ms, settled_at)
  select v.a, 'SETTLED', v.c, v.d, v.e, v.f, v.b, v.g, v.i, ${TOKEN_VALUES}, v.h, v.j / 1000.0, v.k / 1000.0, v.m / 1000.0,
    to_timestamp(v.l / 1000.0)
  from json_to_recordset($5::json) as v(a uuid, b uuid, c text, d text, e text, f text, g text, h bigint, i json, j float8, k float8,
    l float8, m float8, ${TOKENS})
  on conflict do nothing
  returning 1
),
inputs as (
  insert into completion_input (request_id, format, body, size_bytes)
  select v.a, v.b, convert_from(substring($1::bytea from v.c for v.d), 'UTF8')::json, v.e
  from json_to_recordset($6::json) as v(a uuid, b text, c integer, d integer, e integer)
  on conflict do nothing
),
outputs as (
  insert into completion_output (request_id, format, body, size_bytes)
  select v.a, v.b, convert_from(substring($1::bytea from v.c for v.d), 'UTF8')::json, v.e
  from json_to_recordset($7::json) as v(a uuid, b text, c integer, d integer, e integer)
  on conflict do nothing
),
checkpoints as (
  insert into completion_checkpoint as c (attempt_id, request_id, input_tokens, output_tokens, at)
  select distinct on (v.a) v.a, v.b, v.c, v.d, to_timestamp(v.e / 1000.0)
  from json_to_recordset($8::json) as v(a uuid, b uuid, c bigint, d bigint, e float8)
  order by v.a, v.e desc
  on conflict (attempt_id) do update set input_tokens = excluded.input_tokens, output_tokens = excluded.output_tokens, at = excluded.at
  where c.at < excluded.at
),
refusals as (
  insert into request_refusal (id, at, door, code, http_status, organization_id, project_id, api_key_id, detail, occurrences)
  select v.a, to_timestamp(v.b / 1000.0), v.c, v.d, v.e, v.f, v.g, v.h, v.i, v.j
  from json_to_recordset($9::json) as v(a uuid, b float8, c text, d text, e smallint, f uuid, g uuid, h uuid, i text, j integer)
  on conflict do nothing
)
select (select count(*)::integer from attempt_settlements) as attempts, (select count(*)::integer from settlements) as requests`;

/** Which of these were closed by the reconciler before their own process could settle them. */
export const ABANDONED_STATEMENT = `
  select request_id as id from completion_settlement where request_id = any($1::uuid[]) and kind = 'ABANDONED'
  union all
  select a.id from completion_attempt a
  left join completion_attempt_settlement t on t.attempt_id = a.id
  left join completion_settlement s on s.request_id = a.request_id
  where a.id = any($2::uuid[]) and (t.outcome = 'ORPHANED' or t.attempt_id is null and s.kind = 'ABANDONED')`;
