/** Importing this makes every parameter of Kafka known by name, not only those of the registry, and the rules between them. */
import { checkBroker } from './cross-broker.ts';
import { addCrossChecks } from './cross-checks.ts';
import { checkRemoteStorage } from './cross-topic.ts';
import { readKnownKeys } from './known-keys.ts';
import { addKnownKeys } from './registry.ts';

addKnownKeys(readKnownKeys);
addCrossChecks('broker', checkBroker);
addCrossChecks('topic', checkRemoteStorage);
