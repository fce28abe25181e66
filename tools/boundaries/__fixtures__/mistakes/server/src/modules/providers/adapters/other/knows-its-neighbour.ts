import { wire } from '../vendor/vendor.wire.ts';
export const used = wire;
