/**
 * The providers file: JSON that an operator keeps beside the server. Base URLs in it may be private. Everything that is wrong with it
 * is told at once, and then the server does not start.
 */
import { z } from 'zod';
import type { Secret } from '../../../kernel/crypto/index.ts';
import { findVendor, type Vendor } from '../vendors/index.ts';
import type { AccountSpec, Alias, CredentialSpec } from './account.ts';
import type { InputProblem } from './account.errors.ts';
import {
  hintOf,
  problemsOfAliasName,
  problemsOfModels,
  problemsOfName,
  problemsOfProviderId,
  problemsOfSecrets,
  problemsOfSettings,
  problemsOfTargets,
  vendorProblem,
} from './account.policy.ts';
import { readBaseUrl } from './base-url.ts';
import { derivedId } from './derived-id.ts';
import { problemsOfHeaders } from './header.policy.ts';
import { toSecretFields } from './sealed-fields.ts';
import { writtenAccountId, writtenCredentialId } from './written-account.ts';

/** A secret stands in the file, in an environment variable, or in a file of its own. */
const secretSchema = z.union([z.string(), z.strictObject({ variable: z.string() }), z.strictObject({ file: z.string() })]);
const secretsSchema = z.record(z.string(), secretSchema);
const fileSchema = z.strictObject({
  providers: z
    .array(
      z.strictObject({
        vendor: z.string(),
        name: z.string().optional(),
        displayName: z.string().optional(),
        baseUrl: z.string().optional(),
        settings: z.record(z.string(), z.string()).default({}),
        headers: z.record(z.string(), secretSchema).default({}),
        models: z.array(z.string()).default([]),
        isEnabled: z.boolean().default(true),
        credentials: z
          .array(z.strictObject({ name: z.string(), secrets: secretsSchema.default({}), isEnabled: z.boolean().default(true) }))
          .min(1),
      }),
    )
    .default([]),
  aliases: z.array(z.strictObject({ name: z.string(), targets: z.array(z.string()) })).default([]),
});
type FileProvider = z.output<typeof fileSchema>['providers'][number];
type FileSecret = z.output<typeof secretSchema>;

export interface ProvidersFileSource {
  /** For messages. */
  readonly path: string;
  readonly text: string;
  readonly variable: (name: string) => Secret | null;
  /** Null when there is no such file; relative names stand beside the providers file. */
  readonly readFile: (name: string) => Secret | null;
}

export interface ProvidersFile {
  readonly accounts: readonly AccountSpec[];
  readonly aliases: readonly Alias[];
}

/** Throws one error that lists every problem with its place in the file; values of secrets are never repeated. */
export function parseProvidersFile(source: ProvidersFileSource): ProvidersFile {
  const json = parseJson(source);
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success)
    throw problemsError(
      source,
      parsed.error.issues.map(({ path, message }) => ({ path: path.map(String), message })),
    );
  const problems: InputProblem[] = [];
  const { providers, aliases } = parsed.data;
  const accounts = providers.flatMap((provider, index) => toAccount(provider, ['providers', String(index)], source, problems) ?? []);
  refuseRepeats(
    accounts.map(({ providerId }) => providerId),
    'providers',
    problems,
  );
  refuseRepeats(
    aliases.map(({ name }) => name),
    'aliases',
    problems,
  );
  const named = aliases.map((alias, index) => {
    problems.push(
      ...within(['aliases', String(index)], [...problemsOfAliasName(alias.name), ...problemsOfTargets(alias.name, alias.targets)]),
    );
    return { ...alias, id: derivedId('model-alias', 'FILE', alias.name), source: 'FILE' as const, createdAt: null, updatedAt: null };
  });
  if (problems.length > 0) throw problemsError(source, problems);
  return { accounts, aliases: named };
}

function parseJson({ path, text }: ProvidersFileSource): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not the parser's own words: they quote the text, in which keys may stand.
    throw new Error(`${path} (ANTIPHON_PROVIDERS_FILE) is not valid JSON. Check it with: python3 -m json.tool < ${path}`);
  }
}

function problemsError({ path }: ProvidersFileSource, problems: readonly InputProblem[]): Error {
  const lines = problems.map(({ path: place, message }) => `  ${place.length === 0 ? 'the file' : place.join('.')}: ${message}`);
  return new Error([`${path} (ANTIPHON_PROVIDERS_FILE) has problems:`, ...lines].join('\n'));
}

function toAccount(
  written: FileProvider,
  place: readonly string[],
  source: ProvidersFileSource,
  problems: InputProblem[],
): AccountSpec | null {
  const vendor = findVendor(written.vendor);
  if (vendor === null) {
    problems.push(...within(place, vendorProblem(written.vendor)));
    return null;
  }
  const providerId = written.name ?? vendor.id;
  const displayName = written.displayName ?? vendor.displayName;
  const headers = revealAll(written.headers, [...place, 'headers'], source, problems);
  problems.push(
    ...within(place, [
      ...problemsOfProviderId(providerId, vendor.id),
      ...problemsOfName(displayName, 'displayName'),
      ...problemsOfModels(written.models),
      ...problemsOfSettings(vendor, written.settings),
      ...problemsOfHeaders(Object.entries(headers).map(([name, value]) => ({ name, value }))),
    ]),
  );
  const names = written.credentials.map(({ name }) => name);
  refuseRepeats(names, [...place, 'credentials'].join('.'), problems);
  return {
    id: writtenAccountId('FILE', providerId),
    source: 'FILE',
    vendorId: vendor.id,
    providerId,
    displayName,
    baseUrl: baseUrlOf(written, vendor, place, problems),
    settings: written.settings,
    headers: toSecretFields(Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))),
    models: [...new Set(written.models)],
    isEnabled: written.isEnabled,
    egress: 'operator',
    credentials: written.credentials.map((credential, index) =>
      toCredential({ credential, vendor, providerId, place: [...place, 'credentials', String(index)] }, source, problems),
    ),
    discovery: null,
    createdAt: null,
    updatedAt: null,
    problem: null,
  };
}

function baseUrlOf({ baseUrl }: FileProvider, vendor: Vendor, place: readonly string[], problems: InputProblem[]): string | null {
  if (baseUrl === undefined) {
    if (vendor.defaultBaseUrl === null)
      problems.push({ path: [...place, 'baseUrl'], message: `${vendor.displayName} has no usual base URL: give one.` });
    return null;
  }
  const read = readBaseUrl(baseUrl, vendor);
  if (read.kind === 'accepted') return read.baseUrl;
  problems.push({ path: [...place, 'baseUrl'], message: read.message });
  return null;
}

interface CredentialPlace {
  readonly credential: FileProvider['credentials'][number];
  readonly vendor: Vendor;
  readonly providerId: string;
  readonly place: readonly string[];
}

function toCredential(
  { credential: { name, secrets, isEnabled }, vendor, providerId, place }: CredentialPlace,
  source: ProvidersFileSource,
  problems: InputProblem[],
): CredentialSpec {
  const before = problems.length;
  const values = revealAll(secrets, [...place, 'secrets'], source, problems);
  // A secret that could not be found is told once, not as missing too.
  if (problems.length === before) problems.push(...within(place, [...problemsOfName(name, 'name'), ...problemsOfSecrets(vendor, values)]));
  return {
    id: writtenCredentialId('FILE', providerId, name),
    name,
    hint: hintOf(vendor, values),
    secrets: toSecretFields(values),
    isEnabled,
    createdAt: null,
    retiresAt: null,
    problem: null,
  };
}

function revealAll(
  secrets: Readonly<Record<string, FileSecret>>,
  place: readonly string[],
  source: ProvidersFileSource,
  problems: InputProblem[],
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(secrets).map(([name, secret]) => {
      const value = reveal(secret, source);
      if (value === null) problems.push({ path: [...place, name], message: missingMessage(secret) });
      return [name, value ?? ''];
    }),
  );
}

function reveal(secret: FileSecret, { variable, readFile }: ProvidersFileSource): string | null {
  if (typeof secret === 'string') return secret;
  const found = 'variable' in secret ? variable(secret.variable) : readFile(secret.file);
  return found?.reveal() ?? null;
}

function missingMessage(secret: FileSecret): string {
  if (typeof secret === 'string') return 'It is missing.';
  return 'variable' in secret
    ? `The environment variable ${secret.variable} is not set.`
    : `The file ${secret.file} cannot be read, or is empty.`;
}

function refuseRepeats(names: readonly string[], place: string, problems: InputProblem[]): void {
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  for (const name of repeated)
    problems.push({ path: [place], message: `The name ${JSON.stringify(name)} is used twice. Give each one its own.` });
}

function within(place: readonly string[], problems: readonly InputProblem[]): InputProblem[] {
  return problems.map(({ path, message }) => ({ path: [...place, ...path], message }));
}
