/** The page on paper: the stage as it stands, its sentence, the moment, the numbers, what differs from the defaults. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { exportScene } from '../diagram/export-svg.ts';
import { NUMBERS } from '../panel/ledger/numbers.tsx';
import type { ConfigObject, Scenario } from '../protocol/scenario.ts';
import { presentScenario } from '../store/present.ts';
import { useApp, useAppStore, useSay } from '../store/use-app.tsx';
import './print.css';

export interface Setting {
  readonly owner: string;
  readonly key: string;
  readonly value: string;
}

/** Every value that a scenario sets, with whom it is set for. */
export function settingsOf(scenario: Scenario): readonly Setting[] {
  const all: [string, ConfigObject | undefined][] = [
    ['cluster', scenario.cluster?.config],
    ...Object.entries(scenario.cluster?.brokerConfig ?? {}).map(([id, config]): [string, ConfigObject] => [
      `broker ${id}`,
      config,
    ]),
    ...scenario.topics.map(({ name, config }): [string, ConfigObject | undefined] => [name, config]),
    ...[...(scenario.producers ?? []), ...(scenario.consumers ?? [])].map(
      ({ id, config }): [string, ConfigObject | undefined] => [id, config],
    ),
  ];
  return all.flatMap(([owner, config]) =>
    Object.entries(config ?? {}).map(([key, value]) => ({ owner, key, value: String(value) })),
  );
}

/** The scenario as it is now: asked for when its commands or branch change, so that it is there when somebody prints. */
function usePresent(): Scenario | null {
  const store = useAppStore();
  const commands = useApp((state) => state.timeline.commands);
  const branch = useApp((state) => `${state.frame?.world} ${state.frame?.branch}`);
  const [scenario, setScenario] = useState<Scenario | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the branch and the commands are what changes the answer
  useEffect(() => {
    let wanted = true;
    presentScenario(store).then(
      (present) => wanted && setScenario(present.scenario),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [store, commands, branch]);
  return scenario;
}

function Sheet({ scenario }: { scenario: Scenario | null }) {
  const say = useSay();
  const store = useAppStore();
  const picture = useRef<HTMLDivElement>(null);
  const { frame, info, timeline } = store.getState();
  useLayoutEffect(() => {
    const stage = document.querySelector<HTMLElement>('.ks');
    if (stage === null || picture.current === null) return;
    const svg = exportScene(stage, { theme: 'light', title: info?.title ?? 'Kafkascope' });
    const drawn = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
    // Ink costs nothing where there is none.
    const ground = drawn.querySelector('rect')?.getAttribute('fill') ?? '';
    const same = getComputedStyle(stage).backgroundColor;
    for (const rect of drawn.querySelectorAll('rect')) {
      if ([ground, same].includes(rect.getAttribute('fill') ?? '')) rect.setAttribute('fill', '#ffffff');
    }
    drawn.removeAttribute('width');
    drawn.removeAttribute('height');
    picture.current.replaceChildren(drawn);
  }, [info]);
  if (frame === null) return null;
  const branch = timeline.branches.find(({ current }) => current);
  const settings = scenario === null ? [] : settingsOf(scenario);
  const done = timeline.commands.filter(({ atUs, off }) => !off && atUs <= frame.atUs);
  return (
    <>
      <h1>{info?.title ?? 'Kafkascope'}</h1>
      <p>
        {say('device.print.at', { at: frame.atUs })}
        {branch !== undefined && ` · ${say('device.print.branch', { name: branch.name ?? say.words(branch) })}`}
        {' · '}
        {say('device.print.seed', { seed: info?.seed ?? 1, version: info?.version ?? '' })}
      </p>
      <p className="ks-paper-caption">{say.phrase(frame.waiting.phrase)}</p>
      <div ref={picture} className="ks-paper-stage" />
      <h2>{say('device.print.numbers')}</h2>
      <dl className="ks-paper-numbers">
        {NUMBERS.map((spec) => (
          <div key={spec.name}>
            <dt>{say(`panel.number.${spec.name}`)}</dt>
            <dd>{say('panel.number', { value: spec.value(frame.totals) })}</dd>
          </div>
        ))}
      </dl>
      {done.length > 0 && (
        <>
          <h2>{say('device.print.commands')}</h2>
          <ul>
            {done.map((command) => (
              <li key={command.id}>
                {say('device.print.at', { at: command.atUs })}: {say.phrase(command.phrase)}
              </li>
            ))}
          </ul>
        </>
      )}
      <h2>{say('device.print.settings')}</h2>
      {settings.length === 0 ? (
        <p>{say('device.print.no-settings')}</p>
      ) : (
        <ul className="ks-paper-settings">
          {settings.map(({ owner, key, value }) => (
            <li key={`${owner} ${key}`}>
              {owner}{' '}
              <code>
                {key}={value}
              </code>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

export function PrintPage() {
  const scenario = usePresent();
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    // The sheet must stand before the browser takes its picture of it, and while the stage is still on the page.
    const on = (): void => flushSync(() => setPrinting(true));
    const off = (): void => setPrinting(false);
    addEventListener('beforeprint', on);
    addEventListener('afterprint', off);
    return () => {
      removeEventListener('beforeprint', on);
      removeEventListener('afterprint', off);
    };
  }, []);
  return <div className="ks-paper">{printing && <Sheet scenario={scenario} />}</div>;
}
