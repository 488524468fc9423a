import { Injectable } from '@nestjs/common';
import { ContactPreferences } from '../../accounts/contact-preferences.service.js';
import { Clock, DAY, later } from '../../kernel/clock.js';
import { Database, type Tx } from '../../kernel/database.js';
import { NotFound, throwIfInvalid } from '../../kernel/errors.js';
import { Sql } from '../../kernel/sql.js';
import {
  digestCadence,
  FREQUENCIES,
  frequencies,
  type Choice,
  type Frequency,
  type MailSafe,
} from './mail-choices.js';
import { MailSettingsForm } from './mail-settings.dto.js';
import { MailSettingsRow } from './mail-settings.entity.js';
import {
  choicesOf,
  communitiesOf,
  lockSettings,
  openSettings,
  settingsOf,
  type SettingsRow,
} from './mail-settings.queries.js';
import { deleteCommunityChoices, saveChoices } from './stored-choices.js';
import { dayNamed, nextDigest } from './mail-timing.js';
import { MAIL_KINDS, type MailKind } from './notice-kinds.js';

/** Maximum length of a pause, in milliseconds; after a year, emails can be turned off instead. */
const MAX_PAUSE = 366 * DAY;
/** Length of a pause through an unsubscribe link, in milliseconds. */
const PAUSE_BY_LINK = 30 * DAY;

/** What an unsubscribe link covers: one kind of email, the digests, or all emails. */
export type UnsubscribeScope = MailKind | 'digest' | 'all';
export type UnsubscribeChoice = 'this' | 'weekly' | 'pause' | 'all' | 'keep';

export interface MailPreferences {
  settings: SettingsRow;
  choices: Choice[];
  everywhere: Record<MailKind, Frequency>;
  communities: { id: string; slug: string; name: string }[];
}

/** What a member is emailed about, how often and when; schedules their digests. */
@Injectable()
export class MailSettings {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly contact: ContactPreferences,
  ) {}

  /** @throws NotFound if the member does not exist */
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

  /** @throws FieldError for inconsistent hours, days or pause */
  async save(memberId: string, form: MailSettingsForm): Promise<void> {
    const now = this.clock.now();
    const faults = MailSettingsForm.check(form);
    const paused =
      form.pausedUntil === ''
        ? null
        : dayNamed(form.pausedUntil, form.timeZone === '' ? null : form.timeZone);
    if (
      form.pausedUntil !== '' &&
      (paused === null || paused <= now || paused > later(now, MAX_PAUSE))
    )
      faults.push({ field: 'pausedUntil', key: 'notifications.error.pause' });
    throwIfInvalid(faults);
    await this.change(memberId, async (tx) => {
      await this.contact.mailIsSafe(tx, memberId, form.mailSafe, now);
      if (form.timeZone !== '') await this.contact.liveIn(tx, memberId, form.timeZone);
      await write(tx, memberId, {
        digestDay: form.digestDay,
        digestHour: form.digestHour,
        quietFrom: form.quietFrom,
        quietTo: form.quietTo,
        pausedUntil: paused,
        content: form.content,
        askHowItIs: form.askHowItIs,
        sender: form.sender,
        subject: form.subject,
        privateWord: form.privateWord,
      });
      await deleteCommunityChoices(tx, memberId, MAIL_KINDS, FREQUENCIES);
      await saveChoices(tx, memberId, [
        ...MAIL_KINDS.map((kind): Choice => ({ kind, communityId: null, frequency: form[kind] })),
        ...(await this.communityChoices(tx, memberId, form.communities)),
      ]);
    });
  }

  /** Records the answer to the yearly question whether email is safe. */
  answerSafe(memberId: string, safe: 'yes' | 'no'): Promise<void> {
    return this.change(memberId, (tx) =>
      this.contact.mailIsSafe(tx, memberId, safe, this.clock.now()),
    );
  }

  /** Reschedules the next digest: for a new member, and when the time zone has changed. */
  replan(memberId: string): Promise<void> {
    return this.change(memberId, () => Promise.resolve());
  }

  /** Applies the choice made through an unsubscribe link; the link is the only authorisation. */
  unsubscribe(memberId: string, scope: UnsubscribeScope, choice: UnsubscribeChoice): Promise<void> {
    return this.change(memberId, async (tx) => {
      const now = this.clock.now();
      const { everywhere } = await this.read(tx, memberId);
      const digested = MAIL_KINDS.filter(
        (kind) => everywhere[kind] === 'daily' || everywhere[kind] === 'weekly',
      );
      if (choice === 'pause') await write(tx, memberId, { pausedUntil: later(now, PAUSE_BY_LINK) });
      else if (choice === 'keep') await this.keep(tx, memberId, now);
      else if (choice === 'weekly') {
        await this.keep(tx, memberId, now);
        await this.setKinds(
          tx,
          memberId,
          MAIL_KINDS.filter((kind) => everywhere[kind] === 'daily'),
          'weekly',
          ['daily'],
        );
      } else if (choice === 'all' || scope === 'all')
        await this.setKinds(tx, memberId, MAIL_KINDS, 'never', ['at-once', 'daily', 'weekly']);
      else if (scope === 'digest')
        await this.setKinds(tx, memberId, digested, 'never', ['daily', 'weekly']);
      else await this.setKinds(tx, memberId, [scope], 'never', ['at-once', 'daily', 'weekly']);
    });
  }

  /** Records that an absent member who was asked still wants emails. */
  private async keep(tx: Tx, memberId: string, now: Date): Promise<void> {
    await write(tx, memberId, { saidGoodbyeAt: null, pausedUntil: null, seenAt: now });
  }

  private async setKinds(
    tx: Tx,
    memberId: string,
    kinds: readonly MailKind[],
    frequency: Frequency,
    replaced: Frequency[],
  ): Promise<void> {
    // Choices about single communities would otherwise override the choice about all of them.
    await deleteCommunityChoices(
      tx,
      memberId,
      replaced.includes('at-once') ? kinds : MAIL_KINDS,
      replaced,
    );
    await saveChoices(
      tx,
      memberId,
      kinds.map((kind) => ({ kind, communityId: null, frequency })),
    );
  }

  private async communityChoices(
    tx: Tx,
    memberId: string,
    sent: readonly string[],
  ): Promise<Choice[]> {
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
      const plan = digestCadence(choices, settings.mailSafe);
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
