/** The Parameters tab: what is set, what acts, and what changed it. */

import type { ConfigNote, Effective } from '../../kafka/config/config-view.ts';
import { effectiveBrokerConfig } from '../../kafka/config/effective-broker.ts';
import { effectiveConsumerConfig } from '../../kafka/config/effective-consumer.ts';
import { brokerKeyOfGroup, groupValue } from '../../kafka/config/effective-group.ts';
import { effectiveProducerConfig } from '../../kafka/config/effective-producer.ts';
import { topicValueSource } from '../../kafka/config/effective-topic.ts';
import { configEntries, configEntry, knownKeys } from '../../kafka/config/registry.ts';
import type { ConfigEntries, ConfigScope, KnownKey } from '../../kafka/config/types.ts';
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
      return clientRows('consumer', consumerEntries(w, name), consumerNotes(consumerEntries(w, name)));
    case 'topic':
      return topicRows(w, name);
    case 'partition':
      return topicRows(w, w.partitions[w.partitionByName.get(name) ?? -1]?.topic ?? '');
    case 'replica': {
      const partition = w.partitionByName.get(name.slice(0, name.lastIndexOf('@')));
      return topicRows(w, w.partitions[partition ?? -1]?.topic ?? '');
    }
    case 'broker':
    case 'controller':
      return brokerRows(w, Number(name));
    case 'group':
      return groupRows(w, name);
    default:
      return [];
  }
}

function consumerEntries(w: World, id: string): ConfigEntries {
  return w.consumers.find((c) => c.id === id)?.config ?? [];
}

type Notes = ReadonlyMap<string, { readonly effective: string; readonly note: Phrase | null }>;

/** Parameters that act, and of the others those that are set: a file may hold what does nothing here yet. */
function listed(scope: ConfigScope, set: { has(key: string): boolean }): KnownKey[] {
  const acting: KnownKey[] = configEntries(scope).filter((entry) => entry.acts === true);
  const names = new Set(acting.map(({ key }) => key));
  return [...acting, ...knownKeys(scope).filter(({ key }) => set.has(key) && !names.has(key))];
}

/** What Kafka changed by itself, by the key it is said of. */
function saidBy(effective: Effective<unknown>): ReadonlyMap<string, ParameterValue['said']> {
  const said = new Map<string, NonNullable<ParameterValue['said']>>();
  const notes: readonly ConfigNote[] = effective.ok ? effective.notes : [];
  for (const { key, code, params } of notes) said.set(key, [...(said.get(key) ?? []), { code, params }]);
  return said;
}

function withSaid(row: ParameterValue, said: ReadonlyMap<string, ParameterValue['said']>): ParameterValue {
  const own = said.get(row.key);
  return own === undefined || row.note !== null ? row : { ...row, said: own };
}

function clientRows(scope: 'producer' | 'consumer', entries: ConfigEntries, notes: Notes): ParameterValue[] {
  const set = new Map(entries);
  const said = saidBy(scope === 'producer' ? effectiveProducerConfig(entries) : effectiveConsumerConfig(entries));
  return listed(scope, set).map(({ key, default: usual }) => {
    const own = set.get(key) ?? null;
    const noted = notes.get(key);
    const row = { key, set: own, effective: noted?.effective ?? own ?? usual ?? '', note: noted?.note ?? null };
    return withSaid(row, said);
  });
}

/** What a consumer changes by itself: there is nothing to commit without a group, and pauses follow each other. */
function consumerNotes(entries: ConfigEntries): Notes {
  const notes = new Map<string, { effective: string; note: Phrase | null }>();
  const effective = effectiveConsumerConfig(entries);
  if (!effective.ok) return notes;
  const { enableAutoCommit, reconnectBackoffMaxMs } = effective.config;
  const add = (key: string, value: string | number | boolean) =>
    notes.set(key, { effective: String(value), note: null });
  const set = new Set(entries.map(([key]) => key));
  if (!set.has('enable.auto.commit')) add('enable.auto.commit', enableAutoCommit);
  if (!set.has('reconnect.backoff.max.ms')) add('reconnect.backoff.max.ms', reconnectBackoffMaxMs);
  return notes;
}

/** What a group's coordinator has set for it; every key is listed, since few are set by anybody. */
function groupRows(w: World, groupId: string): ParameterValue[] {
  const { image, entries } = w.controller;
  const broker: ConfigEntries = [...new Map([...entries, ...configOf(image, 'BROKER', '')])];
  return knownKeys('group').map(({ key }) => {
    const own = configOf(image, 'GROUP', groupId);
    const { value, from } = groupValue(key, [...own], broker);
    const brokerKey = brokerKeyOfGroup(key);
    const note = from === 'broker' && brokerKey !== null ? phrase('note.from-broker', { key: brokerKey }) : null;
    return { key, set: own.get(key) ?? null, effective: value ?? '', note };
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
  const follows = (key: string, value: number) => {
    if (!set.has(key)) notes.set(key, { effective: String(value), note: null });
  };
  follows('delivery.timeout.ms', settings.deliveryTimeoutMs);
  follows('reconnect.backoff.max.ms', settings.reconnectBackoffMaxMs);
  return notes;
}

function topicRows(w: World, topic: string): ParameterValue[] {
  if (!w.controller.image.topics.has(topic)) return [];
  const own = configOf(w.controller.image, 'TOPIC', topic);
  const { entries } = w.controller;
  const inherited = new Map([...entries, ...configOf(w.controller.image, 'BROKER', '')]);
  const values = [...own];
  const broker = [...inherited];
  return listed('topic', own).map(({ key, default: usual }) => {
    const set = own.get(key) ?? null;
    const source = topicValueSource(key, values, broker);
    const synonyms = configEntry('topic', key)?.brokerSynonyms ?? [];
    const synonym = source === 'broker' ? synonyms.find((s) => inherited.has(s.key)) : undefined;
    const taken = synonym === undefined ? null : scaled(inherited.get(synonym.key) as string, synonym.factor);
    const effective = set ?? taken ?? usual ?? '';
    const note =
      minIsrNote(w, topic, key, effective) ??
      (synonym === undefined ? null : phrase('note.from-broker', { key: synonym.key }));
    return { key, set, effective, note };
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
  const isController = broker === undefined && w.controller.nodeId === id;
  if (broker === undefined && !isController) return [];
  const image = w.controller.image;
  const dynamicOwn = configOf(image, 'BROKER', String(id));
  const dynamicAll = configOf(image, 'BROKER', '');
  const file = new Map(broker?.entries ?? w.controller.entries);
  const presets = new Map(w.scenario.cluster.presets);
  const running = new Map([...file, ...dynamicAll, ...dynamicOwn]);
  const said = saidBy(effectiveBrokerConfig([...running]));
  const isPreset = (key: string): boolean => presets.has(key) && file.get(key) === presets.get(key);
  const shown = new Set([...running.keys()].filter((key) => !isPreset(key)));
  return listed('broker', shown).map(({ key, default: usual }) => {
    const preset = isPreset(key);
    const own = dynamicOwn.get(key) ?? dynamicAll.get(key) ?? (preset ? null : (file.get(key) ?? null));
    const effective = own ?? file.get(key) ?? usual ?? '';
    let note: Phrase | null = null;
    if (own === null && preset) note = phrase('note.preset', { value: usual ?? '' });
    else if (!dynamicOwn.has(key) && dynamicAll.has(key)) note = phrase('note.cluster');
    return withSaid({ key, set: own, effective, note }, said);
  });
}
