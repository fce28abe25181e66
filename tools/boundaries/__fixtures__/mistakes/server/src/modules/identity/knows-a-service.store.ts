import { service } from './api-key.service.ts';
export const used = service;
