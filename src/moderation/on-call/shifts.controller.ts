import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Moderator } from '../../http/guards.js';
import { formView } from '../../http/form-page.js';
import { Form, refusedField, type FaultyForm, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { IdPipe, I18n, CurrentMember, textQuery } from '../../http/request.js';
import { isStaff, type Viewer } from '../../http/viewer.js';
import { Clock, DAY, later } from '../../kernel/clock.js';
import { Sql } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { DUTIES } from './escalation-policy.js';
import { actionsInShift, exposureOf } from '../core/exposure.js';
import { HandoverForm, ShiftForm } from './shifts.dto.js';
import { askedDebriefs, coveredPlaces, shiftsBetween, type ShiftRow } from './shifts.queries.js';
import { Shifts } from './shifts.service.js';
import { gapRows, shiftRows } from './shifts.view.js';
import { weekOf } from './shift-times.js';

const PLACES = 40;

/** Who is on call when, by week, and where nobody is. */
@Moderator()
@Controller('mod/shifts')
export class ShiftsController {
  constructor(
    private readonly shifts: Shifts,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  @Get()
  show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    return this.calendar(viewer, i18n, textQuery(req, 'week'));
  }

  @Post()
  async enter(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(ShiftForm) form: Submitted<ShiftForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.calendar(viewer, i18n, undefined, form);
    const entered = await refusedField(
      () => this.shifts.enter(viewer, form.value, i18n.timeZone),
      form.values,
    );
    if ('form' in entered) return this.calendar(viewer, i18n, form.value.day, entered.form);
    return seeOther(`/mod/shifts?week=${form.value.day}`, 'moderation.notice.shift');
  }

  @Post('hand-over')
  async handOver(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(HandoverForm) form: Submitted<HandoverForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.calendar(viewer, i18n, undefined, form);
    await this.shifts.handOver(viewer, form.value.body);
    return seeOther('/mod/shifts', 'moderation.notice.handed-over');
  }

  @Post(':id/remove')
  async remove(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    await this.shifts.remove(viewer, id);
    return seeOther('/mod/shifts', 'moderation.notice.shift-removed');
  }

  private async calendar(
    viewer: Viewer,
    i18n: Translator,
    day: string | undefined,
    faulty?: FaultyForm,
  ): Promise<Page> {
    const now = this.clock.now();
    const staff = isStaff(viewer);
    const week = weekOf(day, now, i18n.timeZone);
    const [shifts, places, current] = await Promise.all([
      this.sql.rows(shiftsBetween, {
        viewerId: viewer.memberId,
        isStaff: staff,
        now: later(week.from, -2 * DAY),
        startsAt: week.to,
      }),
      this.sql.rows(coveredPlaces, { viewerId: viewer.memberId, isStaff: staff, limit: PLACES }),
      this.sql.rows(shiftsBetween, {
        viewerId: viewer.memberId,
        isStaff: staff,
        now,
        startsAt: now,
      }),
    ]);
    const form = formView(i18n, faulty);
    const duty = form.values.duty ?? 'primary';
    const view = {
      tabs: { shifts: true },
      staff,
      week: i18n.t('moderation.shifts.week', {
        from: i18n.date(week.from),
        to: i18n.date(later(week.to, -DAY)),
      }),
      before: `/mod/shifts?week=${week.before}`,
      after: `/mod/shifts?week=${week.after}`,
      zone: i18n.t('moderation.shifts.zone', { zone: i18n.timeZone.replaceAll('_', ' ') }),
      shifts: shiftRows(shifts, week, staff, i18n),
      places: gapRows(places, shifts, week, now, i18n),
      anyHours: places.some(({ hours }) => hours.weekly.length > 0),
      now:
        current.length === 0
          ? null
          : i18n.list(
              current.map((one) =>
                i18n.t('moderation.shifts.now-one', {
                  who: one.handle,
                  duty: i18n.t(`moderation.duty.${one.duty}`),
                }),
              ),
            ),
      form,
      duties: DUTIES.map((value) => ({
        value,
        label: i18n.t(`moderation.duty.${value}`),
        hint: i18n.t(`moderation.duty.${value}-hint`),
        checked: value === duty,
      })),
      lead: await this.forLead(viewer, current, i18n),
    };
    return page('moderation/shifts', view, {
      status: faulty === undefined ? 200 : 422,
      titleKey: 'moderation.shifts.title',
    });
  }

  /**
   * How the others bear it, for staff and for whoever leads now: yes or no, and who asked to talk.
   */
  private async forLead(
    viewer: Viewer,
    current: readonly ShiftRow[],
    i18n: Translator,
  ): Promise<object | null> {
    const leads = current.some(({ duty, mine }) => duty === 'lead' && mine);
    if (!isStaff(viewer) && !leads) return null;
    const now = this.clock.now();
    const others = current.filter(({ mine }) => !mine);
    const [deeds, asked] = await Promise.all([
      this.sql.rows(actionsInShift, { whose: others.map(({ memberId }) => memberId), now }),
      this.sql.rows(askedDebriefs, { viewerId: viewer.memberId, isStaff: isStaff(viewer) }),
    ]);
    return {
      people: others.map(({ memberId, handle }) => {
        const over =
          exposureOf(
            deeds.filter(({ who }) => who === memberId),
            now,
          ).limit !== 'none';
        return i18n.t(`moderation.shifts.over-${over ? 'yes' : 'no'}`, { who: handle });
      }),
      asked: asked.map(({ id, who, at }) => ({
        id,
        text: i18n.t('moderation.shifts.asked', { who, when: i18n.when(at) }),
      })),
    };
  }
}
