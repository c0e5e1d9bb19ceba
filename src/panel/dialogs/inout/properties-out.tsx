/** The same values as a file: of one broker, client or topic, what was changed or all of it. */
import { useState } from 'react';
import { propertiesFile, setValues } from '../../../protocol/properties-out.ts';
import type { PropertiesKind } from '../../../protocol/properties-plan.ts';
import type { Scenario } from '../../../protocol/scenario.ts';
import { useApp, useSay } from '../../../store/use-app.tsx';
import { Segmented } from '../../kit/segmented.tsx';
import { TextOut } from './copy-text.tsx';
import { firstTarget, KindAndTarget } from './kind-target.tsx';

const FILE_NAMES: Readonly<Record<PropertiesKind, string>> = {
  broker: 'server',
  producer: 'producer',
  consumer: 'consumer',
  topic: 'topic',
};

/** server.properties, server-2.properties, producer-checkout.properties. */
function fileName(kind: PropertiesKind, target: string): string {
  return `${FILE_NAMES[kind]}${target === '' ? '' : `-${target}`}.properties`;
}

export function PropertiesOut({ scenario }: { scenario: Scenario }) {
  const say = useSay();
  const atUs = useApp((state) => state.frame?.atUs ?? 0);
  const version = useApp((state) => state.info?.version ?? '');
  const [kind, setKind] = useState<PropertiesKind>('broker');
  const [target, setTarget] = useState('');
  const [which, setWhich] = useState<'changed' | 'all'>('changed');
  const of =
    target === ''
      ? say('inout.properties.every.broker')
      : kind === 'broker'
        ? say('inout.broker', { name: target })
        : target;
  const comment = [
    say(`inout.properties.comment.${which}`, { of, version }),
    say('inout.properties.comment.moment', { title: scenario.title ?? 'Kafkascope', at: atUs }),
  ];
  const { text, count } = propertiesFile(kind, setValues(scenario, kind, target, atUs), comment, which);
  return (
    <>
      <KindAndTarget
        scenario={scenario}
        kind={kind}
        target={target}
        every={false}
        onChange={(nextKind, nextTarget) => {
          setKind(nextKind);
          setTarget(nextKind === kind ? nextTarget : firstTarget(scenario, nextKind, false));
        }}
      />
      <div className="ks-io-row">
        <Segmented
          label={say('inout.properties.which')}
          value={which}
          options={(['changed', 'all'] as const).map((value) => ({ value, label: say(`inout.properties.${value}`) }))}
          onChange={setWhich}
        />
        <span className="kp-mute ks-small">{say('inout.properties.count', { count })}</span>
      </div>
      <TextOut text={text} name={fileName(kind, target)} label={fileName(kind, target)} />
    </>
  );
}
