import type { MessageRate } from './message-bucket.ts';

/** Bounds of one WebSocket and of those who open them. */
export interface SocketLimits {
  /** One message. Prompts travel in them, so it is more than control messages need. */
  readonly maxMessageBytes: number;
  readonly initWaitMs: number;
  readonly socketsPerPrincipal: number;
  readonly socketsPerAddress: number;
  readonly operationsPerSocket: number;
  /** Pings count too. */
  readonly messageRate: MessageRate;
  /** More unsent bytes than this, for longer than `drainWaitMs`, close the socket. */
  readonly maxBufferedBytes: number;
  readonly drainWaitMs: number;
  readonly pingEveryMs: number;
  /** How often credentials of open sockets are looked at again. */
  readonly recheckEveryMs: number;
}

export const SOCKET_LIMITS: SocketLimits = {
  maxMessageBytes: 1024 * 1024,
  initWaitMs: 3000,
  socketsPerPrincipal: 20,
  socketsPerAddress: 20,
  operationsPerSocket: 50,
  messageRate: { perSecond: 20, burst: 40 },
  maxBufferedBytes: 1024 * 1024,
  drainWaitMs: 5000,
  pingEveryMs: 12_000,
  recheckEveryMs: 250,
};

/** Close codes beyond those that the protocol's library sends. */
export const CloseCode = {
  goingAway: 1001,
  internal: 1011,
  tryAgainLater: 1013,
  forbidden: 4403,
  tooSlow: 4408,
  tooMany: 4429,
} as const;
