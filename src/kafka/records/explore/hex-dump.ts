/** Bytes as text: sixteen a line, with their place and their ASCII, as `hexdump -C` and `xxd` write them. */
const A_LINE = 16;

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += A_LINE) {
    const row = [...bytes.subarray(at, at + A_LINE)];
    const cells = Array.from({ length: A_LINE }, (_, i) => (i < row.length ? hex(row[i] as number, 2) : '  '));
    const ascii = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${hex(at, 8)}  ${cells.slice(0, 8).join(' ')}  ${cells.slice(8).join(' ')}  |${ascii}|`);
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
