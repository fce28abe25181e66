import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, isScalarType, isSpecifiedScalarType, isUnionType } from 'graphql';
import type { GraphQLInterfaceType, GraphQLNamedType, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { printArgumentClasses, printDecorators } from './decorator.printer.ts';
import { printEnum } from './enum.printer.ts';
import { printInput } from './input.printer.ts';
import { printInterface, printObject, printUnion } from './object.printer.ts';
import { literal } from './source.ts';

/** Settings of the plugin in `codegen.yml`. */
export interface TypegraphqlPluginConfig {
  /** Module with the custom scalars: `<Scalar>`, and the types `<Scalar>Input` and `<Scalar>Output`. */
  readonly scalarsModule: string;
  /** Module with `operation` and `subscription`. */
  readonly runtimeModule: string;
  /** Non-null fields (`Type.field`) that resolver classes supply, so that the value of the type may come without them. */
  readonly lazyFields?: readonly string[];
}

/** graphql-codegen plugin: prints TypeGraphQL classes and typed resolver decorators from the SDL. Same schema, same text. */
export function plugin(
  schema: GraphQLSchema,
  _documents: unknown,
  config: TypegraphqlPluginConfig,
): { prepend: string[]; content: string } {
  const types = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type));
  const lazyFields = checkLazyFields(schema, config.lazyFields ?? []);
  const roots = new Set<GraphQLNamedType | null | undefined>([
    schema.getQueryType(),
    schema.getMutationType(),
    schema.getSubscriptionType(),
  ]);
  const objects = types.filter(isObjectType);
  const entities = objects.filter((type) => !roots.has(type));
  const interfaces = parentsFirst(types.filter(isInterfaceType));
  const sections = [
    ...types.filter(isEnumType).map(printEnum),
    ...interfaces.map((type) => printInterface(type, [...schema.getImplementations(type).objects])),
    ...entities.map((type) => printObject(type, lazyFields)),
    ...types.filter(isUnionType).map(printUnion),
    ...types.filter(isInputObjectType).map(printInput),
    ...objects.flatMap(printArgumentClasses),
    ['export const Sdl = {', ...objects.map((type) => printDecorators(schema, type)), '};'].join('\n'),
    printList('objectTypes', [...interfaces, ...entities]),
    `/** Fields that need a resolver class. */\nexport const lazyFields: readonly string[] = ${literal([...lazyFields].toSorted())};`,
  ];
  return { prepend: printHead(config, types.some(isScalarType)), content: `${sections.join('\n\n')}\n` };
}

function printHead(config: TypegraphqlPluginConfig, hasScalars: boolean): string[] {
  return [
    '// Generated from schema/ by `npm run codegen`. Do not edit.',
    "import 'reflect-metadata';",
    "import * as TG from 'type-graphql';",
    ...(hasScalars ? [`import * as S from ${literal(config.scalarsModule)};`] : []),
    `import { nameOfType, operation, subscription } from ${literal(config.runtimeModule)};`,
  ];
}

function printList(name: string, types: readonly GraphQLNamedType[]): string {
  const lines = types.map((type) => `  ${type.name},`);
  return [
    '/** Classes that TypeGraphQL must know even where no resolver mentions them. */',
    `export const ${name} = [`,
    ...lines,
    '] as const;',
  ].join('\n');
}

/** A class can only name interfaces that were declared before it. */
function parentsFirst(interfaces: readonly GraphQLInterfaceType[]): GraphQLInterfaceType[] {
  return interfaces.toSorted((one, other) => one.getInterfaces().length - other.getInterfaces().length);
}

function checkLazyFields(schema: GraphQLSchema, names: readonly string[]): ReadonlySet<string> {
  for (const name of names) {
    const [typeName = '', fieldName = ''] = name.split('.');
    const type = schema.getType(typeName);
    if (!isObjectType(type) || (type satisfies GraphQLObjectType).getFields()[fieldName] === undefined) {
      throw new Error(`codegen.yml: lazyFields names ${name}, which the schema does not have. Correct or remove it.`);
    }
  }
  return new Set(names);
}
