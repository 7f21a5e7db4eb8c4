export { htmlOf } from './page.ts';
