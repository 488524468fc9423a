import { describe, expect, it } from '@jest/globals';
import { placeNotice } from './placed-notice.js';

const PAGE =
  '<main class="page" id="main" tabindex="-1"><p>id="post-2"&gt;</p>' +
  '<article class="post" id="post-2" aria-labelledby="a"><h2 id="a">Two</h2></article></main>';

/** The part of the page before the notice. */
function before(html: string): string {
  return html.split('<p class="notice')[0] ?? '';
}

describe('placeNotice', () => {
  it('inserts it first in the element with the id, and focuses it', () => {
    const html = placeNotice(PAGE, 'post-2', 'Posted & done.');
    expect(before(html)).toMatch(/id="post-2" aria-labelledby="a">\n$/);
    expect(html).toContain('role="status" tabindex="-1" data-focus>Posted &amp; done.</p><h2');
  });

  it("does not mistake members' text for an element of the page", () => {
    expect(before(placeNotice(PAGE, 'post-2', 'Done.'))).toContain('<article');
  });

  it.each([null, 'gone'])('stands on top of the main part without a place (%s)', (place) => {
    expect(before(placeNotice(PAGE, place, 'Done.'))).toMatch(/^<main [^>]*>\n$/);
  });

  it('keeps a dollar sign', () => {
    expect(placeNotice(PAGE, null, 'Saved $& kept')).toContain('Saved $&amp; kept');
  });

  it('leaves a page without a main element unchanged', () => {
    expect(placeNotice('<p>Plain</p>', 'main', 'Done.')).toBe('<p>Plain</p>');
  });
});
