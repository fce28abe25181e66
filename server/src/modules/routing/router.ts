import { AntiphonError } from '../../kernel/errors/index.ts';
import { abilityOf, canPerform, type Deployment, type Providers, type TaskKind } from '../providers/index.ts';

/** Where a call may go, best first. */
export interface Route {
  readonly candidates: readonly Deployment[];
}

/** A call moves on to another candidate at most this often. */
const MAX_CANDIDATES = 4;

/** Decides which deployments may serve a call, in the order in which they are tried. */
export class Router {
  readonly #providers: Providers;

  constructor(providers: Providers) {
    this.#providers = providers;
  }

  /** Throws NOT_FOUND for a name nobody serves, NO_ROUTE when those who serve it are not connected. `projectId`: whose accounts and aliases count. */
  choose(model: string, task: TaskKind | null, projectId?: string): Route {
    const resolution = this.#providers.resolve(model, projectId);
    if (resolution.kind === 'unknown')
      throw new AntiphonError(
        'NOT_FOUND',
        `There is no model named ${JSON.stringify(model.slice(0, 200))}. Ask for the list of models, or write the provider before the name, such as openai/gpt-4.1-mini.`,
        {
          resource: 'model',
          path: ['input', 'model'],
          param: 'model',
        },
      );
    if (resolution.kind === 'unavailable')
      throw new AntiphonError(
        'NO_ROUTE',
        `Nothing that serves ${JSON.stringify(model.slice(0, 200))} is connected. ${resolution.reasons.join(' ')}`,
        {
          reasons: resolution.reasons,
          path: ['input', 'model'],
          param: 'model',
        },
      );
    const candidates = resolution.deployments
      .filter(({ provider }) => task === null || canPerform(provider, task))
      .slice(0, MAX_CANDIDATES);
    if (task !== null && candidates.length === 0)
      throw new AntiphonError(
        'INVALID_INPUT',
        `Nothing that serves ${JSON.stringify(model.slice(0, 200))} ${abilityOf(task)}. Choose a model that does.`,
        { path: ['input', 'model'], param: 'model' },
      );
    return { candidates };
  }
}
