import { ProviderError } from '../../contract.ts';

/** Where a prediction is made: by the name of an official model or a deployment, or by the id of a version. */
export interface Target {
  readonly path: string;
  readonly version: string | null;
}

const NAME = '[a-z0-9][a-z0-9._-]{0,127}';
const OFFICIAL = new RegExp(`^(${NAME})/(${NAME})$`, 'i');
const DEPLOYMENT = new RegExp(`^deployments/(${NAME})/(${NAME})$`, 'i');
const VERSIONED = new RegExp(`^(?:${NAME}/${NAME}:)?([0-9a-f]{64})$`, 'i');

/** Throws `ProviderError` `not-found` for a name of none of these forms: nothing is sent. */
export function targetOf(model: string): Target {
  const version = VERSIONED.exec(model)?.[1];
  if (version !== undefined) return { path: '/v1/predictions', version };
  const deployment = DEPLOYMENT.exec(model);
  if (deployment !== null) return { path: `/v1/deployments/${deployment[1]}/${deployment[2]}/predictions`, version: null };
  const official = OFFICIAL.exec(model);
  if (official !== null) return { path: `/v1/models/${official[1]}/${official[2]}/predictions`, version: null };
  const message = 'A model of Replicate is named <owner>/<name>, <owner>/<name>:<version> or deployments/<owner>/<name>.';
  throw new ProviderError('not-found', message, { callerMessage: message, param: 'model' });
}
