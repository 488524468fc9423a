import QRCode from 'qrcode';

/** Light around the code, in its own squares: readers need four. */
const QUIET = 4;

/** An address as a QR code, drawn as one path. @returns an SVG element without a size of its own */
export function qrSvg(address: string): string {
  const { modules } = QRCode.create(address, { errorCorrectionLevel: 'M' });
  const dark: string[] = [];
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1)
      if (modules.get(row, column)) dark.push(`M${column + QUIET} ${row + QUIET}h1v1h-1z`);
  }
  const size = modules.size + 2 * QUIET;
  return [
    `<svg class="qr" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"`,
    ` aria-hidden="true" focusable="false"><path fill="#fff" d="M0 0h${size}v${size}H0z"/>`,
    `<path fill="#000" d="${dark.join('')}"/></svg>`,
  ].join('');
}
