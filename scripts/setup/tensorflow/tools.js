import { SetupFailure } from '../failure.js';
import { runProgram } from '../run-program.js';

/** The Python that has pip, and the C++ compiler; both are looked for before anything large is fetched. */
export async function findTools() {
  const python = process.env['PYTHON'] ?? 'python3';
  const pip = await runProgram(python, ['-m', 'pip', '--version']);
  if (pip.code !== 0) {
    throw new SetupFailure(
      `there is no ${python} with pip`,
      'install one (Debian: apt-get install python3-pip), or name it in the variable PYTHON',
      pip.output,
    );
  }
  const compiler = process.env['CXX'] ?? 'g++';
  const version = await runProgram(compiler, ['--version']);
  if (version.code !== 0) {
    throw new SetupFailure(
      `there is no C++ compiler ${compiler}`,
      'install one (Debian: apt-get install g++), or name it in the variable CXX',
      version.output,
    );
  }
  const firstLine = (output) => output.trim().split('\n')[0] ?? '';
  return {
    said: `${/^pip \S+/.exec(pip.output)?.[0] ?? 'pip'} of ${python}, ${firstLine(version.output)}`,
    value: { python, compiler },
  };
}
