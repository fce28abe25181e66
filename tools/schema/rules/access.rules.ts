import { defineRule } from './define-rule.ts';
import { directiveOf, isRootField, nameOf } from './schema-node.ts';

/** A root field without a decision about who may use it is an open door. */
export const rootFieldAccess = defineRule(['FieldDefinition'], (field, { parent }) => {
  if (!isRootField(parent)) return null;
  const marks = ['auth', 'public'].filter((name) => directiveOf(field, name) !== undefined);
  if (marks.length === 1) return null;
  const name = `${nameOf(parent)}.${field.name.value}`;
  return marks.length === 0
    ? `${name} does not say who may use it. Add @auth(scope: …), or @public when it tells nothing about any tenant.`
    : `${name} carries both @auth and @public. Keep one.`;
});
