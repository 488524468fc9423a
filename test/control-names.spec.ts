import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Messages } from '../src/i18n/messages.js';

const messages = new Messages();
/** A link or button with a name of its own, and what it shows. */
const NAMED =
  /<(a|button|summary)\b[^<]*?aria-label="((?:[^"{]|\{\{(?:[^}"]|"[^"]*")*\}\})*)"[^<]*?>((?:(?!<\/\1>).)*)<\/\1>/gs;

const keysIn = (markup: string): string[] =>
  [...markup.matchAll(/\{\{t "([^"]+)"/g)].map(([, key = '']) => key);

/** The keys of the names, each with the key of the words that are shown. */
function named(): { name: string; shown: string }[] {
  const templates = readdirSync('views', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.hbs'))
    .map((path) => readFileSync(`views/${path}`, 'utf8'));
  return templates.flatMap((text) =>
    [...text.matchAll(NAMED)].flatMap(([, , label = '', content = '']) => {
      const shown = keysIn(content);
      return keysIn(label).flatMap((name, at) =>
        shown[at] === undefined ? [] : [{ name, shown: shown[at] }],
      );
    }),
  );
}

/** WCAG 2.5.3: who speaks to a device says what they see, and the control is found by its name. */
describe('the names of links and buttons', () => {
  const pairs = [
    ...named(),
    // These are looked up in views.
    { name: 'moderation.shifts.remove-which', shown: 'moderation.shifts.remove' },
    { name: 'notifications.devices.remove-name', shown: 'notifications.devices.remove' },
    { name: 'strategies.post.add-name', shown: 'strategies.post.add' },
    { name: 'strategies.post.propose-name', shown: 'strategies.post.propose' },
  ];

  it.each(messages.locales)('contain the words that are shown (%s)', (locale) => {
    expect(pairs.length).toBeGreaterThan(30);
    const faults = pairs
      .filter(({ name, shown }) => messages.has(name, locale) && messages.has(shown, locale))
      .map(({ name, shown }) => [name, messages.raw(locale, name), messages.raw(locale, shown)])
      .filter(([, name = '', shown = '']) => !name.toLowerCase().includes(shown.toLowerCase()));
    expect(faults).toEqual([]);
  });
});
