export const nowMs = (): number => Date.now();
export const monotonicMs = (): number => performance.now();
