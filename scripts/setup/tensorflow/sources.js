/*
 * What is fetched, each file by its SHA-256. The wheels are those for Python 3.11, whatever Python the machine has:
 * only the C++ libraries and headers in them are used, and one file a platform can be pinned.
 */

const TFJS_NODE_VERSION = '4.22.0';
const TENSORFLOW_VERSION = '2.21.0';

/** Headers of Node-API, so that no headers of Node itself are needed. */
export const NODE_API_HEADERS = 'node-api-headers@1.9.0';

/**
 * A wheel of the Python Package Index. `abi`: the interpreter that it is for, where it is for one.
 *
 * @typedef {{ name: string, version: string, platform: string, sha256: string, abi?: string }} Wheel
 */

/** NVIDIA's libraries: the newest that `tensorflow[and-cuda]` of this version allows, 2.8 GB. */
const NVIDIA_WHEELS = [
  [
    'cublas',
    '12.9.3.13',
    'manylinux_2_27_x86_64',
    'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72',
  ],
  [
    'cuda-cupti',
    '12.9.79',
    'manylinux_2_25_x86_64',
    '096bcf334f13e1984ba36685ad4c1d6347db214de03dbb6eebb237b41d9d934f',
  ],
  [
    'cuda-nvcc',
    '12.9.86',
    'manylinux_2_12_x86_64',
    '5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0',
  ],
  [
    'cuda-nvrtc',
    '12.9.86',
    'manylinux_2_12_x86_64',
    '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4',
  ],
  [
    'cuda-runtime',
    '12.9.79',
    'manylinux_2_17_x86_64',
    '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3',
  ],
  [
    'cudnn',
    '9.28.0.42',
    'manylinux_2_27_x86_64',
    '9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375',
  ],
  [
    'cufft',
    '11.4.1.4',
    'manylinux_2_17_x86_64',
    'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28',
  ],
  [
    'curand',
    '10.3.10.19',
    'manylinux_2_27_x86_64',
    '49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e',
  ],
  [
    'cusolver',
    '11.7.5.82',
    'manylinux_2_27_x86_64',
    '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88',
  ],
  [
    'cusparse',
    '12.5.10.65',
    'manylinux_2_17_x86_64',
    '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78',
  ],
  [
    'nccl',
    '2.32.3',
    'manylinux_2_27_x86_64',
    'bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c',
  ],
  [
    'nvjitlink',
    '12.9.86',
    'manylinux_2_12_x86_64',
    'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9',
  ],
].map(([name, version, platform, sha256]) => ({ name: `nvidia-${name}-cu12`, version, platform, sha256 }));

/** The two variants: npm package, and the wheels to build its addon against, by platform of Node. */
export const VARIANTS = {
  tensorflow: {
    npm: `@tensorflow/tfjs-node`,
    version: TFJS_NODE_VERSION,
    sha256: 'd38a448a705efc6e655a080f896b3af646ae39dffbfe9c90b06cb9fc3a2b9358',
    wheels: {
      'linux-x64': [
        tensorflowWheel(
          'tensorflow-cpu',
          'manylinux_2_27_x86_64',
          '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
        ),
      ],
      // On this platform `tensorflow` itself is the build without CUDA.
      'linux-arm64': [
        tensorflowWheel(
          'tensorflow',
          'manylinux_2_27_aarch64',
          '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
        ),
      ],
    },
  },
  'tensorflow-gpu': {
    npm: `@tensorflow/tfjs-node-gpu`,
    version: TFJS_NODE_VERSION,
    sha256: 'afd5599ee1662e732c00a0ad1f52a3d001bdc118a1f44bd592a0a0ebf2daa4c7',
    wheels: {
      'linux-x64': [
        tensorflowWheel(
          'tensorflow',
          'manylinux_2_27_x86_64',
          '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
        ),
        ...NVIDIA_WHEELS,
      ],
    },
  },
};

function tensorflowWheel(name, platform, sha256) {
  return { name, version: TENSORFLOW_VERSION, platform, sha256, abi: 'cp311' };
}
