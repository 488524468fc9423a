import { accountParts } from './account-data.queries.js';
import { activityParts } from './exported-activity.queries.js';
import { settingsParts } from './exported-settings.queries.js';

/**
 * All data of one member, one statement for each part. Column names become the field names of the
 * file. A spec compares the parts with every column that refers to a member.
 */
export const parts = { ...accountParts, ...activityParts, ...settingsParts };

export type Part = keyof typeof parts;
