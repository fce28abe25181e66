export { CONFIG_VARIABLES, ConfigError, loadConfig, type Config, type ConfigProblem, type ProviderConfig } from './config.ts';
