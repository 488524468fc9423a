import { Controller, Get, Param, Post } from '@nestjs/common';
import { formPage } from '../http/form-page.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../http/form.js';
import { Admin, Reauthenticated } from '../http/guards.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { CurrentMember, I18n, IdPipe } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { Clock } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { NotFound } from '../kernel/errors.js';
import { WebhookEndpoints } from './webhook-endpoints.service.js';
import { IdempotentForm } from '../http/fields.js';
import { EndpointForm, EndpointSwitch } from './webhooks.dto.js';
import { webhooksView } from './webhooks.view.js';

const PAGE = '/admin/webhooks';
const TITLE = { titleKey: 'webhooks.title' };

/** Webhook endpoints and their deliveries. */
@Admin()
@Controller('admin/webhooks')
export class WebhooksController {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  @Get()
  show(@I18n() i18n: Translator): Promise<Page> {
    return this.overview(i18n);
  }

  /** Shows the signing key once. */
  @Post()
  @Reauthenticated()
  async add(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(EndpointForm) form: Submitted<EndpointForm>,
  ): Promise<Page> {
    if (this.off) throw new NotFound();
    if (!form.valid) return this.overview(i18n, form);
    const result = await catchFieldError(() => this.endpoints.add(viewer, form.value), form.values);
    return 'form' in result ? this.overview(i18n, result.form) : keyPage(result.done);
  }

  @Post(':id/key')
  @Reauthenticated()
  async rotate(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(IdempotentForm) form: Submitted<IdempotentForm>,
  ): Promise<Page> {
    if (!form.valid) throw new NotFound();
    return keyPage(await this.endpoints.rotate(viewer, id, form.value));
  }

  @Post(':id/switch')
  async turn(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(EndpointSwitch) form: Submitted<EndpointSwitch>,
  ): Promise<SeeOther> {
    if (!form.valid) throw new NotFound();
    await this.endpoints.setActive(viewer, id, form.value.to === 'on');
    return seeOther(PAGE, 'webhooks.notice.saved');
  }

  @Post(':id/remove')
  async remove(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    await this.endpoints.remove(viewer, id);
    return seeOther(PAGE, 'webhooks.notice.removed');
  }

  @Post(':id/replay')
  async replayFailed(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    return replayed(await this.endpoints.replayFailed(viewer, id));
  }

  @Post('deliveries/:id/replay')
  async replay(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    return replayed(await this.endpoints.replay(viewer, id));
  }

  private get off(): boolean {
    return this.config.WEBHOOKS === 'off';
  }

  private async overview(i18n: Translator, faulty?: InvalidForm): Promise<Page> {
    const overview = await this.endpoints.overview();
    const view = webhooksView(overview, { off: this.off, now: this.clock.now() }, i18n, faulty);
    return formPage('webhooks/webhooks', view, faulty, TITLE);
  }
}

function keyPage(key: string): Page {
  return page('webhooks/key', { key }, TITLE);
}

function replayed(count: number): SeeOther {
  return seeOther(PAGE, count === 0 ? 'webhooks.notice.nothing' : 'webhooks.notice.replayed');
}
