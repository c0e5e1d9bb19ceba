/** Time as the host sees it: real milliseconds, and a later turn. Handed in, so that tests decide both. */
export interface HostClock {
  now(): number;
  /** Calls back in a later turn, after at least `delayMs`; messages that came meanwhile are handled before. */
  later(callback: () => void, delayMs: number): void;
}
