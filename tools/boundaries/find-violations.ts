import { globSync } from 'node:fs';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { boundaryRules, type BoundaryRule } from './boundary-rules.ts';
import { importReader } from './import-reader.ts';

export interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
  readonly advice: string;
}

export interface BoundaryReport {
  readonly violations: readonly Violation[];
  readonly fileCount: number;
  readonly importCount: number;
}

const ROOMS = ['server/src', 'server/migrations', 'sdk-js', 'dashboard', 'tools', 'test', 'bench'];
const NOT_SOURCE = /(^|\/)(node_modules|dist|__fixtures__)\//;

/**
 * Reads every import below `root` and returns those that a rule forbids, in the order of rule and file.
 * Throws when it finds no file, because rules that look at nothing always pass.
 */
export async function findViolations(root: string, rules: readonly BoundaryRule[] = boundaryRules): Promise<BoundaryReport> {
  const files = ROOMS.flatMap((room) => globSync(`${room}/**/*.{ts,tsx,mts}`, { cwd: root }))
    .filter((file) => !NOT_SOURCE.test(file))
    .toSorted();
  if (files.length === 0) throw new Error(`There is no source file below ${root}. Give the root of the repository.`);
  const { output } = await cruise(
    files,
    {
      baseDir: root,
      validate: true,
      ruleSet: { forbidden: [...rules] },
      doNotFollow: { path: 'node_modules' },
      moduleSystems: ['es6'],
    },
    { extensions: ['.ts', '.js', '.json'], conditionNames: ['import', 'node', 'default'], exportsFields: ['exports'] },
    { babelConfig: importReader },
  );
  const result = output as ICruiseResult;
  const advice = new Map(rules.map((rule) => [rule.name, rule.comment]));
  const violations = result.summary.violations
    .map(({ rule, from, to }) => ({ rule: rule.name, from, to, advice: advice.get(rule.name) ?? '' }))
    .toSorted((a, b) => a.rule.localeCompare(b.rule) || a.from.localeCompare(b.from) || a.to.localeCompare(b.to));
  return { violations, fileCount: files.length, importCount: result.summary.totalDependenciesCruised ?? 0 };
}
