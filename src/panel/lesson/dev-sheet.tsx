import '../../app/app.css'
import { createRoot } from 'react-dom/client'
import { makeFrame } from '../../lesson/lesson.fixture.ts'
import { LESSONS } from '../../lesson/index.ts'
import { createAppStore } from '../../store/app-store.ts'
import { StoreProvider } from '../../store/use-app.tsx'
import { loadLanguage } from '../../text/index.ts'
import { LessonPanel } from '../lesson-panel.tsx'
const info = { world: 1, title: 'A shop at work', version: '4.3', seed: 7, endUs: 1, keys: [], topics: [] }
const f = { branch: 0, atUs: 2e7, lost: 6, acked: 900, pending: 0, failed: 0, ackHealthyUs: 11000, leaderlessUs: 8460000, idempotent: false, luck: null, refused: 0 }
const rows = [{ id: 1, value: 'Dear Anna, your order 1042 is on its way', offset: 14, ackedUs: 8990000 }, { id: 2, value: 'Dear Ines, we packed order 1043 this morning', offset: 15, ackedUs: 8990000 }, { id: 3, value: 'Dear Anna, your parcel comes between 14 and 16', offset: 16, ackedUs: 8990000 }, { id: 4, value: 'x', offset: 17, ackedUs: 8990000 }]
const m = (atUs: number, key: string, params = {}, tone = 'plain') => ({ atUs, phrase: { key, params }, about: [], tone })
const data = { predictions: { kill: 'gone', all: 'zero', one: 'zero' }, done: {}, killUs: 9000000, electedUs: 17460000, atRiskAtKill: 6, lostRows: rows, oneRows: rows, gapRow: rows[0], backUs: 1,
  followed: { id: 1, value: rows[0].value, offset: 14, sentUs: 7990000, ackedUs: 8000000, safeUs: 8041000, moments: [m(7990000, 'story.sent', { producer: 'checkout' }), m(7990100, 'story.partition.key', { key: 'Anna Roth', partition: 'orders-0' }), m(7994000, 'story.request', { producer: 'checkout', broker: 1, records: 2 }), m(7998000, 'story.appended', { broker: 1, offset: 14, epoch: 0 }), m(8002000, 'story.acked-at-risk', { afterUs: 12000, broker: 1 }, 'risk'), m(8041000, 'story.fetched-all', { broker: 2, leader: 1 })] } }
const decided = { ...data, first: f, all: { ...f, branch: 1, lost: 0, ackHealthyUs: 92000, idempotent: true }, one: { ...f, lost: 212, ackHealthyUs: 90000 }, two: { ...f, branch: 1, lost: 0, refused: 41, ackHealthyUs: 90000, leaderlessUs: 3e6 } }
await loadLanguage('zh')
document.body.style.overflow = 'auto'
const root = document.createElement('div'); root.style.cssText = 'display:flex;flex-wrap:wrap;gap:8px;padding:8px;height:auto'
document.body.append(root)
for (const language of ['en', 'zh'] as const) for (let i = 0; i < 12; i++) {
  const box = document.createElement('aside'); box.style.cssText = 'width:272px;background:var(--panel);border:1px solid var(--line)'; root.append(box)
  const store = createAppStore({ frame: makeFrame(), info, language, lesson: { id: LESSONS[0]!.id, step: i, data: i >= 5 && !(i === 8) ? decided : data } } as never)
  createRoot(box).render(<StoreProvider store={store}><LessonPanel lessons={LESSONS} /></StoreProvider>)
}
