import { Controller, Get, Param, Post } from '@nestjs/common';
import { canModerate, canRead, type AccessibleCommunity } from '../communities/community-access.js';
import { CommunityAccess } from '../communities/community-access.service.js';
import { formPage } from '../http/form-page.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../http/form.js';
import { seeOther, type Page, type SeeOther } from '../http/page.js';
import { CurrentMember, CurrentViewer, I18n, IdPipe } from '../http/request.js';
import type { MaybeViewer, Viewer } from '../http/viewer.js';
import { NotFound } from '../kernel/errors.js';
import type { Translator } from '../i18n/translator.js';
import { FolderForm } from './folders.dto.js';
import { Folders } from './folders.service.js';
import { folderView, foldersView } from './folders.view.js';

/** The folders of a community: visible to everybody who may read it, managed by its moderators. */
@Controller('c/:slug/folders')
export class FoldersController {
  constructor(
    private readonly access: CommunityAccess,
    private readonly folders: Folders,
  ) {}

  @Get()
  async list(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    return this.listPage(viewer, await this.readable(viewer, slug), i18n);
  }

  @Post()
  async add(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(FolderForm) form: Submitted<FolderForm>,
  ): Promise<Page | SeeOther> {
    const community = await this.moderated(viewer, slug);
    if (!form.valid) return this.listPage(viewer, community, i18n, form);
    const result = await catchFieldError(
      () => this.folders.add(viewer, community, form.value),
      form.values,
    );
    return 'form' in result
      ? this.listPage(viewer, community, i18n, result.form)
      : seeOther(`/c/${slug}/folders`, 'folders.notice.saved');
  }

  @Get(':id')
  async show(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    return this.folderPage(viewer, await this.readable(viewer, slug), id, i18n);
  }

  @Post(':id')
  async change(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Param('id', IdPipe) id: string,
    @Form(FolderForm) form: Submitted<FolderForm>,
  ): Promise<Page | SeeOther> {
    const community = await this.moderated(viewer, slug);
    if (!form.valid) return this.folderPage(viewer, community, id, i18n, form);
    const result = await catchFieldError(
      () => this.folders.change(viewer, community, id, form.value),
      form.values,
    );
    return 'form' in result
      ? this.folderPage(viewer, community, id, i18n, result.form)
      : seeOther(`/c/${slug}/folders/${id}`, 'folders.notice.saved');
  }

  @Post(':id/remove')
  async remove(
    @CurrentMember() viewer: Viewer,
    @Param('slug') slug: string,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    await this.folders.remove(viewer, await this.moderated(viewer, slug), id);
    return seeOther(`/c/${slug}/folders`, 'folders.notice.removed');
  }

  /** @throws NotFound if the viewer may not read the threads */
  private async readable(viewer: MaybeViewer, slug: string): Promise<AccessibleCommunity> {
    const community = await this.access.load(viewer, slug);
    if (!canRead(viewer, community)) throw new NotFound();
    return community;
  }

  /** @throws NotFound if the viewer may not moderate it */
  private async moderated(viewer: Viewer, slug: string): Promise<AccessibleCommunity> {
    const community = await this.access.load(viewer, slug);
    if (!canModerate(viewer, community)) throw new NotFound();
    return community;
  }

  private async listPage(
    viewer: MaybeViewer,
    community: AccessibleCommunity,
    i18n: Translator,
    faulty?: InvalidForm,
  ): Promise<Page> {
    const folders = await this.folders.of(community);
    const moderates = canModerate(viewer, community);
    const view = foldersView({ community, folders, moderates }, i18n, faulty);
    return formPage('folders/list', view, faulty, { titleKey: 'folders.title' });
  }

  private async folderPage(
    viewer: MaybeViewer,
    community: AccessibleCommunity,
    id: string,
    i18n: Translator,
    faulty?: InvalidForm,
  ): Promise<Page> {
    const page = await this.folders.page(viewer, community, id);
    const moderates = canModerate(viewer, community);
    const view = folderView({ community, ...page, moderates }, i18n, faulty);
    return formPage('folders/folder', view, faulty, { title: page.folder.name });
  }
}
