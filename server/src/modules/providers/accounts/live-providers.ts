import type { Clock } from '../../../kernel/clock/index.ts';
import type { Provider } from '../contract.ts';
import { toModelListing } from '../model-listing.ts';
import type { ProviderDirectory } from '../provider-directory.ts';
import type { SharedProviders } from '../provider-registry.ts';
import type {
  AliasListing,
  CostBoundQuestion,
  ModelListing,
  PricedUsage,
  ProviderListing,
  Providers,
  Resolution,
  TokenQuantities,
} from '../providers.ts';
import type { Alias, Discovery } from './account.ts';
import { resolveTargets } from './alias-resolution.ts';
import type { ConnectedAccount } from './connected-account.ts';
import { toProjectProviders, type ProjectProviders } from './project-providers.ts';

/** A project's accounts and aliases, before they are put on top of what all share. */
export type ProjectParts = Pick<ProjectProviders, 'projectId' | 'accounts' | 'aliases'>;

/**
 * The providers as they are now: what all projects share with each project's own on top. Everything is answered from one snapshot in
 * memory that changes replace as a whole. Providers that are not part of the new one close when the last call that holds them ends.
 */
export class LiveProviders implements Providers {
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly #sharedAliases: ReadonlyMap<string, Alias>;
  #shared: SharedProviders;
  #projects: ReadonlyMap<string, ProjectProviders> = new Map();
  /** Provider ids that projects gave their accounts → for each vendor behind them a directory that knows it by that name; for prices. */
  #directoriesByName: ReadonlyMap<string, ReadonlyMap<string, ProviderDirectory>> = new Map();

  constructor(shared: SharedProviders, aliases: readonly Alias[], clock: Pick<Clock, 'nowMs'>) {
    this.#shared = shared;
    this.#sharedAliases = new Map(aliases.map((alias) => [alias.name, alias]));
    this.#clock = clock;
  }

  resolve(model: string, projectId?: string): Resolution {
    const directory = this.#directoryOf(projectId);
    const alias = this.#aliasOf(model, projectId);
    return alias === undefined ? directory.resolve(model) : resolveTargets(alias.targets, (target) => directory.resolve(target));
  }

  /** The same without aliases. */
  resolveModel(model: string, projectId?: string): Resolution {
    return this.#directoryOf(projectId).resolve(model);
  }

  get(providerId: string, projectId?: string): Provider | undefined {
    return this.#directoryOf(projectId).get(providerId);
  }

  listProviders(projectId?: string): readonly ProviderListing[] {
    return this.#directoryOf(projectId).listProviders();
  }

  listModels(atMs: number, projectId?: string): readonly ModelListing[] {
    return this.#directoryOf(projectId).listModels(atMs);
  }

  findModel(modelId: string, atMs: number, projectId?: string): ModelListing | null {
    const alias = this.#aliasOf(modelId, projectId);
    if (alias !== undefined) return this.#findAliased(alias, atMs, projectId);
    return this.#directoryOf(projectId).findModel(modelId, atMs);
  }

  /** What can be called now is shown before what is only known. */
  #findAliased({ name, targets }: Alias, atMs: number, projectId: string | undefined): ModelListing | null {
    const resolution = this.resolve(name, projectId);
    const ids = resolution.kind === 'found' ? resolution.deployments.map(({ modelId }) => modelId) : targets;
    for (const id of ids) {
      const listing = this.#directoryOf(projectId).findModel(id, atMs);
      if (listing !== null) return { ...listing, modelId: name };
    }
    const [first] = resolution.kind === 'found' ? resolution.deployments : [];
    return first === undefined ? null : toBareListing(name, first.provider);
  }

  /** Of the models that all projects share. */
  hasModel(modelId: string): boolean {
    return this.#shared.directory.hasModel(modelId);
  }

  listAliases(projectId?: string): readonly AliasListing[] {
    return this.aliasesOf(projectId);
  }

  priceUsage(modelId: string, tokens: TokenQuantities, atMs: number): PricedUsage | null {
    return this.#pricing(modelId).priceUsage(modelId, tokens, atMs);
  }

  upperBoundNanoUsd(modelId: string, question: CostBoundQuestion): bigint | null {
    return this.#pricing(modelId).upperBoundNanoUsd(modelId, question);
  }

  /** Ends what is open, whoever uses it. */
  async close(): Promise<void> {
    const accounts = [...this.#projects.values()].flatMap((project) => project.accounts).concat(this.#shared.accounts);
    this.#projects = new Map();
    await Promise.all([this.#shared.directory.close(), ...heldBy(accounts).map((held) => held.close())]);
  }

  /** A project's own accounts and those that all share, in no order. */
  accountsOf(projectId: string): readonly ConnectedAccount[] {
    return [...(this.#projects.get(projectId)?.accounts ?? []), ...this.#shared.accounts];
  }

  /** A project's own aliases and those of the file that it does not replace, ordered by name. */
  aliasesOf(projectId?: string): readonly Alias[] {
    const own = projectId === undefined ? undefined : this.#projects.get(projectId)?.aliases;
    const all = new Map([...this.#sharedAliases, ...(own ?? [])]);
    return [...all.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  /** What the project has now, for whoever makes the next state of it. */
  projectOf(projectId: string): ProjectProviders | null {
    return this.#projects.get(projectId) ?? null;
  }

  /** Puts new states of projects, and new discoveries at shared accounts, in the place of the old ones in one step. */
  replace(changed: readonly ProjectParts[], sharedDiscoveries: ReadonlyMap<string, Discovery> | null): void {
    const shared = sharedDiscoveries === null ? this.#shared : this.#shared.withDiscoveries(sharedDiscoveries);
    const next = new Map(this.#projects);
    // What lies above the shared directory has to be laid above the new one.
    if (shared !== this.#shared) for (const [id, project] of next) next.set(id, toProjectProviders(project, shared, this.#clock));
    for (const project of changed) {
      if (project.accounts.length === 0 && project.aliases.size === 0) next.delete(project.projectId);
      else next.set(project.projectId, toProjectProviders(project, shared, this.#clock));
    }
    const before = changed.flatMap(({ projectId }) => this.#projects.get(projectId)?.accounts ?? []);
    this.#shared = shared;
    this.#projects = next;
    this.#directoriesByName = directoriesByName(next.values());
    const kept = new Set(heldBy(changed.flatMap(({ accounts }) => accounts)));
    for (const held of heldBy(before)) if (!kept.has(held)) held.retire();
  }

  #directoryOf(projectId: string | undefined): ProviderDirectory {
    const project = projectId === undefined ? undefined : this.#projects.get(projectId);
    return project?.directory ?? this.#shared.directory;
  }

  #aliasOf(name: string, projectId: string | undefined): Alias | undefined {
    const own = projectId === undefined ? undefined : this.#projects.get(projectId)?.aliases.get(name);
    return own ?? this.#sharedAliases.get(name);
  }

  /**
   * Prices are asked for by model id alone, long after a call too. Names that several projects gave to accounts of several vendors
   * mean the one vendor whose catalogue has the model; where that is not one alone the price is unknown.
   */
  #pricing(modelId: string): ProviderDirectory {
    const { directory } = this.#shared;
    if (this.#directoriesByName.size === 0 || knows(directory, modelId)) return directory;
    const candidates = this.#directoriesByName.get(modelId.slice(0, Math.max(0, modelId.indexOf('/'))));
    const knowing = [...(candidates?.values() ?? [])].filter((candidate) => knows(candidate, modelId));
    return knowing.length === 1 ? (knowing[0] as ProviderDirectory) : directory;
  }
}

function knows(directory: ProviderDirectory, modelId: string): boolean {
  return directory.catalogue.find(directory.catalogueIdOf(modelId)) !== null;
}

/** Of a model that can be called and of which nothing is known. */
function toBareListing(name: string, provider: Provider): ModelListing {
  return toModelListing({
    modelId: name,
    providerId: provider.id,
    model: name,
    entry: null,
    discovered: null,
    price: null,
    providerCapabilities: provider.capabilities,
    unavailableReason: null,
  });
}

function heldBy(accounts: readonly ConnectedAccount[]): ConnectedAccount['credentials'][number]['held'][] {
  return accounts.flatMap(({ credentials }) => credentials.map(({ held }) => held));
}

/** Names that are not their vendor's own. */
function directoriesByName(projects: Iterable<ProjectProviders>): Map<string, Map<string, ProviderDirectory>> {
  const directories = new Map<string, Map<string, ProviderDirectory>>();
  for (const { accounts, directory } of projects)
    for (const { spec } of accounts) {
      if (spec.providerId === spec.vendorId) continue;
      const known = directories.get(spec.providerId);
      if (known === undefined) directories.set(spec.providerId, new Map([[spec.vendorId, directory]]));
      else known.set(spec.vendorId, directory);
    }
  return directories;
}
