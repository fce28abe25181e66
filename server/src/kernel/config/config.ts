import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { ENCRYPTION_KEY_EXPECTS, isEncryptionKeyText, Secret } from '../crypto/index.ts';
import type { ConfigProblem } from './config-problem.ts';
import { providerVariables, readProviders, type ConfigVariable, type DeclaredProvider, type ProviderConfig } from './provider-variables.ts';

/** All problems at once: a person mends the environment in one go. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(['The configuration has problems:', ...problems.map((p) => `  ${p.variable}: ${p.problem}\n    fix: ${p.fix}`)].join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

export interface Config {
  readonly environment: 'development' | 'production';
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  readonly http: {
    readonly host: string;
    readonly port: number;
    readonly opsHost: string;
    readonly opsPort: number;
    readonly maxBodyBytes: number;
  };
  readonly dataDir: string;
  /** Null: run the embedded PostgreSQL in `dataDir`. */
  readonly databaseUrl: Secret | null;
  /** Null: coordinate in process. */
  readonly redisUrl: Secret | null;
  readonly ledger: {
    readonly groupCommitWindowMs: number;
    readonly journalMaxBytes: number;
    readonly recordPayloads: boolean;
    readonly payloadMaxBytes: number;
    /** Off only for the control of the crash drill; refused in production. */
    readonly isDurable: boolean;
  };
  readonly limits: {
    readonly requestDeadlineMs: number;
    readonly streamDeadlineMs: number;
    readonly defaultRequestsPerMinute: number;
    readonly defaultConcurrency: number;
  };
  /** What the environment connects of the declared providers. */
  readonly providers: readonly ProviderConfig[];
  readonly accounts: {
    /** Null: the key is a file of `dataDir`, made at the first start. */
    readonly encryptionKey: Secret | null;
    /** Null: there is none. */
    readonly providersFile: string | null;
    /** Origins such as `http://10.0.0.7:8000` that accounts connected through the API may call although they are not public. */
    readonly privateOrigins: readonly string[];
    /** A variable that the providers file names; null when it is unset or empty. */
    readonly variable: (name: string) => Secret | null;
  };
  /** Headless boot: names and a key chosen by the operator instead of generated ones. */
  readonly init: { readonly organizationName: string; readonly projectName: string; readonly apiKey: Secret | null };
}

const MEBIBYTE = 1024 * 1024;

const port = z.coerce.number().int().min(0).max(65_535);
const positiveInt = z.coerce.number().int().min(1);
const flag = z.enum(['on', 'off']).transform((value) => value === 'on');
/** Nothing but scheme, host and port: a path would look as if it counted. */
const originList = z.string().transform((text, context) => {
  const origins = namesIn(text).map((name) => (URL.canParse(name) ? new URL(name) : null));
  if (origins.every((url) => url !== null && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href))
    return origins.map((url) => url?.origin ?? '');
  context.addIssue({ code: 'custom', message: 'not a list of origins' });
  return z.NEVER;
});

/** Variable → how it is read, what is expected (for the message) and its default. */
const variables = {
  NODE_ENV: { schema: z.enum(['development', 'production', 'test']), fallback: 'production', expects: 'development or production' },
  ANTIPHON_LOG_LEVEL: {
    schema: z.enum(['silent', 'error', 'warn', 'info', 'debug']),
    fallback: 'info',
    expects: 'silent, error, warn, info or debug',
  },
  ANTIPHON_HOST: { schema: z.string().min(1), fallback: '127.0.0.1', expects: 'an address to listen on, such as 127.0.0.1 or 0.0.0.0' },
  ANTIPHON_PORT: { schema: port, fallback: '4000', expects: 'a port from 0 to 65535 (0: any free one)' },
  ANTIPHON_OPS_HOST: { schema: z.string().min(1), fallback: '127.0.0.1', expects: 'an address to listen on for health and metrics' },
  ANTIPHON_OPS_PORT: { schema: port, fallback: '4001', expects: 'a port from 0 to 65535 (0: any free one)' },
  ANTIPHON_MAX_BODY_BYTES: {
    schema: positiveInt.max(256 * MEBIBYTE),
    fallback: String(20 * MEBIBYTE),
    expects: 'bytes, from 1 to 268435456',
  },
  ANTIPHON_DATA_DIR: { schema: z.string().min(1), fallback: '.antiphon', expects: 'a folder' },
  DATABASE_URL: {
    schema: z.url({ protocol: /^postgres(ql)?$/ }),
    fallback: null,
    expects: 'postgresql://user:password@host:5432/database',
  },
  REDIS_URL: { schema: z.url({ protocol: /^rediss?$/ }), fallback: null, expects: 'redis://host:6379/0' },
  ANTIPHON_GROUP_COMMIT_WINDOW_MS: { schema: z.coerce.number().min(0).max(100), fallback: '2', expects: 'milliseconds, from 0 to 100' },
  ANTIPHON_JOURNAL_MAX_BYTES: { schema: positiveInt, fallback: String(64 * MEBIBYTE), expects: 'bytes, 1 or more' },
  ANTIPHON_RECORD_PAYLOADS: { schema: flag, fallback: 'on', expects: 'on or off' },
  ANTIPHON_PAYLOAD_MAX_BYTES: {
    schema: positiveInt.max(16 * MEBIBYTE),
    fallback: String(256 * 1024),
    expects: 'bytes, from 1 to 16777216',
  },
  ANTIPHON_UNSAFE_NO_DURABILITY: {
    schema: flag,
    fallback: 'off',
    expects: 'on or off; on loses records and exists only so that the crash drill can show it',
  },
  ANTIPHON_REQUEST_DEADLINE_MS: { schema: positiveInt.max(3_600_000), fallback: '600000', expects: 'milliseconds, from 1 to 3600000' },
  ANTIPHON_STREAM_DEADLINE_MS: { schema: positiveInt.max(3_600_000), fallback: '900000', expects: 'milliseconds, from 1 to 3600000' },
  ANTIPHON_REQUESTS_PER_MINUTE: { schema: positiveInt, fallback: '1000000', expects: 'requests a minute and key, 1 or more' },
  ANTIPHON_CONCURRENCY: { schema: positiveInt, fallback: '5000', expects: 'calls in flight a key, 1 or more' },
  ANTIPHON_ENCRYPTION_KEY: { schema: z.string().refine(isEncryptionKeyText), fallback: null, expects: ENCRYPTION_KEY_EXPECTS },
  ANTIPHON_PROVIDERS_FILE: { schema: z.string().min(1), fallback: null, expects: 'a JSON file that names accounts at providers' },
  ANTIPHON_PRIVATE_ORIGINS: {
    schema: originList,
    fallback: null,
    expects:
      'origins that accounts connected through the API may call although they are private, such as http://10.0.0.7:8000, separated by commas',
  },
  ANTIPHON_INIT_ORGANIZATION: {
    schema: z.string().min(1).max(200),
    fallback: 'Default organization',
    expects: 'a name of up to 200 characters',
  },
  ANTIPHON_INIT_PROJECT: { schema: z.string().min(1).max(200), fallback: 'Default project', expects: 'a name of up to 200 characters' },
  ANTIPHON_INIT_API_KEY: {
    schema: z.string().regex(/^antp_(live|test)_[0-9A-Za-z]{36}$/),
    fallback: null,
    expects: 'a key made by `npm run key:generate` (antp_live_…)',
  },
} satisfies Record<string, { schema: z.ZodType; fallback: string | null; expects: string }>;

type VariableName = keyof typeof variables;

/** Every variable that is read, with its default as text; null where there is none. For the documentation and its test. */
export function configVariables(declared: readonly DeclaredProvider[]): ConfigVariable[] {
  const own = Object.entries(variables).map(([name, { fallback, expects }]) => ({ name, fallback, expects }));
  return [...own, ...providerVariables(declared)];
}

type Parsed = { [Name in VariableName]: z.output<(typeof variables)[Name]['schema']> | null };

const SECRET_VARIABLES: ReadonlySet<string> = new Set(['DATABASE_URL', 'REDIS_URL', 'ANTIPHON_INIT_API_KEY', 'ANTIPHON_ENCRYPTION_KEY']);

function readVariables(environment: NodeJS.ProcessEnv, problems: ConfigProblem[]): Parsed {
  const parsed: Record<string, unknown> = {};
  for (const [name, { schema, fallback, expects }] of Object.entries(variables)) {
    const given = environment[name]?.trim();
    const text = given === undefined || given === '' ? fallback : given;
    if (text === null) {
      parsed[name] = null;
      continue;
    }
    const result = schema.safeParse(text);
    if (result.success) parsed[name] = result.data;
    else {
      const shown = SECRET_VARIABLES.has(name) ? 'the value (not shown)' : JSON.stringify(text);
      problems.push({ variable: name, problem: `${shown} is not valid`, fix: `set ${name} to ${expects}, or unset it` });
    }
  }
  return parsed as Parsed;
}

function namesIn(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Names close enough to ours to be a slip; a misspelt variable would otherwise be ignored in silence. */
function findUnknownVariables(environment: NodeJS.ProcessEnv, known: ReadonlySet<string>, problems: ConfigProblem[]): void {
  for (const name of Object.keys(environment)) {
    if (!name.startsWith('ANTIPHON_') || known.has(name)) continue;
    problems.push({
      variable: name,
      problem: 'there is no such setting',
      fix: `unset ${name}; the settings are listed in docs/operations/configuration.md`,
    });
  }
}

/**
 * Reads the whole configuration from `environment` (an empty string means unset); `declared` says which providers it may connect.
 * Throws one `ConfigError` that lists every problem with its fix; never half a configuration.
 */
export function loadConfig(environment: NodeJS.ProcessEnv, declared: readonly DeclaredProvider[]): Config {
  const problems: ConfigProblem[] = [];
  const parsed = readVariables(environment, problems);
  findUnknownVariables(environment, new Set(configVariables(declared).map(({ name }) => name)), problems);
  const providers = readProviders(environment, declared, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  const value = <Name extends VariableName>(name: Name): NonNullable<Parsed[Name]> => parsed[name] as NonNullable<Parsed[Name]>;
  if (value('ANTIPHON_PORT') !== 0 && value('ANTIPHON_PORT') === value('ANTIPHON_OPS_PORT'))
    problems.push({
      variable: 'ANTIPHON_OPS_PORT',
      problem: 'it is the same as ANTIPHON_PORT',
      fix: 'set ANTIPHON_OPS_PORT to another port, for example 4001',
    });
  if (problems.length > 0) throw new ConfigError(problems);
  const secret = (name: 'DATABASE_URL' | 'REDIS_URL' | 'ANTIPHON_INIT_API_KEY' | 'ANTIPHON_ENCRYPTION_KEY'): Secret | null => {
    const text = parsed[name];
    return text === null ? null : new Secret(text);
  };
  const dataDir = value('ANTIPHON_DATA_DIR');
  return {
    environment: value('NODE_ENV') === 'development' ? 'development' : 'production',
    logLevel: value('ANTIPHON_LOG_LEVEL'),
    http: {
      host: value('ANTIPHON_HOST'),
      port: value('ANTIPHON_PORT'),
      opsHost: value('ANTIPHON_OPS_HOST'),
      opsPort: value('ANTIPHON_OPS_PORT'),
      maxBodyBytes: value('ANTIPHON_MAX_BODY_BYTES'),
    },
    dataDir: isAbsolute(dataDir) ? dataDir : resolve(dataDir),
    databaseUrl: secret('DATABASE_URL'),
    redisUrl: secret('REDIS_URL'),
    ledger: {
      groupCommitWindowMs: value('ANTIPHON_GROUP_COMMIT_WINDOW_MS'),
      journalMaxBytes: value('ANTIPHON_JOURNAL_MAX_BYTES'),
      recordPayloads: value('ANTIPHON_RECORD_PAYLOADS'),
      payloadMaxBytes: value('ANTIPHON_PAYLOAD_MAX_BYTES'),
      isDurable: !value('ANTIPHON_UNSAFE_NO_DURABILITY'),
    },
    limits: {
      requestDeadlineMs: value('ANTIPHON_REQUEST_DEADLINE_MS'),
      streamDeadlineMs: value('ANTIPHON_STREAM_DEADLINE_MS'),
      defaultRequestsPerMinute: value('ANTIPHON_REQUESTS_PER_MINUTE'),
      defaultConcurrency: value('ANTIPHON_CONCURRENCY'),
    },
    providers,
    accounts: {
      encryptionKey: secret('ANTIPHON_ENCRYPTION_KEY'),
      providersFile: parsed.ANTIPHON_PROVIDERS_FILE,
      privateOrigins: parsed.ANTIPHON_PRIVATE_ORIGINS ?? [],
      variable: (name) => {
        const text = environment[name]?.trim() ?? '';
        return text === '' ? null : new Secret(text);
      },
    },
    init: {
      organizationName: value('ANTIPHON_INIT_ORGANIZATION'),
      projectName: value('ANTIPHON_INIT_PROJECT'),
      apiKey: secret('ANTIPHON_INIT_API_KEY'),
    },
  };
}
