// ESLint is here for GraphQL only: TypeScript is linted by oxlint, because typescript-eslint refuses TypeScript 7.
import graphql from '@graphql-eslint/eslint-plugin';
import { rules } from './tools/schema/rules/index.ts';

const SOURCES = ['schema/base.graphql', 'schema/directives.graphql', 'schema/modules/*.graphql'];
const graphQLConfig = { schema: SOURCES, documents: 'sdk-js/operations/*.graphql' };
const languageOptions = { parser: graphql.parser, parserOptions: { graphQLConfig } };

/** @type {import('eslint').Linter.Config[]} */
export default [
  {
    files: SOURCES,
    languageOptions,
    plugins: { '@graphql-eslint': graphql, antiphon: { rules } },
    rules: {
      ...graphql.configs['flat/schema-recommended'].rules,
      ...Object.fromEntries(Object.keys(rules).map((name) => [`antiphon/${name}`, 'error'])),
      // Types take a block, members a line.
      '@graphql-eslint/description-style': 'off',
      // antiphon/entity-is-node: parts of an entity, such as a usage, have no id of their own.
      '@graphql-eslint/strict-id-in-types': 'off',
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          rootField: true,
          FieldDefinition: true,
          InputValueDefinition: true,
          EnumValueDefinition: true,
          DirectiveDefinition: true,
        },
      ],
      '@graphql-eslint/require-nullable-fields-with-oneof': 'error',
    },
  },
  {
    // `@public` stays defined while no field needs it.
    files: ['schema/directives.graphql'],
    rules: { '@graphql-eslint/no-unreachable-types': 'off' },
  },
  {
    files: ['sdk-js/operations/*.graphql'],
    languageOptions,
    plugins: { '@graphql-eslint': graphql },
    rules: {
      ...graphql.configs['flat/operations-recommended'].rules,
      // Values without an id, and members of unions that have none.
      '@graphql-eslint/require-selections': 'off',
      '@graphql-eslint/selection-set-depth': 'off',
    },
  },
];
