import { Controller, Get, Param, Post } from '@nestjs/common';
import { ArrayUnique, IsIn, MaxLength } from 'class-validator';
import { CONTENT_NOTES } from '../../content/content-notes.js';
import { Moderator } from '../../http/guards.js';
import { formView } from '../../http/form-page.js';
import { Form, type FaultyForm, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { IdPipe, I18n, CurrentMember } from '../../http/request.js';
import { isStaff, type Viewer } from '../../http/viewer.js';
import { Clock } from '../../kernel/clock.js';
import { NotFound } from '../../kernel/errors.js';
import { Sql } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { COMPLAINTS, CONCERNS } from '../../review/review-targets.js';
import { CaseAccess } from '../core/case-access.js';
import { actionsInShift, exposureOf } from '../core/exposure.js';
import { wellbeing, ownDebrief } from '../core/wellbeing.queries.js';
import { ModeratorWellbeing } from './moderator-wellbeing.service.js';
import { shiftsBetween } from '../on-call/shifts.queries.js';
import { reasonWords } from '../core/case-labels.js';

const REASONS = [
  ...Object.keys(CONCERNS).map((reason) => `concern.${reason}`),
  ...Object.keys(COMPLAINTS).map((reason) => `report.${reason}`),
];
const TOPICS = [...CONTENT_NOTES.map((note) => `note.${note}`), ...REASONS];

export class WellbeingForm {
  static readonly repeated: readonly string[] = ['topics'];

  @IsIn(TOPICS, { each: true, message: 'forms.error.invalid' })
  @ArrayUnique({ message: 'forms.error.invalid' })
  topics: string[] = [];

  @IsIn(['', 'on'], { message: 'forms.error.invalid' })
  mail: '' | 'on' = '';
}

const LONG = { message: 'moderation.error.debrief-long' };

/** Five short lines, for oneself. */
export class DebriefForm {
  @MaxLength(500, LONG)
  happened = '';

  @MaxLength(500, LONG)
  felt = '';

  @MaxLength(500, LONG)
  helped = '';

  @MaxLength(500, LONG)
  harder = '';

  @MaxLength(500, LONG)
  need = '';
}

/**
 * What a moderator keeps for their own sake: how much this shift has asked of them, what they are
 * spared, a talk after a hard case.
 */
@Moderator()
@Controller('mod')
export class ModeratorWellbeingController {
  constructor(
    private readonly care: ModeratorWellbeing,
    private readonly door: CaseAccess,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  @Get('me')
  show(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    return this.ownPage(viewer, i18n);
  }

  @Post('me')
  async save(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(WellbeingForm) form: Submitted<WellbeingForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.ownPage(viewer, i18n, form);
    await this.care.choose(viewer, form.value.topics, form.value.mail === 'on');
    return seeOther('/mod/me', 'moderation.notice.own-care');
  }

  @Get('cases/:id/debrief')
  async debrief(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    await this.door.load(viewer, id);
    return this.debriefPage(viewer, i18n, id);
  }

  @Post('cases/:id/debrief')
  async ask(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(DebriefForm) form: Submitted<DebriefForm>,
  ): Promise<Page | SeeOther> {
    await this.door.load(viewer, id);
    if (!form.valid) return this.debriefPage(viewer, i18n, id, form);
    const { happened, felt, helped, harder, need } = form.value;
    await this.care.askForTalk(viewer, id, [happened, felt, helped, harder, need]);
    return seeOther(`/mod/cases/${id}/debrief`, 'moderation.notice.debrief');
  }

  /** The talk has taken place: for staff, and for whoever leads at present. */
  @Post('debriefs/:id/done')
  async done(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    const now = this.clock.now();
    const shifts = await this.sql.rows(shiftsBetween, {
      viewerId: viewer.memberId,
      isStaff: isStaff(viewer),
      now,
      startsAt: now,
    });
    if (!isStaff(viewer) && !shifts.some(({ mine, duty }) => mine && duty === 'lead'))
      throw new NotFound();
    await this.care.talked(viewer, id);
    return seeOther('/mod/shifts', 'moderation.notice.debrief-done');
  }

  private async ownPage(viewer: Viewer, i18n: Translator, faulty?: FaultyForm): Promise<Page> {
    const now = this.clock.now();
    const [[care], deeds] = await Promise.all([
      this.sql.rows(wellbeing, { memberId: viewer.memberId }),
      this.sql.rows(actionsInShift, { whose: [viewer.memberId], now }),
    ]);
    const chosen =
      faulty === undefined ? (care?.topics ?? []) : [faulty.values.topics ?? []].flat();
    const option = (value: string, label: string): object => ({
      value,
      label,
      checked: chosen.includes(value),
    });
    const { hard, minutes, limit } = exposureOf(deeds, now);
    const view = {
      tabs: { me: true },
      meter: i18n.t('moderation.exposure.text', { hard, minutes }),
      advice: limit === 'none' ? null : i18n.t(`moderation.exposure.${limit}`),
      notes: CONTENT_NOTES.map((note) => option(`note.${note}`, i18n.t(`posts.note.${note}`))),
      reasons: REASONS.map((topic) => {
        const [source = '', reason = ''] = topic.split('.');
        return option(topic, reasonWords(i18n, [{ source, reason }])[0] ?? topic);
      }),
      mail: faulty === undefined ? (care?.mail ?? true) : faulty.values.mail === 'on',
      form: formView(i18n, faulty),
    };
    return page('moderation/me', view, {
      status: faulty === undefined ? 200 : 422,
      titleKey: 'moderation.me.title',
    });
  }

  private async debriefPage(
    viewer: Viewer,
    i18n: Translator,
    id: string,
    faulty?: FaultyForm,
  ): Promise<Page> {
    const [row] = await this.sql.rows(ownDebrief, { id, memberId: viewer.memberId });
    const [happened = '', felt = '', helped = '', harder = '', need = ''] = row?.lines ?? [];
    const form = formView(i18n, faulty, {
      happened,
      felt,
      helped,
      harder,
      need,
    });
    const fields = (['happened', 'felt', 'helped', 'harder', 'need'] as const).map((name) => ({
      name,
      label: i18n.t(`moderation.debrief.${name}`),
      value: form.values[name] ?? '',
      error: form.error[name],
    }));
    return page(
      'moderation/debrief',
      { id, asked: row !== undefined, talked: row?.done === true, form, fields },
      { status: faulty === undefined ? 200 : 422, titleKey: 'moderation.debrief.title' },
    );
  }
}
