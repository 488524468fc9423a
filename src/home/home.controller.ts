import { Controller, Get } from '@nestjs/common';
import { page, type Page } from '../http/page.js';
import { PublicPage } from '../http/public-page.js';
import { AllowReplicaLag } from '../http/replica-reads.js';
import { I18n, CurrentViewer } from '../http/request.js';
import type { MaybeViewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { Home } from './home.service.js';
import { guestHomeView, homeView } from './home.view.js';

/** The home page, for guests and for members. */
@Controller()
export class HomeController {
  constructor(private readonly home: Home) {}

  @Get()
  @AllowReplicaLag()
  @PublicPage()
  async show(@CurrentViewer() viewer: MaybeViewer, @I18n() i18n: Translator): Promise<Page> {
    if (viewer === null)
      return page('content/home-guest', guestHomeView(await this.home.forGuest(), i18n), {
        indexable: true,
        canonical: '/',
        madeOf: ['communities', 'activity'],
      });
    const view = homeView(await this.home.forMember(viewer), i18n);
    return page('home/member', view, { helpFirst: view.care !== null });
  }
}
