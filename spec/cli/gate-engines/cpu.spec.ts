import { describeGateOn } from './suite.ts';

describeGateOn('cpu');
