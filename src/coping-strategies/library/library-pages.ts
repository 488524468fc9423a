import { Injectable } from '@nestjs/common';
import type { MaybeViewer } from '../../http/viewer.js';
import type { Translator } from '../../i18n/translator.js';
import { PageFragment, TOKEN_MARK } from '../../rendering/page-fragment.js';
import { Templates } from '../../rendering/templates.js';
import { LibraryCache } from './library-cache.js';
import { readCursor, type Cursor, type LibraryFilter } from './library-filter.js';
import { libraryView } from './library.view.js';
import { StrategyLibrary } from './strategy-library.service.js';

const TEMPLATE = 'strategies/library';

/** A template with its view. */
interface Content {
  template: string;
  view: object;
}

/**
 * The content of the library's pages. It is the same for all members who hid nothing, so it is kept
 * as HTML for each filter and language.
 */
@Injectable()
export class LibraryPages {
  constructor(
    private readonly library: StrategyLibrary,
    private readonly cache: LibraryCache,
    private readonly templates: Templates,
  ) {}

  /** @param after cursor of the previous page, as in the address */
  async content(
    viewer: MaybeViewer,
    filter: LibraryFilter,
    after: unknown,
    i18n: Translator,
  ): Promise<Content> {
    const cursor = readCursor(after);
    const state = await this.cache.state(viewer);
    const view = async (): Promise<object> =>
      libraryView(await this.list(viewer, filter, cursor, i18n), filter, cursor, i18n);
    if (state.hidden.size > 0) return { template: TEMPLATE, view: await view() };
    const isMember = viewer !== null;
    const fragment = await this.cache.of(
      state,
      'page',
      [this.templates.loads, i18n.locale, isMember, filter, cursor],
      async () => this.rendered(await view(), isMember, i18n),
      ({ bytes }) => bytes,
    );
    return { template: 'prepared', view: { fragment, bodyHtml: '' } };
  }

  private list(viewer: MaybeViewer, filter: LibraryFilter, cursor: Cursor, i18n: Translator) {
    return this.library.list(viewer, i18n.locale, filter, cursor);
  }

  // The template only asks whether there is a viewer.
  private rendered(view: object, isMember: boolean, { locale }: Translator): PageFragment {
    const viewer = isMember ? {} : null;
    return new PageFragment(
      this.templates.piece(TEMPLATE, view, { locale, viewer, csrf: TOKEN_MARK }),
    );
  }
}
