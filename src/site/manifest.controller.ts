import { Controller, Get, Header } from '@nestjs/common';
import { PAGE_COLOURS } from '../http/layout.js';
import { I18n } from '../http/request.js';
import type { Translator } from '../i18n/translator.js';
import { Assets } from '../rendering/assets.js';

interface Manifest {
  id: string;
  name: string;
  short_name: string;
  lang: string;
  start_url: string;
  scope: string;
  display: string;
  background_color: string;
  theme_color: string;
  icons: { src: string; sizes: string; type: string; purpose: string }[];
}

/** Web app manifests, to install the site under its own or under a neutral name and icon. */
@Controller()
export class ManifestController {
  constructor(private readonly assets: Assets) {}

  @Get('site.webmanifest')
  @Header('Content-Type', 'application/manifest+json')
  @Header('Cache-Control', 'public, max-age=86400')
  @Header('Vary', 'Cookie, Accept-Language')
  site(@I18n() i18n: Translator): string {
    return this.manifest('icon', i18n.t('layout.site'), i18n.locale);
  }

  @Get('plain.webmanifest')
  @Header('Content-Type', 'application/manifest+json')
  @Header('Cache-Control', 'public, max-age=86400')
  @Header('Vary', 'Cookie, Accept-Language')
  plain(@I18n() i18n: Translator): string {
    return this.manifest('plain', i18n.t('layout.neutral-title'), i18n.locale);
  }

  private manifest(icon: string, name: string, lang: string): string {
    const manifest: Manifest = {
      id: '/',
      name,
      short_name: name,
      lang,
      start_url: '/',
      scope: '/',
      display: 'minimal-ui',
      background_color: PAGE_COLOURS.light,
      theme_color: PAGE_COLOURS.light,
      icons: [192, 512].map((size) => ({
        src: this.assets.path(`${icon}-${size}.png`),
        sizes: `${size}x${size}`,
        type: 'image/png',
        purpose: 'any maskable',
      })),
    };
    return JSON.stringify(manifest);
  }
}
