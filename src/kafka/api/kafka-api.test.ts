import { expect, test } from 'vitest';
import { checkVectorFile } from '../../cli/check-vectors.ts';
import apiKeyVectors from '../vectors/apikeys.json?raw';
import errorVectors from '../vectors/errors.json?raw';
import backoffVectors from '../vectors/exponential-backoff.json?raw';
import { API_KEYS, apiKey, findApiKey, isFlexible, responseHeaderVersion } from './api-keys.ts';
import './api-names-rest.ts';
import { API_NAMES } from './api-names.ts';
import { ERRORS, error, errorCode, errorForCode, errorForException } from './errors.ts';
import { backoffMs, retryBackoff } from './exponential-backoff.ts';

test('golden vectors: errors', () => {
  expect(checkVectorFile(JSON.parse(errorVectors), 'errors.json')).toEqual({ passed: 135, failed: 0, misses: [] });
});

test('golden vectors: apikeys', () => {
  expect(checkVectorFile(JSON.parse(apiKeyVectors), 'apikeys.json')).toEqual({ passed: 93, failed: 0, misses: [] });
});

test('golden vectors: exponential-backoff', () => {
  const report = checkVectorFile(JSON.parse(backoffVectors), 'exponential-backoff.json');
  expect(report).toEqual({ passed: 24, failed: 0, misses: [] });
});

test('codes, names and keys are unique', () => {
  expect(new Set(ERRORS.map(({ code }) => code)).size).toBe(ERRORS.length);
  expect(new Set(ERRORS.map(({ name }) => name)).size).toBe(ERRORS.length);
  expect(new Set(API_KEYS.map(({ key }) => key)).size).toBe(API_KEYS.length);
});

test('an error is found by code, name and exception; an unknown one is an unknown server error', () => {
  expect(errorForCode(6).name).toBe('NOT_LEADER_OR_FOLLOWER');
  expect(errorForCode(9999).name).toBe('UNKNOWN_SERVER_ERROR');
  expect(errorForException('NotLeaderOrFollowerException')).toBe(error('NOT_LEADER_OR_FOLLOWER'));
  expect(errorCode('NONE')).toBe(0);
});

test('an API is found by key and name', () => {
  expect(findApiKey(0)).toBe(apiKey('Produce'));
  expect(findApiKey('Nothing')).toBeUndefined();
  expect(isFlexible(apiKey('Produce'), 8)).toBe(false);
  expect(responseHeaderVersion(apiKey('ApiVersions'), 3)).toBe(0);
});

test('the default back-off doubles from 100 ms to 1 s, a fifth shorter or longer, never above the cap', () => {
  const backoff = retryBackoff(100, 1000);
  expect([0, 1, 2, 3, 4, 50].map((attempts) => backoffMs(backoff, attempts, 0.5))).toEqual([
    100, 200, 400, 800, 1000, 1000,
  ]);
  expect([backoffMs(backoff, 0, 0), backoffMs(backoff, 4, 0.9999)]).toEqual([80, 1000]);
  expect(backoffMs(retryBackoff(500, 100), 3, 0.5)).toBe(100);
  expect(backoffMs(retryBackoff(0, 100), 3, 0.5)).toBe(0);
});

test('the names alone are those of the keys', () => {
  expect(API_NAMES).toEqual(API_KEYS.map(({ name }) => name));
});
