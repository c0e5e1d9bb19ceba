/** Importing this makes every parameter of Kafka known by name, not only those of the registry. */
import { readKnownKeys } from './known-keys.ts';
import { addKnownKeys } from './registry.ts';

addKnownKeys(readKnownKeys);
