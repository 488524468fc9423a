import { Controller, Get, Param, Post } from '@nestjs/common';
import { ArrayUnique, IsIn, MaxLength } from 'class-validator';
import { CONTENT_NOTES } from '../content/content-notes.js';
import { formView } from '../http/errors-in-form.js';
import { Form, type FaultyForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { IdPipe, InWords, Member } from '../http/request.js';
import { isStaff, type Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { NotFound } from '../kernel/errors.js';
import { Messages } from '../kernel/messages.js';
import { Sql } from '../kernel/sql.js';
import type { Words } from '../kernel/words.js';
import { COMPLAINTS, CONCERNS } from '../safety/targets.js';
import { CaseDoor, mustModerate } from './case-access.js';
import { deedsOfShift, exposureOf } from './exposure.js';
import { ownCare, ownDebrief } from './own-care.queries.js';
import { OwnCare } from './own-care.service.js';
import { reasonWords } from './queue.view.js';
import { shiftsBetween } from './shifts.queries.js';

const REASONS = [
  ...Object.keys(CONCERNS).map((reason) => `concern.${reason}`),
  ...Object.keys(COMPLAINTS).map((reason) => `report.${reason}`),
];
const TOPICS = [...CONTENT_NOTES.map((note) => `note.${note}`), ...REASONS];

export class OwnCareForm {
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
@Controller('mod')
export class OwnCareController {
  constructor(
    private readonly care: OwnCare,
    private readonly door: CaseDoor,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly messages: Messages,
  ) {}

  @Get('me')
  show(@Member() viewer: Viewer, @InWords() words: Words): Promise<Page> {
    mustModerate(viewer);
    return this.ownPage(viewer, words);
  }

  @Post('me')
  async save(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Form(OwnCareForm) form: Submitted<OwnCareForm>,
  ): Promise<Page | SeeOther> {
    mustModerate(viewer);
    if (!form.valid) return this.ownPage(viewer, words, form);
    await this.care.choose(viewer, form.value.topics, form.value.mail === 'on');
    return seeOther('/mod/me', 'moderation.notice.own-care');
  }

  @Get('cases/:id/debrief')
  async debrief(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    mustModerate(viewer);
    await this.door.open(viewer, id);
    return this.debriefPage(viewer, words, id);
  }

  @Post('cases/:id/debrief')
  async ask(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Param('id', IdPipe) id: string,
    @Form(DebriefForm) form: Submitted<DebriefForm>,
  ): Promise<Page | SeeOther> {
    mustModerate(viewer);
    await this.door.open(viewer, id);
    if (!form.valid) return this.debriefPage(viewer, words, id, form);
    const { happened, felt, helped, harder, need } = form.value;
    await this.care.askForTalk(viewer, id, [happened, felt, helped, harder, need]);
    return seeOther(`/mod/cases/${id}/debrief`, 'moderation.notice.debrief');
  }

  /** The talk has taken place: for staff, and for whoever leads at present. */
  @Post('debriefs/:id/done')
  async done(@Member() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    mustModerate(viewer);
    const now = this.clock.now();
    const shifts = await this.sql.rows(shiftsBetween, [viewer.memberId, isStaff(viewer), now, now]);
    if (!isStaff(viewer) && !shifts.some(({ mine, duty }) => mine && duty === 'lead'))
      throw new NotFound();
    await this.care.talked(viewer, id);
    return seeOther('/mod/shifts', 'moderation.notice.debrief-done');
  }

  private async ownPage(viewer: Viewer, words: Words, faulty?: FaultyForm): Promise<Page> {
    const now = this.clock.now();
    const [[care], deeds] = await Promise.all([
      this.sql.rows(ownCare, [viewer.memberId]),
      this.sql.rows(deedsOfShift, [[viewer.memberId], now]),
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
      meter: words.t('moderation.exposure.text', { hard, minutes }),
      advice: limit === 'none' ? null : words.t(`moderation.exposure.${limit}`),
      notes: CONTENT_NOTES.map((note) => option(`note.${note}`, words.t(`posts.note.${note}`))),
      reasons: REASONS.map((topic) => {
        const [source = '', reason = ''] = topic.split('.');
        return option(topic, reasonWords(words, [{ source, reason }])[0] ?? topic);
      }),
      mail: faulty === undefined ? (care?.mail ?? true) : faulty.values.mail === 'on',
      form: formView(this.messages, words.locale, faulty),
    };
    return page('moderation/me', view, {
      status: faulty === undefined ? 200 : 422,
      titleKey: 'moderation.me.title',
    });
  }

  private async debriefPage(
    viewer: Viewer,
    words: Words,
    id: string,
    faulty?: FaultyForm,
  ): Promise<Page> {
    const [row] = await this.sql.rows(ownDebrief, [id, viewer.memberId]);
    const [happened = '', felt = '', helped = '', harder = '', need = ''] = row?.lines ?? [];
    const form = formView(this.messages, words.locale, faulty, {
      happened,
      felt,
      helped,
      harder,
      need,
    });
    const fields = (['happened', 'felt', 'helped', 'harder', 'need'] as const).map((name) => ({
      name,
      label: words.t(`moderation.debrief.${name}`),
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
