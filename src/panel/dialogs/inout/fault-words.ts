/** What is wrong with a file, in the learner's language, with its line and column and what would be right. */
import type { RecordsFault } from '../../../protocol/records-file.ts';
import { MAX_RECORDS_BYTES, type TextFault } from '../../../protocol/text-bytes.ts';
import type { Say } from '../../../store/use-app.tsx';

export function recordsFaultWords(say: Say, fault: RecordsFault): string {
  const params: Record<string, string | number> = { ...fault.params };
  for (const name of ['expected', 'found']) {
    const value = params[name];
    if (typeof value === 'string' && value.startsWith('@')) params[name] = say(`inout.word.${value.slice(1)}`);
  }
  const what =
    fault.json === undefined ? say(`inout.fault.${fault.code}`, params) : say(`inout.json.${fault.json}`, params);
  return say('inout.fault.at', { line: fault.line, column: fault.column, what });
}

export function textFaultWords(say: Say, fault: TextFault | 'unreadable', name: string): string {
  if (fault === 'unreadable') return say('panel.file.unreadable', { name });
  const { code, line, column, found } = fault;
  return say(`inout.text.${code}`, { name, line, column, found, bytes: Number(found), max: MAX_RECORDS_BYTES });
}
