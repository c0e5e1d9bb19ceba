/** What a change of a partition means: elections, the in-sync set, who is eligible. Observers only. */
import { vectorPush } from '../../base/vector.ts';
import type { ThingId } from '../../protocol/frame.ts';
import { tell } from '../kernel/schedule.ts';
import type { World } from '../kernel/world.ts';
import { ledgerElected, ledgerIsr } from '../ledger/fault-facts.ts';
import { topicConfig } from '../log/topic-config.ts';
import { tellInternal, tellInternalIsr } from './internal-words.ts';
import type { PartitionRegistration } from './metadata-image.ts';
import { brokerThing } from './metadata-words.ts';

/** As the controller counts it: never more than there are replicas (PartitionRegistration.effectiveMinIsr). */
function effectiveMinIsr(w: World, p: PartitionRegistration): number {
  return Math.min(topicConfig(w.controller.image, p.topic, w.controller.entries).minInsyncReplicas, p.replicas.length);
}

function list(ids: readonly number[]): string {
  return [...ids].sort((a, b) => a - b).join(', ');
}

/** Which text of `log.elected.*` explains this election. */
function electionReason(old: PartitionRegistration, now: PartitionRegistration, why: string): string {
  const fromElr = old.elr.includes(now.leader) && !old.isr.includes(now.leader);
  if (now.leaderRecoveryState === 1 && old.leaderRecoveryState === 0)
    return old.lastKnownElr.includes(now.leader) && old.elr.length === 0 ? 'last-known' : 'unclean';
  if (fromElr) return 'elr';
  if (why === 'shutdown' || why === 'unfenced' || why === 'preferred' || why === 'asked' || why === 'reassigned')
    return why;
  return 'fenced';
}

export function tellPartition(w: World, old: PartitionRegistration, now: PartitionRegistration, why: string): void {
  const name = `${now.topic}-${now.partitionId}`;
  const partition: ThingId = `partition:${name}`;
  const unclean = now.leaderRecoveryState === 1 && old.leaderRecoveryState === 0;
  const internal = now.topic.startsWith('__');
  if (now.leader !== old.leader) {
    vectorPush(
      w.elections,
      { atUs: w.nowUs, partition: now.partition, from: old.leader, to: now.leader, unclean },
      w.gen,
    );
    if (internal) {
      const params = { topic: now.topic, broker: now.leader >= 0 ? now.leader : old.leader };
      tellInternal(w, now.leader >= 0 ? 'elected' : 'leaderless', params);
    } else if (now.leader >= 0) {
      const reason = electionReason(old, now, why);
      const params = { broker: now.leader, partition: name, epoch: now.leaderEpoch, from: old.leader };
      tell(
        w,
        `log.elected.${reason}`,
        params,
        [brokerThing(now.leader), partition],
        unclean ? 'harm' : 'good',
        'elections',
      );
    } else {
      const reason =
        why === 'shutdown' ? 'shutdown' : why === 'unclean-registration' ? 'unclean-registration' : 'fenced';
      tell(
        w,
        `log.leaderless.${reason}`,
        { partition: name, from: old.leader },
        [partition, brokerThing(old.leader)],
        'harm',
        'elections',
      );
    }
    ledgerElected(w, now.partition, old.leader, now.leader, unclean, why);
  }
  const isrChanged = old.isr.length !== now.isr.length || old.isr.some((b) => !now.isr.includes(b));
  if (isrChanged) {
    const isr = [...now.isr].sort((a, b) => a - b);
    vectorPush(w.isrChanges, { atUs: w.nowUs, partition: now.partition, isr, why }, w.gen);
    if (internal) tellInternalIsr(w, old, now);
    else tellIsr(w, old, now, why, name, partition);
    ledgerIsr(w, now.partition, now.isr.length === now.replicas.length && now.leader >= 0);
  }
  if (!internal && now.elr.join() !== old.elr.join()) {
    if (now.elr.length > 0)
      tell(
        w,
        'log.elr.changed',
        { partition: name, elr: list(now.elr), minIsr: effectiveMinIsr(w, now) },
        [partition],
        'risk',
        'isr',
      );
    else if (now.leader >= 0) tell(w, 'log.elr.cleared', { partition: name }, [partition]);
  }
}

function tellIsr(
  w: World,
  old: PartitionRegistration,
  now: PartitionRegistration,
  why: string,
  name: string,
  partition: ThingId,
): void {
  const left = old.isr.filter((b) => !now.isr.includes(b));
  const joined = now.isr.filter((b) => !old.isr.includes(b));
  const isr = list(now.isr);
  for (const broker of left) {
    const about = [partition, brokerThing(broker)];
    if (now.isr.length === 0) tell(w, 'log.isr.empty', { partition: name, broker }, about, 'harm', 'isr');
    else if (why === 'lag')
      tell(
        w,
        'log.isr.shrunk.lag',
        { partition: name, broker, isr, behindUs: w.controller.settings.replicaLagTimeMaxMs * 1000 },
        about,
        'risk',
        'isr',
      );
    else if (why === 'shutdown')
      tell(w, 'log.isr.shrunk.shutdown', { partition: name, broker, isr }, about, 'risk', 'isr');
    else if (why === 'unclean-registration')
      tell(w, 'log.isr.shrunk.unclean-registration', { partition: name, broker, isr }, about, 'risk', 'isr');
    else if (now.leader >= 0 && !old.isr.includes(now.leader))
      tell(w, 'log.isr.shrunk.elected', { partition: name, isr }, about, 'risk', 'isr');
    else tell(w, 'log.isr.shrunk.fenced', { partition: name, broker, isr }, about, 'risk', 'isr');
  }
  for (const broker of joined) {
    tell(w, 'log.isr.grew', { partition: name, broker, isr }, [partition, brokerThing(broker)], 'good', 'isr');
  }
}
