import { escapeXml } from '../content/escape.js';
import { PageHtml, utf8InLatin1 } from '../rendering/page-html.js';

/** The confirmation of the last action, and the id of the element that it belongs to. */
export interface PlacedNotice {
  readonly notice: string | null;
  readonly noticeAt: string | null;
}

/**
 * Inserts a confirmation as the first child of the element with this id: at the top of a long page
 * it would be out of sight, and scrolling there would lose the reader's place.
 * @param page a complete one
 * @param place an id of letters, digits and hyphens; the main element is used if it is null or not
 *   on the page
 */
export function placeNotice(page: PageHtml, place: string | null, text: string): PageHtml {
  const notice =
    '<p class="notice notice--done" role="status" tabindex="-1" data-focus>' +
    `${utf8InLatin1(escapeXml(text))}</p>`;
  const html = page.bytes;
  const tag = tagOf(html, place ?? 'main') ?? tagOf(html, 'main');
  // A replacement function, because `$` is special in a replacement string and a notice may contain
  // it.
  return tag === null ? page : new PageHtml(html.replace(tag, () => `${tag}\n${notice}`));
}

/**
 * The opening tag of the element. Members' text cannot match, because its angle brackets are
 * escaped.
 */
function tagOf(html: string, id: string): string | null {
  return new RegExp(`<[a-z][^<>]* id="${id}"[^<>]*>`).exec(html)?.[0] ?? null;
}
