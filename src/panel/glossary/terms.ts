/** The words that have an entry: in which group, where they can be seen, what goes with them, Kafka's name for them. */
import type { DetailTab } from '../../protocol/frame.ts';
import type { LedgerWhich } from '../../store/model.ts';

/** What to look for on the stage: the first of its kind, and the tab of the inspector that shows the word. */
export interface SeeThing {
  readonly kind:
    | 'broker'
    | 'controller'
    | 'producer'
    | 'reader'
    | 'member'
    | 'group'
    | 'topic'
    | 'partition'
    | 'leader'
    | 'follower';
  readonly tab: DetailTab;
}
export type See = SeeThing | { readonly ledger: LedgerWhich };

export const TERM_GROUPS = [
  'log',
  'replication',
  'cluster',
  'producer',
  'reader',
  'wire',
  'ledger',
  'parameters',
  'page',
] as const;
export type TermGroup = (typeof TERM_GROUPS)[number];

export interface TermEntry {
  readonly id: string;
  readonly group: TermGroup;
  readonly see: See | null;
  readonly related: readonly string[];
  /** Kafka's class, its improvement proposal, or both. */
  readonly kafka: string;
}

/** 'partition state' is a thing and a tab, '#lost' a list of the ledger, '' nothing. */
function seeOf(text: string): See | null {
  if (text === '') return null;
  if (text.startsWith('#')) return { ledger: text.slice(1) as LedgerWhich };
  const [kind, tab] = text.split(' ') as [SeeThing['kind'], DetailTab];
  return { kind, tab };
}

const group =
  (name: TermGroup) =>
  (id: string, see: string, related: string, kafka = ''): TermEntry => ({
    id,
    group: name,
    see: seeOf(see),
    related: related === '' ? [] : related.split(' '),
    kafka,
  });

const log = group('log');
const replication = group('replication');
const cluster = group('cluster');
const producer = group('producer');
const reader = group('reader');
const wire = group('wire');
const ledger = group('ledger');
const parameters = group('parameters');
const page = group('page');

export const TERMS: readonly TermEntry[] = [
  log('record', 'leader log', 'key batch offset', 'ProducerRecord, DefaultRecord'),
  log('key', 'leader log', 'partitioner partition', 'ProducerRecord.key'),
  log('topic', 'topic state', 'partition replication-factor'),
  log('partition', 'partition state', 'topic offset leader', 'Partition'),
  log('offset', 'leader log', 'position leo hw'),
  log('log-start', 'leader state', 'retention offset', 'UnifiedLog.logStartOffset'),
  log('segment', 'leader state', 'retention log-start', 'LogSegment'),
  log('retention', 'topic parameters', 'segment log-start', 'LogManager.cleanupLogs'),
  log('batch', 'leader log', 'linger buffer record', 'DefaultRecordBatch (KIP-98)'),
  log('page-cache', 'broker state', 'recovery-point replica', 'UnifiedLog.flush'),
  log('recovery-point', 'leader state', 'page-cache', 'LogManager, recovery-point-offset-checkpoint'),

  replication('replica', 'leader state', 'leader follower replication-factor', 'Replica'),
  replication('replication-factor', 'topic state', 'min-isr replica'),
  replication('leader', 'leader state', 'follower election epoch', 'Partition.makeLeader'),
  replication('follower', 'follower state', 'fetch leader isr', 'ReplicaFetcherThread'),
  replication('isr', 'partition state', 'hw min-isr elr', 'Partition.maybeShrinkIsr, AlterPartition (KIP-497)'),
  replication('elr', 'partition state', 'isr election unclean', 'PartitionChangeBuilder (KIP-966)'),
  replication('min-isr', 'topic parameters', 'acks isr hw', 'NotEnoughReplicasException'),
  replication('hw', 'partition state', 'leo isr fetch', 'Partition.maybeIncrementLeaderHW'),
  replication('leo', 'leader state', 'hw offset', 'UnifiedLog.logEndOffset'),
  replication('lso', 'leader state', 'hw', 'UnifiedLog.lastStableOffset (KIP-98)'),
  replication('epoch', 'partition state', 'truncation leader', 'LeaderEpochFileCache (KIP-101, KIP-279)'),
  replication('truncation', 'follower log', 'epoch lost', 'UnifiedLog.truncateTo, DivergingEpoch (KIP-595)'),
  replication('election', 'partition state', 'controller isr unclean', 'PartitionChangeBuilder.electLeader'),
  replication('preferred-leader', 'partition state', 'election leader', 'auto.leader.rebalance.enable'),
  replication('unclean', 'topic parameters', 'election lost elr', 'unclean.leader.election.enable'),
  replication('reassignment', 'partition state', 'replica isr', 'AlterPartitionReassignments (KIP-455)'),

  cluster('broker', 'broker state', 'controller leader fenced', 'KafkaServer, BrokerServer'),
  cluster('controller', 'controller state', 'metadata-log session election', 'QuorumController (KIP-500)'),
  cluster('metadata', 'producer state', 'metadata-log leader', 'org.apache.kafka.clients.Metadata'),
  cluster('metadata-log', 'controller state', 'controller metadata', '__cluster_metadata (KIP-500)'),
  cluster('session', 'broker state', 'heartbeat fenced', 'BrokerHeartbeatManager (KIP-631)'),
  cluster('heartbeat', 'broker requests', 'session member-session', 'BrokerLifecycleManager, Heartbeat'),
  cluster('fenced', 'broker state', 'session isr', 'BrokerRegistration.fenced (KIP-631)'),
  cluster('rack', 'broker state', 'replica', 'StripedReplicaPlacer, broker.rack (KIP-36)'),
  cluster('broker-epoch', 'broker state', 'controller session', 'BrokerRegistration (KIP-380)'),

  producer('producer', 'producer state', 'batch acks idempotence', 'KafkaProducer, Sender'),
  producer('acks', 'producer parameters', 'min-isr at-risk acked', 'ProducerConfig.ACKS_CONFIG'),
  producer('linger', 'producer parameters', 'batch buffer', 'RecordAccumulator.ready'),
  producer('buffer', 'producer state', 'batch linger', 'BufferPool'),
  producer('in-flight', 'producer state', 'request retry', 'InFlightRequests'),
  producer('retry', 'producer state', 'idempotence delivery-timeout twice', 'Sender.canRetry'),
  producer('delivery-timeout', 'producer parameters', 'retry request-timeout failed', 'KIP-91'),
  producer('idempotence', 'producer state', 'producer-id sequence twice', 'ProducerStateManager (KIP-98)'),
  producer('producer-id', 'producer state', 'sequence idempotence', 'TransactionManager, InitProducerId'),
  producer('sequence', 'producer state', 'producer-id batch', 'ProducerAppendInfo.checkSequence'),
  producer('partitioner', 'producer parameters', 'key partition', 'BuiltInPartitioner (KIP-480, KIP-794)'),

  reader('consumer', 'reader state', 'poll position group', 'KafkaConsumer'),
  reader('poll', 'reader state', 'poll-interval position', 'KafkaConsumer.poll (KIP-62)'),
  reader('position', 'reader state', 'commit offset-reset lag', 'SubscriptionState'),
  reader('lag', 'reader state', 'behind position', 'records-lag'),
  reader('offset-reset', 'reader parameters', 'commit log-start', 'OffsetResetStrategy, AutoOffsetResetStrategy'),
  reader('group', 'group state', 'member coordinator rebalance', 'GroupCoordinator'),
  reader('member', 'member state', 'group generation member-session', 'ClassicGroupMember'),
  reader('coordinator', 'group state', 'group offsets-topic', 'GroupCoordinatorService, FindCoordinator'),
  reader('generation', 'group state', 'rebalance commit', 'ClassicGroup.generationId'),
  reader('rebalance', 'group state', 'assignor generation initial-delay', 'ConsumerCoordinator (KIP-429, KIP-848)'),
  reader('assignor', 'member parameters', 'rebalance group-leader', 'RangeAssignor'),
  reader('group-leader', 'group state', 'assignor member', 'SyncGroup'),
  reader('commit', 'group state', 'position skipped reprocessed', 'OffsetCommit, OffsetMetadataManager'),
  reader('offsets-topic', 'group state', 'commit coordinator', '__consumer_offsets'),
  reader('member-session', 'member parameters', 'heartbeat rebalance', 'session.timeout.ms (KIP-735)'),
  reader('poll-interval', 'member parameters', 'poll member', 'max.poll.interval.ms (KIP-62)'),
  reader('initial-delay', 'broker parameters', 'rebalance group', 'GroupCoordinator (KIP-134)'),

  wire('request', 'broker requests', 'connection request-timeout', 'RequestChannel, ApiKeys'),
  wire('fetch', 'follower requests', 'long-poll hw follower', 'FetchRequest (KIP-227)'),
  wire('long-poll', 'reader parameters', 'fetch purgatory', 'DelayedFetch'),
  wire('purgatory', 'broker state', 'acks long-poll', 'DelayedOperationPurgatory, DelayedProduce'),
  wire('connection', 'broker state', 'request request-timeout', 'NetworkClient, Selector'),
  wire('request-timeout', 'producer parameters', 'retry delivery-timeout', 'request.timeout.ms'),

  ledger('sent', '#sent', 'acked failed producer'),
  ledger('acked', '#acked', 'acks lost at-risk'),
  ledger('lost', '#lost', 'truncation unclean acks'),
  ledger('at-risk', '#at-risk', 'isr hw session'),
  ledger('delivered', '#delivered', 'behind consumer'),
  ledger('behind', '#behind', 'lag hw'),
  ledger('twice', '#twice', 'idempotence retry'),
  ledger('failed', '#failed', 'delivery-timeout retry min-isr'),
  ledger('skipped', 'group state', 'commit reprocessed'),
  ledger('reprocessed', 'group state', 'commit skipped'),

  parameters('par-Durability', 'producer parameters', 'acks min-isr unclean'),
  parameters('par-Latency', 'producer parameters', 'linger long-poll'),
  parameters('par-Throughput', 'producer parameters', 'batch buffer in-flight'),
  parameters('par-Availability', 'broker parameters', 'session request-timeout delivery-timeout'),
  parameters('par-Replication', 'broker parameters', 'follower isr'),
  parameters('par-Retention', 'topic parameters', 'retention segment'),
  parameters('par-Records', 'topic parameters', 'record batch'),
  parameters('par-Reading', 'reader parameters', 'offset-reset long-poll'),
  parameters('par-Groups', 'member parameters', 'group member-session poll-interval'),
  parameters('par-Transactions', 'producer parameters', 'idempotence lso'),
  parameters('par-Connections', 'producer parameters', 'connection metadata'),

  page('seed', '', 'scenario'),
  page('branch', '', 'scenario seed'),
  page('scenario', '', 'seed branch'),
];

const BY_ID: ReadonlyMap<string, TermEntry> = new Map(TERMS.map((entry) => [entry.id, entry]));

export const termEntry = (id: string): TermEntry | null => BY_ID.get(id) ?? null;
