import { describe, expect, it } from '@jest/globals';
import webPush from 'web-push';
import { readConfig } from './config.js';
import { vapidOf } from './push-settings.js';

const { publicKey, privateKey } = webPush.generateVAPIDKeys();
const given = {
  NODE_ENV: 'test',
  SECRET_KEY: 'a'.repeat(40),
  VAPID_PUBLIC_KEY: publicKey,
  VAPID_PRIVATE_KEY: privateKey,
  VAPID_SUBJECT: 'mailto:team@example.org',
};

describe('push settings', () => {
  it('are off when none is set', () => {
    expect(vapidOf(readConfig({ NODE_ENV: 'test', SECRET_KEY: 'a'.repeat(40) }))).toBeNull();
  });

  it("contain the keys and the operator's contact", () => {
    expect(vapidOf(readConfig(given))).toEqual({
      publicKey,
      privateKey,
      subject: 'mailto:team@example.org',
    });
  });

  it.each([
    [{ VAPID_PRIVATE_KEY: undefined, VAPID_SUBJECT: undefined }, 'VAPID_PRIVATE_KEY'],
    [{ VAPID_PUBLIC_KEY: undefined }, 'VAPID_PUBLIC_KEY'],
    [{ VAPID_PUBLIC_KEY: webPush.generateVAPIDKeys().publicKey }, 'VAPID_PUBLIC_KEY'],
    [{ VAPID_PRIVATE_KEY: '_'.repeat(43) }, 'VAPID_PUBLIC_KEY'],
    [{ VAPID_PRIVATE_KEY: 'short' }, 'VAPID_PRIVATE_KEY'],
    [{ VAPID_SUBJECT: 'team@example.org' }, 'VAPID_SUBJECT'],
    [{ PUSH_SERVICES: 'https://push.example.org' }, 'PUSH_SERVICES'],
  ])('name the invalid setting: %j', (change, name) => {
    expect(() => readConfig({ ...given, ...change })).toThrow(
      new RegExp(`Settings: ${name} .*must`),
    );
  });
});
