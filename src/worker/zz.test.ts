import { test } from 'vitest';
import { DEFAULT_SCENARIO } from '../scenario/default.ts';
import type { EngineMessage } from '../protocol/engine-client.ts';
import type { Frame } from '../protocol/frame.ts';
import { text } from '../text/index.ts';
import { InProcessClient } from './in-process-client.ts';
import { ENGINE } from './parts.ts';

test('look', async () => {
  const client = new InProcessClient(ENGINE);
  const log: string[] = [];
  let frame: Frame | null = null;
  let got: (() => void) | null = null;
  let kinds: string[] = [];
  client.subscribe((m: EngineMessage) => {
    kinds.push(m.type);
    if (m.type === 'frame') { frame = m.frame; got?.(); }
    if (m.type === 'refused' || m.type === 'problems' || m.type === 'crashed') { log.push(JSON.stringify(m).slice(0, 300)); got?.(); }
    if (m.type === 'timeline') for (const l of m.delta.lines) log.push(`  ${(l.atUs / 1e6).toFixed(3)} ${text('en', l.phrase.key, l.phrase.params)} [${l.about.join(' ')}]`);
  });
  const send = (r: Parameters<typeof client.send>[0]): Promise<void> => new Promise((done) => { got = done; client.send(r); });
  const look = (): void => {
    const f = frame!;
    log.push(`${(f.atUs / 1e6).toFixed(3)} ${f.waiting.kind} ${text('en', f.waiting.phrase.key, f.waiting.phrase.params)} | flights ${f.flights.filter((x) => x.weight !== 'quiet').length}/${f.flights.length} rings ${f.rings.map((r) => r.kind).join(',')} atRisk ${f.totals.atRisk} lost ${f.totals.lost} behind ${f.totals.behind} links ${f.links.length} kinds ${kinds.join(',')}`);
    kinds = [];
  };
  await send({ type: 'open', scenario: DEFAULT_SCENARIO, atUs: 8_000_000 });
  look();
  log.push(JSON.stringify(frame!.partitions[0]!.replicas.map((r) => ({ ...r, log: { base: r.log.base, n: r.log.keys.length, f: r.log.flags.join(' '), k: r.log.keys.join(' '), ids: r.log.ids.join(' ') } })), null, 0));
  log.push(JSON.stringify(frame!.producers), JSON.stringify(frame!.consumers), JSON.stringify(frame!.brokers[0]), JSON.stringify(frame!.links));
  log.push(JSON.stringify(frame!.flights.slice(0, 3)));
  let stops = 0;
  for (let i = 1; i <= 5; i++) { await send({ type: 'grant', toUs: 8_000_000 + i * 10_000, watch: false }); stops++; }
  look();
  await send({ type: 'command', command: { do: 'broker.kill', broker: 1 } });
  look();
  for (let i = 1; i <= 28; i++) { await send({ type: 'grant', toUs: 8_050_000 + i * 500_000, watch: false }); look(); }
  await send({ type: 'command', command: { do: 'broker.start', broker: 1 } });
  for (let i = 1; i <= 20; i++) { await send({ type: 'grant', toUs: 22_050_000 + i * 500_000, watch: false }); look(); }
  const lost = await client.ask({ ask: 'records', which: 'lost', from: 0, limit: 5 });
  log.push(JSON.stringify(lost));
  if (lost.rows[0]) {
    const story = await client.ask({ ask: 'story', id: lost.rows[0].id });
    for (const m of story!.moments) log.push(`   story ${(m.atUs / 1e6).toFixed(4)} ${text('en', m.phrase.key, m.phrase.params)} ${m.tone}`);
  }
  const story = await client.ask({ ask: 'story', id: 1200 });
  log.push(JSON.stringify({ ...story, moments: 0 }));
  for (const m of story!.moments) log.push(`   story ${(m.atUs / 1e6).toFixed(4)} ${text('en', m.phrase.key, m.phrase.params)} ${m.tone}`);
  for (const [selection, tabs] of [['broker:1', 'parameters state requests events'], ['producer:checkout', 'parameters state requests'], ['partition:orders-0', 'state log requests events parameters'], ['replica:orders-0@1', 'state log'], ['consumer:audit', 'state parameters'], ['link:1>2', 'state'], ['topic:orders', 'state parameters'], ['controller:101', 'state']] as const) {
    for (const tab of tabs.split(' ')) {
      await send({ type: 'view', view: { selection, tab: tab as never, windowRecords: 12, scroll: {} } });
      const d = frame!.detail!;
      if (tab === 'state') log.push(`${selection}: ${d.state.map((s) => `${text('en', s.label)}=${typeof s.value === 'object' ? text('en', s.value.key, s.value.params) : s.value}`).join('; ')}`);
      else log.push(`${selection} ${tab}: ${JSON.stringify(tab === 'parameters' ? d.parameters.filter((p) => p.set !== null || p.note !== null) : tab === 'log' ? d.batches.slice(-1) : tab === 'requests' ? [d.requests.length, d.requests.at(-1)] : d.lines.length).slice(0, 900)}`);
    }
  }
  const summary = await client.ask({ ask: 'summary', branch: 0, atUs: frame!.atUs });
  log.push(JSON.stringify({ ...summary, settings: summary.settings.length }));
  console.log(log.join('\n'));
}, 60000);
