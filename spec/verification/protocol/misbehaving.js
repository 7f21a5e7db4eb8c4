// A subject in one file without dependencies: it has a schedule that is right, and a way to misbehave that its argument names.
import { existsSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [, , mode = 'right', marker = ''] = process.argv;

const HELLO = {
  protocol: mode === 'other-protocol' ? 99 : 1,
  name: 'schedule',
  language: 'JavaScript',
  runtime: `Node ${process.version}`,
  operations: mode === 'misspelt' ? ['training.learningRat'] : ['training.learningRate'],
  dtypes: ['float32'],
  devices: mode === 'meta' ? ['cpu', 'meta'] : ['cpu'],
  deterministic: true,
};

const say = (...messages) => {
  const lines = messages.map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  process.stdout.write(lines.join(''));
};

if (mode === 'not-there') {
  process.stderr.write('ModuleNotFoundError: No module named torch\n');
  process.exit(3);
}
if (mode === 'greets') process.stdout.write('Loading the model …\n');

let calls = 0;

function rates({ initial, final, total, steps }) {
  if (mode === 'off-by-one') total += 1;
  return steps.map((step) => final + ((initial - final) * (1 + Math.cos((Math.PI * step) / total))) / 2);
}

function called({ id, params }) {
  calls += 1;
  if (params.operation !== 'training.learningRate' && mode !== 'answers-all') {
    say({ id, error: { code: -32001, message: `there is no operation ${params.operation}` } });
    return;
  }
  if (mode === 'hangs') return;
  if (mode === 'raises') {
    say({ id, error: { code: -32000, message: 'ValueError: no', data: { trace: 'line 1, in schedule' } } });
    return;
  }
  if (mode === 'dies') process.exit(7);
  if (mode === 'dies-once' && !existsSync(marker)) {
    writeFileSync(marker, '');
    process.exit(7);
  }
  if (mode === 'dies-twice') {
    for (const time of [1, 2]) {
      if (existsSync(`${marker}${time}`)) continue;
      writeFileSync(`${marker}${time}`, '');
      process.exit(7);
    }
  }
  if (mode === 'chatters') process.stdout.write('epoch 1: loss 0.03\n');
  if (mode === 'floods')
    for (let line = 0; line < 20_000; line += 1) process.stderr.write(`warning ${line}\n`);
  if (mode === 'not-json-rpc') {
    process.stdout.write(`${JSON.stringify({ rates: rates(params.input) })}\n`);
    return;
  }
  const result = mode === 'answers-all' ? { rates: [] } : { rates: rates(params.input) };
  if (mode === 'null-for-nan') result.rates[0] = null;
  const answer = { id: mode === 'other-id' ? id + 1 : id, result };
  // In one piece: what comes after the next request would be an answer to another.
  if (mode === 'answers-twice') say(answer, answer);
  else say(answer);
  if (mode === 'changes') HELLO.calls = calls;
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const request = JSON.parse(line);
  if (request.method === 'hello') say({ id: request.id, result: HELLO });
  else if (request.method === 'echo') {
    const value = mode === 'rounds' ? rounded(request.params.value) : request.params.value;
    say({ id: request.id, result: { value } });
  } else if (request.method === 'call') called(request);
  else say({ id: request.id, result: {} });
});

/** What a library does that reads numbers in single precision. */
function rounded(value) {
  if (typeof value === 'number') return Math.fround(value);
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, rounded(entry)]));
}
