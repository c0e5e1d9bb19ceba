/** How a branch came about, and a command, in words (keys of `text/`). */

import type { ConfigEdit, StepCommand } from '../../../protocol/engine-client.ts';
import type { Phrase, ThingId } from '../../../protocol/frame.ts';
import { FIRST_CONTROLLER_ID } from '../../../protocol/parse/default-values.ts';

const phrase = (key: string, params: Phrase['params'] = {}): Phrase => ({ key, params });

/** A command as a scenario file writes it, on one line: the verb and what it is done to. The same in every language. */
export function commandLine(command: StepCommand): string {
  const { broker, producer, consumer, partition, topic, name, between, entity, key, value } = command;
  const sides = Array.isArray(between)
    ? (between as unknown[][]).map((side) => side.join(', ')).join(' – ')
    : undefined;
  const about = broker ?? producer ?? consumer ?? partition ?? topic ?? name ?? sides ?? entity;
  const setting = typeof key === 'string' ? ` ${key}=${String(value)}` : '';
  return `${command.do}${about === undefined || about === null ? '' : ` ${String(about)}`}${setting}`;
}

export function editsTitle(edits: readonly ConfigEdit[], from: (edit: ConfigEdit) => string): Phrase {
  const [only] = edits;
  if (edits.length !== 1 || only === undefined) return phrase('branch.configs', { count: edits.length });
  const thing = only.entity === '' ? only.scope : only.entity;
  return phrase('branch.config', { thing, key: only.key, from: from(only), value: only.value ?? 'default' });
}

export const commandTitle = (command: StepCommand): Phrase =>
  phrase('branch.command', { command: commandLine(command) });
export const workloadTitle = (): Phrase => phrase('branch.workload');

export function commandEditTitle(
  edit: 'off' | 'on' | 'delete' | { readonly moveToUs: number },
  command: StepCommand,
): Phrase {
  const line = commandLine(command);
  if (typeof edit === 'object') return phrase('branch.moved', { command: line, toUs: edit.moveToUs });
  const key = edit === 'off' ? 'branch.off' : edit === 'on' ? 'branch.on' : 'branch.deleted';
  return phrase(key, { command: line });
}

/** A command in words: `command.<verb>` with the verb's own arguments; what was left out chooses the key. */
export function commandPhrase(command: StepCommand): Phrase {
  const params: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(command)) {
    if (name === 'do') continue;
    if (typeof value === 'string' || typeof value === 'number') params[name] = value;
    else if (Array.isArray(value)) params[name] = value.flat().join(', ');
  }
  const { between } = command;
  if (Array.isArray(between)) {
    params.from = String((between[0] as unknown[]).join(', '));
    params.to = String((between[1] as unknown[]).join(', '));
  }
  return phrase(`command.${command.do}${suffixOf(command, params)}`, params);
}

function suffixOf(command: StepCommand, params: Record<string, string | number>): string {
  switch (command.do) {
    case 'broker.kill':
    case 'broker.start':
    case 'broker.stop':
    case 'broker.pause':
    case 'broker.resume':
    case 'host.powerLoss':
      return typeof command.broker === 'number' && command.broker >= FIRST_CONTROLLER_ID ? '.controller' : '';
    case 'disk.fill':
      return command.bytes === undefined || command.bytes === null ? '.all' : '';
    case 'network.cut':
      return command.oneWay === true ? '.one-way' : '';
    case 'network.heal':
      return command.between === undefined || command.between === null ? '.all' : '';
    case 'network.set': {
      params.what = networkWords(command);
      return command.oneWay === true ? '.one-way' : '';
    }
    case 'consumer.pause':
      if (typeof command.ms === 'number') params.us = Math.round(command.ms * 1000);
      return typeof command.ms === 'number' ? '' : '.open';
    case 'consumer.subscribe':
      return typeof command.pattern === 'string' ? '.pattern' : '';
    case 'producer.send':
      params.count = typeof command.count === 'number' ? command.count : 1;
      return '';
    case 'leader.elect':
      return command.unclean === true ? '.unclean' : '';
    case 'config.set':
      return configSuffix(command);
    default:
      return '';
  }
}

/** `command.config.reset` stands beside `command.config.set`: the suffix replaces the verb's last word. */
function configSuffix(command: StepCommand): string {
  return command.entity === undefined || command.entity === null || command.entity === '' ? '.cluster' : '';
}

function networkWords(command: StepCommand): string {
  const parts: string[] = [];
  if (typeof command.latencyMs === 'number') parts.push(`${command.latencyMs} ms`);
  if (typeof command.jitterMs === 'number') parts.push(`± ${command.jitterMs} ms`);
  if (typeof command.lossPercent === 'number') parts.push(`-${command.lossPercent} %`);
  if (typeof command.bandwidthMbps === 'number') parts.push(`${command.bandwidthMbps} Mbit/s`);
  return parts.join(', ');
}

/** A reset has a key of its own. */
export function phraseOf(command: StepCommand): Phrase {
  const said = commandPhrase(command);
  if (command.do !== 'config.set' || (command.value !== null && command.value !== undefined)) return said;
  return { key: said.key.replace('command.config.set', 'command.config.reset'), params: said.params };
}

/** The things a command is done to, as marks and lines point at them. */
export function thingsOf(command: StepCommand): ThingId[] {
  const { broker, producer, consumer, partition } = command;
  if (typeof broker === 'number') return [broker > 100 ? `controller:${broker}` : `broker:${broker}`];
  if (typeof producer === 'string') return [`producer:${producer}`];
  if (typeof consumer === 'string') return [`consumer:${consumer}`];
  if (typeof partition === 'string') return [`partition:${partition}`];
  return [];
}
