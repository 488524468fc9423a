import { Controller, Get, Headers, Param, Post } from '@nestjs/common';
import { deviceName } from '../../accounts/device-name.js';
import { Form, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { CurrentMember, I18n, IdPipe } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { Config } from '../../kernel/config.js';
import { AppError, NotFound } from '../../kernel/errors.js';
import { vapidOf } from '../../kernel/push-settings.js';
import type { Translator } from '../../i18n/translator.js';
import { Assets } from '../../rendering/assets.js';
import { PushDeviceForm } from './push.dto.js';
import { PushDevices } from './push-devices.service.js';
import { devicesView } from './push.view.js';

const PATH = '/settings/devices';

/** The devices on which a member gets notifications. The page does not exist if push is off. */
@Controller('settings/devices')
export class PushController {
  constructor(
    private readonly devices: PushDevices,
    private readonly assets: Assets,
    private readonly config: Config,
  ) {}

  @Get()
  async show(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    const publicKey = this.publicKey();
    const devices = await this.devices.of(viewer.memberId);
    const icon = this.assets.path('plain-192.png');
    const view = devicesView({ devices, viewer, publicKey, icon }, i18n);
    return page('notifications/devices', view, { titleKey: 'notifications.devices.title' });
  }

  @Post()
  async add(
    @CurrentMember() viewer: Viewer,
    @Headers('user-agent') userAgent: string | undefined,
    @Form(PushDeviceForm) form: Submitted<PushDeviceForm>,
  ): Promise<SeeOther> {
    this.publicKey();
    if (!form.valid) throw new AppError(422, 'notifications.devices.unknown');
    await this.devices.add(viewer, form.value.endpoint, deviceName(userAgent));
    return seeOther(PATH, 'notifications.notice.device-on');
  }

  @Post(':id/remove')
  async remove(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    this.publicKey();
    await this.devices.remove(viewer.memberId, id);
    return seeOther(PATH, 'notifications.notice.device-off');
  }

  /** @throws NotFound if push is off */
  private publicKey(): string {
    const vapid = vapidOf(this.config);
    if (vapid === null) throw new NotFound();
    return vapid.publicKey;
  }
}
