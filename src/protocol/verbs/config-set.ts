import { verbSpec } from './spec.ts';

/**
 * `entity` is a broker's id, a topic, a client's id or a group, as text; null (scope broker only): the cluster-wide
 * default. `value` null takes the setting back. A key that is not dynamic restarts that client or broker with it.
 */
export type ConfigSet = {
  do: 'config.set';
  scope: ConfigSetScope;
  entity: string | null;
  key: string;
  value: string | null;
};

export type ConfigSetScope = 'broker' | 'topic' | 'producer' | 'consumer' | 'group';

export const configSet = verbSpec({
  verb: 'config.set',
  args: [
    { name: 'scope', type: 'configScope', required: true },
    { name: 'entity', type: 'configEntity', required: false, default: null },
    { name: 'key', type: 'configKey', required: true },
    { name: 'value', type: 'configValue', required: true },
  ],
  appliesTo: 'cluster',
  harm: 'change',
  acts: true,
});
