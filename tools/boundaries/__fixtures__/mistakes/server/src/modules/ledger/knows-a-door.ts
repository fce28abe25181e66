export { door } from '../../http/door.ts';
