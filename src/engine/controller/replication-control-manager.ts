/** Partition changes that follow from brokers coming and going (Kafka: ReplicationControlManager). */
import type { World } from '../kernel/world.ts';
import { topicConfig } from '../log/topic-config.ts';
import { isActive } from './active.ts';
import type { ControllerState } from './controller-state.ts';
import type { BrokerRegistration, PartitionRegistration } from './metadata-image.ts';
import type { MetadataRecord } from './metadata-records.ts';
import { buildPartitionChange, type Election, type PartitionChange } from './partition-change-builder.ts';

const NO_BROKER = -1;

/** Rule 3, for the controller (ReplicationControlManager.getTopicEffectiveMinIsr uses the replication factor of partition 0). */
export function effectiveMinIsr(c: ControllerState, topic: string): number {
  const first = c.image.topics.get(topic)?.partitions[0];
  const replicas = first === undefined ? 1 : (c.image.partitions[first]?.replicas.length ?? 1);
  return Math.min(topicConfig(c.image, topic, c.entries).minInsyncReplicas, replicas);
}

export function uncleanElectionEnabled(c: ControllerState, topic: string): boolean {
  return topicConfig(c.image, topic, c.entries).uncleanLeaderElectionEnable;
}

/** One partition's change, with what every occasion shares filled in. */
export function changePartition(
  c: ControllerState,
  p: PartitionRegistration,
  change: Partial<PartitionChange> & { readonly why: string },
): MetadataRecord | null {
  const election: Election = change.election ?? (uncleanElectionEnabled(c, p.topic) ? 'unclean' : 'online');
  return buildPartitionChange(p, {
    targetIsr: p.isr,
    minIsr: effectiveMinIsr(c, p.topic),
    elrEnabled: c.elrEnabled,
    isAcceptableLeader: (r) => isActive(c.image, r),
    ...change,
    election,
  });
}

interface Occasion {
  readonly remove: number;
  readonly add: number;
  readonly uncleanShutdown: number;
  readonly why: string;
}

/** ReplicationControlManager.generateLeaderAndIsrUpdates. */
function leaderAndIsrUpdates(
  w: World,
  occasion: Occasion,
  which: (p: PartitionRegistration) => boolean,
): MetadataRecord[] {
  const c = w.controller;
  const { remove, add, uncleanShutdown, why } = occasion;
  const records: MetadataRecord[] = [];
  for (const p of c.image.partitions) {
    if (p === null || !which(p)) continue;
    const record = changePartition(c, p, {
      targetIsr: p.isr.filter((r) => r !== remove && r !== uncleanShutdown),
      isAcceptableLeader: (r) => r !== remove && r !== uncleanShutdown && (r === add || isActive(c.image, r)),
      ...(uncleanShutdown === NO_BROKER ? {} : { uncleanShutdownReplicas: [uncleanShutdown] }),
      why,
    });
    if (record !== null) records.push(record);
  }
  return records;
}

export function brokerFenced(w: World, brokerId: number, why: 'fenced' | 'shutdown'): MetadataRecord[] {
  const registration = w.controller.image.brokers[brokerId] as BrokerRegistration;
  const records = leaderAndIsrUpdates(w, { remove: brokerId, add: NO_BROKER, uncleanShutdown: NO_BROKER, why }, (p) =>
    p.isr.includes(brokerId),
  );
  records.push({
    type: 'BrokerRegistrationChangeRecord',
    brokerId,
    brokerEpoch: registration.epoch,
    fenced: 1,
    inControlledShutdown: 0,
  });
  return records;
}

export function brokerUnfenced(w: World, brokerId: number, brokerEpoch: number): MetadataRecord[] {
  const change: MetadataRecord = {
    type: 'BrokerRegistrationChangeRecord',
    brokerId,
    brokerEpoch,
    fenced: -1,
    inControlledShutdown: 0,
  };
  return [
    change,
    ...leaderAndIsrUpdates(
      w,
      { remove: NO_BROKER, add: brokerId, uncleanShutdown: NO_BROKER, why: 'unfenced' },
      (p) => p.leader < 0,
    ),
  ];
}

export function brokerInControlledShutdown(w: World, brokerId: number, brokerEpoch: number): MetadataRecord[] {
  const records: MetadataRecord[] = [];
  if (w.controller.image.brokers[brokerId]?.inControlledShutdown !== true) {
    records.push({ type: 'BrokerRegistrationChangeRecord', brokerId, brokerEpoch, fenced: 0, inControlledShutdown: 1 });
  }
  return [
    ...records,
    ...leaderAndIsrUpdates(w, { remove: brokerId, add: NO_BROKER, uncleanShutdown: NO_BROKER, why: 'shutdown' }, (p) =>
      p.isr.includes(brokerId),
    ),
  ];
}

/** Rule 87: a new incarnation registers. With ELR an unclean one leaves ISR and ELR; else the old one leaves as if fenced. */
export function brokerShutDownBefore(w: World, brokerId: number, clean: boolean): MetadataRecord[] {
  if (w.controller.elrEnabled && !clean) {
    const occasion: Occasion = {
      remove: NO_BROKER,
      add: NO_BROKER,
      uncleanShutdown: brokerId,
      why: 'unclean-registration',
    };
    return leaderAndIsrUpdates(w, occasion, (p) => p.isr.includes(brokerId) || p.elr.includes(brokerId));
  }
  return leaderAndIsrUpdates(w, { remove: brokerId, add: NO_BROKER, uncleanShutdown: NO_BROKER, why: 'fenced' }, (p) =>
    p.isr.includes(brokerId),
  );
}

/** Rule 55: unclean elections for leaderless partitions of topics that allow them. */
export function uncleanElections(w: World): MetadataRecord[] {
  const c = w.controller;
  const records: MetadataRecord[] = [];
  for (const p of c.image.partitions) {
    if (p === null || p.leader >= 0 || !uncleanElectionEnabled(c, p.topic)) continue;
    const record = changePartition(c, p, { election: 'unclean', why: 'unclean' });
    if (record !== null) records.push(record);
  }
  return records;
}

/** Rule 59. */
export function preferredElections(w: World): MetadataRecord[] {
  const c = w.controller;
  const records: MetadataRecord[] = [];
  for (const p of c.image.partitions) {
    if (p === null || p.leader === p.replicas[0]) continue;
    const preferred = p.replicas[0] as number;
    if (!p.isr.includes(preferred) || !isActive(c.image, preferred)) continue;
    const record = changePartition(c, p, { election: 'preferred', why: 'preferred' });
    if (record !== null) records.push(record);
  }
  return records;
}
