import { DOMParser } from 'linkedom';
import { itemText } from './item-text.ts';
import type { Item } from './item.ts';
import type { Group, Report } from './report.ts';

/** The part of a DOM that is used; the types of linkedom are those of a browser, which this project is compiled without. */
interface XmlElement {
  setAttribute(name: string, value: string): void;
  append(...children: readonly (XmlElement | string)[]): void;
}

interface XmlDocument {
  readonly documentElement: XmlElement;
  createElement(name: string): XmlElement;
  toString(): string;
}

/** How an item ends as a test case. */
type Ending = 'failure' | 'error' | 'skipped' | 'passed';

/** A report as JUnit XML in the form that Jenkins publishes (junit-10.xsd): a suite a group, a case an item. */
export function junit(report: Report): string {
  const { title, groups, facts } = report;
  const document = new DOMParser().parseFromString('<testsuites/>', 'text/xml') as unknown as XmlDocument;
  const element = elementsOf(document);
  const items = groups.flatMap((group) => group.items);
  const root = document.documentElement;
  for (const [name, value] of written({ name: title, ...countsOf(items) })) root.setAttribute(name, value);
  const properties = element(
    'properties',
    {},
    [
      { name: 'verdict', value: report.verdict.word },
      { name: 'exit code', value: String(report.verdict.exitCode) },
      { name: 'sentence', value: report.verdict.sentence },
      ...facts,
    ].map(({ name, value }) => element('property', { name: oneLine(name), value: oneLine(value) })),
  );
  for (const [index, group] of groups.entries())
    root.append(suiteOf(group, element, index === 0 ? [properties] : []));
  return `${document.toString()}\n`;
}

type MakeElement = (
  name: string,
  attributes: Readonly<Record<string, string>>,
  children?: readonly (XmlElement | string)[],
) => XmlElement;

function elementsOf(document: XmlDocument): MakeElement {
  return (name, attributes, children = []) => {
    const element = document.createElement(name);
    for (const [key, value] of written(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
}

function suiteOf(group: Group, element: MakeElement, head: readonly XmlElement[]): XmlElement {
  const { items, title } = group;
  const skipped = String(items.filter((item) => endingOf(item) === 'skipped').length);
  const attributes = { name: oneLine(title), ...countsOf(items), skipped };
  return element('testsuite', attributes, [...head, ...items.map((item) => caseOf(item, group, element))]);
}

function caseOf(item: Item, group: Group, element: MakeElement): XmlElement {
  const ending = endingOf(item);
  const text = itemText(item);
  const attributes = {
    name: oneLine(item.id),
    classname: oneLine(group.title),
    ...(item.durationMs === undefined ? {} : { time: (item.durationMs / 1000).toFixed(3) }),
  };
  if (ending === 'passed')
    return element('testcase', attributes, text === '' ? [] : [element('system-out', {}, [text])]);
  const message = ending === 'skipped' ? (item.message ?? item.title) : item.title;
  return element('testcase', attributes, [
    element(ending, { type: item.state, message: oneLine(message) }, [text]),
  ]);
}

/** What is wrong or suspect fails; what could not be judged is an error where it was required, else skipped. */
function endingOf({ state, exitCode }: Item): Ending {
  if (exitCode !== 0) return state === 'not-checked' ? 'error' : 'failure';
  return state === 'passed' || state === 'remark' ? 'passed' : 'skipped';
}

function countsOf(items: readonly Item[]): Readonly<Record<'tests' | 'failures' | 'errors', string>> {
  const count = (ending: Ending): string => String(items.filter((item) => endingOf(item) === ending).length);
  return { tests: String(items.length), failures: count('failure'), errors: count('error') };
}

/** Linkedom writes the attribute first that was set last. */
function written(attributes: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(attributes).reverse();
}

/** Readers of XML take a line break in an attribute for a blank. */
function oneLine(text: string): string {
  return text.replaceAll('\n', ' ');
}
