/**
 * The whole page on made-up frames, for looking at it without an engine:
 * /src/app/dev.html?situation=elected&theme=dark&lang=zh&selection=topic:orders&tab=parameters&at=12417&play=1&dialog=help
 */
import './app.css';
import { createRoot } from 'react-dom/client';
import { makeFrame, makeInfo, type Situation } from '../diagram/fixture.ts';
import { configEntries } from '../kafka/config/registry.ts';
import type { BatchView, Detail, DetailTab, LogLine, RecordRow, RequestView } from '../protocol/frame.ts';
import { createAppStore } from '../store/app-store.ts';
import { FakeClient } from '../store/fake-client.ts';
import type { Dialog, ThemeChoice } from '../store/model.ts';
import { browserScreen, startPlayer } from '../store/player.ts';
import { configOwner } from '../store/thing.ts';
import { StoreProvider } from '../store/use-app.tsx';
import { type Language, loadLanguage } from '../text/index.ts';
import { Page } from './app.tsx';
import { followAppearance } from './appearance.ts';
import { shortcutsOf } from './shortcuts.ts';

const query = new URLSearchParams(location.search);
const language = (query.get('lang') ?? 'en') as Language;
const situation = (query.get('situation') ?? 'elected') as Situation;
const options = {
  situation,
  language,
  brokers: Number(query.get('brokers') ?? 3),
  partitions: Number(query.get('partitions') ?? 3),
};

const says = (sentence: string) => ({ key: sentence, params: {} });
const lines: LogLine[] = [
  [3_291_000, 'checkout got its answer for offset 14: acks=1 asks for no second copy', 'plain'],
  [3_300_000, 'broker 1 was killed; broker 2 still lacked 3 records', 'risk'],
  [11_800_000, 'broker 2 became leader of orders-0: broker 1 was fenced', 'plain'],
  [11_800_000, '3 records were acknowledged and are gone', 'harm'],
].map(([atUs, sentence, tone], id) => ({
  id,
  atUs: atUs as number,
  phrase: says(sentence as string),
  about: ['broker:1', 'partition:orders-0'],
  tone: tone as LogLine['tone'],
}));

const batch = (base: number): BatchView => ({
  baseOffset: base,
  lastOffset: base + 2,
  leaderEpoch: 4,
  producerId: 1000,
  producerEpoch: 0,
  baseSequence: base,
  sizeBytes: 331,
  crc: 0x8f3a_11c2,
  codec: 'none',
  records: [0, 1, 2].map((i) => ({
    id: base + i,
    offset: base + i,
    timestampMs: 0,
    key: ['anna', 'ben', 'hua'][i]!,
    value: `{"order": ${4711 + base + i}, "item": "lamp, brass", "euro": 39.5}`,
    fate: base + i > 13 ? 'lost' : base + i > 11 ? 'at-risk' : 'safe',
  })),
});

const request = (id: number): RequestView => ({
  id,
  api: id % 2 === 0 ? 'Produce' : 'Fetch',
  apiKey: id % 2,
  apiVersion: 12,
  correlationId: 100 + id,
  from: id % 2 === 0 ? 'producer:checkout' : 'broker:2',
  to: 'broker:1',
  sentUs: 3_200_000 + id * 4000,
  arriveUs: 3_201_000 + id * 4000,
  answeredUs: id === 5 ? null : 3_204_000 + id * 4000,
  sizeBytes: 412,
  error: id === 4 ? 'NOT_LEADER_OR_FOLLOWER' : null,
  request: {
    acks: 1,
    timeoutMs: 30000,
    topicData: [{ name: 'orders', partitionData: [{ index: 0, records: '3 records' }] }],
  },
  response: { responses: [{ name: 'orders', partitionResponses: [{ index: 0, errorCode: 0, baseOffset: 14 }] }] },
});

function detail(thing: string, tab: DetailTab): Detail {
  const owner = configOwner(thing);
  const entries = owner === null ? [] : configEntries(owner.scope);
  return {
    thing,
    tab,
    parameters: entries.map(({ key, default: value }) => ({
      key,
      set: key === 'min.insync.replicas' ? '2' : key === 'acks' ? '1' : null,
      effective: key === 'min.insync.replicas' ? '2' : key === 'acks' ? '1' : (value ?? ''),
      note: key === 'enable.idempotence' ? says('Idempotence switched itself off, because acks is 1.') : null,
    })),
    state: [
      { label: 'state.leader', value: 2 },
      { label: 'state.isr', value: '2, 3' },
      { label: 'state.hw', value: 14 },
      { label: 'state.leo', value: 17 },
      { label: 'state.leader-epoch', value: 5 },
      { label: 'state.size', value: { key: 'value.bytes', params: { bytes: 12_345 } } },
    ],
    batches: [batch(6), batch(9), batch(12), batch(15)],
    requests: [0, 1, 2, 3, 4, 5].map(request),
    lines,
  };
}

const row = (id: number): RecordRow => ({
  id,
  producer: 'checkout',
  ordinal: id,
  partition: 'orders-0',
  offset: id,
  key: 'anna',
  value: `Dear Anna, your order ${4711 + id} is on its way`,
  fate: 'lost',
  sentUs: 3_290_000 + id * 5000,
  ackedUs: 3_291_000 + id * 5000,
});

const totals = makeFrame(options).totals;
const client = new FakeClient(
  {
    info: {
      ...makeInfo(options),
      title: language === 'zh' ? '应答过的消息，丢了' : 'An acknowledged message, lost',
      endUs: 60_000_000,
    },
    frame: (atUs) => ({ ...makeFrame({ ...options, atUs }), endUs: 60_000_000 }),
    detail,
    timeline: () => ({
      lines,
      marks: [
        { id: 1, lane: 'elections', atUs: 11_800_000, phrase: says('broker 2 leads orders-0'), about: ['broker:2'] },
        { id: 2, lane: 'isr', atUs: 11_800_000, phrase: says('broker 1 left'), about: ['broker:1'] },
        { id: 3, lane: 'losses', atUs: 11_650_000, phrase: says('lost'), about: [] },
        { id: 4, lane: 'losses', atUs: 11_900_000, phrase: says('lost'), about: [] },
      ],
      commands: [
        {
          id: 90,
          atUs: 3_300_000,
          command: { do: 'broker.kill', broker: 1 },
          phrase: says(language === 'zh' ? '杀掉 broker 1' : 'kill broker 1'),
          off: false,
          origin: 'you',
        },
      ],
      branches: [
        { id: 0, parent: null, forkUs: 0, title: says('acks=1'), what: null, name: null, note: '', current: true },
        { id: 1, parent: 0, forkUs: 0, title: says('acks=all'), what: null, name: null, note: '', current: false },
      ],
    }),
    answer: (question) => {
      if (question.ask === 'records') return { rows: [0, 1, 2].map(row), total: 3 };
      if (question.ask === 'scenario') return { kafkascope: 1, topics: [{ name: 'orders' }], title: 'fixture' };
      if (question.ask === 'story') {
        return { ...row(question.id), delivered: false, duplicates: 0, moments: lines };
      }
      if (question.ask === 'summary') {
        const after = question.branch === 1;
        return {
          branch: question.branch,
          atUs: question.atUs,
          totals: { ...totals, lost: after ? 0 : 3 },
          ack: {
            p50: 3000,
            p99: 9000,
            p50WhileHealthy: after ? 41_000 : 3_000,
            p99WhileHealthy: 9000,
            p50DuringFailover: after ? 8_600_000 : 8_500_000,
            p99DuringFailover: 0,
          },
          leaderless: [{ partition: 'orders-0', totalUs: 8_500_000 }],
          settings: [
            { thing: 'producer:checkout', key: 'acks', value: after ? 'all' : '1', set: true },
            { thing: 'producer:checkout', key: 'enable.idempotence', value: String(after), set: false },
          ],
          errors: [],
          luck: null,
        };
      }
      if (question.ask === 'invariants') {
        return { atUs: 12_417_000, checked: [{ name: 'HW never passes the ISR', holds: true, message: null }] };
      }
      return undefined;
    },
  },
  (run) => setTimeout(run, 1),
);

const store = createAppStore({ theme: (query.get('theme') ?? 'light') as ThemeChoice });
const { actions } = store.getState();
followAppearance(store);
addEventListener('keydown', shortcutsOf(store));
startPlayer(store, browserScreen());
void loadLanguage(language).then(() => {
  store.setState({ language, lessonFolded: query.get('fold') === '1' });
  actions.connect(client);
  actions.open(
    { kafkascope: 1, topics: [{ name: 'orders' }], title: 'fixture' },
    {
      atUs: Number(query.get('at') ?? 12_417) * 1000,
      play: query.get('play') === '1',
      selection: query.get('selection'),
    },
  );
  const tab = query.get('tab');
  if (tab !== null) actions.setTab(tab as DetailTab);
  const dialog = query.get('dialog');
  if (dialog !== null) actions.openDialog(JSON.parse(dialog) as Dialog);
  const sheet = query.get('sheet');
  if (sheet !== null) actions.setSheet(sheet as 'lesson');
});
createRoot(document.getElementById('root')!).render(
  <StoreProvider store={store}>
    <Page />
  </StoreProvider>,
);
