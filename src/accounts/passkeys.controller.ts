import { Controller, Param, Post } from '@nestjs/common';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../http/form.js';
import { Reauthenticated } from '../http/guards.js';
import { seeOther, type Page, type SeeOther } from '../http/page.js';
import { CurrentMember, I18n, IdPipe } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { NewPasskey, PasskeyName } from './accounts.dto.js';
import { Passkeys } from './passkeys.service.js';
import { SecondStepPage } from './second-step-page.js';

const PAGE = '/settings/security/second-step#passkeys';

/** Adding, renaming and removing one's own passkeys. */
@Reauthenticated()
@Controller('settings/security/passkeys')
export class PasskeysController {
  constructor(
    private readonly passkeys: Passkeys,
    private readonly pages: SecondStepPage,
  ) {}

  @Post()
  async add(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(NewPasskey) form: Submitted<NewPasskey>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.refused(viewer, i18n, form);
    const { name, credential, state } = form.value;
    const done = await catchFieldError(
      () => this.passkeys.add(viewer, name, credential, state),
      form.values,
    );
    if ('form' in done) return this.refused(viewer, i18n, done.form);
    if (done.done !== null) return this.pages.codes(done.done);
    return seeOther(PAGE, 'accounts.notice.passkey');
  }

  @Post(':id/name')
  async rename(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(PasskeyName) form: Submitted<PasskeyName>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.pages.settings(viewer, i18n, form);
    await this.passkeys.rename(viewer, id, form.value.name);
    return seeOther(PAGE, 'accounts.notice.saved');
  }

  @Post(':id/remove')
  async remove(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    await this.passkeys.remove(viewer, id);
    return seeOther(PAGE, 'accounts.notice.passkey-removed');
  }

  // The name is shown again; the browser's response cannot be used a second time.
  private refused(viewer: Viewer, i18n: Translator, faulty: InvalidForm): Promise<Page> {
    const { name } = faulty.values;
    const fault = faulty.faults.find(({ field }) => field === 'name') ?? {
      field: 'name',
      key: 'accounts.error.passkey',
    };
    return this.pages.settings(viewer, i18n, {
      values: name === undefined ? {} : { name },
      faults: [fault],
    });
  }
}
