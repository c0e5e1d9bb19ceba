import { describe, expect, it } from 'vitest';
import { validateScenario } from '../parse-scenario.ts';
import { serializeScenario } from '../serialize-scenario.ts';

function read(consumer: object) {
  const topics = [{ name: 'orders', partitions: 2 }];
  const consumers = [{ id: 's1', config: { 'group.id': 'g' }, subscribe: ['orders'], share: true, ...consumer }];
  return validateScenario({ kafkascope: 1, topics, consumers }, 'x.json');
}

function problems(consumer: object): string[] {
  const result = read(consumer);
  return result.ok ? [] : result.problems.map((p) => p.code);
}

function configOf(consumer: object) {
  const result = read(consumer);
  return result.ok ? Object.fromEntries(result.resolved.consumers[0]?.config ?? []) : null;
}

describe('share consumers in a scenario', () => {
  it('acknowledge implicitly unless the file says how they treat records or commits', () => {
    expect(configOf({})).toEqual({ 'group.id': 'g' });
    expect(configOf({ commit: 'sync' })).toMatchObject({ 'share.acknowledgement.mode': 'explicit' });
    expect(configOf({ acknowledge: { releaseEvery: 10 } })).toMatchObject({ 'share.acknowledgement.mode': 'explicit' });
    const implicit = { 'group.id': 'g', 'share.acknowledgement.mode': 'implicit' };
    expect(configOf({ commit: 'async', config: implicit })).toEqual(implicit);
  });

  it('say what they release and reject', () => {
    const result = read({ acknowledge: { release: [3], releaseAlways: [14], rejectEvery: 7 } });
    expect(result.ok && result.resolved.consumers[0]?.acknowledge).toEqual({
      releaseEvery: null,
      rejectEvery: 7,
      release: [3],
      releaseAlways: [14],
      reject: [],
    });
    expect(problems({ acknowledge: { releaseEvery: 0 } })).toHaveLength(1);
    expect(problems({ acknowledge: { refuse: [1] } })).toHaveLength(1);
  });

  it('refuse what Kafka refuses, or what nothing would act on', () => {
    const key = (name: string, value: string) => ({ config: { 'group.id': 'g', [name]: value } });
    expect(problems(key('auto.offset.reset', 'earliest'))[0]).toMatch(/share-config/);
    expect(problems(key('enable.auto.commit', 'true'))[0]).toMatch(/share-config/);
    expect(problems(key('share.acquire.mode', 'all'))[0]).toMatch(/refused/);
    const implicit = key('share.acknowledgement.mode', 'implicit');
    expect(problems({ ...implicit, acknowledge: { reject: [1] } })[0]).toMatch(/share-implicit/);
    expect(problems({ share: false, acknowledge: { reject: [1] } })[0]).toMatch(/acknowledge-without-share/);
    expect(problems({ subscribe: undefined, subscribePattern: 'o.*' }).join()).toMatch(/share-pattern/);
  });

  it('are written out as they were read', () => {
    const acknowledge = { release: [3], reject: [7] };
    const text = serializeScenario({
      kafkascope: 1,
      topics: [{ name: 'orders' }],
      consumers: [{ id: 's1', config: { 'group.id': 'g' }, subscribe: ['orders'], share: true, acknowledge }],
    });
    expect(JSON.parse(text).consumers[0].acknowledge).toEqual(acknowledge);
  });
});
