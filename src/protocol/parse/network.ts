import type { ScenarioDisk, ScenarioLink, ScenarioNetwork } from '../scenario.ts';
import type { Names } from './names.ts';
import { between } from './references.ts';
import {
  decimal,
  defined,
  listOf,
  needed,
  optional,
  type Read,
  rate,
  readBoolean,
  readFields,
  readTime,
} from './values.ts';

const NETWORK_FIELDS = ['latencyMs', 'jitterMs', 'bandwidthMbps', 'links'];
const LINK_FIELDS = ['between', 'oneWay', 'latencyMs', 'jitterMs', 'lossPercent', 'bandwidthMbps'];
const MAX_LINKS = 1000;
const MAX_MBPS = 1_000_000;

export const readMbps: Read<number> = rate(MAX_MBPS);
export const readPercent: Read<number> = decimal(0, 100);

export function network(names: Names): Read<ScenarioNetwork> {
  return (check, place, value) => {
    const fields = readFields(check, place, value, NETWORK_FIELDS);
    if (fields === undefined) return undefined;
    return defined({
      latencyMs: optional(check, place, fields, 'latencyMs', readTime),
      jitterMs: optional(check, place, fields, 'jitterMs', readTime),
      bandwidthMbps: optional(check, place, fields, 'bandwidthMbps', readMbps),
      links: optional(check, place, fields, 'links', listOf(link(names), { max: MAX_LINKS })),
    });
  };
}

function link(names: Names): Read<ScenarioLink> {
  return (check, place, value) => {
    const fields = readFields(check, place, value, LINK_FIELDS);
    if (fields === undefined) return undefined;
    const sides = needed(check, place, fields, 'between', between(names));
    const rest = {
      oneWay: optional(check, place, fields, 'oneWay', readBoolean),
      latencyMs: optional(check, place, fields, 'latencyMs', readTime),
      jitterMs: optional(check, place, fields, 'jitterMs', readTime),
      lossPercent: optional(check, place, fields, 'lossPercent', readPercent),
      bandwidthMbps: optional(check, place, fields, 'bandwidthMbps', readMbps),
    };
    return sides === undefined ? undefined : defined({ between: sides, ...rest });
  };
}

export const readDisk: Read<ScenarioDisk> = (check, place, value) => {
  const fields = readFields(check, place, value, ['flushMs', 'throughputMBps']);
  if (fields === undefined) return undefined;
  return defined({
    flushMs: optional(check, place, fields, 'flushMs', readTime),
    throughputMBps: optional(check, place, fields, 'throughputMBps', readMbps),
  });
};
