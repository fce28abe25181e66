import { Migration } from '@mikro-orm/migrations';

/**
 * Accounts at providers that people connect, their credentials, what was discovered there, and aliases of models.
 *
 * Credentials and header values are sealed before they get here; `sealed_…` columns hold nothing that can be read without the
 * installation's encryption key. `provider_change` is one row that every change locks and counts up, so that revisions commit in the
 * order of their numbers and a poll for "greater than the last I saw" misses none.
 */
export class ProviderAccounts extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table provider_account (
     id uuid primary key,
     organization_id uuid not null,
     project_id uuid not null,
     vendor_id text not null,
     provider_id text not null,
     display_name text not null,
     base_url text,
     settings json not null,
     header_names text[] not null,
     sealed_headers text,
     models text[] not null,
     is_enabled boolean not null,
     created_at timestamptz not null,
     updated_at timestamptz not null,
     unique (project_id, provider_id)
   )`,
  `create table provider_credential (
     id uuid primary key,
     account_id uuid not null references provider_account (id) on delete cascade,
     project_id uuid not null,
     name text not null,
     hint text,
     sealed_secrets text not null,
     is_enabled boolean not null,
     created_at timestamptz not null,
     retires_at timestamptz
   )`,
  `create index provider_credential_account on provider_credential (account_id)`,
  `create index provider_credential_retiring on provider_credential (retires_at) where retires_at is not null`,
  // By the account's id and without a foreign key: accounts of the environment and of the file have ids but no row.
  `create table provider_discovery (
     account_id uuid primary key,
     project_id uuid,
     discovered_at timestamptz not null,
     models json not null
   )`,
  `create table model_alias (
     id uuid primary key,
     organization_id uuid not null,
     project_id uuid not null,
     name text not null,
     targets text[] not null,
     created_at timestamptz not null,
     updated_at timestamptz not null,
     unique (project_id, name)
   )`,
  `create table provider_change (
     is_only boolean primary key default true check (is_only),
     revision bigint not null
   )`,
  `insert into provider_change (revision) values (0)`,
  `create table provider_revision (
     project_id uuid primary key,
     revision bigint not null
   )`,
  `create index provider_revision_number on provider_revision (revision)`,
  `create table encryption_key (
     is_only boolean primary key default true check (is_only),
     key_id text not null,
     first_used_at timestamptz not null
   )`,
  // Whoever may do everything goes on to: the permission to write providers is new.
  `update api_key set scopes = scopes || array['PROVIDERS_WRITE']
    where scopes @> array['COMPLETIONS_WRITE', 'COMPLETIONS_READ', 'MODELS_READ', 'PROVIDERS_READ', 'ACCOUNTING_READ', 'SCHEMA_READ']`,
];
