/**
 * Who can be connected, as data: what must be known for it, where it comes from in the environment, and how a provider is made of it.
 * The environment, the configuration file and the connections that people make by GraphQL all go through the same definition.
 */
import type { Clock } from '../../../kernel/clock/index.ts';
import type { Secret } from '../../../kernel/crypto/index.ts';
import type { HttpClient } from '../../../kernel/http-client/index.ts';
import type { Ids } from '../../../kernel/ids/index.ts';
import type { Provider, ProviderCapabilities } from '../contract.ts';

export interface Vendor {
  /** Stable id and the default part of a model id before the slash: `openai`, `google-gemini`, `bedrock`. */
  readonly id: string;
  readonly displayName: string;
  /** Null: there is no usual place, the base URL must be written. */
  readonly defaultBaseUrl: string | null;
  /** Environment variable that replaces the base URL, such as `OPENAI_BASE_URL`. */
  readonly baseUrlVariable: string | null;
  /** What follows the base URL in requests, such as `/chat/completions`; tells people where theirs has to end. */
  readonly baseUrlEndsBefore?: string;
  /** Variables that the environment has to set at least, where the required settings do not say it all. */
  readonly neededVariables?: readonly string[];
  /** The vendor under whose id the catalogue describes and prices these models, where another wire of it is meant; left out: its own. */
  readonly catalogueId?: string;
  /** What is asked for beside the base URL, in the order a form would ask. */
  readonly settings: readonly VendorSetting[];
  readonly capabilities: ProviderCapabilities;
  /** Makes a provider; opens nothing. Throws `VendorSettingError` when settings contradict each other. */
  connect(connection: VendorConnection, deps: VendorDeps): Provider;
}

export interface VendorSetting {
  /** Such as `apiKey`, `region`, `project`, `apiVersion`. */
  readonly name: string;
  /** What it is, as a noun phrase for people: "the key of your OpenAI account". */
  readonly description: string;
  readonly isSecret: boolean;
  readonly isRequired: boolean;
  /** Environment variables it is read from; the first that is set counts. */
  readonly variables: readonly string[];
}

export interface VendorConnection {
  /** The part of a model id before the slash; the vendor's id unless somebody connected it under another name. */
  readonly providerId: string;
  readonly displayName: string;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, Secret>>;
  /** Sent with every request, lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** `operator` when the operator wrote the base URL on this machine; private addresses are refused otherwise. */
  readonly egress: 'public' | 'operator';
}

export interface VendorDeps {
  readonly httpClient: HttpClient;
  readonly clock: Clock;
  readonly ids: Ids;
  /** The largest output of a model where the catalogue knows it; null where it does not. */
  readonly maxOutputTokensOf: (model: string) => number | null;
}

/** A connection that cannot be made as it is written; the message says what to change. */
export class VendorSettingError extends Error {
  /** Name of the setting, or `baseUrl`. */
  readonly setting: string;

  constructor(setting: string, message: string) {
    super(message);
    this.name = 'VendorSettingError';
    this.setting = setting;
  }
}

/** A secret that the vendor requires; throws `VendorSettingError` when the connection lacks it. */
export function secretOf(connection: VendorConnection, setting: string): Secret {
  const secret = connection.secrets[setting];
  if (secret === undefined) throw new VendorSettingError(setting, `${connection.displayName} needs the setting ${setting}: give it.`);
  return secret;
}
