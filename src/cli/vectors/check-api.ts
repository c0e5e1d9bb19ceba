/** Vectors of errors, API keys and the clients' back-off. */
import { findApiKey, requestHeaderVersion, responseHeaderVersion } from '../../kafka/api/api-keys.ts';
import { ERRORS, errorForCode } from '../../kafka/api/errors.ts';
import { backoffMs, type ExponentialBackoff } from '../../kafka/api/exponential-backoff.ts';
import { type CaseCheck, type CaseResult, checkList, type Fields, type VectorFile } from './case-check.ts';

export function checkErrors(file: VectorFile): CaseResult[] {
  return checkList(file.cases, 'cases', (entry, result) => {
    const code = entry.number('code');
    if (!ERRORS.some((error) => error.code === code)) throw new Error(`no error has the code ${code}`);
    const error = errorForCode(code);
    result.same('name', entry.raw('name'), error.name);
    // We keep the class's simple name; the package is nearly always org.apache.kafka.common.errors.
    const exception = entry.textOrNull('exception')?.split('.').pop() ?? null;
    result.same('exception', exception, error.exception);
    result.same('retriable', entry.raw('retriable'), error.retriable);
    result.same('refreshRetriable', entry.raw('refreshRetriable'), error.refreshRetriable);
    result.same('invalidMetadata', entry.raw('invalidMetadata'), error.invalidMetadata);
    result.same('transactionAbortable', entry.raw('transactionAbortable'), error.transactionAbortable);
    result.same('invalidConfiguration', entry.raw('invalidConfiguration'), error.invalidConfiguration);
    result.same('applicationRecoverable', entry.raw('applicationRecoverable'), error.applicationRecoverable);
    return error.name;
  });
}

export function checkApiKeys(file: VectorFile): CaseResult[] {
  return checkList(file.cases, 'cases', (entry, result) => {
    const id = entry.number('id');
    const api = findApiKey(id);
    if (api === undefined) throw new Error(`no API has the key ${id}`);
    result.same('enum', entry.raw('enum'), api.enumName);
    result.same('name', entry.raw('name'), api.name);
    const latest = api.latestVersion;
    result.same('hasValidVersion', entry.raw('hasValidVersion'), latest !== null);
    result.same('oldestVersion', entry.raw('oldestVersion'), api.oldestVersion);
    result.same('latestVersion', entry.raw('latestVersion'), latest);
    result.same('latestVersionStableOnly', entry.raw('latestVersionStableOnly'), api.latestStableVersion);
    // Kafka 4.3 deprecates no version of any API.
    result.same('lowestDeprecatedVersion', entry.raw('lowestDeprecatedVersion'), 0);
    result.same('highestDeprecatedVersion', entry.raw('highestDeprecatedVersion'), -1);
    result.same('clusterAction', entry.raw('clusterAction'), api.clusterAction);
    result.same('forwardable', entry.raw('forwardable'), api.forwardable);
    result.same('listeners', entry.raw('listeners'), api.listeners);
    const request = latest === null ? null : requestHeaderVersion(api, latest);
    result.same('requestHeaderVersionLatest', entry.raw('requestHeaderVersionLatest'), request);
    const response = latest === null ? null : responseHeaderVersion(api, latest);
    result.same('responseHeaderVersionLatest', entry.raw('responseHeaderVersionLatest'), response);
    result.same('firstFlexibleVersion', entry.raw('firstFlexibleVersion'), api.firstFlexibleVersion);
    return api.name;
  });
}

function backoffOf(entry: Fields): ExponentialBackoff {
  return {
    initialMs: entry.number('initial'),
    multiplier: entry.number('multiplier'),
    maxMs: entry.number('max'),
    jitter: entry.number('jitter'),
  };
}

function checkBackoff(entry: Fields, result: CaseCheck): string {
  const backoff = backoffOf(entry);
  entry.numbers('backoffMsByAttempt0To13').forEach((expected, attempts) => {
    const actual = backoffMs(backoff, attempts, 0.5);
    // At the cap the JVM's log and pow may round to one millisecond below it.
    const isRounded = actual === backoff.maxMs && expected === actual - 1;
    result.same(`attempt ${attempts}`, expected, isRounded ? expected : actual);
  });
  return `${backoff.initialMs} to ${backoff.maxMs} ms by ${backoff.multiplier}`;
}

/** The observed range of many draws must lie in ours, and come close to its ends. */
function checkJitter(entry: Fields, result: CaseCheck): string {
  const backoff = backoffOf(entry);
  const [name, observed] = entry.entries().find(([field]) => field.startsWith('observedMinMax')) ?? [];
  if (!Array.isArray(observed)) throw new Error('no observed range');
  observed.forEach((range: [number, number], attempts) => {
    const ours = [backoffMs(backoff, attempts, 0), backoffMs(backoff, attempts, 1 - 2 ** -32)] as const;
    const slack = Math.max(1, Math.round(ours[1] / 100));
    const isWithin = ours[0] - 1 <= range[0] && range[1] <= ours[1];
    const isClose = range[0] - ours[0] <= slack && ours[1] - range[1] <= slack;
    result.holds(`${name} attempt ${attempts}`, isWithin && isClose, `about ${range[0]} to ${range[1]}`, ours);
  });
  return `${backoff.initialMs} to ${backoff.maxMs} ms, jitter ${backoff.jitter}`;
}

export function checkExponentialBackoff(file: VectorFile): CaseResult[] {
  return [...checkList(file.cases, 'cases', checkBackoff), ...checkList(file.jitter, 'jitter', checkJitter)];
}
