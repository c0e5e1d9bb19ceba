/** Records of the metadata log, with the names and fields of Kafka's schemas that matter here. */
import type { ConfigResource } from '../../kafka/api/messages.ts';

export type MetadataRecord =
  | { readonly type: 'FeatureLevelRecord'; readonly name: string; readonly featureLevel: number }
  | {
      readonly type: 'RegisterBrokerRecord';
      readonly brokerId: number;
      readonly incarnationId: number;
      readonly brokerEpoch: number;
      readonly rack: string | null;
      readonly fenced: boolean;
      readonly inControlledShutdown: boolean;
    }
  | {
      readonly type: 'BrokerRegistrationChangeRecord';
      readonly brokerId: number;
      readonly brokerEpoch: number;
      /** 1 fence, -1 unfence, 0 no change. */
      readonly fenced: -1 | 0 | 1;
      readonly inControlledShutdown: 0 | 1;
    }
  | { readonly type: 'TopicRecord'; readonly name: string; readonly topicId: number }
  | { readonly type: 'RemoveTopicRecord'; readonly topicId: number; readonly name: string }
  | {
      readonly type: 'PartitionRecord';
      readonly partition: number;
      readonly topicId: number;
      readonly topic: string;
      readonly partitionId: number;
      readonly replicas: readonly number[];
      readonly isr: readonly number[];
      readonly leader: number;
    }
  | {
      readonly type: 'PartitionChangeRecord';
      readonly partition: number;
      readonly topicId: number;
      readonly partitionId: number;
      readonly isr: readonly number[] | null;
      /** null: no leader change (-2 on Kafka's wire); -1: no leader. */
      readonly leader: number | null;
      readonly replicas: readonly number[] | null;
      readonly removingReplicas: readonly number[] | null;
      readonly addingReplicas: readonly number[] | null;
      readonly leaderRecoveryState: 0 | 1 | null;
      readonly eligibleLeaderReplicas: readonly number[] | null;
      readonly lastKnownElr: readonly number[] | null;
      /** Beside Kafka's fields: why, for the words of the page. */
      readonly why: string;
    }
  | {
      readonly type: 'ConfigRecord';
      readonly resourceType: ConfigResource;
      readonly resourceName: string;
      readonly name: string;
      readonly value: string | null;
    }
  | { readonly type: 'ClearElrRecord'; readonly topicName: string | null }
  | {
      readonly type: 'ProducerIdsRecord';
      readonly brokerId: number;
      readonly brokerEpoch: number;
      readonly nextProducerId: number;
    };

export interface MetadataEntry {
  readonly offset: number;
  readonly atUs: number;
  readonly record: MetadataRecord;
}
