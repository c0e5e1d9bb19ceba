import { effectiveBrokerConfig, refuseBrokerMinIsr } from '../../kafka/config/effective-broker.ts';
import type { ConfigObject, ScenarioCluster } from '../scenario.ts';
import { type Check, member, report, shorten, warn } from './check.ts';
import { checkEffective, configObject, reportRefusal } from './configs.ts';
import { isBroker, knownBrokers, MAX_BROKERS, MAX_CONTROLLERS, type Names } from './names.ts';
import { sortEntries } from './sort-entries.ts';
import { defined, isObject, listOf, optional, type Read, readFields, readName, whole, wrongType } from './values.ts';
import { FEATURES, readVersion } from './versions.ts';

const FIELDS = ['version', 'brokers', 'controllers', 'racks', 'features', 'config', 'brokerConfig', 'brokerVersions'];

export function cluster(names: Names): Read<ScenarioCluster> {
  return (check, place, value) => {
    const fields = readFields(check, place, value, FIELDS);
    if (fields === undefined) return undefined;
    const before = check.problems.length;
    const result = defined({
      version: optional(check, place, fields, 'version', readVersion),
      brokers: optional(check, place, fields, 'brokers', whole(1, MAX_BROKERS)),
      controllers: optional(check, place, fields, 'controllers', whole(0, MAX_CONTROLLERS)),
      racks: optional(check, place, fields, 'racks', listOf(readName, { min: 1, max: MAX_BROKERS })),
      features: optional(check, place, fields, 'features', readFeatures),
      config: optional(check, place, fields, 'config', configObject('broker')),
      brokerConfig: optional(check, place, fields, 'brokerConfig', byBroker(names, configObject('broker'))),
      brokerVersions: optional(check, place, fields, 'brokerVersions', byBroker(names, readVersion)),
    });
    checkRacks(check, member(place, 'racks'), result.racks, names);
    if ((result.controllers ?? 1) > 1) {
      warn(check, member(place, 'controllers'), 'not-yet', {
        what: 'controllers',
        why: '@one-controller-acts',
      });
    }
    if (check.problems.length === before) checkConfigs(check, place, result, names);
    return result;
  };
}

/** An object whose keys are broker ids, as JSON writes them: in quotes. */
function byBroker<T>(names: Names, read: Read<T>): Read<Record<string, T>> {
  return (check, place, value) => {
    if (!isObject(value)) return wrongType(check, place, 'object', value);
    const result: Record<string, T> = {};
    for (const id of Object.keys(value)) {
      const at = member(place, id);
      if (!/^[1-9][0-9]?$/.test(id) || !isBroker(names, Number(id))) {
        report(
          check,
          at,
          'unknown-broker',
          { id: shorten(id), ...knownBrokers(names) },
          { expected: `1 to ${names.brokers}` },
        );
        continue;
      }
      const entry = read(check, at, value[id]);
      if (entry !== undefined) result[id] = entry;
    }
    return result;
  };
}

const readFeatures: Read<Record<string, number>> = (check, place, value) => {
  const fields = readFields(check, place, value, [...FEATURES.keys()]);
  if (fields === undefined) return undefined;
  const features: Record<string, number> = {};
  for (const [name, given] of fields) {
    const at = member(place, name);
    const [min, max] = FEATURES.get(name) as readonly [number, number];
    if (typeof given !== 'number' || !Number.isInteger(given)) wrongType(check, at, 'whole', given);
    else if (given < min || given > max)
      report(check, at, 'feature-level', { name, min, max, value: given }, { expected: `${min} to ${max}` });
    else features[name] = given;
    if (name !== 'eligible.leader.replicas.version') {
      warn(check, at, 'not-yet', { what: name, why: '@one-feature-acts' });
    }
  }
  return features;
};

function checkRacks(check: Check, place: string, racks: string[] | undefined, names: Names): void {
  if (racks === undefined || racks.length === names.brokers) return;
  const params = { racks: racks.length, brokers: names.brokers };
  if (racks.length > names.brokers)
    report(check, place, 'more-racks-than-brokers', params, { expected: String(names.brokers) });
  else warn(check, place, 'racks-repeat', params);
}

/** What only shows when the values of a broker stand together; only asked when each value was taken. */
function checkConfigs(check: Check, place: string, result: ScenarioCluster, names: Names): void {
  const before = check.problems.length;
  const shared = result.config ?? {};
  checkEffective(check, member(place, 'config'), effectiveBrokerConfig(sortEntries(shared)));
  const own: Readonly<Record<string, ConfigObject>> = result.brokerConfig ?? {};
  for (const id of Object.keys(own)) {
    const at = member(member(place, 'brokerConfig'), id);
    const config = own[id] as ConfigObject;
    for (const key of Object.keys(config)) {
      const refusal = refuseBrokerMinIsr(key, id, names.elr);
      if (refusal !== null) reportRefusal(check, member(at, key), refusal);
    }
    if (check.problems.length === before)
      checkEffective(check, at, effectiveBrokerConfig(sortEntries({ ...shared, ...config })));
  }
}
