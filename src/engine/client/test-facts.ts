/** Stands in for ledger/facts.ts in tests of the clients: keeps what it is told. */
import type { KafkaRecord } from '../../kafka/records/record-batch.ts';
import type { World } from '../kernel/world.ts';

export const facts = {
  sent: [] as { atUs: number; ordinal: number; partition: number; record: KafkaRecord }[],
  acked: [] as { atUs: number; ordinal: number; partition: number; offset: number }[],
  failed: [] as { atUs: number; ordinal: number; exception: string }[],
  delivered: [] as { atUs: number; ordinal: number }[],
  errors: [] as string[],
};

export function forgetFacts(): void {
  for (const list of Object.values(facts)) list.length = 0;
}

export function recordSent(w: World, _producer: number, partition: number, record: KafkaRecord): void {
  facts.sent.push({ atUs: w.nowUs, ordinal: record.ordinal, partition, record });
}

export function recordPartitioned(_w: World, _producer: number, ordinal: number, partition: number): void {
  const sent = facts.sent.find((s) => s.ordinal === ordinal);
  if (sent !== undefined) sent.partition = partition;
}

export function recordAcked(w: World, _producer: number, ordinal: number, partition: number, offset: number): void {
  facts.acked.push({ atUs: w.nowUs, ordinal, partition, offset });
}

export function recordFailed(w: World, _producer: number, ordinal: number, exception: string): void {
  facts.failed.push({ atUs: w.nowUs, ordinal, exception });
}

export function recordDelivered(w: World, _consumer: number, _producer: number, ordinal: number): void {
  facts.delivered.push({ atUs: w.nowUs, ordinal });
}

export function applicationError(_w: World, exception: string): void {
  facts.errors.push(exception);
}
