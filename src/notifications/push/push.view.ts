import { settingsTabs, type SettingsTab } from '../../accounts/settings.view.js';
import type { Viewer } from '../../http/viewer.js';
import type { Translator } from '../../i18n/translator.js';
import type { DeviceRow } from './push.queries.js';

interface DevicesFacts {
  devices: readonly DeviceRow[];
  viewer: Viewer;
  /**
   * Public key with which the browser subscribes; it accepts only messages signed with its private
   * key.
   */
  publicKey: string;
  /** The icon of a notification. */
  icon: string;
}

interface DevicesView {
  tabs: SettingsTab[];
  shared: boolean;
  publicKey: string;
  icon: string;
  devices: { id: string; name: string; since: string; here: boolean; remove: string }[];
}

export function devicesView(facts: DevicesFacts, i18n: Translator): DevicesView {
  const { devices, viewer, publicKey, icon } = facts;
  return {
    tabs: settingsTabs(i18n, 'notifications'),
    shared: viewer.sharedDevice,
    publicKey,
    icon,
    devices: devices.map(({ id, device, createdAt, sessionId }) => {
      const name = device === '' ? i18n.t('notifications.devices.nameless') : device;
      return {
        id,
        name,
        since: i18n.t('notifications.devices.since', { date: i18n.date(createdAt) }),
        here: sessionId === viewer.sessionId,
        remove: i18n.t('notifications.devices.remove-name', { name }),
      };
    }),
  };
}
