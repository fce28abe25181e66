import { rootFieldAccess } from './access.rules.ts';
import { deprecationReason, entityIsNode } from './entity.rules.ts';
import { connectionShape, listSize } from './list.rules.ts';
import { errorMembers, mutationShape, payloadShape } from './mutation.rules.ts';
import { booleanName, instantName, moneyType, noFetchingVerb } from './name.rules.ts';

/** Conventions of our schema that the stock rules do not know; ids are those of eslint.config.js, after `antiphon/`. */
export const rules = {
  'boolean-name': booleanName,
  'connection-shape': connectionShape,
  'deprecation-reason': deprecationReason,
  'entity-is-node': entityIsNode,
  'error-members': errorMembers,
  'instant-name': instantName,
  'list-size': listSize,
  'money-type': moneyType,
  'mutation-shape': mutationShape,
  'no-fetching-verb': noFetchingVerb,
  'payload-shape': payloadShape,
  'root-field-access': rootFieldAccess,
} as const;
