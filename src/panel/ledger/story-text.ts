/** The story of one record as text: plain, or Markdown for a report. */
import type { RecordStory } from '../../protocol/frame.ts';
import type { Say } from '../../store/use-app.tsx';

const seconds = (us: number): string => (us / 1e6).toFixed(3);

/** Only moments up to `atUs`: what the page shows as past. */
export function storyText(say: Say, story: RecordStory, atUs: number): string {
  const past = story.moments.filter((moment) => moment.atUs <= atUs);
  const width = Math.max(0, ...past.map((moment) => seconds(moment.atUs).length));
  const rows = past.map((moment) => `${seconds(moment.atUs).padStart(width)}  ${say.phrase(moment.phrase)}`);
  const facts = factsOf(say, story).map(([name, value]) => `${name}: ${value}`);
  return `${[heading(say, story), '', ...facts, '', ...rows].join('\n')}\n`;
}

export function storyMarkdown(say: Say, story: RecordStory, atUs: number): string {
  const past = story.moments.filter((moment) => moment.atUs <= atUs);
  const facts = factsOf(say, story).map(([name, value]) => `- ${escaped(name)}: ${code(value)}`);
  const rows = past.map((moment) => {
    const sentence = escaped(say.phrase(moment.phrase));
    return `1. \`${seconds(moment.atUs)}\` ${moment.tone === 'harm' ? `**${sentence}**` : sentence}`;
  });
  return `${[`## ${escaped(heading(say, story))}`, '', ...facts, '', ...rows].join('\n')}\n`;
}

function heading(say: Say, story: RecordStory): string {
  return say('panel.records.nth', { producer: story.producer, ordinal: story.ordinal });
}

function factsOf(say: Say, story: RecordStory): [string, string][] {
  const place =
    story.partition === null ? '–' : `${story.partition}${story.offset === null ? '' : ` @ ${story.offset}`}`;
  return [
    [say('panel.records.key'), story.key ?? '–'],
    [say('inout.story.value'), story.value ?? '–'],
    [say('panel.records.place'), place],
    [say('panel.records.fate'), say(`fate.${story.fate}`)],
  ];
}

/** Letters that Markdown would take for its own. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, '\\$&').replace(/\r\n|[\r\n]/g, ' ');
}

/** A value as it is: the fence is longer than any run of backticks in it. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  return fence + space + text.replace(/\r\n|[\r\n]/g, ' ') + space + fence;
}
