import { type BrokerKill, brokerKill } from './broker-kill.ts';
import { type BrokerPause, brokerPause } from './broker-pause.ts';
import { type BrokerResume, brokerResume } from './broker-resume.ts';
import { type BrokerStart, brokerStart } from './broker-start.ts';
import { type BrokerStop, brokerStop } from './broker-stop.ts';
import { type ConfigSet, configSet } from './config-set.ts';
import { type ConsumerCommit, consumerCommit } from './consumer-commit.ts';
import { type ConsumerCrash, consumerCrash } from './consumer-crash.ts';
import { type ConsumerJoin, consumerJoin } from './consumer-join.ts';
import { type ConsumerLeave, consumerLeave } from './consumer-leave.ts';
import { type ConsumerPause, consumerPause } from './consumer-pause.ts';
import { type ConsumerResume, consumerResume } from './consumer-resume.ts';
import { type ConsumerSeek, consumerSeek } from './consumer-seek.ts';
import { type ConsumerSubscribe, consumerSubscribe } from './consumer-subscribe.ts';
import { type DiskFail, diskFail } from './disk-fail.ts';
import { type DiskFill, diskFill } from './disk-fill.ts';
import { type DiskWipe, diskWipe } from './disk-wipe.ts';
import { type HostPowerLoss, hostPowerLoss } from './host-power-loss.ts';
import { type LeaderElect, leaderElect } from './leader-elect.ts';
import { type NetworkCut, networkCut } from './network-cut.ts';
import { type NetworkHeal, networkHeal } from './network-heal.ts';
import { type NetworkSet, networkSet } from './network-set.ts';
import { type PartitionReassign, partitionReassign } from './partition-reassign.ts';
import { type ProducerAbort, producerAbort } from './producer-abort.ts';
import { type ProducerBegin, producerBegin } from './producer-begin.ts';
import { type ProducerCommit, producerCommit } from './producer-commit.ts';
import { type ProducerCrash, producerCrash } from './producer-crash.ts';
import { type ProducerFlush, producerFlush } from './producer-flush.ts';
import { type ProducerInit, producerInit } from './producer-init.ts';
import { type ProducerSend, producerSend } from './producer-send.ts';
import { type ProducerStart, producerStart } from './producer-start.ts';
import { type ProducerStop, producerStop } from './producer-stop.ts';
import type { VerbSpec } from './spec.ts';
import { type TopicAddPartitions, topicAddPartitions } from './topic-add-partitions.ts';
import { type TopicCreate, topicCreate } from './topic-create.ts';
import { type TopicDelete, topicDelete } from './topic-delete.ts';
import { type TopicDeleteRecords, topicDeleteRecords } from './topic-delete-records.ts';

export type { AppliesTo, ArgSpec, ArgType, Harm, VerbSpec } from './spec.ts';

/** Every verb, in the order of CONTRACT's table, which is the order of menus and help. */
export const VERBS = [
  brokerKill,
  brokerStart,
  brokerStop,
  brokerPause,
  brokerResume,
  hostPowerLoss,
  diskFill,
  diskFail,
  diskWipe,
  networkCut,
  networkHeal,
  networkSet,
  producerStart,
  producerStop,
  producerCrash,
  producerInit,
  producerBegin,
  producerCommit,
  producerAbort,
  producerFlush,
  producerSend,
  consumerJoin,
  consumerLeave,
  consumerCrash,
  consumerPause,
  consumerResume,
  consumerSeek,
  consumerCommit,
  consumerSubscribe,
  topicCreate,
  topicDelete,
  topicAddPartitions,
  topicDeleteRecords,
  partitionReassign,
  leaderElect,
  configSet,
] as const satisfies readonly VerbSpec[];

/**
 * A command as the engine takes it: every argument is there (null where nothing was said), names are those of the file.
 */
export type Command =
  | BrokerKill
  | BrokerStart
  | BrokerStop
  | BrokerPause
  | BrokerResume
  | HostPowerLoss
  | DiskFill
  | DiskFail
  | DiskWipe
  | NetworkCut
  | NetworkHeal
  | NetworkSet
  | ProducerStart
  | ProducerStop
  | ProducerCrash
  | ProducerInit
  | ProducerBegin
  | ProducerCommit
  | ProducerAbort
  | ProducerFlush
  | ProducerSend
  | ConsumerJoin
  | ConsumerLeave
  | ConsumerCrash
  | ConsumerPause
  | ConsumerResume
  | ConsumerSeek
  | ConsumerCommit
  | ConsumerSubscribe
  | TopicCreate
  | TopicDelete
  | TopicAddPartitions
  | TopicDeleteRecords
  | PartitionReassign
  | LeaderElect
  | ConfigSet;

export type Verb = (typeof VERBS)[number]['verb'];
/** The command of one verb, e.g. `CommandOf<'broker.kill'>`. */
export type CommandOf<V extends Verb> = Extract<Command, { do: V }>;

const SPEC_BY_VERB: ReadonlyMap<string, VerbSpec> = new Map(VERBS.map((spec) => [spec.verb, spec]));

/** The spec of a verb's name, undefined for a name that is no verb. */
export function findVerb(name: string): VerbSpec | undefined {
  return SPEC_BY_VERB.get(name);
}
