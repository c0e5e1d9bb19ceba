import { effectiveProducerConfig } from '../../kafka/config/effective-producer.ts';
import type { ScenarioProducer } from '../scenario.ts';
import { member } from './check.ts';
import { checkEffective, configObject } from './configs.ts';
import type { Names } from './names.ts';
import { sortEntries } from './sort-entries.ts';
import { defined, isObject, needed, optional, type Read, readFields, readName, readTime } from './values.ts';
import { readVersion } from './versions.ts';
import { workload } from './workload.ts';

const FIELDS = ['id', 'version', 'startMs', 'config', 'workload'];

export function producer(names: Names): Read<ScenarioProducer> {
  return (check, place, value) => {
    const fields = readFields(check, place, value, FIELDS);
    if (fields === undefined) return undefined;
    const given = fields.get('config');
    const transactional = isObject(given) && given['transactional.id'] !== undefined;
    const id = needed(check, place, fields, 'id', readName);
    const version = optional(check, place, fields, 'version', readVersion);
    const startMs = optional(check, place, fields, 'startMs', readTime);
    const before = check.problems.length;
    const config = optional(check, place, fields, 'config', configObject('producer'));
    if (config !== undefined && check.problems.length === before) {
      checkEffective(check, member(place, 'config'), effectiveProducerConfig(sortEntries(config)));
    }
    const work = optional(check, place, fields, 'workload', workload(names, transactional));
    return id === undefined ? undefined : defined({ id, version, startMs, config, workload: work });
  };
}
