export * from '../../../migrations/index.ts';
