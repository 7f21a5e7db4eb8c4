/** Takes the parts of a JSON text, in the order in which they stand there. */
export interface JsonPartsTaker {
  /** Whether the list under this key of the top-level object, or the top-level list itself, is to be cut into its elements. */
  readonly opens: (key: string | undefined) => boolean;
  /** Takes the text of one element of such a list. */
  readonly element: (text: string, line: number, key: string | undefined) => void;
  /** Takes the text of another value of the top-level object; undefined where it is too long to be kept. */
  readonly member: (key: string, text: string | undefined, line: number) => void;
  /** What is there and should not be. */
  readonly wrong: (what: string, line: number) => void;
}

/** A record of 100,000 metrics is far shorter. */
const MAXIMUM_ELEMENT_BYTES = 2 ** 26;

/** Settings are far shorter; a list of pictures is not. */
const MAXIMUM_MEMBER_BYTES = 2 ** 20;

const code = (character: string): number => character.charCodeAt(0);
const [LINE_FEED, QUOTE, BACKSLASH, COMMA, COLON] = ['\n', '"', '\\', ',', ':'].map(code);
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = ['[', ']', '{', '}'].map(code);
const SPACES = [' ', '\t', '\r', '\n'].map(code);
const UTF8_MARK = [0xef, 0xbb, 0xbf];

/** Where the text is between two values. */
type Between = 'before' | 'in-list' | 'before-key' | 'before-colon' | 'before-value' | 'behind';

/** What the value that is being read is, and what ends it. */
type Within = 'key' | 'text' | 'nested' | 'plain';

/**
 * Cuts a JSON text into the elements of its top-level list, or of lists under keys of its top-level object, as it comes in,
 * with memory for one element. The parts are not looked into: that brackets match in kind is for the parser of the part.
 */
export class JsonParts {
  private readonly taker: JsonPartsTaker;
  private between: Between = 'before';
  private within: Within | undefined;
  private isInText = false;
  private isEscaped = false;
  private depth = 0;
  private line = 1;
  /** Of the value that is being read. */
  private firstLine = 1;
  private pieces: Buffer[] = [];
  private size = 0;
  private isTooLong = false;
  private key: string | undefined;
  private isObject = false;
  private isCommaDue = false;
  /** Set when nothing can be made of what follows. */
  isStopped = false;

  constructor(taker: JsonPartsTaker) {
    this.taker = taker;
  }

  write(bytes: Buffer): void {
    let from = this.within === undefined ? -1 : 0;
    for (let at = 0; at < bytes.length && !this.isStopped; at += 1) {
      const byte = bytes[at];
      if (byte === undefined) break;
      if (this.within === undefined) {
        if (byte === LINE_FEED) this.line += 1;
        if (this.step(byte)) from = at;
        continue;
      }
      const end = this.endOf(byte);
      if (end === 'goes-on') {
        if (byte === LINE_FEED) this.line += 1;
        continue;
      }
      this.keep(bytes.subarray(from, end === 'with' ? at + 1 : at));
      from = -1;
      this.finish();
      // What ends a plain value is no part of it.
      if (end === 'before') at -= 1;
    }
    if (this.within !== undefined && from >= 0) this.keep(Buffer.from(bytes.subarray(from)));
  }

  /** Whether the text ended where a JSON text may end; what is missing where it did not, and the line of it. */
  end(): { readonly what: string; readonly line: number } | undefined {
    if (this.between === 'behind' || this.isStopped) return undefined;
    const { line, firstLine } = this;
    if (this.within !== undefined) return { what: 'the file ends in the middle of a value', line: firstLine };
    if (this.between === 'before') return { what: 'there is no list and no object', line };
    return { what: `the file ends before the ${this.isObject ? 'object' : 'list'} is closed`, line };
  }

  /** Takes a byte between values; says whether one begins with it. */
  private step(byte: number): boolean {
    if (SPACES.includes(byte)) return false;
    switch (this.between) {
      case 'before':
        return this.open(byte);
      case 'in-list':
        if (byte === CLOSE_LIST) return this.close();
        if (byte === COMMA && this.isCommaDue) this.isCommaDue = false;
        else if (byte === COMMA || byte === CLOSE_OBJECT || byte === COLON) this.surprise(byte);
        else return this.beginElement(byte);
        return false;
      case 'before-key':
        if (byte === CLOSE_OBJECT) this.between = 'behind';
        else if (byte === COMMA && this.isCommaDue) this.isCommaDue = false;
        else if (byte === QUOTE) {
          if (this.isCommaDue) this.taker.wrong('a comma is missing between two keys', this.line);
          return this.begin('key');
        } else this.surprise(byte);
        return false;
      case 'before-colon':
        if (byte === COLON) this.between = 'before-value';
        else this.surprise(byte);
        return false;
      case 'before-value':
        if (byte === OPEN_LIST && this.taker.opens(this.key)) this.enter();
        else if (byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_LIST) this.surprise(byte);
        else return this.begin(kindOf(byte));
        return false;
      case 'behind':
        this.taker.wrong(
          'something follows behind the end of the list or object; it was not read',
          this.line,
        );
        this.isStopped = true;
        return false;
    }
  }

  private open(byte: number): boolean {
    if (UTF8_MARK.includes(byte)) return false;
    this.isObject = byte === OPEN_OBJECT;
    if (this.isObject) this.between = 'before-key';
    else if (byte === OPEN_LIST && this.taker.opens(undefined)) this.enter();
    else this.surprise(byte);
    return false;
  }

  private enter(): void {
    this.between = 'in-list';
    this.isCommaDue = false;
  }

  private close(): boolean {
    this.between = this.isObject ? 'before-key' : 'behind';
    this.isCommaDue = true;
    return false;
  }

  private beginElement(byte: number): boolean {
    if (this.isCommaDue) this.taker.wrong('a comma is missing between two elements', this.line);
    return this.begin(kindOf(byte));
  }

  private begin(within: Within): boolean {
    this.within = within;
    this.firstLine = this.line;
    this.depth = within === 'nested' ? 1 : 0;
    this.isInText = within === 'key' || within === 'text';
    this.isEscaped = false;
    return true;
  }

  /** Whether the value that is being read goes on behind this byte, ends with it, or ended before it. */
  private endOf(byte: number): 'goes-on' | 'with' | 'before' {
    if (this.isInText) {
      if (this.isEscaped) this.isEscaped = false;
      else if (byte === BACKSLASH) this.isEscaped = true;
      else if (byte === QUOTE) {
        this.isInText = false;
        return this.depth === 0 ? 'with' : 'goes-on';
      }
      return 'goes-on';
    }
    if (this.within === 'plain') {
      const isEnd = byte === COMMA || byte === CLOSE_LIST || byte === CLOSE_OBJECT || SPACES.includes(byte);
      return isEnd ? 'before' : 'goes-on';
    }
    if (byte === QUOTE) this.isInText = true;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) this.depth += 1;
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
      this.depth -= 1;
      return this.depth === 0 ? 'with' : 'goes-on';
    }
    return 'goes-on';
  }

  private keep(piece: Buffer): void {
    this.size += piece.length;
    const isElement = this.between === 'in-list';
    if (this.size <= (isElement ? MAXIMUM_ELEMENT_BYTES : MAXIMUM_MEMBER_BYTES)) this.pieces.push(piece);
    else {
      this.pieces = [];
      this.isTooLong = true;
      if (!isElement && this.within !== 'key') return;
      this.taker.wrong(
        'the value is longer than any log has; it and what follows were not read',
        this.firstLine,
      );
      this.isStopped = true;
    }
  }

  private finish(): void {
    const text = this.isTooLong ? undefined : Buffer.concat(this.pieces).toString('utf8');
    const { within, firstLine } = this;
    [this.pieces, this.size, this.isTooLong, this.within] = [[], 0, false, undefined];
    if (this.isStopped) return;
    if (within === 'key') {
      this.key = keyIn(text ?? '');
      this.between = 'before-colon';
      return;
    }
    this.isCommaDue = true;
    if (this.between === 'in-list') this.taker.element(text ?? '', firstLine, this.key);
    else {
      this.between = 'before-key';
      this.taker.member(this.key ?? '', text, firstLine);
    }
  }

  private surprise(byte: number): void {
    const what = `${JSON.stringify(String.fromCharCode(byte))} stands where it cannot; what follows was not read`;
    this.taker.wrong(what, this.line);
    this.isStopped = true;
  }
}

function kindOf(byte: number): Within {
  if (byte === QUOTE) return 'text';
  return byte === OPEN_LIST || byte === OPEN_OBJECT ? 'nested' : 'plain';
}

/** A key that is no valid text, as it stands there. */
function keyIn(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}
