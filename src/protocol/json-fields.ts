/**
 * The fields of a JSON object as they stand in its text, so that a number keeps all of its digits and 1.0 stays 1.0. The
 * text was read before: it is an object of valid JSON.
 */
export function rawFields(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  let at = skipSpace(text, text.indexOf('{') + 1);
  while (text.charAt(at) === '"') {
    const nameEnd = endOfText(text, at);
    const name = JSON.parse(text.slice(at, nameEnd)) as string;
    // Past the colon.
    const start = skipSpace(text, skipSpace(text, nameEnd) + 1);
    const end = endOfValue(text, start);
    fields.set(name, text.slice(start, end));
    at = skipSpace(text, end);
    if (text.charAt(at) !== ',') break;
    at = skipSpace(text, at + 1);
  }
  return fields;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at++;
  return at;
}

/** Past the closing quote of the text that begins at `from`. */
function endOfText(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at + 1;
}

function endOfValue(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; ) {
    const c = text.charAt(at);
    if (c === '"') {
      at = endOfText(text, at);
      if (depth === 0) return at;
      continue;
    }
    if (c === '{' || c === '[') depth++;
    else if (c === '}' || c === ']') {
      if (depth === 0) return at;
      depth--;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && (c === ',' || c === ' ' || c === '\t' || c === '\r' || c === '\n')) return at;
    at++;
  }
  return text.length;
}
