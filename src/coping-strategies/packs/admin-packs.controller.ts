import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Translator } from '../../i18n/translator.js';
import { Admin } from '../../http/guards.js';
import { submittedValues } from '../../http/form.js';
import { page, type Page } from '../../http/page.js';
import { I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { faultyImportView, importView } from './admin-strategies.view.js';
import { StrategyCare } from './strategy-care.service.js';
import { StrategyPacks } from './strategy-packs.service.js';

/** Exports the library as a pack, and imports packs. */
@Admin()
@Controller('admin/strategies')
export class AdminPacksController {
  constructor(
    private readonly care: StrategyCare,
    private readonly packs: StrategyPacks,
  ) {}

  @Get('export')
  async export(@Res({ passthrough: true }) res: Response): Promise<string> {
    res.setHeader('Content-Type', 'application/json; charset=utf-8');
    res.setHeader('Content-Disposition', 'attachment; filename="strategies.json"');
    res.setHeader('Cache-Control', 'private, no-store');
    return this.packs.exportText();
  }

  @Get('import')
  form(@I18n() i18n: Translator): Page {
    return page('strategies/admin-import', importView(null, i18n), {
      titleKey: 'strategies.admin.import',
    });
  }

  @Post('import')
  async import(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Body() body: unknown,
  ): Promise<Page> {
    const { pack } = submittedValues(body);
    const text = typeof pack === 'string' ? pack : '';
    const { done, faults } = await this.care.importPack(viewer, text);
    const view =
      faults === undefined ? importView(done, i18n) : faultyImportView(text, faults, i18n);
    return page('strategies/admin-import', view, {
      status: faults === undefined ? 200 : 422,
      titleKey: 'strategies.admin.import',
    });
  }
}
