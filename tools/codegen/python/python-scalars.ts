/** How a scalar looks in Python. */
export interface PythonScalar {
  /** Type of a received value. */
  readonly output: string;
  /** Type of a value to send. */
  readonly input: string;
  /** Function that turns received JSON into the value; the JSON itself where null. */
  readonly decode: string | null;
}

const SCALARS: Readonly<Record<string, PythonScalar>> = {
  ID: { output: 'str', input: 'str', decode: null },
  String: { output: 'str', input: 'str', decode: null },
  Boolean: { output: 'bool', input: 'bool', decode: null },
  Int: { output: 'int', input: 'int', decode: null },
  // JSON writes 2.0 as 2; whoever reads a float wants a float.
  Float: { output: 'float', input: 'float', decode: 'float' },
  BigInt: { output: 'int', input: 'int | str', decode: 'int' },
  DateTime: { output: 'datetime', input: 'datetime', decode: 'datetime.fromisoformat' },
  Decimal: { output: 'Decimal', input: 'Decimal | str', decode: 'Decimal' },
  JSON: { output: 'Any', input: 'Any', decode: null },
};

export function scalarOf(name: string): PythonScalar {
  const scalar = SCALARS[name];
  if (scalar === undefined)
    throw new Error(`The scalar ${name} has no Python type yet. Add it to python-scalars.ts and to antiphon/_wire.py.`);
  return scalar;
}
