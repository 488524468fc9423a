import { ComputedOnce } from './computed-once.js';

/** Several hundred combinations of languages and options are in use. The limit bounds the cache. */
const MAX_FORMATTERS = 1_000;

/**
 * Caches a formatter per set of arguments: creating one costs a thousand times as much as using it.
 */
function memoised<Arguments extends readonly unknown[], Formatter>(
  make: (...args: Arguments) => Formatter,
): (...args: Arguments) => Formatter {
  const cache = new ComputedOnce<Formatter>(MAX_FORMATTERS);
  return (...args) =>
    cache.get(args.length === 1 ? String(args[0]) : JSON.stringify(args), () => make(...args));
}

/**
 * Names of languages or regions. An unknown code is returned as it is, unless `fallback` is 'none'.
 */
export const displayNames = memoised(
  (locale: string, type: 'language' | 'region', fallback: 'code' | 'none' = 'code') =>
    new Intl.DisplayNames([locale], { type, fallback }),
);

export const numberFormat = memoised((locale: string) => new Intl.NumberFormat(locale));

export const pluralRules = memoised(
  (locale: string, type: 'cardinal' | 'ordinal') => new Intl.PluralRules(locale, { type }),
);

/** Formats lists such as "a, b and c". */
export const listFormat = memoised(
  (locale: string) => new Intl.ListFormat(locale, { type: 'conjunction' }),
);

/** What stands between the items of a list, and between its last two: ", " and " and ". */
export const listSeparators = memoised((locale: string) => {
  const between = (items: string[]): string =>
    listFormat(locale)
      .formatToParts(items)
      .find(({ type }) => type === 'literal')?.value ?? ', ';
  return { comma: between(['1', '2', '3']), and: between(['1', '2']) };
});

export const dateTimeFormat = memoised(
  (locale: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
);
