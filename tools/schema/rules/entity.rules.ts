import { Kind, print } from 'graphql';
import { defineRule } from './define-rule.ts';
import { nameOf } from './schema-node.ts';

/** What has an id can be fetched by it. */
export const entityIsNode = defineRule(['ObjectTypeDefinition'], (type) => {
  const hasId = (type.fields ?? []).some((field) => field.name.value === 'id' && print(field.type) === 'ID!');
  const isNode = (type.interfaces ?? []).some((one) => one.name.value === 'Node');
  return hasId && !isNode ? `${type.name.value} has an id. Let it implement Node.` : null;
});

/** Who uses a deprecated member must learn what to use and until when it works. */
export const deprecationReason = defineRule(['Directive'], (directive, { parent }) => {
  if (directive.name.value !== 'deprecated') return null;
  const reason = directive.arguments?.find((argument) => argument.name.value === 'reason')?.value;
  const text = reason?.kind === Kind.STRING ? reason.value : '';
  if (/^Use `[^`]+`\. Goes after \d{4}-\d{2}-\d{2}\.$/.test(text)) return null;
  return `The deprecation of ${nameOf(parent)} must read "Use \`…\`. Goes after YYYY-MM-DD."`;
});
