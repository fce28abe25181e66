import { Migration } from '@mikro-orm/migrations';

/**
 * Responses that callers asked us to keep, each with the input that is its own; what came before is found by `previous_response_id`.
 * Rows are deleted by their callers or a month after they were made, so this is no ledger.
 */
export class StoredResponses extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table stored_response (
     project_id uuid not null,
     id text not null,
     completion_id uuid not null,
     status text not null check (status in ('queued', 'in_progress', 'completed', 'incomplete', 'failed', 'cancelled')),
     is_background boolean not null,
     provider_id text,
     is_kept_upstream boolean not null,
     previous_response_id text,
     input json not null,
     response json not null,
     events text,
     item_ids text[] not null,
     size_bytes integer not null,
     is_cancel_requested boolean not null default false,
     lease_until timestamptz,
     created_at timestamptz not null,
     expires_at timestamptz not null,
     primary key (project_id, id)
   )`,
  `create index stored_response_items on stored_response using gin (item_ids)`,
  `create index stored_response_expiry on stored_response (expires_at)`,
  `create index stored_response_lease on stored_response (lease_until) where lease_until is not null`,
];
