import { describe, expect, it } from '@jest/globals';
import { PageHtml } from '../rendering/page-html.js';
import { placeNotice } from './placed-notice.js';

const PAGE =
  '<main class="page" id="main" tabindex="-1"><p>id="post-2"&gt;</p>' +
  '<article class="post" id="post-2" aria-labelledby="a"><h2 id="a">Two</h2></article></main>';

const placed = (html: string, place: string | null, text: string): string =>
  placeNotice(PageHtml.of(html), place, text).toString();

/** The part of the page before the notice. */
function before(html: string): string {
  return html.split('<p class="notice')[0] ?? '';
}

describe('placeNotice', () => {
  it('inserts it first in the element with the id, and focuses it', () => {
    const html = placed(PAGE, 'post-2', 'Posted & done.');
    expect(before(html)).toMatch(/id="post-2" aria-labelledby="a">\n$/);
    expect(html).toContain('role="status" tabindex="-1" data-focus>Posted &amp; done.</p><h2');
  });

  it("does not mistake members' text for an element of the page", () => {
    expect(before(placed(PAGE, 'post-2', 'Done.'))).toContain('<article');
  });

  it.each([null, 'gone'])('stands on top of the main part without a place (%s)', (place) => {
    expect(before(placed(PAGE, place, 'Done.'))).toMatch(/^<main [^>]*>\n$/);
  });

  it('keeps letters beyond ASCII, of the page and of the notice', () => {
    const html = placed(PAGE.replace('Two', 'Zwölf ✓'), 'post-2', 'Añadido – “sí”');
    expect(html).toContain('Zwölf ✓');
    expect(html).toContain('>Añadido – “sí”</p>');
  });

  it('keeps a dollar sign', () => {
    expect(placed(PAGE, null, 'Saved $& kept')).toContain('Saved $&amp; kept');
  });

  it('leaves a page without a main element unchanged', () => {
    expect(placed('<p>Plain</p>', 'main', 'Done.')).toBe('<p>Plain</p>');
  });
});
