import { z } from 'zod';
import { Secret } from '../crypto/index.ts';
import type { ConfigProblem } from './config-problem.ts';

/** What may be said in the environment about one kind of provider. The modules declare it; this folder only reads it. */
export interface DeclaredProvider {
  readonly id: string;
  readonly displayName: string;
  /** Null: the base URL must be written. */
  readonly defaultBaseUrl: string | null;
  readonly baseUrlVariable: string | null;
  /** What follows the base URL in requests, such as `/chat/completions`; for the message. */
  readonly baseUrlEndsBefore?: string;
  readonly settings: readonly DeclaredSetting[];
}

export interface DeclaredSetting {
  readonly name: string;
  readonly description: string;
  readonly isSecret: boolean;
  readonly isRequired: boolean;
  /** The first that is set counts. */
  readonly variables: readonly string[];
}

/** A provider that the environment connects. */
export interface ProviderConfig {
  /** The `id` of its declaration. */
  readonly vendorId: string;
  /** Without a slash at the end. Written by the operator, so private addresses are allowed. */
  readonly baseUrl: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, Secret>>;
}

export interface ConfigVariable {
  readonly name: string;
  readonly fallback: string | null;
  readonly expects: string;
}

const OUR_PREFIX = 'ANTIPHON_';
const httpUrl = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ''));
/** Keys and names go into headers and URLs: anything but printable characters is a slip of copying. */
const settingText = z.string().regex(/^[\x20-\x7e]{1,16384}$/);

/** Every variable that the declarations name, once, in their order. */
export function providerVariables(declared: readonly DeclaredProvider[]): ConfigVariable[] {
  const byName = new Map<string, ConfigVariable>();
  const add = (variable: ConfigVariable): void => {
    if (!byName.has(variable.name)) byName.set(variable.name, variable);
  };
  for (const provider of declared) {
    const { baseUrlVariable, defaultBaseUrl } = provider;
    if (baseUrlVariable !== null) add({ name: baseUrlVariable, fallback: defaultBaseUrl, expects: expectedBaseUrl(provider) });
    for (const { variables, description } of provider.settings)
      for (const name of variables) add({ name, fallback: null, expects: description });
  }
  return [...byName.values()];
}

/** What the environment connects. Appends to `problems` what is invalid or half set, each with its fix. */
export function readProviders(
  environment: NodeJS.ProcessEnv,
  declared: readonly DeclaredProvider[],
  problems: ConfigProblem[],
): ProviderConfig[] {
  return declared.flatMap((provider) => readProvider(environment, provider, problems) ?? []);
}

/** A value and the variable it came from. */
interface Given {
  readonly variable: string;
  readonly text: string;
}

function readProvider(environment: NodeJS.ProcessEnv, declared: DeclaredProvider, problems: ConfigProblem[]): ProviderConfig | null {
  const variableOfUrl = declared.baseUrlVariable;
  const givenUrl = variableOfUrl === null ? null : given(environment, [variableOfUrl]);
  const givenSettings = declared.settings.map((setting) => [setting, given(environment, setting.variables)] as const);
  if (!isAskedFor(declared, givenUrl, givenSettings)) {
    if (givenUrl !== null) parse(httpUrl, givenUrl, expectedBaseUrl(declared), false, problems);
    return null;
  }
  const missing = missingOf(declared, givenUrl, givenSettings);
  const present = [givenUrl, ...givenSettings.map(([, value]) => value)].flatMap((value) => value?.variable ?? []);
  for (const { variable, expects } of missing)
    problems.push({
      variable,
      problem: `it is missing while ${listOf(present)} ${present.length === 1 ? 'is' : 'are'} set`,
      fix: `set ${variable} to ${expects}, or unset ${listOf(present)}`,
    });
  const settings: Record<string, string> = {};
  const secrets: Record<string, Secret> = {};
  for (const [{ name, description, isSecret }, value] of givenSettings) {
    const text = value === null ? null : parse(settingText, value, description, isSecret, problems);
    if (text === null) continue;
    if (isSecret) secrets[name] = new Secret(text);
    else settings[name] = text;
  }
  const baseUrl = givenUrl === null ? declared.defaultBaseUrl : parse(httpUrl, givenUrl, expectedBaseUrl(declared), false, problems);
  return baseUrl === null ? null : { vendorId: declared.id, baseUrl, settings, secrets };
}

/**
 * Whether the environment means this provider at all. A required secret does; where none is required, any secret and the base URL do.
 * A base URL also does where there is no usual one, and whatever bears our own prefix. What is left (a region, another base URL) is
 * often set for other programs and must not keep us from starting.
 */
function isAskedFor(
  declared: DeclaredProvider,
  givenUrl: Given | null,
  givenSettings: readonly (readonly [DeclaredSetting, Given | null])[],
): boolean {
  const needsSecret = declared.settings.some(({ isSecret, isRequired }) => isSecret && isRequired);
  if (givenUrl !== null && (!needsSecret || declared.defaultBaseUrl === null)) return true;
  return givenSettings.some(
    ([{ isSecret, isRequired }, value]) =>
      value !== null && (value.variable.startsWith(OUR_PREFIX) || (isSecret && (isRequired || !needsSecret))),
  );
}

function missingOf(
  declared: DeclaredProvider,
  givenUrl: Given | null,
  givenSettings: readonly (readonly [DeclaredSetting, Given | null])[],
): { readonly variable: string; readonly expects: string }[] {
  const settings = givenSettings.flatMap(([{ isRequired, variables, description }, value]) => {
    const [variable] = variables;
    return isRequired && value === null && variable !== undefined ? [{ variable, expects: description }] : [];
  });
  if (declared.defaultBaseUrl !== null || givenUrl !== null || declared.baseUrlVariable === null) return settings;
  return [{ variable: declared.baseUrlVariable, expects: expectedBaseUrl(declared) }, ...settings];
}

function given(environment: NodeJS.ProcessEnv, variables: readonly string[]): Given | null {
  for (const variable of variables) {
    const text = environment[variable]?.trim();
    if (text !== undefined && text !== '') return { variable, text };
  }
  return null;
}

function parse(schema: z.ZodType<string>, value: Given, expects: string, isSecret: boolean, problems: ConfigProblem[]): string | null {
  const result = schema.safeParse(value.text);
  if (result.success) return result.data;
  const shown = isSecret ? 'the value (not shown)' : JSON.stringify(value.text);
  problems.push({ variable: value.variable, problem: `${shown} is not valid`, fix: `set ${value.variable} to ${expects}, or unset it` });
  return null;
}

function expectedBaseUrl({ baseUrlEndsBefore }: DeclaredProvider): string {
  return `an http(s) URL${baseUrlEndsBefore === undefined ? '' : ` that ends before ${baseUrlEndsBefore}`}`;
}

function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
