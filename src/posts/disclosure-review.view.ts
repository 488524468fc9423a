import type { Translator } from '../i18n/translator.js';
import type { Values } from '../http/form.js';
import { hiddenFields, type HiddenField } from '../http/form-values.js';
import {
  checkDisclosure,
  disclosureToken,
  type DisclosureReport,
  type DisclosureFinding,
  type PostTexts,
} from '../disclosure/disclosure-check.js';

/** Part of a text; `mark` highlights a detected detail. */
export interface Piece {
  text: string;
  mark: boolean;
}

/** The detected details, why they may matter, the text without them, and the choices. */
export interface DisclosureReviewView {
  action: string;
  seen: { what: string; why: string; words: string }[];
  waits: string;
  harm: boolean;
  before: Piece[];
  after: Piece[];
  /** Fields of a form that submits the edited text, and of one that submits the text unchanged. */
  edited: HiddenField[];
  asIs: HiddenField[];
  /** URL of the form where the author can edit the text by hand. */
  change: string;
}

const HARMS = ['dose', 'method', 'body-number'];
const LEFT_OUT = ['_csrf', 'title', 'body', 'summary', 'detailsSeen', 'place', 'review'];

export interface DisclosureReviewPlace {
  readonly action: string;
  readonly change: string;
}

/** @param values all other fields of the form, which are submitted too */
export function disclosureReviewView(
  i18n: Translator,
  found: Pick<DisclosureReport, 'texts'> & Partial<Pick<DisclosureReport, 'others'>>,
  values: Values,
  place: DisclosureReviewPlace,
  known?: PostTexts,
): DisclosureReviewView | null {
  const disclosure = checkDisclosure(
    found.texts,
    (kind) => `[${i18n.t(`details.left-out.${kind}`)}]`,
    known,
    undefined,
    found.others,
  );
  if (disclosure === null) return null;
  const rest = hiddenFields(values, LEFT_OUT);
  const form = (texts: PostTexts): HiddenField[] => [
    ...rest,
    // A reply has no title to send.
    ...(['title', 'body', 'summary'] as const)
      .filter((name) => name !== 'title' || texts.title !== '')
      .map((name) => ({ name, value: texts[name] })),
    { name: 'detailsSeen', value: disclosureToken(texts) },
  ];
  return {
    ...place,
    seen: disclosure.seen
      .map(({ kind, words: said }) => ({
        what: i18n.t(`details.what.${kind}`),
        why: i18n.t(`details.why.${kind}`),
        words: said,
      }))
      .filter(
        ({ what, words: said }, n, all) =>
          all.findIndex((other) => other.what === what && other.words === said) === n,
      ),
    waits: disclosure.waits ? i18n.t('details.waits') : '',
    harm: disclosure.seen.some(({ kind }) => HARMS.includes(kind)),
    ...sides(disclosure),
    edited: form(disclosure.edited),
    asIs: form(disclosure.texts),
  };
}

// Unchanged lines are not shown again.
function sides(disclosure: DisclosureReport): { before: Piece[]; after: Piece[] } {
  const before: Piece[] = [];
  const after: Piece[] = [];
  for (const field of ['title', 'body', 'summary'] as const) {
    const seen = disclosure.seen.filter((each) => each.field === field);
    for (const line of lines(disclosure.texts[field], seen)) {
      if (before.length > 0)
        for (const side of [before, after]) side.push({ text: '\n\n', mark: false });
      let at = line.from;
      for (const each of line.seen) {
        for (const side of [before, after])
          side.push({ text: disclosure.texts[field].slice(at, each.span[0]), mark: false });
        before.push({ text: disclosure.texts[field].slice(...each.span), mark: true });
        after.push({ text: each.instead, mark: true });
        at = each.span[1];
      }
      for (const side of [before, after])
        side.push({ text: disclosure.texts[field].slice(at, line.to), mark: false });
    }
  }
  return { before, after };
}

function lines(
  text: string,
  seen: readonly DisclosureFinding[],
): { from: number; to: number; seen: DisclosureFinding[] }[] {
  const found: { from: number; to: number; seen: DisclosureFinding[] }[] = [];
  for (const each of seen) {
    const last = found.at(-1);
    if (last !== undefined && each.span[0] < last.to) {
      last.seen.push(each);
      last.to = Math.max(last.to, lineEnd(text, each.span[1]));
    } else
      found.push({
        from: text.lastIndexOf('\n', each.span[0] - 1) + 1,
        to: lineEnd(text, each.span[1]),
        seen: [each],
      });
  }
  return found;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
