import { truncate } from '../content/truncate.js';
import { bodyHtml, withoutQuotes } from '../content/markdown.js';
import type { Translator } from '../i18n/translator.js';
import { compareTiers } from '../review/review-targets.js';
import { authorName } from './author.js';
import { postPath, revealPath } from './post-address.js';
import { textLanguage, type TextLanguage } from './text-language.view.js';
import type { QuoteRow } from './post-quotes.queries.js';

/** Maximum number of characters that a quotation shows; the rest is in the post itself. */
export const MAX_QUOTE_LENGTH = 700;

/** A quotation as one reader sees it; `bodyHtml` is empty if `omitted` is set. */
export interface QuoteView {
  /** Author of the quoted text; null if it is omitted. */
  who: string | null;
  href: string;
  number: number;
  /** Why the text is omitted for this reader; null if it is shown. */
  omitted: string | null;
  /** Label of the collapsed text; null if it is not collapsed. */
  fold: string | null;
  summary: string;
  /** Set if it differs from the language of the page. */
  language: TextLanguage | null;
  bodyHtml: string;
  changed: string | null;
  /** The quotation is truncated. */
  cut: boolean;
}

export function quoteView(row: QuoteRow, i18n: Translator): QuoteView {
  const omitted = omissionOf(row, i18n);
  const own = withoutQuotes(row.body);
  const text = cutText(own);
  const shown = omitted === null;
  return {
    who: shown
      ? i18n.t('posts.quote.who', { number: row.number, name: authorName(row, i18n) })
      : null,
    href:
      row.visible && !row.blocked && row.unwanted
        ? revealPath(row.threadId, row.number)
        : postPath(row.threadId, row.number),
    number: row.number,
    omitted,
    fold: shown ? foldOf(row, i18n) : null,
    summary: shown ? row.summary : '',
    language: shown ? textLanguage(row.language, i18n) : null,
    bodyHtml: shown ? bodyHtml(text) : '',
    changed: shown && row.changed ? i18n.t('posts.quote.changed') : null,
    cut: shown && text !== row.body.trim(),
  };
}

/** Whether the quoted text is collapsed for everybody but its author. */
export function isCollapsedQuote(row: QuoteRow): boolean {
  return row.visible && (row.folded || compareTiers(row.tier, 'urgent') >= 0);
}

function omissionOf(row: QuoteRow, i18n: Translator): string | null {
  if (!row.visible) return i18n.t('posts.quote.gone', { number: row.number });
  if (row.blocked) return i18n.t('posts.quote.blocked');
  return row.unwanted ? i18n.t('posts.spared') : null;
}

function foldOf(row: QuoteRow, i18n: Translator): string | null {
  if (row.mine) return null;
  const notes = [...new Set([...row.contentWarnings, ...row.addedNotes])];
  const about =
    notes.length === 0
      ? null
      : i18n.t('posts.about', {
          notes: i18n.list(notes.map((note) => i18n.t(`posts.note.${note}`))),
        });
  if (isCollapsedQuote(row))
    return about === null ? i18n.t('posts.careful') : `${i18n.t('posts.careful')} ${about}`;
  return row.notesOpen ? null : about;
}

function cutText(text: string): string {
  return truncate(text, MAX_QUOTE_LENGTH);
}
