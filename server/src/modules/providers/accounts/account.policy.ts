/** What an account, its credentials and aliases may look like. No I/O. */
import { findVendor, VENDORS, type Vendor } from '../vendors/index.ts';
import type { InputProblem } from './account.errors.ts';

export const MAX_ACCOUNTS = 100;
export const MAX_CREDENTIALS = 20;
export const MAX_ALIASES = 500;
export const MAX_ALIAS_TARGETS = 8;
/** How long a credential may live beside the one that replaces it. */
export const MAX_OVERLAP_SECONDS = 30 * 24 * 3600;
export const DEFAULT_OVERLAP_SECONDS = 3600;
const MAX_MODELS = 100;
const MAX_MODEL_LENGTH = 400;
const MAX_NAME_LENGTH = 200;
const MAX_SETTING_LENGTH = 2000;
const MAX_SECRET_LENGTH = 16_384;
const MIN_LENGTH_FOR_HINT = 12;
const HINT_LENGTH = 4;

const PROVIDER_ID = /^[a-z][a-z0-9]*(?:[-._][a-z0-9]+)*$/;
const MAX_PROVIDER_ID_LENGTH = 64;
const ALIAS_NAME = /^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$/;
const PRINTABLE = /^[\x20-\x7e]+$/;
/** Key files are JSON or PEM and may have several lines. */
const KEY_FILE = /^(?:\{|-----BEGIN )[\x20-\x7e\r\n\t]*$/;
const CONTROL = /\p{Cc}/u;

/** Settings that a vendor asks for, without the models: those have a field of their own. */
export function settingsOf(vendor: Vendor): Vendor['settings'] {
  return vendor.settings.filter(({ name }) => name !== 'models');
}

export function vendorProblem(vendorId: string): InputProblem[] {
  if (findVendor(vendorId) !== null) return [];
  return [{ path: ['vendor'], message: `There is no vendor of this name. There are ${VENDORS.map(({ id }) => id).join(', ')}.` }];
}

/** A vendor's own name says whose models and prices are meant, so it is not given to another. */
export function problemsOfProviderId(providerId: string, vendorId: string): InputProblem[] {
  const problem = (message: string): InputProblem[] => [{ path: ['name'], message }];
  if (!PROVIDER_ID.test(providerId) || providerId.length > MAX_PROVIDER_ID_LENGTH)
    return problem(
      `A name has up to ${MAX_PROVIDER_ID_LENGTH} lower-case letters, digits and single hyphens or dots between them, and begins with a letter.`,
    );
  if (providerId === 'local') return problem('The name local belongs to the models of this server.');
  const owner = findVendor(providerId);
  if (owner !== null && owner.id !== vendorId)
    return problem(`The name ${providerId} means ${owner.displayName}. Choose another for an account somewhere else.`);
  return [];
}

export function problemsOfName(name: string, field: string): InputProblem[] {
  if (name.trim() !== '' && name.length <= MAX_NAME_LENGTH && !CONTROL.test(name)) return [];
  return [{ path: [field], message: `A name for people has 1 to ${MAX_NAME_LENGTH} characters on one line.` }];
}

export function problemsOfModels(models: readonly string[]): InputProblem[] {
  if (models.length > MAX_MODELS)
    return [{ path: ['models'], message: `An account names at most ${MAX_MODELS} models; others can be called all the same.` }];
  return models.flatMap((model, index) =>
    model !== '' && model.length <= MAX_MODEL_LENGTH && !CONTROL.test(model)
      ? []
      : [{ path: ['models', String(index)], message: `A model has a name of 1 to ${MAX_MODEL_LENGTH} characters on one line.` }],
  );
}

/** Names and values that belong to the vendor; every required one must be there. */
export function problemsOfSettings(vendor: Vendor, settings: Readonly<Record<string, string>>): InputProblem[] {
  const declared = settingsOf(vendor).filter(({ isSecret }) => !isSecret);
  return [
    ...problemsOfNames(vendor, Object.keys(settings), declared, 'settings'),
    ...Object.entries(settings).flatMap(([name, value]) =>
      PRINTABLE.test(value) && value.length <= MAX_SETTING_LENGTH
        ? []
        : [{ path: ['settings'], message: `The setting ${show(name)} must be 1 to ${MAX_SETTING_LENGTH} printable ASCII characters.` }],
    ),
  ];
}

/** The same for secrets. Values are never repeated. */
export function problemsOfSecrets(vendor: Vendor, secrets: Readonly<Record<string, string>>): InputProblem[] {
  const declared = settingsOf(vendor).filter(({ isSecret }) => isSecret);
  return [
    ...problemsOfNames(vendor, Object.keys(secrets), declared, 'secrets'),
    ...Object.entries(secrets).flatMap(([name, value]) =>
      (PRINTABLE.test(value) || KEY_FILE.test(value)) && value.length <= MAX_SECRET_LENGTH
        ? []
        : [
            {
              path: ['secrets'],
              message: `The secret ${show(name)} must be 1 to ${MAX_SECRET_LENGTH} printable ASCII characters, without a line break at its end.`,
            },
          ],
    ),
  ];
}

function problemsOfNames(
  { displayName }: Vendor,
  given: readonly string[],
  declared: Vendor['settings'],
  field: 'settings' | 'secrets',
): InputProblem[] {
  const known = new Set(declared.map(({ name }) => name));
  const choice = known.size === 0 ? `It takes no ${field}.` : `It takes ${[...known].join(', ')}.`;
  return [
    ...given
      .filter((name) => !known.has(name))
      .map((name) => ({
        path: [field],
        message: `${displayName} has no ${field === 'secrets' ? 'secret' : 'setting'} named ${show(name)}. ${choice}`,
      })),
    ...declared
      .filter(({ name, isRequired }) => isRequired && !given.includes(name))
      .map(({ name, description }) => ({ path: [field], message: `${displayName} needs ${name}: ${description}.` })),
  ];
}

/** A name may have been mixed up with its value, so only what looks like one is repeated. */
function show(name: string): string {
  return /^[A-Za-z][A-Za-z0-9]{0,39}$/.test(name) ? name : 'that';
}

/** The last characters of the first secret that the vendor asks for. */
export function hintOf(vendor: Vendor, secrets: Readonly<Record<string, string>>): string | null {
  const first = settingsOf(vendor).find(({ name, isSecret }) => isSecret && secrets[name] !== undefined);
  const text = first === undefined ? undefined : secrets[first.name];
  if (text === undefined || text.length < MIN_LENGTH_FOR_HINT || !PRINTABLE.test(text)) return null;
  return text.slice(-HINT_LENGTH);
}

export function problemsOfOverlap(seconds: number): InputProblem[] {
  if (seconds >= 0 && seconds <= MAX_OVERLAP_SECONDS) return [];
  return [{ path: ['overlapSeconds'], message: `The overlap is 0 to ${MAX_OVERLAP_SECONDS} seconds.` }];
}

/** Without a slash, so that an alias can never be taken for a provider's model. */
export function problemsOfAliasName(name: string): InputProblem[] {
  if (ALIAS_NAME.test(name)) return [];
  return [
    { path: ['name'], message: 'An alias has 1 to 100 letters, digits and . _ : @ - in its name, and begins with a letter or digit.' },
  ];
}

export function problemsOfTargets(name: string, targets: readonly string[]): InputProblem[] {
  if (targets.length === 0 || targets.length > MAX_ALIAS_TARGETS)
    return [{ path: ['targets'], message: `An alias names 1 to ${MAX_ALIAS_TARGETS} models, best first.` }];
  return targets.flatMap((target, index) => {
    const path = ['targets', String(index)];
    if (target === '' || target.length > MAX_MODEL_LENGTH || CONTROL.test(target))
      return [{ path, message: `A model has a name of 1 to ${MAX_MODEL_LENGTH} characters on one line.` }];
    if (target === name && !target.includes('/'))
      return [{ path, message: 'Write the provider before the model, such as openai/gpt-4.1-mini: an alias does not lead to itself.' }];
    if (targets.indexOf(target) !== index) return [{ path, message: `${target} is named twice.` }];
    return [];
  });
}
