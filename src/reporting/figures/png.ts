import { Resvg } from '@resvg/resvg-js';
import { SuiteError } from '../../errors.ts';
import { fontFiles } from './fonts.ts';

/** A picture of an SVG, `width` pixels wide, on white; its text is set in the fonts of figures whatever the machine has. */
export function png(svg: string, { width }: { readonly width: number }): Uint8Array {
  try {
    const font = { loadSystemFonts: false, fontFiles: [...fontFiles()], defaultFontFamily: 'STIX Two Text' };
    return new Resvg(svg, { background: '#fff', fitTo: { mode: 'width', value: width }, font })
      .render()
      .asPng();
  } catch (error) {
    throw new SuiteError({
      code: 'figure-not-drawn',
      what: 'a figure could not be turned into pixels',
      given: error instanceof Error ? error.message : String(error),
      expected: 'well-formed SVG and a width of at least one pixel',
      cause: error,
    });
  }
}
