import { describe, expect, it } from '@jest/globals';
import { Clock } from '../kernel/clock.js';
import { readConfig } from '../kernel/config.js';
import { Logger } from '../kernel/logger.js';
import type { Sql } from '../kernel/sql.js';
import { Screening } from './screening.js';

const nobody = {} as Sql;
function screening(env: Record<string, string> = {}): Screening {
  return new Screening(readConfig({ SECRET_KEY: 'k'.repeat(40), ...env }), nobody, new Clock(), new Logger('silent', true));
}

describe('screening', () => {
  it('hands on what the rules say', () => {
    const one = screening();
    one.assess = (_text, context) => ({ tier: context.title === 'A title' ? 'urgent' : 'none', signals: [], rulesVersion: '7' });
    expect(one.screen('Words', { title: 'A title' })).toEqual({ tier: 'urgent', signals: [], rulesVersion: '7', unscreened: null });
  });

  it('that fails is unknown, never an error and never quiet', () => {
    const one = screening();
    one.assess = () => {
      throw new Error('a rule broke');
    };
    expect(one.screen('Words')).toMatchObject({ tier: 'unknown', unscreened: 'screening-failed' });
  });

  it('that is switched off asks no rule', async () => {
    const one = screening({ TRIAGE: 'off' });
    one.assess = () => {
      throw new Error('asked');
    };
    expect(one.screen('Words')).toMatchObject({ tier: 'unknown', unscreened: 'screening-off' });
    expect(await one.state()).toBe('off');
  });

  it('of a language the rules do not know says so', () => {
    const one = screening();
    one.assess = () => ({ tier: 'unknown', signals: [], rulesVersion: '7' });
    expect(one.screen('Words')).toMatchObject({ tier: 'unknown', rulesVersion: '7', unscreened: 'language-not-screened' });
  });
});
