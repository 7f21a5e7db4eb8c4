import { describeGateOn } from './suite.ts';

describeGateOn('tensorflow');
