/** What keeps a question of the compression lab from being answered, as a key of the texts and its raw parameters. */
import { packFail } from '../../text/en/pack-fail.ts';
import { fill, type Params } from '../../text/format.ts';

export type PackFailKey = keyof typeof packFail;

export class PackFailure extends Error {
  readonly why: { readonly key: PackFailKey; readonly params: Params };
  constructor(key: PackFailKey, params: Params) {
    super(fill(packFail[key], params));
    this.name = 'PackFailure';
    this.why = { key, params };
  }
}
