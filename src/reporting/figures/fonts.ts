import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * STIX Two Text, made for scientific papers: one face has Latin, Greek and the minus sign, upright and italic. Two
 * packages hold it, since pixels need TrueType (resvg reads no WOFF) and web pages need little.
 */
const FAMILY = 'STIX Two Text';

/** What a viewer falls back on that ignores embedded fonts. */
export const FONT_FAMILY = `'${FAMILY}', 'Times New Roman', serif`;

const TRUE_TYPE = [
  '400Regular/STIXTwoText_400Regular.ttf',
  '400Regular_Italic/STIXTwoText_400Regular_Italic.ttf',
];

/** What is embedded, each with the characters that it has, as its package declares them. */
const WEB = [
  {
    subset: 'latin',
    range:
      'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215',
  },
  { subset: 'greek', range: 'U+0370-0377,U+037A-037F,U+0384-038A,U+038C,U+038E-03A1,U+03A3-03FF' },
] as const;

/** Files of the fonts of figures, so that no picture depends on the fonts of a machine. */
export function fontFiles(): readonly string[] {
  return TRUE_TYPE.map((file) => require.resolve(`@expo-google-fonts/stix-two-text/${file}`));
}

/** CSS that carries the fonts of figures (73 KB), for a page or a picture that must look alike everywhere. */
export function fontFaces(): string {
  return WEB.flatMap(({ subset, range }) =>
    ['normal', 'italic'].map((style) => {
      const file = `@fontsource/stix-two-text/files/stix-two-text-${subset}-400-${style}.woff2`;
      const data = readFileSync(require.resolve(file)).toString('base64');
      return `@font-face{font-family:'${FAMILY}';font-style:${style};font-weight:400;src:url(data:font/woff2;base64,${data}) format('woff2');unicode-range:${range}}`;
    }),
  ).join('');
}

/** A picture that carries its fonts. */
export function withFonts(svg: string): string {
  return svg.replace(/<svg[^>]*>/u, (start) => `${start}<style>${fontFaces()}</style>`);
}

/** A picture without the fonts that it carries, for a page that has them. */
export function withoutFonts(svg: string): string {
  return svg.replace(/<style>@font-face[^<]*<\/style>/u, '');
}
