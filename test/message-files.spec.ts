import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { IntlMessageFormat } from 'intl-messageformat';

const FOLDER = 'views/messages';
const ENGLISH = 'en';

type Tree = { [key: string]: string | Tree };
/** An element of a parsed message, as the parser gives it. */
interface Element {
  type: number;
  value: string;
  options?: Record<string, { value: Element[] }>;
}
/** Types of elements without an argument of their own: text, and `#`. */
const WITHOUT_ARGUMENT = [0, 7];

/** Every message of a language by its key. */
function messagesOf(locale: string): Map<string, string> {
  const all = new Map<string, string>();
  const collect = (tree: Tree, prefix: string): void => {
    for (const [key, value] of Object.entries(tree)) {
      if (typeof value === 'string') all.set(`${prefix}${key}`, value);
      else collect(value, `${prefix}${key}.`);
    }
  };
  for (const file of readdirSync(join(FOLDER, locale))) {
    const tree = JSON.parse(readFileSync(join(FOLDER, locale, file), 'utf8')) as Tree;
    collect(tree, `${file.replace(/\.json$/, '')}.`);
  }
  return all;
}

/** The names of the arguments of a message, in its branches too. */
function argumentsOf(text: string, locale: string): string[] {
  const names = new Set<string>();
  const visit = (elements: readonly Element[]): void => {
    for (const { type, value, options } of elements) {
      if (!WITHOUT_ARGUMENT.includes(type)) names.add(value);
      for (const branch of Object.values(options ?? {})) visit(branch.value);
    }
  };
  const format = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
  visit(format.getAst() as unknown as Element[]);
  return [...names].sort();
}

const english = messagesOf(ENGLISH);
const others = readdirSync(FOLDER).filter((locale) => locale !== ENGLISH);

describe.each(others)('the messages in %s', (locale) => {
  const own = messagesOf(locale);

  it('are all there, and no others, so that no page mixes languages', () => {
    expect([...english.keys()].filter((key) => !own.has(key))).toEqual([]);
    expect([...own.keys()].filter((key) => !english.has(key))).toEqual([]);
  });

  it('take the same arguments as the English ones', () => {
    const wrong = [...own].filter(
      ([key, text]) =>
        String(argumentsOf(text, locale)) !== String(argumentsOf(english.get(key) ?? '', ENGLISH)),
    );
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  it('are translated, but for names and signs', () => {
    const same = [...own].filter(
      ([key, text]) => text === english.get(key) && text.split(/\s+/).length > 3,
    );
    expect(same.map(([key]) => key)).toEqual([]);
  });
});
