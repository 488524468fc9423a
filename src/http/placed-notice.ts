import { escapeXml } from '../content/escape.js';

/** The confirmation of what was done last, and the id of the part of the page it belongs to. */
export interface PlacedNotice {
  readonly notice: string | null;
  readonly noticeAt: string | null;
}

/**
 * Puts a confirmation into a page, as the first thing within the part that has this id: a notice on
 * top of a long page would be out of sight, and going there would lose the reader's place.
 * @param html a whole page
 * @param place an id of letters, digits and hyphens; the main part where null or not on the page
 */
export function placeNotice(html: string, place: string | null, text: string): string {
  const notice =
    '<p class="notice notice--done" role="status" tabindex="-1" data-focus>' +
    `${escapeXml(text)}</p>`;
  const tag = tagOf(html, place ?? 'main') ?? tagOf(html, 'main');
  // Not a pattern to replace with: the text of a notice may hold a dollar sign.
  return tag === null ? html : html.replace(tag, () => `${tag}\n${notice}`);
}

/** The opening tag of the part; text of members cannot hold one, its angle brackets are escaped. */
function tagOf(html: string, id: string): string | null {
  return new RegExp(`<[a-z][^<>]* id="${id}"[^<>]*>`).exec(html)?.[0] ?? null;
}
