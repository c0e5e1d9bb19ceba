/**
 * The stage alone, on made-up frames: /src/diagram/dev.html?situation=elected&theme=dark&brokers=5&partitions=12&lang=zh.
 * `at` fixes the time (milliseconds), `run=N` lets N virtual microseconds pass for one of the clock.
 */
import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { type Language, loadLanguage } from '../text/index.ts';
import { makeFrame, makeInfo, type Situation } from './fixture.ts';
import type { GroupSituation } from './fixture-groups.ts';
import { Stage } from './stage.tsx';

const query = new URLSearchParams(location.search);
const number = (name: string, otherwise: number): number => Number(query.get(name) ?? otherwise);
const language = (query.get('lang') ?? 'en') as Language;
const theme = (query.get('theme') ?? 'light') as 'light' | 'dark';
document.documentElement.dataset.theme = theme;

const options = {
  brokers: number('brokers', 3),
  partitions: number('partitions', 3),
  replication: number('replication', 3),
  producers: number('producers', 2),
  consumers: number('consumers', 1),
  flights: number('flights', 0),
  topics: number('topics', 1),
  groups: (query.get('groups') ?? '').split(',').filter((g) => g !== '') as GroupSituation[],
  members: number('members', 4),
  situation: (query.get('situation') ?? 'healthy') as Situation,
  language,
};
const info = makeInfo(options);

function Dev() {
  const [atUs, setAt] = useState(number('at', 3300) * 1000);
  const [selection, setSelection] = useState<string | null>(query.get('selection'));
  const [hover, setHover] = useState<string | null>(null);
  const run = number('run', 0);
  useEffect(() => {
    if (run === 0) return;
    let handle = 0;
    let last = performance.now();
    const tick = (now: number): void => {
      const by = (now - last) * 1000 * run;
      last = now;
      setAt((at) => Math.round(at + by));
      handle = requestAnimationFrame(tick);
    };
    handle = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(handle);
  }, [run]);
  const say = (what: string) => (value: unknown) => console.log(what, JSON.stringify(value));
  return (
    <Stage
      frame={makeFrame({ ...options, atUs })}
      info={info}
      language={language}
      theme={theme}
      reducedMotion={query.has('still')}
      words={(query.get('words') ?? 'first') as 'first' | 'kafka'}
      selection={selection}
      hover={hover}
      highlight={query.get('highlight')?.split(',') ?? []}
      emphasis={query.get('emphasis')?.split(',').map(Number) ?? []}
      onSelect={setSelection}
      onHover={setHover}
      onMenu={say('menu')}
      onYourText={say('text')}
      onScroll={say('scroll')}
      onRecord={say('record')}
    />
  );
}

void loadLanguage(language).then(() => {
  // A fresh element each time, since a hot update runs this file again.
  const root = document.createElement('main');
  root.style.height = '100%';
  document.getElementById('root')?.replaceChildren(root);
  createRoot(root).render(
    <StrictMode>
      <Dev />
    </StrictMode>,
  );
});
