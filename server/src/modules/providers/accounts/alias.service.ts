import type { PoolClient } from 'pg';
import type { Alias, Tenant } from './account.ts';
import { conflict, notFound, readOnly, refuseIfAny } from './account.errors.ts';
import { MAX_ALIASES, problemsOfAliasName, problemsOfTargets } from './account.policy.ts';
import { countAliases, deleteAlias, findAlias, insertAlias, updateAlias, type AliasRow } from './alias.store.ts';
import { change, type ManagementDeps } from './management-deps.ts';

/** Names of a project for models. */
export class AliasService {
  readonly #deps: ManagementDeps;

  constructor(deps: ManagementDeps) {
    this.#deps = deps;
  }

  /** Throws INVALID_INPUT, or CONFLICT when the project has an alias of that name. One of the file is replaced for this project. */
  async create(tenant: Tenant, input: { name: string; targets: readonly string[] }): Promise<Alias> {
    const { name, targets } = input;
    refuseIfAny(problemsOfAliasName(name));
    this.#checkTargets(tenant, name, targets);
    const now = new Date(this.#deps.clock.nowMs());
    const row: AliasRow = { ...tenant, id: this.#deps.ids.uuidv7(), name, targets, createdAt: now, updatedAt: now };
    await change(this.#deps, tenant.projectId, async (client) => {
      if ((await countAliases(client, tenant.projectId)) >= MAX_ALIASES)
        throw conflict(`A project has at most ${MAX_ALIASES} aliases. Delete one first.`, 'name');
      if (!(await insertAlias(client, row)))
        throw conflict(`This project has an alias named ${name}. Change that one, or choose another name.`, 'name');
    });
    return { ...row, source: 'MANAGED' };
  }

  async update(tenant: Tenant, id: string, targets: readonly string[]): Promise<Alias> {
    const row = await change(this.#deps, tenant.projectId, async (client) => {
      const before = await this.#own(client, tenant, id);
      this.#checkTargets(tenant, before.name, targets);
      const after = { ...before, targets, updatedAt: new Date(this.#deps.clock.nowMs()) };
      await updateAlias(client, after);
      return after;
    });
    return { ...row, source: 'MANAGED' };
  }

  /** Returns what it was. */
  async delete(tenant: Tenant, id: string): Promise<Alias> {
    const row = await change(this.#deps, tenant.projectId, async (client) => {
      const before = await this.#own(client, tenant, id);
      await deleteAlias(client, tenant.projectId, id);
      return before;
    });
    return { ...row, source: 'MANAGED' };
  }

  async #own(client: PoolClient, { projectId }: Tenant, id: string): Promise<AliasRow> {
    const row = await findAlias(client, projectId, id);
    if (row !== null) return row;
    throw this.#deps.live.aliasesOf(projectId).some((alias) => alias.id === id && alias.source === 'FILE')
      ? readOnly('FILE', 'aliasId')
      : notFound('alias', 'aliasId');
  }

  /** A target is a model that somebody known serves, connected or not: a name with a slip would fail at every call. */
  #checkTargets({ projectId }: Tenant, name: string, targets: readonly string[]): void {
    const { live } = this.#deps;
    refuseIfAny(problemsOfTargets(name, targets));
    refuseIfAny(
      targets.flatMap((target, index) =>
        live.resolveModel(target, projectId).kind !== 'unknown'
          ? []
          : [
              {
                path: ['targets', String(index)],
                message: `There is no model named ${JSON.stringify(target)}. Write it as provider/model; an alias does not lead to another.`,
              },
            ],
      ),
    );
  }
}
