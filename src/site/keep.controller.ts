import { Controller, Get, Header, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Layout } from '../http/layout.js';
import { page, type Page } from '../http/page.js';
import { CurrentViewer, I18n, textQuery } from '../http/request.js';
import { readerCountry } from '../http/reader-country.js';
import type { MaybeViewer } from '../http/viewer.js';
import { Config } from '../kernel/config.js';
import { sign } from '../kernel/ids.js';
import type { Translator } from '../i18n/translator.js';
import { PrivateLock } from '../toolkit/core/private-lock.service.js';
import { ToolkitReader } from '../toolkit/items/toolkit-reader.service.js';
import { helpNowView } from './help-now.view.js';
import { keepView, type OwnPages } from './keep.view.js';

/**
 * Offline help: the page on which a reader stores it in the browser, and the endpoints of its
 * service worker (`views/assets/worker`).
 */
@Controller('keep')
export class KeepController {
  constructor(
    private readonly config: Config,
    private readonly lock: PrivateLock,
    private readonly reader: ToolkitReader,
    private readonly layout: Layout,
  ) {}

  @Get()
  async show(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const shared = this.layout.isSharedDevice(req);
    const view = keepView(
      {
        shared,
        own: viewer === null || shared ? 'none' : await this.ownPages(viewer),
        away: this.config.LEAVE_URL,
      },
      i18n,
    );
    return page('offline/keep', view, { titleKey: 'offline.keep.title', indexable: true });
  }

  /**
   * The offline version of the help page. @param req with `own=on` it links to the private pages
   */
  @Get('help')
  help(@I18n() i18n: Translator, @Req() req: Request): Page {
    const country = readerCountry(req, this.config);
    const view = {
      ...helpNowView({ country, unknown: false, topic: undefined }, i18n),
      saved: i18n.saved(),
      own: textQuery(req, 'own') === 'on',
    };
    return page('offline/help', view, {
      titleKey: 'content.help.title',
      layout: 'layouts/kept',
    });
  }

  /**
   * Identifies the owner of the browser by an opaque token. The worker deletes its cache once
   * another member logs in, or the device is marked as shared.
   */
  @Get('state')
  @Header('Cache-Control', 'private, no-store')
  state(
    @CurrentViewer() viewer: MaybeViewer,
    @Req() req: Request,
  ): { owner: string | null; shared: boolean } {
    return {
      owner: viewer === null ? null : sign(this.config.secret, 'kept', viewer.memberId),
      shared: this.layout.isSharedDevice(req),
    };
  }

  private async ownPages(viewer: NonNullable<MaybeViewer>): Promise<OwnPages> {
    if (await this.lock.isLocked(viewer)) return 'locked';
    return this.reader.collections(viewer.memberId);
  }
}
