import { describe, expect, it } from '@jest/globals';
import { formView } from '../http/form-page.js';
import { Messages } from '../i18n/messages.js';
import { Translator } from '../i18n/translator.js';
import { CommunityForm } from './communities.dto.js';
import { communityForm, NEW_COMMUNITY } from './community-form.view.js';

const i18n = new Translator(new Messages(), 'en', new Date(0));

describe('communityForm', () => {
  it('folds every part until a field in it has an error', () => {
    expect(communityForm(formView(i18n, undefined, NEW_COMMUNITY), i18n).open).toEqual({
      audience: false,
      joining: false,
      writing: false,
      moderation: false,
    });
    const faults = [{ field: 'firstPostsCount', key: 'administration.error.first-posts' }];
    const form = formView(i18n, { values: { ...NEW_COMMUNITY, firstPostsCount: '0' }, faults });
    expect(communityForm(form, i18n).open).toMatchObject({ moderation: true, writing: false });
  });

  it('unfolds its part for an error in any field that is not at the top', () => {
    const top = ['name', 'summary', 'purpose', 'language'];
    for (const field of Object.keys(new CommunityForm()).filter((name) => !top.includes(name))) {
      const faults = [{ field, key: 'administration.error.choice' }];
      const { open } = communityForm(formView(i18n, { values: {}, faults }), i18n);
      expect([field, Object.values(open).filter(Boolean)]).toEqual([field, [true]]);
    }
  });
});
