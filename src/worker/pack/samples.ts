/**
 * The samples that ship with the lab. Three are real tables of vega-datasets 3.2.1 (its code is under BSD-3-Clause; the data are those of
 * the United States' government, as its datapackage says of each), loaded only when somebody asks for one.
 */
import { makeStream, nextUint32 } from '../../base/random.ts';
import { sampleOrder } from '../../engine/client/sample-orders.ts';
import type { Bytes } from '../../kafka/records/bytes.ts';
import type { PackSample } from '../../protocol/pack.ts';
import { weblogLines } from './weblog.ts';

export interface Sample {
  readonly values: readonly Bytes[];
  /** Where the data come from. */
  readonly origin: string;
}

const ORDERS = 2000;
const RANDOM_RECORDS = 2000;
const RANDOM_BYTES = 128;
const FLIGHT_FIELDS = 5;

const SAMPLES: Readonly<Record<PackSample, () => Promise<Sample>>> = {
  weblog: async () => ({
    values: weblogLines(),
    origin: 'Kafkascope (generator, seed 42)',
  }),
  orders: async () => ({
    values: Array.from({ length: ORDERS }, (_, k) => sampleOrder(k)),
    origin: 'Kafkascope',
  }),
  flights: async () => ({
    values: (await import('./samples/flights.json')).default.map(flight),
    origin: 'vega-datasets 3.2.1, flights-2k.json: U.S. Bureau of Transportation Statistics',
  }),
  weather: async () => ({
    values: (await import('./samples/weather.json')).default,
    origin: 'vega-datasets 3.2.1, seattle-weather.csv: NOAA National Climatic Data Center',
  }),
  earthquakes: async () => ({
    values: (await import('./samples/earthquakes.json')).default,
    origin: 'vega-datasets 3.2.1, earthquakes.json 1–240: USGS Earthquake Feed',
  }),
  random: async () => ({ values: randomValues(), origin: 'Kafkascope (generator, seed 42)' }),
};

export function sampleOf(name: PackSample): Promise<Sample> {
  return SAMPLES[name]();
}

/** A line of flights-2k.json, byte for byte; kept without its field names, which make most of it. */
function flight(row: string): string {
  const cells = row.split(',');
  if (cells.length !== FLIGHT_FIELDS) throw new Error(`a flight has ${FLIGHT_FIELDS} fields: "${row}"`);
  const [date, delay, distance, origin, destination] = cells;
  return JSON.stringify({ date, delay: Number(delay), distance: Number(distance), origin, destination });
}

function randomValues(): Uint8Array[] {
  const stream = makeStream(42, 'random');
  return Array.from({ length: RANDOM_RECORDS }, () => {
    const value = new Uint8Array(RANDOM_BYTES);
    for (let i = 0; i < RANDOM_BYTES; i++) value[i] = nextUint32(stream) >>> 24;
    return value;
  });
}
