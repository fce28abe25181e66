/** Connections: a vendor's definition filled in, wherever the values came from. */
import type { ProviderConfig } from '../../kernel/config/index.ts';
import { findVendor, type VendorConnection } from './vendors/index.ts';

/** Somebody to connect, and the models that are named with it; vendors serve more than these. */
export interface NamedConnection {
  readonly vendorId: string;
  readonly connection: VendorConnection;
  readonly models: readonly string[];
}

/** What the environment connects, each under its vendor's own id. */
export function toConnections(configured: readonly ProviderConfig[]): readonly NamedConnection[] {
  return configured.map(({ vendorId, baseUrl, settings: { models = '', ...settings }, secrets }) => ({
    vendorId,
    connection: {
      providerId: vendorId,
      displayName: findVendor(vendorId)?.displayName ?? vendorId,
      baseUrl,
      settings,
      secrets,
      headers: {},
      egress: 'operator',
    },
    models: toModelNames(models),
  }));
}

/** Names separated by commas. */
export function toModelNames(text: string): readonly string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
