/** The names of Kafka's requests by API key: those that the first picture needs of api-keys.ts; `api-names-rest.ts` adds the others. */
const EARLY =
  'Produce Fetch ListOffsets Metadata LeaderAndIsr StopReplica UpdateMetadata ControlledShutdown OffsetCommit OffsetFetch FindCoordinator JoinGroup Heartbeat LeaveGroup SyncGroup DescribeGroups ListGroups SaslHandshake ApiVersions CreateTopics DeleteTopics DeleteRecords InitProducerId OffsetForLeaderEpoch';

/** By key; a key that has no name here yet is a hole. */
export const API_NAMES: string[] = EARLY.split(' ');
API_NAMES[56] = 'AlterPartition';
API_NAMES[62] = 'BrokerRegistration';
API_NAMES[63] = 'BrokerHeartbeat';
API_NAMES[67] = 'AllocateProducerIds';
