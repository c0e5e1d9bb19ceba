/** What a real cluster did in this story: golden trace A1-acks1-leader-kill, three runs on Kafka 4.3.1. */
export const GOLDEN_A1 = {
  version: '4.3.1',
  acked: 20,
  lost: 10,
  /** Kill to election, shortest and longest run. */
  electionUs: [8_446_000, 9_259_000],
} as const;
