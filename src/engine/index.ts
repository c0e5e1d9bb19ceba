/** The engine: importing it registers every handler. */
import './broker/api/00-produce.ts';
import './broker/api/01-fetch.ts';
import './broker/api/02-list-offsets.ts';
import './broker/api/03-metadata.ts';
import './broker/api/21-delete-records.ts';
import './broker/api/22-init-producer-id.ts';
import './broker/api/23-offset-for-leader-epoch.ts';
import './controller/api/01-fetch.ts';
import './controller/api/19-create-topics.ts';
import './controller/api/20-delete-topics.ts';
import './controller/api/37-create-partitions.ts';
import './controller/api/43-elect-leaders.ts';
import './controller/api/44-incremental-alter-configs.ts';
import './controller/api/45-alter-partition-reassignments.ts';
import './controller/api/56-alter-partition.ts';
import './controller/api/62-broker-registration.ts';
import './controller/api/63-broker-heartbeat.ts';
import './controller/api/67-allocate-producer-ids.ts';
import './kernel/when.ts';
import './fault/index.ts';

export { forkWorld } from './kernel/fork.ts';
export { historyHash } from './kernel/hash.ts';
export { makeWorld, NO_BUGS } from './kernel/make-world.ts';
export { advance, step } from './kernel/run.ts';
export type { World } from './kernel/world.ts';
