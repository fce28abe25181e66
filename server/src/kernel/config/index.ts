export type { ConfigProblem } from './config-problem.ts';
export { ConfigError, configVariables, loadConfig, type Config } from './config.ts';
export type { ConfigVariable, DeclaredProvider, DeclaredSetting, ProviderConfig } from './provider-variables.ts';
