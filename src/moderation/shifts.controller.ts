import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { formView } from '../http/errors-in-form.js';
import { Form, refusedField, type FaultyForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { IdPipe, InWords, Member, textQuery } from '../http/request.js';
import { isStaff, type Viewer } from '../http/viewer.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Messages } from '../kernel/messages.js';
import { Sql } from '../kernel/sql.js';
import type { Words } from '../kernel/words.js';
import { DUTIES } from './alarm-chain.js';
import { mustModerate } from './case-access.js';
import { deedsOfShift, exposureOf } from './exposure.js';
import { HandoverForm, ShiftForm } from './shifts.dto.js';
import { askedDebriefs, coveredPlaces, shiftsBetween, type ShiftRow } from './shifts.queries.js';
import { Shifts } from './shifts.service.js';
import { gapRows, shiftRows } from './shifts.view.js';
import { weekOf } from './shift-times.js';

const PLACES = 40;

/** Who is on call when, by week, and where nobody is. */
@Controller('mod/shifts')
export class ShiftsController {
  constructor(
    private readonly shifts: Shifts,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly messages: Messages,
  ) {}

  @Get()
  show(@Member() viewer: Viewer, @InWords() words: Words, @Req() req: Request): Promise<Page> {
    mustModerate(viewer);
    return this.calendar(viewer, words, textQuery(req, 'week'));
  }

  @Post()
  async enter(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Form(ShiftForm) form: Submitted<ShiftForm>,
  ): Promise<Page | SeeOther> {
    mustModerate(viewer);
    if (!form.valid) return this.calendar(viewer, words, undefined, form);
    const entered = await refusedField(
      () => this.shifts.enter(viewer, form.value, words.timeZone),
      form.values,
    );
    if ('form' in entered) return this.calendar(viewer, words, form.value.day, entered.form);
    return seeOther(`/mod/shifts?week=${form.value.day}`, 'moderation.notice.shift');
  }

  @Post('hand-over')
  async handOver(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Form(HandoverForm) form: Submitted<HandoverForm>,
  ): Promise<Page | SeeOther> {
    mustModerate(viewer);
    if (!form.valid) return this.calendar(viewer, words, undefined, form);
    await this.shifts.handOver(viewer, form.value.body);
    return seeOther('/mod/shifts', 'moderation.notice.handed-over');
  }

  @Post(':id/remove')
  async remove(@Member() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    mustModerate(viewer);
    await this.shifts.remove(viewer, id);
    return seeOther('/mod/shifts', 'moderation.notice.shift-removed');
  }

  private async calendar(
    viewer: Viewer,
    words: Words,
    day: string | undefined,
    faulty?: FaultyForm,
  ): Promise<Page> {
    const now = this.clock.now();
    const staff = isStaff(viewer);
    const week = weekOf(day, now, words.timeZone);
    const [shifts, places, current] = await Promise.all([
      this.sql.rows(shiftsBetween, [viewer.memberId, staff, later(week.from, -2 * DAY), week.to]),
      this.sql.rows(coveredPlaces, [viewer.memberId, staff, PLACES]),
      this.sql.rows(shiftsBetween, [viewer.memberId, staff, now, now]),
    ]);
    const form = formView(this.messages, words.locale, faulty);
    const duty = form.values.duty ?? 'primary';
    const view = {
      tabs: { shifts: true },
      staff,
      week: words.t('moderation.shifts.week', {
        from: words.date(week.from),
        to: words.date(later(week.to, -DAY)),
      }),
      before: `/mod/shifts?week=${week.before}`,
      after: `/mod/shifts?week=${week.after}`,
      zone: words.t('moderation.shifts.zone', { zone: words.timeZone.replaceAll('_', ' ') }),
      shifts: shiftRows(shifts, week, staff, words),
      places: gapRows(places, shifts, week, now, words),
      anyHours: places.some(({ hours }) => hours.weekly.length > 0),
      now:
        current.length === 0
          ? null
          : words.list(
              current.map((one) =>
                words.t('moderation.shifts.now-one', {
                  who: one.handle,
                  duty: words.t(`moderation.duty.${one.duty}`),
                }),
              ),
            ),
      form,
      duties: DUTIES.map((value) => ({
        value,
        label: words.t(`moderation.duty.${value}`),
        hint: words.t(`moderation.duty.${value}-hint`),
        checked: value === duty,
      })),
      lead: await this.forLead(viewer, current, words),
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
    words: Words,
  ): Promise<object | null> {
    const leads = current.some(({ duty, mine }) => duty === 'lead' && mine);
    if (!isStaff(viewer) && !leads) return null;
    const now = this.clock.now();
    const others = current.filter(({ mine }) => !mine);
    const [deeds, asked] = await Promise.all([
      this.sql.rows(deedsOfShift, [others.map(({ memberId }) => memberId), now]),
      this.sql.rows(askedDebriefs, [viewer.memberId, isStaff(viewer)]),
    ]);
    return {
      people: others.map(({ memberId, handle }) => {
        const over =
          exposureOf(
            deeds.filter(({ who }) => who === memberId),
            now,
          ).limit !== 'none';
        return words.t(`moderation.shifts.over-${over ? 'yes' : 'no'}`, { who: handle });
      }),
      asked: asked.map(({ id, who, at }) => ({
        id,
        text: words.t('moderation.shifts.asked', { who, when: words.when(at) }),
      })),
    };
  }
}
