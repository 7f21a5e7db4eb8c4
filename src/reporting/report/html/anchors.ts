/** ID of the part of the page that shows a group, by its place in the report: names of others are no safe IDs. */
export function groupAnchor(group: number): string {
  return `part-${group + 1}`;
}

/** ID of the part of the page that shows an item, by its place in its group. */
export function itemAnchor(group: number, item: number): string {
  return `${groupAnchor(group)}-item-${item + 1}`;
}
