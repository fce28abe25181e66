export const app = (): Promise<unknown> => import('../app.ts');
