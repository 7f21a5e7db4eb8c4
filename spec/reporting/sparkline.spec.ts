import { expect, test } from 'vitest';
import { sparkline } from '../../src/reporting/sparkline.ts';

test('draws the least and the greatest as the lowest and the highest bar', () => {
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 8)).toBe('▁▂▃▄▅▆▇█');
});

test('draws decades as equal steps', () => {
  expect(sparkline([1000, 100, 10, 1], 4)).toBe('█▆▃▁');
});

test('is no wider than asked, and flat where nothing varies', () => {
  expect(sparkline(new Array<number>(100).fill(3), 10)).toBe('▁'.repeat(10));
});
