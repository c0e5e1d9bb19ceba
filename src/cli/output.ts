/** What a command leaves for its caller to print. */
export interface CommandOutput {
  readonly stdout: string;
  readonly stderr: string;
  /** 1: something that was checked failed; 2: a wrong call or a bad file. */
  readonly exitCode: 0 | 1 | 2;
}

export function wrongCall(message: string): CommandOutput {
  return { stdout: '', stderr: `${message}\n`, exitCode: 2 };
}
