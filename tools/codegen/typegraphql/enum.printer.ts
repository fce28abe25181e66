import type { GraphQLEnumType, GraphQLEnumValue } from 'graphql';
import { literal, options } from './source.ts';

/** An enum as a const object with a type of the same name; its values are their own names. */
export function printEnum(type: GraphQLEnumType): string {
  const values = type.getValues();
  return [
    `export const ${type.name} = {`,
    ...values.map((value) => `  ${value.name}: ${literal(value.name)},`),
    '} as const;',
    `export type ${type.name} = (typeof ${type.name})[keyof typeof ${type.name}];`,
    `TG.registerEnumType(${type.name}, {`,
    `  name: ${literal(type.name)},`,
    ...(type.description ? [`  description: ${literal(type.description)},`] : []),
    '  valuesConfig: {',
    ...values.filter(isDescribed).map((value) => `    ${value.name}: ${printValueOptions(value)},`),
    '  },',
    '});',
  ].join('\n');
}

function isDescribed(value: GraphQLEnumValue): boolean {
  return printValueOptions(value) !== '{}';
}

function printValueOptions(value: GraphQLEnumValue): string {
  return options({ description: value.description, deprecationReason: value.deprecationReason });
}
