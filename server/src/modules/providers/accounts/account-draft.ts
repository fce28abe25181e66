import { Secret } from '../../../kernel/crypto/index.ts';
import { findVendor, type Vendor } from '../vendors/index.ts';
import type { AccountSpec } from './account.ts';
import { refuseIfAny, type InputProblem } from './account.errors.ts';
import {
  problemsOfModels,
  problemsOfName,
  problemsOfProviderId,
  problemsOfSecrets,
  problemsOfSettings,
  vendorProblem,
} from './account.policy.ts';
import { decideAccountUrl } from './base-url.ts';
import { connectAccount, type ConnectDeps } from './connect-account.ts';
import { problemsOfHeaders, type HeaderInput } from './header.policy.ts';

/** An account as somebody wants it. */
export interface AccountDraft {
  readonly vendorId: string;
  readonly providerId: string;
  readonly displayName: string;
  readonly baseUrl: string | null;
  readonly settings: Readonly<Record<string, string>>;
  readonly headers: readonly HeaderInput[];
  readonly models: readonly string[];
  /** Of the credential that comes with it; null: none comes, and what is there stays. */
  readonly secrets: Readonly<Record<string, string>> | null;
}

/** A draft that can be connected. */
export interface CheckedDraft {
  readonly vendor: Vendor;
  readonly baseUrl: string | null;
}

/** Throws INVALID_INPUT with everything that is wrong with it. */
export function checkDraft(
  draft: AccountDraft,
  deps: { readonly privateOrigins: ReadonlySet<string>; readonly connect: ConnectDeps },
): CheckedDraft {
  refuseIfAny(vendorProblem(draft.vendorId));
  const vendor = findVendor(draft.vendorId) as Vendor;
  const problems: InputProblem[] = [
    ...problemsOfProviderId(draft.providerId, vendor.id),
    ...problemsOfName(draft.displayName, 'displayName'),
    ...problemsOfModels(draft.models),
    ...problemsOfSettings(vendor, draft.settings),
    ...(draft.secrets === null ? [] : problemsOfSecrets(vendor, draft.secrets)),
    ...problemsOfHeaders(draft.headers),
  ];
  const { baseUrl, egress } = readUrl(draft, vendor, deps.privateOrigins, problems);
  refuseIfAny(problems);
  if (draft.secrets !== null) refuseIfAny(problemsOfConnecting({ ...draft, secrets: draft.secrets, baseUrl, egress }, deps.connect));
  return { vendor, baseUrl };
}

function readUrl(
  { baseUrl }: AccountDraft,
  vendor: Vendor,
  privateOrigins: ReadonlySet<string>,
  problems: InputProblem[],
): Pick<AccountSpec, 'baseUrl' | 'egress'> {
  const decision = decideAccountUrl(baseUrl, vendor, privateOrigins);
  if (decision.kind === 'accepted') return { baseUrl: decision.baseUrl, egress: decision.egress };
  problems.push({ path: ['baseUrl'], message: decision.message });
  return { baseUrl: null, egress: 'public' };
}

/** Vendors have rules between their settings; they are asked by making the provider once. */
function problemsOfConnecting(
  draft: AccountDraft & Pick<AccountSpec, 'egress'> & { readonly secrets: Readonly<Record<string, string>> },
  deps: ConnectDeps,
): InputProblem[] {
  const toSecrets = (values: readonly (readonly [string, string])[]): Record<string, Secret> =>
    Object.fromEntries(values.map(([name, value]) => [name, new Secret(value)]));
  const trial = connectAccount(
    {
      ...draft,
      id: 'trial',
      source: 'MANAGED',
      headers: toSecrets(draft.headers.map(({ name, value }) => [name.toLowerCase(), value])),
      isEnabled: true,
      credentials: [
        {
          id: 'trial',
          name: 'trial',
          hint: null,
          secrets: toSecrets(Object.entries(draft.secrets)),
          isEnabled: true,
          createdAt: null,
          retiresAt: null,
          problem: null,
        },
      ],
      discovery: null,
      createdAt: null,
      updatedAt: null,
      problem: null,
    },
    deps,
  );
  for (const { held } of trial.credentials) held.retire();
  return [...trial.problems.values()].map((message) => ({ path: ['settings'], message }));
}
