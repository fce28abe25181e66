/** What every vendor behind an AWS account has in common: its settings, where it is, and how its requests are authorised. */
import type { AwsCredentials } from '../adapters/bedrock/index.ts';
import { VendorSettingError, type VendorConnection, type VendorSetting } from './vendor.ts';

/** Where requests go when nobody names a region, as with Amazon's own tools for these models. */
const DEFAULT_REGION = 'us-east-1';
const REGION = /^[a-z0-9-]{2,32}$/;

/** An API key of Bedrock, or an access key with its secret; the API key wins where both are given. */
export const AWS_SETTINGS: readonly VendorSetting[] = [
  {
    name: 'region',
    description: `the AWS region, such as eu-central-1 (default ${DEFAULT_REGION})`,
    isSecret: false,
    isRequired: false,
    variables: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
  },
  {
    name: 'bearerToken',
    description: 'an API key of Amazon Bedrock, in place of an access key',
    isSecret: true,
    isRequired: false,
    variables: ['AWS_BEARER_TOKEN_BEDROCK'],
  },
  {
    name: 'accessKeyId',
    description: 'the id of your AWS access key',
    // Not one by itself, but it changes with its secret when a key is rotated.
    isSecret: true,
    isRequired: false,
    variables: ['AWS_ACCESS_KEY_ID'],
  },
  {
    name: 'secretAccessKey',
    description: 'the secret of your AWS access key',
    isSecret: true,
    isRequired: false,
    variables: ['AWS_SECRET_ACCESS_KEY'],
  },
  {
    name: 'sessionToken',
    description: 'the session token, when the access key is a temporary one',
    isSecret: true,
    isRequired: false,
    variables: ['AWS_SESSION_TOKEN'],
  },
];

export interface AwsPlace {
  readonly region: string;
  /** With the region filled in. */
  readonly baseUrl: string;
  readonly credentials: AwsCredentials;
}

/** Throws `VendorSettingError` when the credentials are half given or the region is no name of one. */
export function toAwsPlace(connection: VendorConnection): AwsPlace {
  const region = connection.settings['region'] ?? regionOf(connection.baseUrl) ?? DEFAULT_REGION;
  if (!REGION.test(region)) throw new VendorSettingError('region', `The region is not one: write it like eu-central-1.`);
  return { region, baseUrl: connection.baseUrl.replaceAll('{region}', region), credentials: toCredentials(connection) };
}

/** The region in the host name of a base URL that somebody wrote. */
function regionOf(baseUrl: string): string | null {
  return /^https?:\/\/bedrock[a-z-]*\.([a-z]{2,}(?:-[a-z]+)+-\d)\./.exec(baseUrl)?.[1] ?? null;
}

function toCredentials({ displayName, secrets }: VendorConnection): AwsCredentials {
  const { bearerToken, accessKeyId, secretAccessKey, sessionToken } = secrets;
  if (bearerToken !== undefined) return { kind: 'bearer', token: bearerToken };
  if (accessKeyId === undefined && secretAccessKey === undefined)
    throw new VendorSettingError(
      'bearerToken',
      `${displayName} needs an API key of Bedrock (bearerToken), or accessKeyId and secretAccessKey.`,
    );
  if (accessKeyId === undefined)
    throw new VendorSettingError('accessKeyId', `${displayName} needs accessKeyId beside secretAccessKey: give it.`);
  if (secretAccessKey === undefined)
    throw new VendorSettingError('secretAccessKey', `${displayName} needs secretAccessKey beside accessKeyId: give it.`);
  return { kind: 'keys', accessKeyId: accessKeyId.reveal(), secretAccessKey, sessionToken: sessionToken ?? null };
}
