/** What a parameter takes, in the learner's language: '0 or more', 'one of none, gzip'. Pure. */
import type { KnownKey } from '../../kafka/config/types.ts';
import { valueWords } from './value-words.ts';

type Say = (key: string, params?: Record<string, string | number>) => string;

export function validWords(say: Say, known: KnownKey): string {
  const { validator } = known;
  const words = (value: number): string => valueWords(known, String(value));
  switch (validator?.kind) {
    case undefined:
      return say(`config.page.type.${known.type}`);
    case 'range': {
      const { min, max } = validator;
      if (min !== null && max !== null) return say('config.page.between', { min: words(min), max: words(max) });
      if (min !== null) return say('config.page.at-least', { min: words(min) });
      return max === null ? say('config.page.type.double') : say('config.page.at-most', { max: words(max) });
    }
    case 'rangeOr':
      return say('config.page.between-or', { min: validator.min, max: validator.max, or: validator.or });
    case 'oneOf': {
      const values = validator.values.join(say('config.page.comma'));
      return validator.caseSensitive ? values : say('config.page.any-case', { values });
    }
    case 'list':
      if (validator.values.length > 0)
        return say('config.page.list-of', { values: validator.values.join(say('config.page.comma')) });
      return say(validator.emptyAllowed ? 'config.page.type.list' : 'config.page.list-not-empty');
    case 'nonEmpty':
      return say('config.page.not-empty');
    case 'offsetReset':
      return `earliest, latest, ${validator.none ? 'none, ' : ''}by_duration:PnDTnHnMn.nS`;
    case 'throttledReplicas':
      return say('config.page.throttled');
    case 'voters':
      return say('config.page.list-of', { values: 'id@host:port' });
    case 'hostPorts':
      return say('config.page.list-of', { values: 'host:port' });
  }
}
