/** Which versions meet in the lab's last section, and how a link says it: `meet=0.10.2~2.8~0.10.2~gzip`. */
import { COMPRESSION_TYPES, type CompressionType } from '../kafka/records/codec.ts';
import { KAFKA_RELEASES } from '../kafka/records/convert/kafka-versions.ts';

export interface PackMeet {
  readonly producer: string;
  readonly broker: string;
  readonly consumer: string;
  readonly codec: CompressionType;
}

/** An old client meets a new broker: the broker converts both ways. */
export const FIRST_MEET: PackMeet = { producer: '0.10.2', broker: '2.8', consumer: '0.10.2', codec: 'gzip' };

export const RELEASES: readonly string[] = KAFKA_RELEASES.map(({ version }) => version);

export const meetText = ({ producer, broker, consumer, codec }: PackMeet): string =>
  [producer, broker, consumer, codec].join('~');

export function readMeet(text: string | null): PackMeet {
  const [producer = '', broker = '', consumer = '', name] = (text ?? '').split('~');
  const codec = COMPRESSION_TYPES.find((type) => type === name);
  const known = [producer, broker, consumer].every((version) => RELEASES.includes(version));
  return known && codec !== undefined ? { producer, broker, consumer, codec } : FIRST_MEET;
}
