/** A file to a scenario on the stage, or to a page that says what is wrong; the present scenario stays until it is right. */
import type { Problem } from '../../protocol/parse-scenario.ts';
import type { AppStore } from '../../store/app-store.ts';
import { keepPresent } from '../../store/persistence-write.ts';
import { MAX_FILE_BYTES, readTextFile } from './read-file.ts';

export async function openScenarioFile(store: AppStore, file: File): Promise<void> {
  const { actions } = store.getState();
  const answer = await readTextFile(file, MAX_FILE_BYTES);
  if (!answer.ok) {
    actions.setOpenFailure({
      source: 'file',
      name: file.name,
      phrase: {
        key: `panel.file.${answer.fault}`,
        params: { name: file.name, bytes: file.size, max: MAX_FILE_BYTES },
      },
      problems: [],
    });
    return;
  }
  // The parser is as large as the rest of the panel: it loads with the first file.
  const { parseScenario, problemMessage } = await import('../../protocol/parse-scenario.ts');
  const parsed = parseScenario(answer.text, file.name);
  const chinese =
    store.getState().language === 'zh' ? (await import('../../protocol/parse/messages-zh.ts')).CHINESE : undefined;
  const inWords = (problem: Problem): Problem => ({ ...problem, message: problemMessage(problem, chinese) });
  if (!parsed.ok) {
    const problems = parsed.problems.map(inWords);
    actions.setOpenFailure({ source: 'file', name: file.name, phrase: null, problems });
    return;
  }
  await keepPresent(store);
  actions.wantLesson(false);
  actions.open(parsed.scenario, { play: true });
  for (const warning of parsed.warnings.slice(0, 2).map(inWords)) {
    actions.notice({
      key: 'panel.open.warning',
      params: { place: warning.place === '' ? file.name : warning.place, message: warning.message },
    });
  }
}
