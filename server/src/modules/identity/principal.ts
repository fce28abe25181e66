/** Permissions that a key or session can hold; the same names as the schema's `Scope`. */
export const SCOPES = [
  'COMPLETIONS_WRITE',
  'COMPLETIONS_READ',
  'MODELS_READ',
  'PROVIDERS_READ',
  'PROVIDERS_WRITE',
  'PRICES_WRITE',
  'ACCOUNTING_READ',
  'SCHEMA_READ',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Who is asking. Nobody behind the doors sees the credential itself. */
export interface Principal {
  readonly organizationId: string;
  readonly projectId: string;
  /** Null for a signed-in session. */
  readonly apiKeyId: string | null;
  readonly scopes: ReadonlySet<Scope>;
  /** Null: the server's default applies. */
  readonly requestsPerMinute: number | null;
  readonly concurrency: number | null;
}
