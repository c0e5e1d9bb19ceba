/** Fills the places of slots.ts, and brings the handlers that the first seconds do without. */
import { fillLate } from '../base/late-module.ts';
import '../kafka/api/api-names-rest.ts';
import '../kafka/assignor/load.ts';
import * as effectiveGroup from '../kafka/config/effective-group.ts';
import '../kafka/config/full-readers.ts';
import './broker/api/13-leave-group.ts';
import './broker/api/22-init-producer-id.ts';
import './broker/api/23-offset-for-leader-epoch.ts';
import './controller/api/56-alter-partition.ts';
import './controller/api/62-broker-registration.ts';
import './controller/api/67-allocate-producer-ids.ts';
import * as compressionWork from './broker/compression-work.ts';
import * as logCleaner from './broker/log-cleaner.ts';
import * as processLife from './broker/process-life.ts';
import * as producerIdManager from './broker/producer-id-manager.ts';
import * as replicaTruncation from './broker/replica-truncation.ts';
import * as applicationCalls from './client/application-calls.ts';
import * as cooperative from './client/cooperative.ts';
import * as initProducerId from './client/init-producer-id.ts';
import * as leaveGroup from './client/leave-group.ts';
import * as packing from './client/packing.ts';
import * as senderFailures from './client/sender-failures.ts';
import * as transactionManager from './client/transaction-manager.ts';
import * as partitionWords from './controller/partition-words.ts';
import * as replicationControlManager from './controller/replication-control-manager.ts';
import './client/modern/index.ts';
import './coordinator/modern/index.ts';
import * as groupCleanup from './coordinator/group-cleanup.ts';
import * as modernCalls from './coordinator/modern-calls.ts';
import * as replay from './coordinator/replay.ts';
import * as staticMember from './coordinator/static-member.ts';
import * as programEdits from './kernel/history/program-edits.ts';
import * as titles from './kernel/history/titles.ts';
import * as watch from './kernel/history/watch.ts';
import * as when from './kernel/when.ts';
import * as faultFacts from './ledger/fault-facts.ts';
import * as losses from './ledger/losses.ts';
import * as producerAppendInfo from './log/producer-append-info.ts';
import * as producerStateEntry from './log/producer-state-entry.ts';
import * as producerStateManager from './log/producer-state-manager.ts';
import { lateWaiting } from './projection/late-waiting.ts';
import * as logCodecs from './projection/log-codecs.ts';
import { waitingOnClients } from './projection/waiting-clients.ts';
import { waitingOnCluster } from './projection/waiting-cluster.ts';
import * as waitingModern from './projection/waiting-modern.ts';
import {
  lateAppendInfo,
  lateCalls,
  lateCleaner,
  lateCodecs,
  lateCompression,
  lateCooperative,
  lateEdits,
  lateFacts,
  lateFailures,
  lateGroupCleanup,
  lateGroupConfig,
  lateInitProducerId,
  lateLeaving,
  lateLife,
  lateLosses,
  lateModern,
  lateModernWaiting,
  latePacking,
  latePartitionWords,
  lateProducerIds,
  lateProducers,
  lateReplay,
  lateReplication,
  lateStateEntry,
  lateStatic,
  lateTitles,
  lateTransactions,
  lateTruncation,
  lateWatch,
  lateWhen,
} from './slots.ts';

fillLate(lateEdits, programEdits);
fillLate(lateTitles, titles);
fillLate(lateWatch, watch);
fillLate(lateReplication, replicationControlManager);
fillLate(latePartitionWords, partitionWords);
fillLate(lateAppendInfo, producerAppendInfo);
fillLate(lateStateEntry, producerStateEntry);
fillLate(lateProducers, producerStateManager);
fillLate(lateLife, processLife);
fillLate(lateProducerIds, producerIdManager);
fillLate(lateFacts, faultFacts);
fillLate(lateLosses, losses);
fillLate(lateInitProducerId, initProducerId);
fillLate(lateTransactions, transactionManager);
Object.assign(lateWaiting, { onCluster: waitingOnCluster, onClients: waitingOnClients });
fillLate(lateFailures, senderFailures);
fillLate(latePacking, packing);
fillLate(lateCooperative, cooperative);
fillLate(lateModern, modernCalls);
fillLate(lateStatic, staticMember);
fillLate(lateModernWaiting, waitingModern);
fillLate(lateLeaving, leaveGroup);
fillLate(lateGroupCleanup, groupCleanup);
fillLate(lateCalls, applicationCalls);
fillLate(lateReplay, replay);
fillLate(lateCleaner, logCleaner);
fillLate(lateCompression, compressionWork);
fillLate(lateCodecs, logCodecs);
fillLate(lateTruncation, replicaTruncation);
fillLate(lateGroupConfig, effectiveGroup);
fillLate(lateWhen, when);
