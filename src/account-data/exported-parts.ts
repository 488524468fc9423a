import { accountParts } from './account-data.queries.js';
import { activityParts } from './exported-activity.queries.js';
import { settingsParts } from './exported-settings.queries.js';

/**
 * All that is one member's, a statement a part. Rows go out as they are: their names are what the
 * file says. A spec compares the parts with every column that names a member.
 */
export const parts = { ...accountParts, ...activityParts, ...settingsParts };

export type Part = keyof typeof parts;
