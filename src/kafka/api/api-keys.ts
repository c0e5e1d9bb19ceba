/**
 * Kafka's API keys (org.apache.kafka.common.protocol.ApiKeys and ApiMessageType, 4.3.1): which requests exist, in which
 * versions, and who listens for them. What an older release spoke is in the versions' own tables, not here.
 */

const NONE = null;

/**
 * Key, name, oldest version, latest, latest stable, first flexible version (its request header is v2), listeners (B
 * broker, C controller), and A = only for the cluster itself (CLUSTER_ACTION), F = a broker forwards it to the controller.
 */
const ROWS = [
  [0, 'Produce', 3, 13, 13, 9, 'B', ''],
  [1, 'Fetch', 4, 18, 18, 12, 'BC', ''],
  [2, 'ListOffsets', 1, 11, 11, 6, 'B', ''],
  [3, 'Metadata', 0, 13, 13, 9, 'B', ''],
  [4, 'LeaderAndIsr', NONE, NONE, NONE, NONE, '', 'A'],
  [5, 'StopReplica', NONE, NONE, NONE, NONE, '', 'A'],
  [6, 'UpdateMetadata', NONE, NONE, NONE, NONE, '', 'A'],
  [7, 'ControlledShutdown', NONE, NONE, NONE, NONE, '', 'A'],
  [8, 'OffsetCommit', 2, 10, 10, 8, 'B', ''],
  [9, 'OffsetFetch', 1, 10, 10, 6, 'B', ''],
  [10, 'FindCoordinator', 0, 6, 6, 3, 'B', ''],
  [11, 'JoinGroup', 0, 9, 9, 6, 'B', ''],
  [12, 'Heartbeat', 0, 4, 4, 4, 'B', ''],
  [13, 'LeaveGroup', 0, 5, 5, 4, 'B', ''],
  [14, 'SyncGroup', 0, 5, 5, 4, 'B', ''],
  [15, 'DescribeGroups', 0, 6, 6, 5, 'B', ''],
  [16, 'ListGroups', 0, 5, 5, 3, 'B', ''],
  [17, 'SaslHandshake', 0, 1, 1, NONE, 'BC', ''],
  [18, 'ApiVersions', 0, 4, 4, 3, 'BC', ''],
  [19, 'CreateTopics', 2, 7, 7, 5, 'BC', 'F'],
  [20, 'DeleteTopics', 1, 6, 6, 4, 'BC', 'F'],
  [21, 'DeleteRecords', 0, 2, 2, 2, 'B', ''],
  [22, 'InitProducerId', 0, 6, 5, 2, 'B', ''],
  [23, 'OffsetForLeaderEpoch', 2, 4, 4, 4, 'B', ''],
  [24, 'AddPartitionsToTxn', 0, 5, 5, 3, 'B', ''],
  [25, 'AddOffsetsToTxn', 0, 4, 4, 3, 'B', ''],
  [26, 'EndTxn', 0, 5, 5, 3, 'B', ''],
  [27, 'WriteTxnMarkers', 1, 2, 2, 1, 'B', 'A'],
  [28, 'TxnOffsetCommit', 0, 5, 5, 3, 'B', ''],
  [29, 'DescribeAcls', 1, 3, 3, 2, 'BC', ''],
  [30, 'CreateAcls', 1, 3, 3, 2, 'BC', 'F'],
  [31, 'DeleteAcls', 1, 3, 3, 2, 'BC', 'F'],
  [32, 'DescribeConfigs', 1, 4, 4, 4, 'BC', ''],
  [33, 'AlterConfigs', 0, 2, 2, 2, 'BC', 'F'],
  [34, 'AlterReplicaLogDirs', 1, 2, 2, 2, 'B', ''],
  [35, 'DescribeLogDirs', 1, 5, 5, 2, 'B', ''],
  [36, 'SaslAuthenticate', 0, 2, 2, 2, 'BC', ''],
  [37, 'CreatePartitions', 0, 3, 3, 2, 'BC', 'F'],
  [38, 'CreateDelegationToken', 1, 3, 3, 2, 'BC', 'F'],
  [39, 'RenewDelegationToken', 1, 2, 2, 2, 'BC', 'F'],
  [40, 'ExpireDelegationToken', 1, 2, 2, 2, 'BC', 'F'],
  [41, 'DescribeDelegationToken', 1, 3, 3, 2, 'BC', ''],
  [42, 'DeleteGroups', 0, 2, 2, 2, 'B', ''],
  [43, 'ElectLeaders', 0, 2, 2, 2, 'BC', 'F'],
  [44, 'IncrementalAlterConfigs', 0, 1, 1, 1, 'BC', 'F'],
  [45, 'AlterPartitionReassignments', 0, 1, 1, 0, 'BC', 'F'],
  [46, 'ListPartitionReassignments', 0, 0, 0, 0, 'BC', 'F'],
  [47, 'OffsetDelete', 0, 0, 0, NONE, 'B', ''],
  [48, 'DescribeClientQuotas', 0, 1, 1, 1, 'B', ''],
  [49, 'AlterClientQuotas', 0, 1, 1, 1, 'BC', 'F'],
  [50, 'DescribeUserScramCredentials', 0, 0, 0, 0, 'BC', ''],
  [51, 'AlterUserScramCredentials', 0, 0, 0, 0, 'BC', 'F'],
  [52, 'Vote', 0, 2, 2, 0, 'C', 'A'],
  [53, 'BeginQuorumEpoch', 0, 1, 1, 1, 'C', 'A'],
  [54, 'EndQuorumEpoch', 0, 1, 1, 1, 'C', 'A'],
  [55, 'DescribeQuorum', 0, 2, 2, 0, 'BC', 'AF'],
  [56, 'AlterPartition', 2, 3, 3, 2, 'C', 'A'],
  [57, 'UpdateFeatures', 0, 2, 2, 0, 'BC', 'AF'],
  [58, 'Envelope', 0, 0, 0, 0, 'C', 'A'],
  [59, 'FetchSnapshot', 0, 1, 1, 0, 'C', ''],
  [60, 'DescribeCluster', 0, 2, 2, 0, 'BC', ''],
  [61, 'DescribeProducers', 0, 0, 0, 0, 'B', ''],
  [62, 'BrokerRegistration', 0, 4, 4, 0, 'C', 'A'],
  [63, 'BrokerHeartbeat', 0, 2, 2, 0, 'C', 'A'],
  [64, 'UnregisterBroker', 0, 0, 0, 0, 'BC', 'F'],
  [65, 'DescribeTransactions', 0, 0, 0, 0, 'B', ''],
  [66, 'ListTransactions', 0, 2, 2, 0, 'B', ''],
  [67, 'AllocateProducerIds', 0, 0, 0, 0, 'C', 'AF'],
  [68, 'ConsumerGroupHeartbeat', 0, 1, 1, 0, 'B', ''],
  [69, 'ConsumerGroupDescribe', 0, 1, 1, 0, 'B', ''],
  [70, 'ControllerRegistration', 0, 0, 0, 0, 'C', ''],
  [71, 'GetTelemetrySubscriptions', 0, 0, 0, 0, 'B', ''],
  [72, 'PushTelemetry', 0, 0, 0, 0, 'B', ''],
  [73, 'AssignReplicasToDirs', 0, 0, 0, 0, 'C', ''],
  [74, 'ListConfigResources', 0, 1, 1, 0, 'B', ''],
  [75, 'DescribeTopicPartitions', 0, 0, 0, 0, 'B', ''],
  [76, 'ShareGroupHeartbeat', 1, 1, 1, 1, 'B', ''],
  [77, 'ShareGroupDescribe', 1, 1, 1, 1, 'B', ''],
  [78, 'ShareFetch', 1, 2, 2, 1, 'B', ''],
  [79, 'ShareAcknowledge', 1, 2, 2, 1, 'B', ''],
  [80, 'AddRaftVoter', 0, 1, 1, 0, 'BC', 'F'],
  [81, 'RemoveRaftVoter', 0, 0, 0, 0, 'BC', 'F'],
  [82, 'UpdateRaftVoter', 0, 0, 0, 0, 'C', ''],
  [83, 'InitializeShareGroupState', 0, 0, 0, 0, 'B', 'A'],
  [84, 'ReadShareGroupState', 0, 0, 0, 0, 'B', 'A'],
  [85, 'WriteShareGroupState', 0, 1, 1, 0, 'B', 'A'],
  [86, 'DeleteShareGroupState', 0, 0, 0, 0, 'B', 'A'],
  [87, 'ReadShareGroupStateSummary', 0, 1, 1, 0, 'B', 'A'],
  [88, 'StreamsGroupHeartbeat', 0, 0, 0, 0, 'B', ''],
  [89, 'StreamsGroupDescribe', 0, 0, 0, 0, 'B', ''],
  [90, 'DescribeShareGroupOffsets', 0, 1, 1, 0, 'B', ''],
  [91, 'AlterShareGroupOffsets', 0, 0, 0, 0, 'B', ''],
  [92, 'DeleteShareGroupOffsets', 0, 0, 0, 0, 'B', ''],
] as const;

export type ApiName = (typeof ROWS)[number][1];
export type ApiListener = 'broker' | 'controller';

export interface ApiKey {
  readonly key: number;
  readonly name: ApiName;
  /** The name of Kafka's enum constant, as error messages print it. */
  readonly enumName: string;
  /** The version fields are null for requests that no longer exist (ZooKeeper's time). */
  readonly oldestVersion: number | null;
  /** Including a version that is still unstable. */
  readonly latestVersion: number | null;
  readonly latestStableVersion: number | null;
  readonly firstFlexibleVersion: number | null;
  readonly listeners: readonly ApiListener[];
  readonly clusterAction: boolean;
  readonly forwardable: boolean;
}

export const API_KEYS: readonly ApiKey[] = ROWS.map(
  ([key, name, oldestVersion, latestVersion, latestStableVersion, firstFlexibleVersion, listeners, marks]) => ({
    key,
    name,
    enumName: name.replace(/(?!^)[A-Z]/g, '_$&').toUpperCase(),
    oldestVersion,
    latestVersion,
    latestStableVersion,
    firstFlexibleVersion,
    listeners: [
      ...(listeners.includes('B') ? (['broker'] as const) : []),
      ...(listeners.includes('C') ? (['controller'] as const) : []),
    ],
    clusterAction: marks.includes('A'),
    forwardable: marks.includes('F'),
  }),
);

const byKey = new Map(API_KEYS.map((api) => [api.key, api]));
const byName = new Map<string, ApiKey>(API_KEYS.map((api) => [api.name, api]));

export function findApiKey(keyOrName: number | string): ApiKey | undefined {
  return typeof keyOrName === 'number' ? byKey.get(keyOrName) : byName.get(keyOrName);
}

export function apiKey(name: ApiName): ApiKey {
  const found = byName.get(name);
  if (found === undefined) throw new Error(`Kafka has no API named ${name}`);
  return found;
}

export function isFlexible(api: ApiKey, version: number): boolean {
  return api.firstFlexibleVersion !== null && version >= api.firstFlexibleVersion;
}

export function requestHeaderVersion(api: ApiKey, version: number): number {
  return isFlexible(api, version) ? 2 : 1;
}

/** ApiVersions always answers with header 0: a client reads the answer before it knows what the broker speaks. */
export function responseHeaderVersion(api: ApiKey, version: number): number {
  return api.name !== 'ApiVersions' && isFlexible(api, version) ? 1 : 0;
}
