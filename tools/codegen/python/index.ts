import { getNamedType, isObjectType } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { collectOperations } from '../operations/collect-operations.ts';
import type { OperationFile, SdkOperation } from '../operations/collect-operations.ts';
import { documentName, printClient } from './client.printer.ts';
import type { PythonOperation } from './client.printer.ts';
import { PythonModule } from './python-module.ts';
import { quote } from './python-source.ts';
import { declareResult } from './result.printer.ts';

const HEAD = `# Generated from sdk-js/operations by \`npm run codegen\`. Do not edit.
# fmt: off
from __future__ import annotations

from collections.abc import AsyncGenerator, Generator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, NotRequired, TypeAlias, TypedDict

from ._operations import AsyncOperations, Operations, Transport
from ._wire import UNSET, OpenEnum, Unset, unknown_member`;

/**
 * graphql-codegen plugin: the typed core of the Python SDK. Results are frozen dataclasses, inputs TypedDicts, and each operation is a
 * method of a synchronous and of an asynchronous class, which return the value of the root field.
 */
export function plugin(schema: GraphQLSchema, files: readonly OperationFile[]): string {
  const { operations, fragments } = collectOperations(files);
  const module = new PythonModule(schema, fragments);
  const typed = operations.map((operation) => toPythonOperation(module, operation));
  const clients = [printClient(module, typed, false), printClient(module, typed, true)];
  const documents = operations.map((operation) => `${documentName(operation)} = ${quote(operation.text)}`).join('\n');
  const exported = ['__all__ = [', ...module.names().map((name) => `    ${quote(name)},`), ']'].join('\n');
  return `${[`${HEAD}\n\n${exported}`, ...module.sections(), documents, ...clients].join('\n\n\n')}\n`;
}

function toPythonOperation(module: PythonModule, operation: SdkOperation): PythonOperation {
  const root = module.schema.getRootType(operation.node.operation);
  const field = isObjectType(root) ? root.getFields()[operation.rootField.name.value] : undefined;
  if (field === undefined) throw new Error(`The operation ${operation.name} selects a field that the schema does not have.`);
  const selections = operation.rootField.selectionSet?.selections;
  if (selections === undefined) throw new Error(`The operation ${operation.name} must select an object.`);
  const result = declareResult(module, operation.name, getNamedType(field.type), selections, {
    hasShortMemberNames: operation.kind === 'subscription',
    isSucceededPayload: operation.kind === 'mutation',
  });
  return { operation, result };
}
