import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../test/support/eventually.js';
import { Logger } from '../kernel/logger.js';
import { Messages } from '../i18n/messages.js';
import { reloadViews } from './reload-views.js';

describe('views in development', () => {
  let folder: string;
  let file: string;
  let messages: Messages;
  let end: () => Promise<void>;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sameboat-views-'));
    mkdirSync(join(folder, 'en'));
    file = join(folder, 'en', 'home.json');
    writeFileSync(file, '{ "title": "Before" }');
    messages = new Messages(folder);
    end = reloadViews(folder, [messages], new Logger('silent', true));
  });
  afterEach(async () => {
    await end();
    rmSync(folder, { recursive: true, force: true });
  });

  it('are reloaded when a file changes', async () => {
    expect(messages.text('en', 'home.title')).toBe('Before');
    writeFileSync(file, '{ "title": "After" }');
    await eventually(() => messages.text('en', 'home.title') === 'After', 'the new words');
  });

  it('survive an unreadable file, and load it once fixed', async () => {
    writeFileSync(file, '{ "title": ');
    await eventually(() => !messages.has('home.title'), 'the broken file noticed');
    writeFileSync(file, '{ "title": "Put right" }');
    await eventually(
      () => messages.has('home.title') && messages.text('en', 'home.title') === 'Put right',
      'the words put right',
    );
  });
});
