/** JavaScript client of Antiphon: typed operations, subscriptions over SSE or WebSocket, one error class for each code. */
export { AntiphonClient } from './client.ts';
export { OperationDocument } from './document.ts';
export type { ExecutableDocument } from './document.ts';
export * from './errors.ts';
export * from './generated.ts';
export type { RequestOptions, SubscribeOptions, Succeeded } from './operations.ts';
export type { ClientOptions } from './settings.ts';
export { SDK_VERSION } from './version.ts';
