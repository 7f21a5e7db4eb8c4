/** What every error of Plumbline says: what failed, what was given, what was expected, and what to do. */
export interface ErrorStory {
  /** Stable, for programs: kebab-case. */
  readonly code: string;
  readonly what: string;
  readonly given?: string;
  readonly expected?: string;
  readonly todo?: string;
  readonly cause?: unknown;
}

/** Base of the three kinds of error; its message is the whole story on one line a part. */
export abstract class PlumblineError extends Error {
  readonly code: string;
  readonly story: ErrorStory;

  constructor(story: ErrorStory) {
    super(tell(story), story.cause === undefined ? {} : { cause: story.cause });
    this.code = story.code;
    this.story = story;
  }
}

/** The user's input cannot be used: a flag, a file, a configuration, an engine that is not here. */
export class InputError extends PlumblineError {
  override readonly name = 'InputError';
}

/** The subject under test crashed, or answered with something that its contract does not allow. */
export class SubjectError extends PlumblineError {
  override readonly name = 'SubjectError';
}

/** Plumbline itself is wrong: a law that throws, a fault that names no law. */
export class SuiteError extends PlumblineError {
  override readonly name = 'SuiteError';
}

function tell(story: ErrorStory): string {
  const lines = [`${story.what} [${story.code}]`];
  if (story.given !== undefined) lines.push(`  given:    ${story.given}`);
  if (story.expected !== undefined) lines.push(`  expected: ${story.expected}`);
  if (story.todo !== undefined) lines.push(`  to do:    ${story.todo}`);
  return lines.join('\n');
}
