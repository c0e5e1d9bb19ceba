import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkVectorFile } from '../../cli/check-vectors.ts';
import { javaRandom, nextIntBelow } from '../hash/java-random.ts';
import vectors from '../vectors/replica-placement.json?raw';
import { placeReplicas, type UsableBroker } from './replica-placer.ts';

// The same cases in every run: a failure can be repeated.
fc.configureGlobal({ seed: 20 });

test('golden vectors: replica-placement', () => {
  const report = checkVectorFile(JSON.parse(vectors), 'replica-placement.json');
  expect(report).toEqual({ passed: 40, failed: 0, misses: [] });
});

const brokersArbitrary = fc
  .array(fc.record({ rack: fc.option(fc.constantFrom('a', 'b', 'c')), fenced: fc.boolean() }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((list): UsableBroker[] => list.map((broker, id) => ({ id, ...broker })));

test('each partition has different brokers, an unfenced leader, and rack after rack', () => {
  fc.assert(
    fc.property(brokersArbitrary, fc.integer(), fc.integer({ min: 1, max: 8 }), (brokers, seed, factor) => {
      fc.pre(factor <= brokers.length && brokers.some((broker) => !broker.fenced));
      const random = javaRandom(seed);
      const partitions = placeReplicas(brokers, 20, factor, (bound) => nextIntBelow(random, bound));
      expect(partitions).toHaveLength(20);
      const rackCount = new Set(brokers.map((broker) => broker.rack)).size;
      for (const replicas of partitions) {
        expect(new Set(replicas).size).toBe(factor);
        expect(brokers[replicas[0]].fenced).toBe(false);
        expect(new Set(replicas.map((id) => brokers[id].rack)).size).toBe(Math.min(factor, rackCount));
      }
    }),
  );
});

test('what cannot be placed is refused with its reason', () => {
  const brokers = [{ id: 1, rack: null, fenced: false }];
  const place = (list: UsableBroker[], factor: number) => () => placeReplicas(list, 1, factor, () => 0);
  expect(place(brokers, 0)).toThrow('not positive');
  expect(place(brokers, 2)).toThrow('1 broker(s) are registered');
  expect(place([{ id: 1, rack: 'a', fenced: true }], 1)).toThrow('every broker is fenced');
});
