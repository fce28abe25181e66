/** What the vendors behind a Google Cloud project have in common: their settings, where they are, and how they are authorised. */
import {
  accessTokenCredential,
  parseServiceAccount,
  serviceAccountCredential,
  type GoogleCredential,
  type ServiceAccount,
} from '../adapters/gemini/index.ts';
import { VendorSettingError, type VendorConnection, type VendorDeps, type VendorSetting } from './vendor.ts';

export const VERTEX_BASE_URL = 'https://aiplatform.googleapis.com/v1beta1';
/** Where requests go when nobody names a location, as with Google's own tools. */
const DEFAULT_LOCATION = 'global';
const LOCATION = /^[a-z0-9-]{2,32}$/;
const PROJECT = /^[a-z0-9.:-]{1,64}$/i;

export const PROJECT_SETTINGS: readonly VendorSetting[] = [
  {
    name: 'credentials',
    description: 'the key file of a service account of your project, as JSON on one line',
    isSecret: true,
    isRequired: false,
    variables: ['GOOGLE_VERTEX_CREDENTIALS'],
  },
  {
    name: 'accessToken',
    description: 'an access token that you renew yourself, in place of a service account',
    isSecret: true,
    isRequired: false,
    variables: ['GOOGLE_VERTEX_ACCESS_TOKEN'],
  },
  {
    name: 'project',
    description: 'the id of your Google Cloud project (default: that of the service account)',
    isSecret: false,
    isRequired: false,
    variables: ['GOOGLE_VERTEX_PROJECT', 'GOOGLE_CLOUD_PROJECT'],
  },
  {
    name: 'location',
    description: `the location, such as europe-west4 (default ${DEFAULT_LOCATION})`,
    isSecret: false,
    isRequired: false,
    variables: ['GOOGLE_VERTEX_LOCATION', 'GOOGLE_CLOUD_LOCATION'],
  },
];

export interface ProjectPlace {
  /** With project and location. */
  readonly baseUrl: string;
  readonly credential: GoogleCredential;
}

/** Throws `VendorSettingError` when the credentials are missing or cannot be read, or project or location is no name of one. */
export function toProjectPlace(connection: VendorConnection, deps: Pick<VendorDeps, 'httpClient' | 'clock'>): ProjectPlace {
  const { displayName, settings, secrets, egress } = connection;
  const { accessToken } = secrets;
  const account = toAccount(connection);
  if (account === null && accessToken === undefined)
    throw new VendorSettingError('credentials', `${displayName} needs credentials (the JSON of a service account's key) or accessToken.`);
  const project = settings['project'] ?? account?.projectId ?? null;
  const location = settings['location'] ?? DEFAULT_LOCATION;
  if (!LOCATION.test(location)) throw new VendorSettingError('location', 'The location is not one: write it like europe-west4.');
  const { httpClient, clock } = deps;
  return {
    baseUrl: toProjectUrl(connection, project, location),
    credential:
      account === null
        ? accessTokenCredential(accessToken as NonNullable<typeof accessToken>)
        : serviceAccountCredential({ account, displayName, httpClient, clock, egress }),
  };
}

function toAccount({ displayName, secrets: { credentials } }: VendorConnection): ServiceAccount | null {
  if (credentials === undefined) return null;
  try {
    return parseServiceAccount(credentials.reveal());
  } catch (error) {
    const why = error instanceof TypeError ? error.message : 'it cannot be read';
    throw new VendorSettingError('credentials', `The service account of ${displayName} cannot be used: ${why}.`);
  }
}

/** A base URL that names a project already is taken as it stands. */
function toProjectUrl({ baseUrl, displayName }: VendorConnection, project: string | null, location: string): string {
  if (/\/projects\/[^/]+\/locations\/[^/]+$/.test(baseUrl)) return baseUrl;
  if (project === null) throw new VendorSettingError('project', `${displayName} needs the id of your Google Cloud project: give project.`);
  if (!PROJECT.test(project)) throw new VendorSettingError('project', 'The project is not the id of one: write it like my-project-123.');
  const host = baseUrl === VERTEX_BASE_URL && location !== DEFAULT_LOCATION ? baseUrl.replace('://', `://${location}-`) : baseUrl;
  return `${host}/projects/${project}/locations/${location}`;
}
