import { Migration } from '@mikro-orm/migrations';

/**
 * Prices that the operator sets, what beside token buckets decides the price of an attempt, and adjustments of what calls cost.
 *
 * A price is never changed: another one follows it. What was settled is never changed either: an adjustment is a row beside it, and a
 * cost is the settlement and all adjustments together. A settlement without a cost gets its whole cost as the first adjustment.
 * A re-rating is one pass over calls; it keeps how far it has come, so that it goes on where it was when its process ended.
 */
export class Prices extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `alter table completion_attempt_settlement add column billing json`,
  `create table model_price (
     id uuid primary key,
     sequence bigint generated always as identity unique,
     organization_id uuid not null,
     api_key_id uuid,
     model_id text not null,
     effective_from timestamptz not null,
     version text not null unique,
     source text not null,
     rates json,
     created_at timestamptz not null
   )`,
  `create index model_price_model on model_price (model_id, sequence desc)`,
  `create table completion_attempt_adjustment (
     attempt_id uuid not null,
     ordinal integer not null,
     request_id uuid not null,
     rerating_id uuid not null,
     amount_nano_usd bigint not null,
     previous_price_version text,
     price_version text not null,
     adjusted_at timestamptz not null,
     primary key (attempt_id, ordinal)
   )`,
  `create index completion_attempt_adjustment_request on completion_attempt_adjustment (request_id)`,
  `create table completion_adjustment (
     request_id uuid not null,
     ordinal integer not null,
     rerating_id uuid not null,
     amount_nano_usd bigint not null,
     adjusted_at timestamptz not null,
     primary key (request_id, ordinal)
   )`,
  `create table rerating (
     id uuid primary key,
     organization_id uuid not null,
     api_key_id uuid,
     is_dry_run boolean not null,
     model_id text,
     from_at timestamptz,
     to_at timestamptz not null,
     after_request_id uuid,
     examined_attempts bigint not null default 0,
     changed_attempts bigint not null default 0,
     unpriced_attempts bigint not null default 0,
     difference_nano_usd bigint not null default 0,
     created_at timestamptz not null,
     finished_at timestamptz
   )`,
  `create index rerating_open on rerating (created_at) where finished_at is null`,
  `create index rerating_organization on rerating (organization_id, id desc)`,
  `create table rerating_difference (
     rerating_id uuid not null references rerating (id),
     model_id text not null,
     previous_price_version text not null,
     price_version text not null,
     attempts bigint not null,
     difference_nano_usd bigint not null,
     primary key (rerating_id, model_id, previous_price_version, price_version)
   )`,
  `create function refuse_change() returns trigger language plpgsql as $$
     begin
       raise exception 'rows of % are never changed: add another one', tg_table_name using errcode = 'integrity_constraint_violation';
     end $$`,
  ...['model_price', 'completion_attempt_adjustment', 'completion_adjustment'].map(
    (table) => `create trigger ${table}_is_kept before update or delete on ${table} for each statement execute function refuse_change()`,
  ),
];
