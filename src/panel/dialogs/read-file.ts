/** Reads a file without believing what it says it is. */
export const MAX_TEXT_BYTES = 1_000_000;
/** A scenario with the texts of a 5 MiB file in it. */
export const MAX_FILE_BYTES = 16_777_216;

export type FileText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly fault: 'too-large' | 'not-text' | 'unreadable' };

export async function readTextFile(file: Blob, maxBytes: number): Promise<FileText> {
  if (file.size > maxBytes) return { ok: false, fault: 'too-large' };
  let bytes: ArrayBuffer;
  try {
    bytes = await file.arrayBuffer();
  } catch {
    return { ok: false, fault: 'unreadable' };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? { ok: false, fault: 'not-text' } : { ok: true, text };
  } catch {
    return { ok: false, fault: 'not-text' };
  }
}
