import { type Effective, makeNote, readConfig } from './config-view.ts';
import type { ConfigEntries } from './types.ts';
import { makeRefusal } from './validate.ts';

/** What an admin client runs with, in ms. */
export type AdminConfig = { requestTimeoutMs: number; defaultApiTimeoutMs: number };

/** KafkaAdminClient.configureDefaultApiTimeoutMs: the default gives way to request.timeout.ms, a set value is refused. */
export function effectiveAdminConfig(entries: ConfigEntries): Effective<AdminConfig> {
  const { view, refusals, notes } = readConfig('admin', entries);
  if (refusals.length > 0) return { ok: false, refusals };
  const key = 'default.api.timeout.ms';
  const request = view.number('request.timeout.ms');
  const whole = view.number(key);
  if (whole >= request) return { ok: true, config: { requestTimeoutMs: request, defaultApiTimeoutMs: whole }, notes };
  if (view.isSet(key)) {
    const params = { key, value: String(whole), other: 'request.timeout.ms', limit: String(request) };
    return { ok: false, refusals: [makeRefusal(key, 'at-least', params, 'ConfigException')] };
  }
  notes.push(makeNote(key, 'api-timeout-raised', { from: String(whole), to: String(request) }));
  return { ok: true, config: { requestTimeoutMs: request, defaultApiTimeoutMs: request }, notes };
}
