/** What producers and consumers have compressed and unpacked, as lines of the inspector's State tab. */
import type { Detail } from '../../protocol/frame.ts';
import type { ConsumerState } from '../client/consumer-state.ts';
import type { CodecWork } from '../client/pack-state.ts';
import type { ProducerState } from '../client/producer-state.ts';
import type { World } from '../kernel/world.ts';

type Row = Detail['state'][number];

const label = (key: string): string => `compression.client.${key}`;

function workRows(w: World, what: 'packed' | 'unpacked', work: CodecWork, busyUntilUs: number): Row[] {
  const { us, batches, plainBytes: plain, packedBytes: packed } = work;
  const ratio = (plain / packed).toFixed(1);
  const rows: Row[] = [
    { label: label(what), value: { key: label('times'), params: { ratio, plain, packed, batches } } },
    { label: label('time'), value: { key: 'value.us', params: { us } } },
  ];
  if (busyUntilUs > w.nowUs)
    rows.push({ label: label('now'), value: { key: label('until'), params: { atUs: busyUntilUs } } });
  return rows;
}

/** Nothing before its first compressed batch. */
export function producerCompression(w: World, p: ProducerState): Row[] {
  const { packing } = p;
  if (packing === null || packing.work.batches === 0) return [];
  const rows = workRows(w, 'packed', packing.work, packing.busyUntilUs);
  const topics = [...packing.ratios].map(([topic, ratio]) => `${topic}: ${(ratio * 100).toFixed(1)} %`).join(', ');
  if (topics !== '') rows.push({ label: label('expected'), value: { key: label('expects'), params: { topics } } });
  if (packing.splits > 0) rows.push({ label: label('splits'), value: packing.splits });
  return rows;
}

export function consumerCompression(w: World, { unpacking }: ConsumerState): Row[] {
  return unpacking === null ? [] : workRows(w, 'unpacked', unpacking.work, unpacking.busyUntilUs);
}
