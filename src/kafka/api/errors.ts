/** All of Kafka's errors (see errors-core.ts). Modules of the first load import that file; everything else this one. */
import './errors-rest.ts';
import { error, errorForCode, type KafkaError } from './errors-core.ts';

export { type ErrorName, error, errorCode, errorForCode, type KafkaError } from './errors-core.ts';

const LAST = error('SHARE_SESSION_LIMIT_REACHED').code;

/** In the order of their codes; the first is -1. */
export const ERRORS: readonly KafkaError[] = Array.from({ length: LAST + 2 }, (_, i) => errorForCode(i - 1));

/**
 * The error for a Java exception's simple name (Errors.forException). InvalidTopicException and the like stand for one
 * code each, so the first code in the table is the only one.
 */
export function errorForException(exception: string): KafkaError {
  return ERRORS.find((candidate) => candidate.exception === exception) ?? error('UNKNOWN_SERVER_ERROR');
}
