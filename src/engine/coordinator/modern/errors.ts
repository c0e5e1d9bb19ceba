/** A request that a group's coordinator refuses: thrown where it is found out, answered at once (Kafka: ApiException). */
import { errorCode } from '../../../kafka/api/errors.ts';

export class GroupError extends Error {
  override readonly name = 'GroupError';
  readonly code: number;

  constructor(error: Parameters<typeof errorCode>[0], message: string) {
    super(message);
    this.code = errorCode(error);
  }
}
