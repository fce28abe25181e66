import type { Pool } from 'pg';
import type { Coordination, Subscription } from '../../../kernel/coordination/index.ts';
import type { Logger } from '../../../kernel/telemetry/index.ts';
import type { AccountLoader, LoadedState } from './account-loader.ts';
import { findChanges } from './change.store.ts';
import { connectAccount, type ConnectDeps } from './connect-account.ts';
import type { LiveProviders, ProjectParts } from './live-providers.ts';

const CHANNEL = 'provider-accounts';
/** Processes hear of changes by a message; one that is lost is made up for within this time. */
const POLL_MS = 500;

export interface AccountReloaderDeps {
  readonly pool: Pool;
  readonly loader: AccountLoader;
  readonly live: LiveProviders;
  readonly connect: ConnectDeps;
  readonly coordination: Coordination;
  readonly log: Pick<Logger, 'warn'>;
}

/** Brings changes in the database into this process: its own at once, those of others when told and at the latest after a poll. */
export class AccountReloader {
  readonly #deps: AccountReloaderDeps;
  #revision = 0n;
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #subscription: Subscription | null = null;
  #isStopped = false;
  #hasFailed = false;

  constructor(deps: AccountReloaderDeps) {
    this.#deps = deps;
  }

  /** Loads everything, then follows. Rejects when the database cannot be read: a server without its accounts would refuse calls it should take. */
  async start(): Promise<void> {
    const { coordination, loader } = this.#deps;
    this.#apply(await loader.load(null));
    const hear = (): void => void this.#refreshQuietly();
    this.#subscription = await coordination.subscribe(CHANNEL, hear, hear);
    this.#schedule();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#subscription?.close();
    await this.#running;
  }

  /** Resolves when this process works with everything that was committed before the call; tells the others. */
  async changed(projectId: string): Promise<void> {
    const { coordination, log } = this.#deps;
    coordination.publish(CHANNEL, projectId).catch((error: unknown) => {
      log.warn({ error }, 'other processes could not be told of a change of providers; they find it by themselves');
    });
    await this.refresh();
  }

  /** Looks for changes. Rejects when the database cannot be read; what is known stays in force. */
  refresh(): Promise<void> {
    // A look that began before may have missed what was just committed, so another follows it.
    this.#next ??= this.#running.then(() => {
      this.#next = null;
      const look = this.#look();
      this.#running = look.catch(() => undefined);
      return look;
    });
    return this.#next;
  }

  async #look(): Promise<void> {
    if (this.#isStopped) return;
    const { pool, loader } = this.#deps;
    const { projectIds, revision } = await findChanges(pool, this.#revision);
    if (projectIds.length === 0) return;
    this.#apply({ ...(await loader.load(projectIds)), revision });
  }

  #apply({ projects, sharedDiscoveries, revision }: LoadedState): void {
    const { live, connect } = this.#deps;
    const parts = projects.map(({ projectId, accounts, aliases }): ProjectParts => {
      const before = new Map(live.projectOf(projectId)?.accounts.map((account) => [account.spec.id, account]));
      return {
        projectId,
        accounts: accounts.map((spec) => connectAccount(spec, connect, before.get(spec.id) ?? null)),
        aliases: new Map(aliases.map((alias) => [alias.name, alias])),
      };
    });
    live.replace(parts, sharedDiscoveries);
    this.#revision = revision;
  }

  async #refreshQuietly(): Promise<void> {
    try {
      await this.refresh();
      this.#hasFailed = false;
    } catch (error) {
      // Once for an outage: the poll goes on twice a second.
      if (!this.#hasFailed && !this.#isStopped)
        this.#deps.log.warn({ error }, 'changes of providers cannot be looked for; what is known stays in force');
      this.#hasFailed = true;
    }
  }

  #schedule(): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => {
      void this.#refreshQuietly().then(() => this.#schedule());
    }, POLL_MS);
    this.#timer.unref();
  }
}
