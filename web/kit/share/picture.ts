/** 生成长图: one part of the page as a PNG on white, without its buttons; the code is fetched on the first use. */
export async function pictureOf(element: HTMLElement): Promise<string> {
  const { toPng } = await import('html-to-image');
  return toPng(element, {
    backgroundColor: '#ffffff', pixelRatio: 2, skipFonts: true, cacheBust: false,
    width: element.scrollWidth + 32, height: element.scrollHeight + 32, style: { padding: '16px', margin: '0' },
    filter: (node) => !(node instanceof HTMLElement && node.classList.contains('no-print')),
  });
}

/** 二维码: an address as a QR picture. */
export async function qrOf(address: string): Promise<string> {
  const { toDataURL } = await import('qrcode');
  return toDataURL(address, { width: 320, margin: 2, errorCorrectionLevel: 'M' });
}
