import { describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { newDatabase } from '../../test/support/databases.js';
import { dataSourceOptions } from '../kernel/database.js';
import { Logger } from '../kernel/logger.js';
import { Sql } from '../kernel/sql.js';
import { LocaleCheck } from './locale-check.service.js';

describe('locale check at start', () => {
  const warnings = async (template: string): Promise<string[]> => {
    const { url, drop } = await newDatabase(template);
    const source = await new DataSource(dataSourceOptions(url, 1)).initialize();
    const sql = new Sql(source);
    const logger = new Logger('silent', true);
    const said: string[] = [];
    logger.warn = (...words: unknown[]): void => void said.push(JSON.stringify(words));
    try {
      await new LocaleCheck(sql, logger).onApplicationBootstrap();
    } finally {
      await sql.onApplicationShutdown();
      await source.destroy();
      await drop();
    }
    return said;
  };

  it('is silent if the locale folds every letter', async () => {
    expect(await warnings('template0')).toEqual([]);
  });

  it('warns about unmatched letters, with advice', async () => {
    const [said, ...more] = await warnings(`template0 locale_provider libc locale 'C'`);
    expect(said).toMatch(/ÉXITO.*npm run admin -- change-locale/);
    expect(more).toEqual([]);
  });
});
