/** One thing that is wrong with the environment, with the exact change that mends it. */
export interface ConfigProblem {
  readonly variable: string;
  readonly problem: string;
  readonly fix: string;
}
