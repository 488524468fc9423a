import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import type { Type } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';
import { SignUp } from '../src/accounts/sign-up.dto.js';
import { HelplineForm } from '../src/administration/helplines.dto.js';
import { MemorialForm } from '../src/administration/site.dto.js';
import { readForm } from '../src/http/form.js';
import { DecideForm } from '../src/moderation/decisions/decide.dto.js';
import { NewWordRule } from '../src/moderation/word-rules/word-rules.dto.js';
import { MailSettingsForm } from '../src/notifications/preferences/mail-settings.dto.js';

const SRC = resolve('src');

type Dto = Type<object> & { repeated?: readonly string[] };

/** Every form of the site, with its validated fields. */
async function forms(): Promise<{ name: string; type: Dto; fields: string[] }[]> {
  const paths = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.dto\.ts$/.test(path),
  );
  const modules = await Promise.all(
    paths.map(
      async (path) =>
        (await import(pathToFileURL(join(SRC, path)).href)) as Record<string, unknown>,
    ),
  );
  return modules.flatMap((module) =>
    Object.entries(module).flatMap(([name, type]) => {
      if (typeof type !== 'function' || !/^class /.test(Function.toString.call(type))) return [];
      const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', true, false);
      const fields = [...new Set(rules.map(({ propertyName }) => propertyName))];
      return fields.length === 0 ? [] : [{ name, type: type as Dto, fields }];
    }),
  );
}

/**
 * A value that every field rejects: too long, in no list, not a number, date, address or checkbox.
 */
const WRONG = '\u0001'.repeat(70_000);

const faultsOf = (type: Dto, body: Record<string, unknown>): string[] => {
  const read = readForm(type, body);
  return read.valid ? [] : read.faults.map(({ field }) => field);
};

describe('every form', () => {
  it('reports all invalid fields at once, each of them once', async () => {
    const all = await forms();
    expect(all.length).toBeGreaterThan(60);
    let several = 0;
    for (const { name, type, fields } of all) {
      const alone = fields.filter((field) => faultsOf(type, { [field]: WRONG }).includes(field));
      const together = faultsOf(type, Object.fromEntries(fields.map((field) => [field, WRONG])));
      expect({ name, missing: alone.filter((field) => !together.includes(field)) }).toEqual({
        name,
        missing: [],
      });
      expect({ name, fields: together.length }).toEqual({ name, fields: new Set(together).size });
      if (together.length > 1) several += 1;
    }
    expect(several).toBeGreaterThan(30);
  });

  it('takes a list for a text, a text for a list and nothing at all without a fault of its own', async () => {
    for (const { type, fields } of await forms())
      for (const value of [undefined, '', ['a', 'b'], [], { toString: null }, 7])
        expect(() =>
          faultsOf(type, Object.fromEntries(fields.map((field) => [field, value]))),
        ).not.toThrow();
  });

  const faults = <T extends object>(type: Type<T>, body: Record<string, unknown>): string[] => {
    const read = readForm(type, body);
    return read.valid ? [] : read.faults.map(({ field, key }) => `${field}: ${key}`);
  };

  it('reports violated rules between fields together with invalid fields', () => {
    expect(
      faults(SignUp, {
        handle: 'admin',
        email: 'no address',
        password: 'passwordpassword',
        ageConfirmed: '',
      }),
    ).toEqual([
      'handle: accounts.error.handle-reserved',
      'email: accounts.error.email',
      'password: accounts.error.password-common',
      'ageConfirmed: accounts.error.age',
      'guidelinesAccepted: accounts.error.guidelines',
    ]);
    expect(faults(DecideForm, { action: 'suspend', scope: 'whole' })).toEqual([
      'rule: moderation.error.rule',
      'reason: moderation.error.reason',
      'days: moderation.error.days',
      'scope: forms.error.invalid',
    ]);
    expect(faults(NewWordRule, { pattern: '***', action: 'raise', why: 'x'.repeat(201) })).toEqual([
      'pattern: rules.error.pattern',
      'tier: rules.error.tier',
      'why: rules.error.why',
    ]);
    expect(faults(MailSettingsForm, { quietFrom: '8', quietTo: '', digestDay: '9' })).toEqual([
      'quietTo: notifications.error.quiet',
      'digestDay: forms.error.invalid',
    ]);
    expect(faults(MemorialForm, { handle: 'quiet-one', handleAgain: 'quiet-two' })).toEqual([
      'handleAgain: administration.error.handle-again',
      'reason: administration.error.reason',
    ]);
    expect(faults(HelplineForm, { country: 'ZQ', name: 'A line', shown: 'on' })).toContain(
      'phone: administration.helplines.error.way',
    );
  });
});
