/** A link of the moment, made and opened through protocol/link.ts; this file loads when there is a link to make or open. */
import { decodeMoment, encodeMoment, type LinkFault, MAX_INFLATED_BYTES } from '../protocol/link.ts';
import { problemMessage } from '../protocol/parse-scenario.ts';
import type { Scenario } from '../protocol/scenario.ts';
import { utf8Length } from '../protocol/text-lines.ts';
import { fill } from '../text/format.ts';
import { text } from '../text/index.ts';
import type { AppStore } from './app-store.ts';
import type { ProblemLike } from './model.ts';
import { presentScenario } from './present.ts';

export type ShareLink = { readonly ok: true; readonly url: string } | { readonly ok: false; readonly message: string };

/** Of the texts that workloads hold; everything else in a scenario is small. */
function bytesOfTexts(scenario: Scenario): number {
  let bytes = 0;
  for (const { workload } of scenario.producers ?? []) {
    if (workload?.keys?.kind === 'lines') bytes += utf8Length(workload.keys.text);
    if (workload?.values?.kind === 'lines') bytes += utf8Length(workload.values.text);
  }
  return bytes;
}

/** What is wrong with a link, in the learner's language. */
async function faultWords(store: AppStore, fault: LinkFault): Promise<{ message: string; problems: ProblemLike[] }> {
  const { message, problems = [] } = fault;
  if (store.getState().language !== 'zh') return { message, problems };
  const { CHINESE, LINK_FAULTS_ZH } = await import('../protocol/parse/messages-zh.ts');
  return {
    message: fill(LINK_FAULTS_ZH[fault.code], fault.params),
    problems: problems.map((problem) => ({ ...problem, message: problemMessage(problem, CHINESE) })),
  };
}

export async function makeShareLink(store: AppStore, href: string): Promise<ShareLink> {
  const { withOff, off } = await presentScenario(store);
  const { frame, selection } = store.getState();
  const textBytes = bytesOfTexts(withOff);
  // Known before a second is spent on compressing what no link can hold.
  if (textBytes > MAX_INFLATED_BYTES) {
    return { ok: false, message: text(store.getState().language, 'inout.share.large', { bytes: textBytes }) };
  }
  const made = encodeMoment({
    version: 1,
    scenario: withOff,
    atUs: frame?.atUs ?? 0,
    events: frame?.events,
    selection,
    off: [...off],
  });
  if (!made.ok) return { ok: false, message: (await faultWords(store, made.fault)).message };
  const url = new URL(href);
  url.hash = made.text;
  return { ok: true, url: url.href };
}

/** Opens the moment of a link's fragment; false when it cannot be, and the page says why. */
export async function openShared(store: AppStore, hash: string): Promise<boolean> {
  const { actions } = store.getState();
  const read = decodeMoment(hash);
  if (!read.ok) {
    const { message, problems } = await faultWords(store, read.fault);
    actions.setOpenFailure({
      source: 'link',
      name: null,
      phrase: { key: 'panel.link.broken', params: { message } },
      problems,
    });
    return false;
  }
  const { scenario, atUs, events, selection, off } = read.moment;
  actions.wantLesson(false);
  actions.foldLesson(true);
  actions.open(scenario, { atUs, events, off, selection });
  return true;
}
