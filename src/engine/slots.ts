/**
 * Places for what the first seconds of a shipped scenario do without: filled by late.ts, which the worker loads after the
 * first motion or with the first thing that needs it. Which moments these places may stay empty in is the worker's to keep
 * (worker/engine-worker.ts), and worker/first-load.test.ts plays them.
 */
import { lateModule } from '../base/late-module.ts';

export const lateEdits = lateModule<typeof import('./kernel/history/program-edits.ts')>('program-edits');
export const lateTitles = lateModule<typeof import('./kernel/history/titles.ts')>('titles');
export const lateWatch = lateModule<typeof import('./kernel/history/watch.ts')>('watch');
export const lateReplication =
  lateModule<typeof import('./controller/replication-control-manager.ts')>('replication-control-manager');
export const latePartitionWords = lateModule<typeof import('./controller/partition-words.ts')>('partition-words');
export const lateAppendInfo = lateModule<typeof import('./log/producer-append-info.ts')>('producer-append-info');
export const lateStateEntry = lateModule<typeof import('./log/producer-state-entry.ts')>('producer-state-entry');
export const lateProducers = lateModule<typeof import('./log/producer-state-manager.ts')>('producer-state-manager');
export const lateLife = lateModule<typeof import('./broker/process-life.ts')>('process-life');
export const lateProducerIds = lateModule<typeof import('./broker/producer-id-manager.ts')>('producer-id-manager');
export const lateFacts = lateModule<typeof import('./ledger/fault-facts.ts')>('fault-facts');
export const lateLosses = lateModule<typeof import('./ledger/losses.ts')>('losses');
export const lateInitProducerId = lateModule<typeof import('./client/init-producer-id.ts')>('init-producer-id');
export const lateCompression = lateModule<typeof import('./broker/compression-work.ts')>('compression-work');
export const lateCodecs = lateModule<typeof import('./projection/log-codecs.ts')>('log-codecs');
export const lateTransactions = lateModule<typeof import('./client/transaction-manager.ts')>('transaction-manager');
export const lateFailures = lateModule<typeof import('./client/sender-failures.ts')>('sender-failures');
export const latePacking = lateModule<typeof import('./client/packing.ts')>('packing');
export const lateCooperative = lateModule<typeof import('./client/cooperative.ts')>('cooperative');
export const lateModern = lateModule<typeof import('./coordinator/modern-calls.ts')>('modern-groups');
export const lateStatic = lateModule<typeof import('./coordinator/static-member.ts')>('static-member');
export const lateModernWaiting = lateModule<typeof import('./projection/waiting-modern.ts')>('waiting-modern');
export const lateLeaving = lateModule<typeof import('./client/leave-group.ts')>('leave-group');
export const lateGroupCleanup = lateModule<typeof import('./coordinator/group-cleanup.ts')>('group-cleanup');
export const lateCalls = lateModule<typeof import('./client/application-calls.ts')>('application-calls');
export const lateAsync = lateModule<typeof import('./client/modern/async-consumer.ts')>('async-consumer');
export const lateCleaner = lateModule<typeof import('./broker/log-cleaner.ts')>('log-cleaner');
export const lateShare = lateModule<typeof import('./client/share/share-consumer.ts')>('share-consumer');
export const lateReplay = lateModule<typeof import('./coordinator/replay.ts')>('replay');
export const lateTruncation = lateModule<typeof import('./broker/replica-truncation.ts')>('replica-truncation');
export const lateGroupConfig = lateModule<typeof import('../kafka/config/effective-group.ts')>('effective-group');
export const lateWhen = lateModule<typeof import('./kernel/when.ts')>('when');
