"""
Answers Plumbline's questions about a model written in Julia: one file, with the package JSON3 and the standard library.

    using .PlumblineSubject

    subject = Subject("my model"; dtypes = ["float32", "float64"])
    operation!(subject, "nk.step") do input, asked
        Dict("zeta" => my_step(input["parameters"], input["zeta"], input["innovation"]))
    end
    serve(subject)

Tensors come and go as arrays with the shape of the contract; Julia keeps columns together and the protocol rows, so they
are turned on the way. A list of numbers that is no tensor is a `Vector{Any}`. JSON-RPC 2.0, one message a line; see fixtures/schemas/protocol-1.schema.json.
"""
module PlumblineSubject

using Base64, JSON3

export Subject, Refusal, Handle, operation!, serve

const METHOD_NOT_FOUND = -32601
const RAISED = -32000
const OPERATION_MISSING = -32001
const REFUSED = -32002

const TYPES = Dict("float32" => Float32, "float64" => Float64, "int32" => Int32, "bool" => Bool)
const NAMES = Dict(type => name for (name, type) in TYPES)

"An input that the contract asks to refuse: `throw(Refusal(\"domain\", \"consumption is negative\"))`."
struct Refusal <: Exception
    code::String
    message::String
end

"An object that stays here: answer `Handle(normaliser)`, and get the normaliser back in later calls."
struct Handle
    value::Any
end

struct Missing <: Exception
    code::Int
    message::String
end

"A model, as the operations that it implements."
mutable struct Subject
    name::String
    dtypes::Vector{String}
    devices::Vector{String}
    deterministic::Bool
    operations::Dict{String,Function}
    objects::Dict{String,Any}
    created::Int
    answers::IO
end

function Subject(name; dtypes = ["float64"], devices = ["cpu"], deterministic = true)
    answers = stdout
    # Whatever prints, prints to standard error from here on.
    redirect_stdout(stderr)
    return Subject(name, dtypes, devices, deterministic, Dict(), Dict(), 0, answers)
end

"The function that answers an operation: of its input, by name, and of what is asked for, `(dtype, device)`."
operation!(answer::Function, subject::Subject, name::String) = (subject.operations[name] = answer)

"Answers requests until standard input ends."
function serve(subject::Subject)
    for line in eachline(stdin)
        isempty(strip(line)) && continue
        println(subject.answers, JSON3.write(answer(subject, line)))
        flush(subject.answers)
    end
end

function answer(subject::Subject, line::AbstractString)
    id = nothing
    try
        request = JSON3.read(line)
        id = request.id
        result = dispatch(subject, String(request.method), request.params)
        return Dict("jsonrpc" => "2.0", "id" => id, "result" => result)
    catch exception
        return Dict("jsonrpc" => "2.0", "id" => id, "error" => failure(exception))
    end
end

failure(refusal::Refusal) =
    Dict("code" => REFUSED, "message" => refusal.message, "data" => Dict("code" => refusal.code))
failure(missing::Missing) = Dict("code" => missing.code, "message" => missing.message)
failure(exception) = Dict(
    "code" => RAISED,
    "message" => sprint(showerror, exception),
    "data" => Dict("trace" => sprint(Base.show_backtrace, catch_backtrace())),
)

function dispatch(subject::Subject, method::String, params)
    method == "hello" && return Dict(
        "protocol" => 1,
        "name" => subject.name,
        "language" => "Julia",
        "runtime" => "Julia $(VERSION)",
        "operations" => sort(collect(keys(subject.operations))),
        "dtypes" => subject.dtypes,
        "devices" => subject.devices,
        "deterministic" => subject.deterministic,
    )
    method == "echo" && return Dict("value" => to_wire(subject, from_wire(subject, params.value)))
    if method == "call"
        name = String(params.operation)
        haskey(subject.operations, name) || throw(Missing(OPERATION_MISSING, "there is no operation $name"))
        asked = (dtype = TYPES[String(params.dtype)], device = String(params.device))
        return to_wire(subject, subject.operations[name](from_wire(subject, params.input), asked))
    end
    if method == "release"
        delete!(subject.objects, String(params.object["\$handle"]))
        return Dict()
    end
    throw(Missing(METHOD_NOT_FOUND, "there is no method $method"))
end

from_wire(subject::Subject, list::AbstractVector) = Any[from_wire(subject, entry) for entry in list]
from_wire(::Subject, value) = value

function from_wire(subject::Subject, object::AbstractDict)
    haskey(object, "\$number") && return number_from(String(object["\$number"]))
    haskey(object, "\$handle") && return subject.objects[String(object["\$handle"])]
    keys(object) == Set([:dtype, :shape, :data]) && return tensor_from(object)
    return Dict{String,Any}(String(key) => from_wire(subject, entry) for (key, entry) in object)
end

number_from(text) = text == "-0" ? -0.0 : parse(Float64, replace(text, "Infinity" => "Inf"))

function tensor_from(object)
    shape = Int[object.shape...]
    values = reinterpret(TYPES[String(object.dtype)], base64decode(String(object.data)))
    # Rows first on the wire, columns first here.
    isempty(shape) && return fill(values[1])
    return collect(permutedims(reshape(values, reverse(shape)...), length(shape):-1:1))
end

to_wire(::Subject, value::Union{Nothing,Bool,AbstractString,Integer}) = value
to_wire(subject::Subject, entries::Union{AbstractDict{String},NamedTuple}) =
    Dict(String(key) => to_wire(subject, entry) for (key, entry) in pairs(entries))

function to_wire(::Subject, value::AbstractFloat)
    isnan(value) && return Dict("\$number" => "NaN")
    isinf(value) && return Dict("\$number" => value > 0 ? "Infinity" : "-Infinity")
    iszero(value) && signbit(value) && return Dict("\$number" => "-0")
    # A number of single precision would be written with the digits that it needs there.
    return Float64(value)
end

function to_wire(subject::Subject, handle::Handle)
    subject.created += 1
    name = "$(nameof(typeof(handle.value)))-$(subject.created)"
    subject.objects[name] = handle.value
    return Dict("\$handle" => name)
end

function to_wire(subject::Subject, array::AbstractArray{T,N}) where {T,N}
    haskey(NAMES, T) || return Any[to_wire(subject, entry) for entry in array]
    rows = N < 2 ? collect(array) : permutedims(array, N:-1:1)
    bytes = collect(reinterpret(UInt8, vec(collect(rows))))
    return Dict("dtype" => NAMES[T], "shape" => Int[size(array)...], "data" => base64encode(bytes))
end

end
