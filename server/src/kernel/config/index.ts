export { ConfigError, loadConfig, type Config, type ConfigProblem, type ProviderConfig } from './config.ts';
