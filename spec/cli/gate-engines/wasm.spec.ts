import { describeGateOn } from './suite.ts';

describeGateOn('wasm');
