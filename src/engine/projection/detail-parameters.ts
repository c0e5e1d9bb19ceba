/** The Parameters tab: what is set, what acts, and what changed it. */

import { topicValueSource } from '../../kafka/config/effective-topic.ts';
import { configEntries } from '../../kafka/config/registry.ts';
import type { ConfigEntries } from '../../kafka/config/types.ts';
import type { ParameterValue, Phrase, ThingId } from '../../protocol/frame.ts';
import { configOf } from '../controller/metadata-image.ts';
import type { World } from '../kernel/world.ts';

const phrase = (key: string, params: Phrase['params'] = {}): Phrase => ({ key, params });

export function parameterRows(w: World, thing: ThingId): ParameterValue[] {
  const kind = thing.slice(0, thing.indexOf(':'));
  const name = thing.slice(thing.indexOf(':') + 1);
  switch (kind) {
    case 'producer': {
      const producer = w.producers.find((p) => p.id === name);
      return producer === undefined ? [] : clientRows('producer', producer.config, producerNotes(w, name));
    }
    case 'consumer':
      return clientRows('consumer', consumerEntries(w, name), new Map());
    case 'topic':
      return topicRows(w, name);
    case 'partition':
      return topicRows(w, w.partitions[w.partitionByName.get(name) ?? -1]?.topic ?? '');
    case 'replica': {
      const partition = w.partitionByName.get(name.slice(0, name.lastIndexOf('@')));
      return topicRows(w, w.partitions[partition ?? -1]?.topic ?? '');
    }
    case 'broker':
      return brokerRows(w, Number(name));
    default:
      return [];
  }
}

function consumerEntries(w: World, id: string): ConfigEntries {
  return w.consumers.find((c) => c.id === id)?.config ?? [];
}

type Notes = ReadonlyMap<string, { readonly effective: string; readonly note: Phrase | null }>;

function clientRows(scope: 'producer' | 'consumer', entries: ConfigEntries, notes: Notes): ParameterValue[] {
  const set = new Map(entries);
  return configEntries(scope)
    .filter((entry) => entry.acts === true)
    .map(({ key, default: usual }) => {
      const own = set.get(key) ?? null;
      const noted = notes.get(key);
      return { key, set: own, effective: noted?.effective ?? own ?? usual ?? '', note: noted?.note ?? null };
    });
}

/** What a producer changes by itself: idempotence follows acks, and delivery.timeout.ms its parts. */
function producerNotes(w: World, id: string): Notes {
  const notes = new Map<string, { effective: string; note: Phrase | null }>();
  const producer = w.producers.find((p) => p.id === id);
  if (producer === undefined) return notes;
  const set = new Map(producer.config);
  const { settings } = producer;
  if (!set.has('enable.idempotence')) {
    const note = settings.enableIdempotence
      ? phrase('note.idempotence-on')
      : settings.acks !== -1
        ? phrase('note.idempotence-off', { value: set.get('acks') ?? String(settings.acks) })
        : null;
    notes.set('enable.idempotence', { effective: String(settings.enableIdempotence), note });
  }
  if (!set.has('delivery.timeout.ms'))
    notes.set('delivery.timeout.ms', { effective: String(settings.deliveryTimeoutMs), note: null });
  return notes;
}

function topicRows(w: World, topic: string): ParameterValue[] {
  if (!w.controller.image.topics.has(topic)) return [];
  const own = configOf(w.controller.image, 'TOPIC', topic);
  const { entries } = w.controller;
  const inherited = new Map([...entries, ...configOf(w.controller.image, 'BROKER', '')]);
  return configEntries('topic')
    .filter((entry) => entry.acts === true)
    .map((entry) => {
      const set = own.get(entry.key) ?? null;
      const source = topicValueSource(entry.key, [...own], [...inherited]);
      const synonym = source === 'broker' ? entry.brokerSynonyms?.find((s) => inherited.has(s.key)) : undefined;
      const taken = synonym === undefined ? null : scaled(inherited.get(synonym.key) as string, synonym.factor);
      const effective = set ?? taken ?? entry.default ?? '';
      const note =
        minIsrNote(w, topic, entry.key, effective) ??
        (synonym === undefined ? null : phrase('note.from-broker', { key: synonym.key }));
      return { key: entry.key, set, effective, note };
    });
}

function scaled(value: string, factor: number): string {
  return factor === 1 || Number(value) < 0 ? value : String(Number(value) * factor);
}

function minIsrNote(w: World, topic: string, key: string, value: string): Phrase | null {
  if (key !== 'min.insync.replicas') return null;
  const first = w.controller.image.topics.get(topic)?.partitions[0];
  const replicas = first === undefined ? 0 : (w.controller.image.partitions[first]?.replicas.length ?? 0);
  return Number(value) > replicas ? phrase('note.clamped', { value: replicas, replicas }) : null;
}

function brokerRows(w: World, id: number): ParameterValue[] {
  const broker = w.brokers.find((b) => b.id === id);
  const resolved = w.scenario.cluster.brokers.find((b) => b.id === id);
  if (broker === undefined) return [];
  const dynamicOwn = configOf(w.controller.image, 'BROKER', String(id));
  const dynamicAll = configOf(w.controller.image, 'BROKER', '');
  const file = new Map(broker.entries);
  const presets = new Map(w.scenario.cluster.presets);
  return configEntries('broker')
    .filter((entry) => entry.acts === true)
    .map(({ key, default: usual }) => {
      const preset = presets.get(key);
      const isPreset = preset !== undefined && file.get(key) === preset && resolved !== undefined;
      const own = dynamicOwn.get(key) ?? dynamicAll.get(key) ?? (isPreset ? null : (file.get(key) ?? null));
      const effective = own ?? file.get(key) ?? usual ?? '';
      let note: Phrase | null = null;
      if (own === null && isPreset) note = phrase('note.preset', { value: usual ?? '' });
      else if (!dynamicOwn.has(key) && dynamicAll.has(key)) note = phrase('note.cluster');
      return { key, set: own, effective, note };
    });
}
