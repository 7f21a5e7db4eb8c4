"""Answers Plumbline's questions about a model written in Python: one file, no dependencies.

    import plumbline_subject as plumbline

    subject = plumbline.Subject("my model", tensors="torch")

    @subject.operation("nk.step")
    def step(parameters, zeta, innovation):
        return {"zeta": my_model.step(parameters, zeta, innovation)}

    subject.serve()

Then `npx plumbline gate --subject "python my_subject.py"`. Inputs come as keyword arguments under the names of the
contract (`npx plumbline operations nk.step` prints them); tensors are torch tensors, numpy arrays or `Tensor`, on
the device and in the dtype that is asked for. What is printed goes to standard error.

JSON-RPC 2.0, one message a line, on standard input and output; see fixtures/schemas/protocol-1.schema.json.
"""

import base64
import ctypes
import json
import math
import os
import platform
import sys
import traceback

PROTOCOLS = [1]

META = "meta"

METHOD_NOT_FOUND = -32601
RAISED = -32000
OPERATION_MISSING = -32001
REFUSED = -32002

BYTES = {"float32": 4, "float64": 8, "int32": 4, "bool": 1}


class Refusal(Exception):
    """An input that the contract asks to refuse: `raise Refusal("domain", "consumption is negative")`."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class Handle:
    """An object that stays here: answer `Handle(normaliser)`, and get the normaliser back in later calls."""

    def __init__(self, value):
        self.value = value


class Tensor:
    """A tensor without a library: row-major little-endian bytes; `data` is None on the device `meta`."""

    def __init__(self, dtype, shape, data):
        self.dtype = dtype
        self.shape = tuple(shape)
        self.data = data


class Subject:
    """A model, as the operations that it implements.

    tensors  "torch", "numpy" or "none" (operations then get and give `Tensor`)
    dtypes   in which it can compute, its own choice first: "float32", "float64"
    devices  on which it can compute, its own choice first: "cpu", "cuda:0", and "meta" for shapes and dtypes alone
    """

    def __init__(
        self,
        name,
        tensors="numpy",
        dtypes=("float32",),
        devices=("cpu",),
        deterministic=True,
        version=None,
    ):
        self.name = name
        self.version = version
        self.dtypes = list(dtypes)
        self.devices = list(devices)
        self.deterministic = deterministic
        self.dtype = self.dtypes[0]
        self.device = self.devices[0]
        # Whatever prints from here on, in Python or below it, prints to standard error, and reads nothing.
        self._requests = os.fdopen(os.dup(0), "rb")
        self._answers = os.fdopen(os.dup(1), "wb")
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)
        sys.stdout = sys.stderr
        self._library = _LIBRARIES[tensors]()
        self._operations = {}
        self._objects = {}
        self._created = 0

    def operation(self, name):
        """Decorates the function that answers an operation."""

        def register(function):
            if name in self._operations:
                raise ValueError(f"{name} is implemented twice")
            self._operations[name] = function
            return function

        return register

    def serve(self):
        """Answers requests until standard input ends. Returns only then."""
        for line in self._requests:
            if line.strip():
                self._answers.write(self._answer(line))
                self._answers.write(b"\n")
                self._answers.flush()

    def _answer(self, line):
        number = None
        try:
            request = json.loads(line)
            number = request["id"]
            result = self._dispatch(request["method"], request["params"])
            return _message(number, "result", result)
        except Refusal as refusal:
            error = {"code": REFUSED, "message": str(refusal), "data": {"code": refusal.code}}
        except _Missing as missing:
            error = {"code": missing.code, "message": str(missing)}
        except Exception as exception:
            message = f"{type(exception).__name__}: {exception}"
            error = {"code": RAISED, "message": message, "data": {"trace": traceback.format_exc()}}
        return _message(number, "error", error)

    def _dispatch(self, method, params):
        if method == "hello":
            return self._hello(params)
        if method == "echo":
            # Bits are what they are on any device, and not each can hold a float64.
            self.device = "cpu"
            return {"value": self._to_wire(self._from_wire(params["value"]))}
        if method == "call":
            return self._call(params)
        if method == "release":
            self._objects.pop(params["object"]["$handle"], None)
            return {}
        raise _Missing(METHOD_NOT_FOUND, f"there is no method {method}")

    def _hello(self, params):
        spoken = [version for version in PROTOCOLS if version in params["protocols"]]
        hello = {
            "protocol": (spoken or PROTOCOLS)[0],
            "name": self.name,
            "language": "Python",
            "runtime": ", ".join([f"{platform.python_implementation()} {platform.python_version()}", *self._library.versions()]),
            "operations": sorted(self._operations),
            "dtypes": self.dtypes,
            "devices": self.devices,
            "deterministic": self.deterministic,
        }
        return hello if self.version is None else {**hello, "version": self.version}

    def _call(self, params):
        function = self._operations.get(params["operation"])
        if function is None:
            raise _Missing(OPERATION_MISSING, f"there is no operation {params['operation']}")
        self.dtype, self.device = params["dtype"], params["device"]
        return self._to_wire(function(**self._from_wire(params["input"])))

    def _from_wire(self, value):
        if isinstance(value, list):
            return [self._from_wire(entry) for entry in value]
        if not isinstance(value, dict):
            return value
        if "$number" in value:
            return float(value["$number"])
        if "$handle" in value:
            return self._objects[value["$handle"]]
        if value.keys() == {"dtype", "shape", "data"}:
            tensor = Tensor(value["dtype"], value["shape"], base64.b64decode(value["data"]))
            return self._library.from_bytes(tensor, self.device)
        return {key: self._from_wire(entry) for key, entry in value.items()}

    def _to_wire(self, value):
        if value is None or isinstance(value, (str, bool, int)):
            return value
        if isinstance(value, float):
            return _number(value)
        if isinstance(value, Handle):
            self._created += 1
            name = f"{type(value.value).__name__}-{self._created}"
            self._objects[name] = value.value
            return {"$handle": name}
        if isinstance(value, dict):
            return {key: self._to_wire(entry) for key, entry in value.items()}
        if isinstance(value, (list, tuple)):
            return [self._to_wire(entry) for entry in value]
        # What has no dimension is a number; on `meta` there is none to tell.
        if getattr(value, "ndim", None) == 0:
            return None if self.device == META else self._to_wire(value.item())
        tensor = value if isinstance(value, Tensor) else self._library.to_bytes(value)
        data = None if tensor.data is None else _Base64(tensor.data)
        return {"dtype": tensor.dtype, "shape": list(tensor.shape), "data": data}


class _Missing(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class _Base64:
    """Bytes that are written as base64 beside the JSON: its encoder would look at each character."""

    def __init__(self, data):
        self.data = data


def _message(number, part, content):
    """A line of JSON-RPC; the base64 of tensors is put in where a mark stands for it."""
    blocks = []

    def mark(value):
        blocks.append(base64.b64encode(value.data))
        return "\x00"

    text = json.dumps({"jsonrpc": "2.0", "id": number, part: content}, default=mark, allow_nan=False)
    # A string of an answer has no such character: JSON writes it as here, and a mark is all of its string.
    pieces = text.encode().split(b'"\\u0000"')
    if len(pieces) != len(blocks) + 1:
        raise ValueError("an answer has a string that is one NUL character")
    line = [pieces[0]]
    for block, piece in zip(blocks, pieces[1:]):
        line += [b'"', block, b'"', piece]
    return b"".join(line)


def _number(value):
    if math.isnan(value):
        return {"$number": "NaN"}
    if math.isinf(value):
        return {"$number": "Infinity" if value > 0 else "-Infinity"}
    if value == 0 and math.copysign(1, value) < 0:
        return {"$number": "-0"}
    return value


class _NoLibrary:
    def versions(self):
        return []

    def from_bytes(self, tensor, device):
        return tensor

    def to_bytes(self, value):
        raise TypeError(f"cannot answer with a {type(value).__name__}")


class _Numpy(_NoLibrary):
    def __init__(self):
        import numpy

        self.numpy = numpy

    def versions(self):
        return [f"NumPy {self.numpy.__version__}"]

    def from_bytes(self, tensor, device):
        return self.numpy.frombuffer(tensor.data, dtype=tensor.dtype).reshape(tensor.shape).copy()

    def to_bytes(self, value):
        array = self.numpy.asarray(value)
        if array.dtype.name not in BYTES:
            raise TypeError(f"cannot answer with a {type(value).__name__} of {array.dtype.name}")
        return Tensor(array.dtype.name, array.shape, self.numpy.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes())


class _Torch(_NoLibrary):
    def __init__(self):
        import torch

        self.torch = torch
        self.dtypes = {name: getattr(torch, name) for name in BYTES}
        self.names = {dtype: name for name, dtype in self.dtypes.items()}

    def versions(self):
        return [f"PyTorch {self.torch.__version__}"]

    def from_bytes(self, tensor, device):
        dtype = self.dtypes[tensor.dtype]
        if len(tensor.data) == 0:
            return self.torch.empty(tensor.shape, dtype=dtype, device=device)
        flat = self.torch.frombuffer(bytearray(tensor.data), dtype=dtype)
        return flat.reshape(tensor.shape).to(device)

    def to_bytes(self, value):
        if not isinstance(value, self.torch.Tensor):
            raise TypeError(f"cannot answer with a {type(value).__name__}")
        name = self.names.get(value.dtype)
        if name is None:
            raise TypeError(f"cannot answer with a tensor of {value.dtype}")
        if value.is_meta:
            return Tensor(name, value.shape, None)
        flat = value.detach().cpu().resolve_neg().contiguous().reshape(-1)
        size = flat.numel() * flat.element_size()
        return Tensor(name, value.shape, ctypes.string_at(flat.data_ptr(), size) if size > 0 else b"")


_LIBRARIES = {"none": _NoLibrary, "numpy": _Numpy, "torch": _Torch}
