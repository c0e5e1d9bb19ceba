/** Why nothing was lost although a leader died: luck, or not luck. The last unplanned change of a leader is looked at. */
import { vectorGet, vectorLength } from '../../base/vector.ts';
import type { Phrase } from '../../protocol/frame.ts';
import { BUCKET_US } from '../kernel/run.ts';
import type { LogLineFact, World } from '../kernel/world.ts';
import { minIsrOf } from './frame-partitions.ts';
import { isLed } from './ledger-read.ts';

const phrase = (key: string, params: Phrase['params']): Phrase => ({ key: `luck.${key}`, params });

/** The last death of a broker, by its line. */
function lastDeath(w: World): { fact: LogLineFact; broker: number } | null {
  for (let i = vectorLength(w.lines) - 1; i >= 0; i--) {
    const fact = vectorGet(w.lines, i);
    if (fact.phrase.key !== 'log.broker.killed' && fact.phrase.key !== 'log.broker.power-lost') continue;
    return { fact, broker: Number(fact.phrase.params.broker) };
  }
  return null;
}

export function luckOf(w: World): Phrase | null {
  const death = lastDeath(w);
  if (death === null) return null;
  const { broker, fact } = death;
  const unled = w.controller.image.partitions.find(
    (p) => p !== null && p !== undefined && !p.topic.startsWith('__') && !isLed(w, p.partition),
  );
  if (unled !== null && unled !== undefined) {
    return phrase('no-leader', {
      partition: `${unled.topic}-${unled.partitionId}`,
      records: w.ledger.truth[unled.partition]?.acked ?? 0,
    });
  }
  const moved = electionFrom(w, broker, fact.atUs);
  if (moved === null) {
    const leads = w.controller.image.partitions.find((p) => p !== null && p !== undefined && p.leader === broker);
    if (leads === undefined || leads === null) return null;
    const up = w.nodes[w.brokerNode[broker] as number]?.process === 'up';
    return up
      ? phrase('came-back', { broker, partition: `${leads.topic}-${leads.partitionId}` })
      : phrase('too-early', { broker });
  }
  const registration = w.controller.image.partitions[moved.partition];
  const partition = w.partitions[moved.partition]?.name ?? '';
  if (registration === null || registration === undefined) return null;
  if (w.producers.every((p) => p.settings.acks === -1)) {
    const least = minIsrOf(w, registration);
    return w.ledger.errors.has('NotEnoughReplicasException')
      ? phrase('refused', { minIsr: least })
      : phrase('acks-all', { broker, partition });
  }
  const records = atRiskAt(w, fact.atUs);
  if (records > 0) return phrase('copied-in-time', { records, broker, follower: moved.to });
  return phrase('none-at-risk', { broker, partition });
}

function electionFrom(w: World, broker: number, sinceUs: number): { partition: number; to: number } | null {
  for (let i = 0; i < vectorLength(w.elections); i++) {
    const election = vectorGet(w.elections, i);
    if (election.atUs >= sinceUs && election.from === broker && election.to >= 0) return election;
  }
  return null;
}

/** Records at risk around a moment, from the time strip's buckets. */
function atRiskAt(w: World, atUs: number): number {
  const bucket = Math.floor(atUs / BUCKET_US);
  return bucket < vectorLength(w.riskBuckets) ? vectorGet(w.riskBuckets, bucket) : w.ledger.atRisk;
}
