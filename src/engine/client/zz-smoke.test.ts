import { expect, test } from 'vitest';
import '/work/main/src/engine/fault/producer-send.ts';
import { testWorld, runTo, cluster, lines } from '/work/main/src/engine/client/test-world.ts';
import { makeProducer, startProducer } from '/work/main/src/engine/client/producer.ts';
test('smoke', () => {
  const w = testWorld({ producer: [], workload: { ratePerSecond: 200 } });
  w.producers.push(makeProducer(w, w.scenario.producers[0]!, w.nodeById.get('p1')!));
  startProducer(w, 0);
  runTo(w, 100_000);
  console.log(cluster.metadataRequests, cluster.produced.slice(0,5).map(p => [p.atUs, p.request.partitionData[0]!.records.records.length, p.request.partitionData[0]!.records.baseSequence]), lines(w));
  const t = performance.now();
  runTo(w, 100_000_000);
  console.log(performance.now() - t, w.eventCount, w.producers[0]!.acked, w.queue.length);
});
