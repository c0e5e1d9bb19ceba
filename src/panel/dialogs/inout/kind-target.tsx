/** Of which kind a properties file is, and whose values it sets or says. */
import { propertiesTargets } from '../../../protocol/properties-out.ts';
import { PROPERTIES_KINDS, type PropertiesKind } from '../../../protocol/properties-plan.ts';
import type { Scenario } from '../../../protocol/scenario.ts';
import { useSay } from '../../../store/use-app.tsx';
import { Segmented } from '../../kit/segmented.tsx';

/** Stands for every client or topic; all brokers are '' as in a config.set. */
export const EVERY = '*';

export function KindAndTarget(props: {
  scenario: Scenario;
  kind: PropertiesKind;
  target: string;
  every: boolean;
  onChange: (kind: PropertiesKind, target: string) => void;
}) {
  const { scenario, kind, target, every, onChange } = props;
  const say = useSay();
  const targets = propertiesTargets(scenario, kind);
  return (
    <div className="ks-io-row">
      <Segmented
        label={say('inout.properties.kind')}
        value={kind}
        options={PROPERTIES_KINDS.map((each) => ({ value: each, label: say(`inout.properties.kind.${each}`) }))}
        onChange={(each) => onChange(each, firstTarget(scenario, each, every))}
      />
      <label className="ks-io-inline">
        <span>{say('inout.properties.for')}</span>
        <select className="ks-select" value={target} onChange={(event) => onChange(kind, event.target.value)}>
          {every && kind !== 'broker' && <option value={EVERY}>{say(`inout.properties.every.${kind}`)}</option>}
          {targets.map((name) => (
            <option key={name} value={name}>
              {name === ''
                ? say('inout.properties.every.broker')
                : kind === 'broker'
                  ? say('inout.broker', { name })
                  : name}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

export function firstTarget(scenario: Scenario, kind: PropertiesKind, every: boolean): string {
  if (kind === 'broker') return '';
  return every ? EVERY : (propertiesTargets(scenario, kind)[0] ?? '');
}
