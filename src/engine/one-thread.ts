/** Libraries that would otherwise take every core: two threads on two shared cores were up to 11 times slower than one. */
export const ONE_THREAD = { OMP_NUM_THREADS: '1', TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1' };
