import qrcode from 'qrcode-generator';

/** The smallest version that fits the address. */
const MIN_VERSION = 0;

/** Quiet zone around the code, in modules: scanners need four. */
const QUIET_ZONE = 4;

/**
 * Draws an address as a QR code with a single path.
 * @returns an SVG element without a size
 */
export function qrSvg(address: string): string {
  const code = qrcode(MIN_VERSION, 'M');
  code.addData(address);
  code.make();
  const across = code.getModuleCount();
  const dark: string[] = [];
  for (let row = 0; row < across; row += 1) {
    for (let column = 0; column < across; column += 1)
      if (code.isDark(row, column))
        dark.push(`M${column + QUIET_ZONE} ${row + QUIET_ZONE}h1v1h-1z`);
  }
  const size = across + 2 * QUIET_ZONE;
  return [
    `<svg class="qr" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"`,
    ` aria-hidden="true" focusable="false"><path fill="#fff" d="M0 0h${size}v${size}H0z"/>`,
    `<path fill="#000" d="${dark.join('')}"/></svg>`,
  ].join('');
}
