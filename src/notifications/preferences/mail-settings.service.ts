import { Injectable } from '@nestjs/common';
import { ContactPreferences } from '../../accounts/contact-preferences.service.js';
import { Clock, DAY, later } from '../../kernel/clock.js';
import { Database, type Tx } from '../../kernel/database.js';
import { FieldError, NotFound } from '../../kernel/errors.js';
import { Sql } from '../../kernel/sql.js';
import {
  cadence,
  frequencies,
  type Choice,
  type Frequency,
  type MailSafe,
} from './mail-choices.js';
import type { MailSettingsForm } from './mail-settings.dto.js';
import { MailSettingsRow } from './mail-settings.entity.js';
import {
  choicesOf,
  communitiesOf,
  dropOwnChoices,
  lockSettings,
  openSettings,
  saveChoices,
  settingsOf,
  type SettingsRow,
} from './mail-settings.queries.js';
import { dayNamed, nextDigest } from './mail-timing.js';
import { MAIL_KINDS, type MailKind } from './notice-kinds.js';

/** A year is long enough to turn mails off instead. */
const LONGEST_PAUSE = 366 * DAY;
const PAUSE_FROM_A_MAIL = 30 * DAY;

/** What a link in a mail can end: one kind, what comes in digests, or all of it. */
export type UnsubscribeScope = MailKind | 'digest' | 'all';
export type UnsubscribeChoice = 'this' | 'weekly' | 'pause' | 'all' | 'keep';

export interface MailPreferences {
  settings: SettingsRow;
  choices: Choice[];
  everywhere: Record<MailKind, Frequency>;
  communities: { id: string; slug: string; name: string }[];
}

/** What a member wants to hear of by mail, how often and when. */
@Injectable()
export class MailSettings {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly wishes: ContactPreferences,
  ) {}

  async of(memberId: string): Promise<MailPreferences> {
    await this.sql.rows(openSettings, { memberId });
    const settings = await this.sql.first(settingsOf, { memberId });
    if (settings === null) throw new NotFound();
    const [choices, communities] = [
      await this.sql.rows(choicesOf, { memberId }),
      await this.sql.rows(communitiesOf, { memberId }),
    ];
    return { settings, choices, everywhere: frequencies(choices, settings.mailSafe), communities };
  }

  /** @throws FieldError for hours and days that do not go together */
  async save(memberId: string, form: MailSettingsForm): Promise<void> {
    const now = this.clock.now();
    if ((form.quietFrom === null) !== (form.quietTo === null))
      throw new FieldError('quietTo', 'notifications.error.quiet');
    if (isWithin(form.digestHour, form.quietFrom, form.quietTo))
      throw new FieldError('digestHour', 'notifications.error.hour');
    const paused =
      form.pausedUntil === ''
        ? null
        : dayNamed(form.pausedUntil, form.timeZone === '' ? null : form.timeZone);
    if (
      form.pausedUntil !== '' &&
      (paused === null || paused <= now || paused > later(now, LONGEST_PAUSE))
    )
      throw new FieldError('pausedUntil', 'notifications.error.pause');
    await this.change(memberId, async (tx) => {
      await this.wishes.mailIsSafe(tx, memberId, form.mailSafe, now);
      if (form.timeZone !== '') await this.wishes.liveIn(tx, memberId, form.timeZone);
      await write(tx, memberId, {
        digestDay: form.digestDay,
        digestHour: form.digestHour,
        quietFrom: form.quietFrom,
        quietTo: form.quietTo,
        pausedUntil: paused,
        content: form.content,
        sender: form.sender,
        subject: form.subject,
      });
      await this.sql.rowsIn(tx, dropOwnChoices, {
        memberId,
        kinds: MAIL_KINDS,
        frequencies: ['at-once', 'daily', 'weekly', 'never'],
      });
      await this.choose(tx, memberId, [
        ...MAIL_KINDS.map((kind): Choice => ({ kind, communityId: null, frequency: form[kind] })),
        ...(await this.ownChoices(tx, memberId, form.communities)),
      ]);
    });
  }

  answerSafe(memberId: string, safe: 'yes' | 'no'): Promise<void> {
    return this.change(memberId, (tx) =>
      this.wishes.mailIsSafe(tx, memberId, safe, this.clock.now()),
    );
  }

  /** For a new member, and whenever what the plan hangs on has changed. */
  replan(memberId: string): Promise<void> {
    return this.change(memberId, () => Promise.resolve());
  }

  /** What a link in a mail does, whoever follows it. */
  leave(memberId: string, scope: UnsubscribeScope, choice: UnsubscribeChoice): Promise<void> {
    return this.change(memberId, async (tx) => {
      const now = this.clock.now();
      const { everywhere } = await this.read(tx, memberId);
      const digested = MAIL_KINDS.filter(
        (kind) => everywhere[kind] === 'daily' || everywhere[kind] === 'weekly',
      );
      if (choice === 'pause')
        await write(tx, memberId, { pausedUntil: later(now, PAUSE_FROM_A_MAIL) });
      else if (choice === 'keep') await this.keep(tx, memberId, now);
      else if (choice === 'weekly') {
        await this.keep(tx, memberId, now);
        await this.turn(
          tx,
          memberId,
          MAIL_KINDS.filter((kind) => everywhere[kind] === 'daily'),
          'weekly',
          ['daily'],
        );
      } else if (choice === 'all' || scope === 'all')
        await this.turn(tx, memberId, MAIL_KINDS, 'never', ['at-once', 'daily', 'weekly']);
      else if (scope === 'digest')
        await this.turn(tx, memberId, digested, 'never', ['daily', 'weekly']);
      else await this.turn(tx, memberId, [scope], 'never', ['at-once', 'daily', 'weekly']);
    });
  }

  /** Somebody who was asked whether they still want mail answered yes. */
  private async keep(tx: Tx, memberId: string, now: Date): Promise<void> {
    await write(tx, memberId, { saidGoodbyeAt: null, pausedUntil: null, seenAt: now });
  }

  private async turn(
    tx: Tx,
    memberId: string,
    kinds: readonly MailKind[],
    frequency: Frequency,
    own: Frequency[],
  ): Promise<void> {
    // A community's own choice about a kind that stays on would otherwise go on sending.
    await this.sql.rowsIn(tx, dropOwnChoices, {
      memberId,
      kinds: own.includes('at-once') ? kinds : MAIL_KINDS,
      frequencies: own,
    });
    await this.choose(
      tx,
      memberId,
      kinds.map((kind) => ({ kind, communityId: null, frequency })),
    );
  }

  private async choose(tx: Tx, memberId: string, choices: readonly Choice[]): Promise<void> {
    await this.sql.rowsIn(tx, saveChoices, {
      memberId,
      kinds: choices.map((each) => each.kind),
      communitiesForEverywhere: choices.map((each) => each.communityId),
      frequencies: choices.map((each) => each.frequency),
    });
  }

  private async ownChoices(tx: Tx, memberId: string, sent: readonly string[]): Promise<Choice[]> {
    const known = new Map(
      (await this.sql.rowsIn(tx, communitiesOf, { memberId })).map(({ slug, id }) => [slug, id]),
    );
    const found = new Map<string, Choice>();
    for (const line of sent) {
      const [slug = '', kind, frequency] = line.split(' ');
      const communityId = known.get(slug);
      if (communityId !== undefined)
        found.set(`${slug} ${kind ?? ''}`, { kind, communityId, frequency } as Choice);
    }
    return [...found.values()];
  }

  private async change(memberId: string, work: (tx: Tx) => Promise<void>): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      await this.sql.rowsIn(tx, openSettings, { memberId });
      await this.sql.rowsIn(tx, lockSettings, { memberId });
      await work(tx);
      const { settings, choices } = await this.read(tx, memberId);
      const plan = cadence(choices, settings.mailSafe);
      const now = this.clock.now();
      const from =
        settings.pausedUntil !== null && settings.pausedUntil > now ? settings.pausedUntil : now;
      const next = nextDigest(from, {
        timeZone: settings.timeZone,
        hour: settings.digestHour,
        day: settings.digestDay,
        ...plan,
      });
      await write(tx, memberId, {
        daily: plan.daily,
        weekly: plan.weekly,
        nextDigestAt: next?.at ?? null,
        saidGoodbyeAt: null,
      });
    });
  }

  private async read(
    tx: Tx,
    memberId: string,
  ): Promise<{
    settings: {
      pausedUntil: Date | null;
      timeZone: string | null;
      digestHour: number;
      digestDay: number;
      mailSafe: MailSafe;
    };
    choices: Choice[];
    everywhere: Record<MailKind, Frequency>;
  }> {
    const [settings] = await this.sql.rowsIn(tx, settingsOf, { memberId });
    if (settings === undefined) throw new NotFound();
    const choices = await this.sql.rowsIn(tx, choicesOf, { memberId });
    return { settings, choices, everywhere: frequencies(choices, settings.mailSafe) };
  }
}

async function write(tx: Tx, memberId: string, settings: Partial<MailSettingsRow>): Promise<void> {
  await tx.getRepository(MailSettingsRow).update({ memberId }, settings);
}

function isWithin(hour: number, from: number | null, to: number | null): boolean {
  if (from === null || to === null || from === to) return false;
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
}
