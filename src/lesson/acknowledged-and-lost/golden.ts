/** What a real cluster (Kafka 4.3.1) did in this story. */

/** Golden trace A1-acks1-leader-kill, three runs. */
export const GOLDEN_A1 = {
  version: '4.3.1',
  acked: 20,
  lost: 10,
  /** Kill to election, shortest and longest run. */
  electionUs: [8_446_000, 9_259_000],
} as const;

/** Own run, scenario x1-power-loss-min-isr-1: acks=all, one copy in sync; the log was cut back by hand as a power cut would. */
export const GOLDEN_POWER = { version: '4.3.1', acked: 5, lost: 5 } as const;
