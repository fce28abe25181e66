export { refuse } from '../../shared/refuse.ts';
