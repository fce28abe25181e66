/** Vendors that speak the OpenAI wire, made of what sets each apart. */
import { createOpenAiCompatibleProvider, type OpenAiCompatibleSettings } from '../adapters/openai-compatible/index.ts';
import { withResponsesApi, type ResponsesSettings } from '../adapters/openai-responses/index.ts';
import type { Vendor, VendorConnection, VendorSetting } from './vendor.ts';

/** The adapter's settings, without what a connection brings. */
type WireSettings = Omit<
  OpenAiCompatibleSettings,
  'id' | 'displayName' | 'baseUrl' | 'apiKey' | 'headers' | 'egress' | 'connectTimeoutMs' | 'idleTimeoutMs' | 'httpClient' | 'clock'
>;

export interface CompatibleVendor extends WireSettings {
  readonly id: string;
  readonly displayName: string;
  /** Null: there is no usual place. */
  readonly defaultBaseUrl: string | null;
  readonly baseUrlVariable: string;
  readonly key: {
    /** A noun phrase for people; default: the key of your account there. */
    readonly description?: string;
    readonly isRequired: boolean;
    readonly variables: readonly string[];
  };
  /** Present where the vendor serves the Responses API, too. Calls of other wires go there only where this says so. */
  readonly responses?: ResponsesSettings['responses'];
  /** Asked for beside the key. */
  readonly settings?: readonly VendorSetting[];
  /** What a connection's own settings change of the adapter's, such as the paths of Azure's deployments. */
  readonly settingsOf?: (connection: VendorConnection) => Partial<Pick<ResponsesSettings, 'baseUrl' | 'paths' | 'headers' | 'responses'>>;
}

/** A vendor of the OpenAI wire. */
export function defineCompatibleVendor(definition: CompatibleVendor): Vendor {
  const { id, displayName, defaultBaseUrl, baseUrlVariable, key, settings = [], settingsOf, ...wireSettings } = definition;
  const { description = `the key of your ${displayName} account`, isRequired, variables } = key;
  return {
    id,
    displayName,
    defaultBaseUrl,
    baseUrlVariable,
    baseUrlEndsBefore: wireSettings.paths?.chat ?? '/chat/completions',
    settings: [{ name: 'apiKey', description, isSecret: true, isRequired, variables }, ...settings],
    capabilities: wireSettings.capabilities,
    connect: (connection, { httpClient, clock }) => {
      const adapterSettings = {
        ...wireSettings,
        id: connection.providerId,
        displayName: connection.displayName,
        baseUrl: connection.baseUrl,
        apiKey: connection.secrets['apiKey'] ?? null,
        headers: connection.headers,
        egress: connection.egress,
        ...settingsOf?.(connection),
        httpClient,
        clock,
      };
      const chat = createOpenAiCompatibleProvider(adapterSettings);
      const { responses, paths, ...rest } = adapterSettings;
      if (responses === undefined) return chat;
      // What every URL of the chat wire needs is not wanted at another base.
      return withResponsesApi(chat, { ...rest, ...(paths === undefined || responses.baseUrl !== undefined ? {} : { paths }), responses });
    },
  };
}
