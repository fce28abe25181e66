export { vendor as providers } from './adapters/vendor/index.ts';
