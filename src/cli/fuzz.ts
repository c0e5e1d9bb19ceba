import { type CommandOutput, wrongCall } from './output.ts';

export function fuzzCommand(_args: readonly string[]): CommandOutput {
  return wrongCall('fuzz: being written');
}
