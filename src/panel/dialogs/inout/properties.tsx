/** Properties files: in with a preview before anything is set, and out again. */
import { useEffect, useMemo, useState } from 'react';
import { MAX_PROPERTIES_LENGTH, readProperties } from '../../../protocol/properties.ts';
import { propertiesTargets, setValues } from '../../../protocol/properties-out.ts';
import {
  contradictions,
  editsOf,
  guessKind,
  hideSecrets,
  type PropertiesKind,
  planProperties,
} from '../../../protocol/properties-plan.ts';
import type { Scenario } from '../../../protocol/scenario.ts';
import { presentScenario } from '../../../store/present.ts';
import { useActions, useAppStore, useSay } from '../../../store/use-app.tsx';
import { FromChoice } from '../../kit/from-choice.tsx';
import { Segmented } from '../../kit/segmented.tsx';
import { readTextFile } from '../read-file.ts';
import { useConfigWords } from './config-words.ts';
import { FileInput } from './file-input.tsx';
import { EVERY, firstTarget, KindAndTarget } from './kind-target.tsx';
import { PlanList } from './plan-list.tsx';
import { PropertiesOut } from './properties-out.tsx';

/** What is on the stage, for its names and its values. */
export function usePresent(): Scenario | null {
  const store = useAppStore();
  const [scenario, setScenario] = useState<Scenario | null>(null);
  useEffect(() => {
    let wanted = true;
    presentScenario(store).then(
      (present) => wanted && setScenario(present.scenario),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [store]);
  return scenario;
}

function In({ scenario, given, onClose }: { scenario: Scenario; given: File | undefined; onClose: () => void }) {
  const say = useSay();
  const store = useAppStore();
  const actions = useActions();
  const words = useConfigWords();
  const [text, setText] = useState('');
  const [name, setName] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [chosen, setChosen] = useState<{ kind: PropertiesKind; target: string } | null>(null);
  const [from, setFrom] = useState<'start' | 'now'>('start');

  const take = async (file: File): Promise<void> => {
    const answer = await readTextFile(file, MAX_PROPERTIES_LENGTH);
    setChosen(null);
    setName(file.name);
    if (answer.ok) {
      setWrong(null);
      setText(hideSecrets(answer.text));
      return;
    }
    setText('');
    setWrong(say(`panel.file.${answer.fault}`, { name: file.name, bytes: file.size, max: MAX_PROPERTIES_LENGTH }));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the file that was dropped is taken once
  useEffect(() => {
    if (given !== undefined) void take(given);
  }, [given]);

  const file = useMemo(() => readProperties(text), [text]);
  const guessed = useMemo(
    () =>
      guessKind(
        file.properties.map(({ key }) => key),
        name,
      ),
    [file, name],
  );
  const kind = chosen?.kind ?? guessed;
  const target = chosen?.target ?? firstTarget(scenario, kind, true);
  const rows = useMemo(() => planProperties(kind, file.properties), [kind, file]);
  const targets =
    target === EVERY ? propertiesTargets(scenario, kind) : target === '' && kind !== 'broker' ? [] : [target];
  const edits = file.fault === null ? editsOf(kind, rows, targets) : [];
  const atUs = store.getState().frame?.atUs ?? 0;
  const against = useMemo(
    () => targets.flatMap((entity) => contradictions(kind, rows, setValues(scenario, kind, entity, atUs))),
    [kind, rows, scenario, atUs, targets],
  );
  const problems = [...new Set(against.map(words.refusal))];
  return (
    <>
      <FileInput
        says={say('inout.properties.drop')}
        accept=".properties,.conf,.cfg,.txt,text/plain"
        onFile={(f) => void take(f)}
      />
      <textarea
        className="ks-input ks-text ks-io-paste"
        aria-label={say('inout.properties.paste')}
        placeholder={say('inout.properties.paste')}
        rows={5}
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setText(hideSecrets(event.target.value));
          setWrong(event.target.value.length > MAX_PROPERTIES_LENGTH ? say('inout.properties.fault.too-large') : null);
        }}
      />
      {wrong !== null && (
        <p className="ks-wrong" role="alert">
          {wrong}
        </p>
      )}
      {file.fault !== null && (
        <p className="ks-wrong" role="alert">
          {say('inout.fault.at', {
            line: file.fault.line,
            column: file.fault.column,
            what: say(`inout.properties.fault.${file.fault.code}`, { found: file.fault.found }),
          })}
        </p>
      )}
      {rows.length > 0 && (
        <>
          <KindAndTarget
            scenario={scenario}
            kind={kind}
            target={target}
            every
            onChange={(nextKind, nextTarget) => setChosen({ kind: nextKind, target: nextTarget })}
          />
          <PlanList rows={rows} words={words} />
          {file.bom && <p className="kp-mute ks-small">{say('inout.properties.bom')}</p>}
          {file.notAscii.length > 0 && (
            <p className="kp-mute ks-small">{say('inout.properties.not-ascii', { lines: file.notAscii.join(', ') })}</p>
          )}
          {problems.map((problem) => (
            <p key={problem} className="ks-wrong" role="alert">
              {problem}
            </p>
          ))}
          <div className="ks-io-foot">
            <FromChoice value={from} onChange={setFrom} />
            <button
              type="button"
              className="ks-btn ks-btn-fill"
              disabled={edits.length === 0 || problems.length > 0}
              onClick={() => {
                actions.configure(edits, from);
                onClose();
              }}
            >
              {say('inout.properties.set', {
                count: edits.length / Math.max(1, targets.length),
                targets: targets.length,
              })}
            </button>
          </div>
        </>
      )}
    </>
  );
}

export default function PropertiesTab({ given, onClose }: { given: File | undefined; onClose: () => void }) {
  const say = useSay();
  const scenario = usePresent();
  const [way, setWay] = useState<'in' | 'out'>('in');
  if (scenario === null) return null;
  return (
    <>
      <div className="ks-io-row">
        <Segmented
          label={say('inout.way')}
          value={way}
          options={(['in', 'out'] as const).map((value) => ({ value, label: say(`inout.properties.${value}`) }))}
          onChange={setWay}
        />
      </div>
      <p className="kp-mute">{say(`inout.properties.${way}.hint`)}</p>
      {way === 'in' ? (
        <In scenario={scenario} given={given} onClose={onClose} />
      ) : (
        <PropertiesOut scenario={scenario} />
      )}
    </>
  );
}
